# %% [raw]
# title: Takes a person who is drawn twice only once
# base: solution
# catches: drawn-once
# loses: {q5_replacement: 1}
# says: {q5_replacement: "Nobody comes twice"}


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, seed):
    dice = np.random.default_rng(seed)
    names = table[person].unique()
    found = [figure(table[table[person].isin(dice.choice(names, len(names)))]) for _ in range(draws)]
    return tuple(np.quantile(found, [0.025, 0.975]))
