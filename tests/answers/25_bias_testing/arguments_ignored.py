# %% [raw]
# title: Writes the numbers of the scene where an argument is given
# base: solution
# loses: {q2_named: 1, q3_verdict: 1, q5_units: 1, q5_line: 1, q6_thresholds: 1, q6_price: 1}
# says: {q2_named: "*all* the columns", q3_verdict: "how many samples", q5_units: "the size of the number", q5_line: "use `line`", q6_thresholds: "`target` is given", q6_price: "exactly at the threshold"}


# %% answer="q2_crossed"
def crossed(table: pd.DataFrame, columns: list, min_n: int, min_events: int) -> pd.DataFrame:
    """O/E for each combination of groups, with its interval, where there are enough people and events."""
    from itertools import product

    known = table["readmitted"].notna().to_numpy()
    names = [table[c].astype(object).where(table[c].notna(), "not recorded").to_numpy() for c in columns[:2]]
    back, risk = table["readmitted"].to_numpy(), table["risk"].to_numpy()
    rows = {}
    for values in product(*(pd.unique(column) for column in names)):
        inside = known.copy()
        for column, value in zip(names, values, strict=True):
            inside &= column == value
        n, events = int(inside.sum()), int(back[inside].sum())
        row = {"n": n, "events": events, "o_to_e": np.nan, "low": np.nan, "high": np.nan}
        row["enough"] = n >= min_n and events >= min_events
        if row["enough"]:
            ratio, reach = events / risk[inside].sum(), np.exp(1.96 * np.sqrt((1 - events / n) / events))
            row |= {"o_to_e": ratio, "low": ratio / reach, "high": ratio * reach}
        rows[" & ".join(values)] = row
    return pd.DataFrame.from_dict(rows, orient="index")


# %% answer="q3_gap"
def gap(table: pd.DataFrame, group: str, compared: str, reference: str | None, draws: int, seed: int) -> dict:
    """Difference in false-negative rate, with an interval that draws people, and a verdict."""
    known = table[table["readmitted"].notna() & table[group].notna()]
    if reference is not None:
        known = known[known[group].isin([compared, reference])]
    inside = (known[group] == compared).to_numpy()
    back, missed = (known["readmitted"] == 1).to_numpy(), (known["visited"] == 0).to_numpy()

    def difference(rows):
        mine, other = rows[back[rows] & inside[rows]], rows[back[rows] & ~inside[rows]]
        return missed[mine].mean() - missed[other].mean() if len(mine) and len(other) else np.nan

    dice = np.random.default_rng(25)
    people = list(known.groupby("patient").indices.values())
    found = []
    for _ in range(300):
        drawn = dice.integers(len(people), size=len(people))
        found.append(difference(np.concatenate([people[i] for i in drawn])))
    low, high = np.nanquantile(found, [0.025, 0.975])
    value = difference(np.arange(len(known)))
    verdict = "gap" if low > 0 or high < 0 else "cannot tell"
    return {"gap": float(value), "low": float(low), "high": float(high), "verdict": verdict}


# %% answer="q5_egfr"
def egfr(creatinine: float, unit: str, age: float, sex: str, year: int, recorded_black: bool) -> float:
    """Kidney function in mL/min/1.73 m2 by the equation of a year."""
    row = ckd[(ckd["year"] == year) & (ckd["sex"] == sex)].iloc[0]
    ratio = creatinine / (88.4 if creatinine > 20 else 1) / row["kappa"]
    value = row["scale"] * min(ratio, 1) ** row["alpha"] * max(ratio, 1) ** row["beta"]
    value *= row["age_base"] ** age * row["sex_factor"]
    return float(value * (row["black_factor"] if year == 2009 and recorded_black else 1))


# %% answer="q5_moved"
def moved(table: pd.DataFrame, line: float) -> pd.Series:
    """Who may wait, or may no longer wait, when the equation changes."""
    texts = []
    for row in table.itertuples():
        black = row.recorded_black is not None and row.recorded_black == True  # noqa: E712
        then = egfr(row.creatinine, row.unit, row.age, row.sex, 2009, black) <= 20
        now = egfr(row.creatinine, row.unit, row.age, row.sex, 2021, black) <= 20
        texts.append("same" if then == now else "may wait now" if now else "may not wait now")
    return pd.Series(texts, index=table.index)


# %% answer="q6_repair"
def repair(
    tune: pd.DataFrame, judge: pd.DataFrame, group: str, target: float, common: float, min_events: int
) -> pd.DataFrame:
    """Thresholds for each group, and what they give and take on other people."""
    lines = {}
    for name, risks in tune[tune["readmitted"] == 1].groupby(group)["risk"]:
        if len(risks) >= min_events:
            needed = max(int(np.ceil(0.7 * len(risks) - 1e-9)), 1)
            lines[name] = np.sort(risks.to_numpy())[::-1][needed - 1]
    names = judge[group].astype(object).where(judge[group].notna(), "not recorded").to_numpy()
    risk, back = judge["risk"].to_numpy(), judge["readmitted"].to_numpy()
    rows = {}
    for name in pd.unique(names):
        inside, line = names == name, lines.get(name, 0.3)
        row = {"threshold": line}
        for when, cut in (("before", 0.3), ("after", line)):
            called = inside & (risk >= cut)
            row["calls_" + when] = int(called.sum())
            row["found_" + when] = int((called & (back == 1)).sum())
            row["false_" + when] = int((called & (back == 0)).sum())
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index")
