# %% [raw]
# title: Cuts off 5 % at each end, an interval of 90 %
# base: solution
# catches: interval-of-ninety
# loses: {q5_missing: 1}
# says: {q5_missing: "2.5 and 97.5 per cent points"}


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    rows = list(table.groupby(person).indices.values())
    found = []
    for _ in range(draws):
        chosen = dice.integers(len(rows), size=len(rows))
        found.append(figure(table.iloc[np.concatenate([rows[i] for i in chosen])]))
    return tuple(np.nanquantile(found, [0.05, 0.95]))
