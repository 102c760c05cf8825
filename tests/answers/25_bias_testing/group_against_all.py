# %% [raw]
# title: Compares a group with the total that contains it
# base: solution
# catches: group-against-all
# loses: {q3_against_whom: 1}
# says: {q3_against_whom: "itself among them"}


# %% answer="q3_gap"
def gap(table: pd.DataFrame, group: str, compared: str, reference: str | None, draws: int, seed: int) -> dict:
    """Difference in false-negative rate, with an interval that draws people, and a verdict."""
    known = table[table["readmitted"].notna() & table[group].notna()]
    if reference is not None:
        known = known[known[group].isin([compared, reference])]
    inside = (known[group] == compared).to_numpy()
    back, missed = (known["readmitted"] == 1).to_numpy(), (known["visited"] == 0).to_numpy()

    def difference(rows):
        mine, other = (
            rows[back[rows] & inside[rows]],
            rows[back[rows] & (~inside[rows] | (reference is None))],
        )
        return missed[mine].mean() - missed[other].mean() if len(mine) and len(other) else np.nan

    dice = np.random.default_rng(seed)
    people = list(known.groupby("patient").indices.values())
    found = []
    for _ in range(draws):
        drawn = dice.integers(len(people), size=len(people))
        found.append(difference(np.concatenate([people[i] for i in drawn])))
    low, high = np.nanquantile(found, [0.025, 0.975])
    value = difference(np.arange(len(known)))
    verdict = "gap" if low > 0 or high < 0 else "cannot tell"
    return {"gap": float(value), "low": float(low), "high": float(high), "verdict": verdict}
