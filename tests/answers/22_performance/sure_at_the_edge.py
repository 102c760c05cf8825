# %% [raw]
# title: Uses the formula of Wald
# base: solution
# catches: sure-at-the-edge
# loses: {q5_edges: 1}
# says: {q5_edges: "without width"}


# %% answer="q5_share"
def share_interval(k, n):
    if n == 0:
        return float("nan"), float("nan")
    reach = 1.96 * np.sqrt(k / n * (1 - k / n) / n)
    return max(0.0, k / n - reach), min(1.0, k / n + reach)


# %% answer="q5_interval"
def person_interval(table: pd.DataFrame, person: str, figure, draws: int, dice) -> tuple:
    """95 % interval of figure(table) from samples of people with all their rows."""
    rows = list(table.groupby(person).indices.values())
    found = []
    for _ in range(draws):
        chosen = dice.integers(len(rows), size=len(rows))
        found.append(figure(table.iloc[np.concatenate([rows[i] for i in chosen])]))
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)
