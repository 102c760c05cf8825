# %% [raw]
# title: Gives a handful of people a verdict
# base: solution
# catches: tiny-groups-judged
# loses: {q1_enough: 1, q7_reading: 1}
# says: {q1_enough: "was judged", q7_reading: "how many people"}


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
        row["enough"] = len(back) > 0
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


# %% answer="q7_sentences"
def sentences():
    return {
        "A": "blind",
        "B": "parity",
        "C": "base rate",
        "D": "harm",
        "E": "stands",
        "F": "unsure",
        "G": "case mix",
        "H": "too few",
    }
