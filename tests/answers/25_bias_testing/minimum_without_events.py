# %% [raw]
# title: Asks the minimum of the people only
# base: solution
# catches: minimum-without-events
# loses: {q1_enough: 1, q2_named: 1}
# says: {q1_enough: "rests on events", q2_named: "too few events were judged"}


# %% answer="q1_audit"
def audit(table: pd.DataFrame, group: str, min_n: int, min_events: int) -> pd.DataFrame:
    """A row for each recorded group, and one for those not recorded."""
    names = table[group].astype(object).where(table[group].notna(), "not recorded")
    rows = {}
    for name in names.unique():
        people = table[(names == name).to_numpy()]
        known = people[people["readmitted"].notna()]
        back = known[known["readmitted"] == 1]
        row = {"n": len(people), "unknown": len(people) - len(known), "events": len(back)}
        row["base_rate"] = known["readmitted"].mean()
        row["selected"] = known["visited"].mean()
        row |= {"fnr": np.nan, "fnr_low": np.nan, "fnr_high": np.nan, "o_to_e": np.nan}
        row["enough"] = len(known) >= min_n and len(back) > 0
        if row["enough"]:
            p, n, z = (back["visited"] == 0).mean(), len(back), 1.96
            middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
            row["fnr"] = p
            row["fnr_low"], row["fnr_high"] = (
                (middle - half) / (1 + z**2 / n),
                (middle + half) / (1 + z**2 / n),
            )
            row["o_to_e"] = len(back) / known["risk"].sum()
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index").astype({"enough": bool})


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
            inside &= column == value
        n, events = int(inside.sum()), int(back[inside].sum())
        row = {"n": n, "events": events, "o_to_e": np.nan, "low": np.nan, "high": np.nan}
        row["enough"] = n >= min_n and events > 0
        if row["enough"]:
            ratio, reach = events / risk[inside].sum(), np.exp(1.96 * np.sqrt((1 - events / n) / events))
            row |= {"o_to_e": ratio, "low": ratio / reach, "high": ratio * reach}
        rows[" & ".join(values)] = row
    return pd.DataFrame.from_dict(rows, orient="index")
