# %% [raw]
# title: Draws rows instead of people
# base: solution
# catches: row-bootstrap
# loses: {q5_people: 2, q5_replacement: 1}
# says: {q5_people: "you draw rows"}


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, seed):
    dice = np.random.default_rng(seed)
    found = [figure(table.iloc[dice.integers(len(table), size=len(table))]) for _ in range(draws)]
    return tuple(np.quantile(found, [0.025, 0.975]))
