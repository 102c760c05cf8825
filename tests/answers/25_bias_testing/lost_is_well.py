# %% [raw]
# title: Counts a missing outcome as no event
# base: solution
# catches: lost-is-well
# loses: {q1_follow_up: 1, q1_enough: 1}
# says: {q1_follow_up: "not known to be well"}


# %% answer="q1_audit"
def audit(table: pd.DataFrame, group: str, min_n: int, min_events: int) -> pd.DataFrame:
    """A row for each recorded group, and one for those not recorded."""
    names = table[group].astype(object).where(table[group].notna(), "not recorded")
    rows = {}
    for name in names.unique():
        people = table[(names == name).to_numpy()]
        known = people.fillna({"readmitted": 0})
        back = known[known["readmitted"] == 1]
        row = {"n": len(people), "unknown": people["readmitted"].isna().sum(), "events": len(back)}
        row["base_rate"] = known["readmitted"].mean()
        row["selected"] = known["visited"].mean()
        row |= {"fnr": np.nan, "fnr_low": np.nan, "fnr_high": np.nan, "o_to_e": np.nan}
        row["enough"] = len(known) >= min_n and len(back) >= min_events
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
