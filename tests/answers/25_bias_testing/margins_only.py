# %% [raw]
# title: Looks at one column at a time
# base: solution
# catches: margins-only
# loses: {q2_figures: 1, q2_named: 1}
# says: {q2_figures: "with *both* values"}


# %% answer="q2_crossed"
def crossed(table: pd.DataFrame, columns: list, min_n: int, min_events: int) -> pd.DataFrame:
    """O/E for each combination of groups, with its interval, where there are enough people and events."""
    from itertools import product

    known = table["readmitted"].notna().to_numpy()
    names = [table[c].astype(object).where(table[c].notna(), "not recorded").to_numpy() for c in columns]
    back, risk = table["readmitted"].to_numpy(), table["risk"].to_numpy()
    rows = {}
    for values in product(*(pd.unique(column) for column in names)):
        inside = known.copy()
        for column, value in zip(names, values, strict=True):
            inside = known & (column == value)
        n, events = int(inside.sum()), int(back[inside].sum())
        row = {"n": n, "events": events, "o_to_e": np.nan, "low": np.nan, "high": np.nan}
        row["enough"] = n >= min_n and events >= min_events
        if row["enough"]:
            ratio, reach = events / risk[inside].sum(), np.exp(1.96 * np.sqrt((1 - events / n) / events))
            row |= {"o_to_e": ratio, "low": ratio / reach, "high": ratio * reach}
        rows[" & ".join(values)] = row
    return pd.DataFrame.from_dict(rows, orient="index")
