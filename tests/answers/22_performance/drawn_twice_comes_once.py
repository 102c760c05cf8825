# %% [raw]
# title: Keeps the rows of the people who were drawn
# base: solution
# catches: drawn-twice-comes-once
# loses: {q5_often: 1}
# says: {q5_often: "twice comes twice"}


# %% answer="q5_share"
def share_interval(k: int, n: int) -> tuple:
    """95 % Wilson interval of k out of n."""
    if n == 0:
        return float("nan"), float("nan")
    z, p = 1.959964, k / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    everybody = table[person].unique()
    found = []
    for _ in range(draws):
        chosen = dice.choice(everybody, len(everybody))
        found.append(figure(table[table[person].isin(chosen)]))
    return tuple(np.nanquantile(found, [0.025, 0.975]))
