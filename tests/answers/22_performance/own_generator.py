# %% [raw]
# title: Draws with a generator of its own
# base: solution
# catches: own-generator
# loses: {q5_missing: 1}
# says: {q5_missing: "was not used"}


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    rng = np.random.default_rng(42)
    rows = list(table.groupby(person).indices.values())
    found = []
    for _ in range(draws):
        chosen = rng.integers(len(rows), size=len(rows))
        found.append(figure(table.iloc[np.concatenate([rows[i] for i in chosen])]))
    return tuple(np.nanquantile(found, [0.025, 0.975]))
