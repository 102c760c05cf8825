# %% [raw]
# title: Fills samples without the figure with the median of the others
# base: solution
# catches: missing-is-the-middle
# loses: {q5_missing: 1}
# says: {q5_missing: "samples that have the figure"}


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    rows = list(table.groupby(person).indices.values())
    found = []
    for _ in range(draws):
        chosen = dice.integers(len(rows), size=len(rows))
        found.append(figure(table.iloc[np.concatenate([rows[i] for i in chosen])]))
    found = pd.Series(found)
    return tuple(found.fillna(found.median()).quantile([0.025, 0.975]))
