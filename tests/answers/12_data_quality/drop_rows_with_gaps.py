# %% [raw]
# title: Throws away every row with a gap before it counts or judges
# base: solution
# catches: drop-rows-with-gaps
# loses: {q2_counts: 1, q2_not_recorded: 1, q5_gaps: 1}
# says: {q2_counts: "dropping people with a gap", q5_gaps: "a gap says that nobody measured"}


# %% answer="q2_missing"
from statsmodels.stats.proportion import proportion_confint


def missing_by_group(table, column, group):
    complete = table.dropna()
    result = complete[column].isna().groupby(complete[group]).agg(n="size", missing="sum")
    result["share"] = result["missing"] / result["n"]
    result["low"], result["high"] = proportion_confint(result["missing"], result["n"], method="wilson")
    return result


# %% answer="q5_set_aside"
def set_aside(table):
    reasons = []
    for _, row in table.iterrows():
        broken = [f"completeness: {column}" for column in table.columns if pd.isna(row[column])]
        if not pd.isna(row["sex"]) and row["sex"] not in ("female", "male"):
            broken.append("conformance: sex")
        if not pd.isna(row["weight_unit"]) and row["weight_unit"] not in ("kg", "lb"):
            broken.append("conformance: weight_unit")
        if not 0 <= row["age"] <= 120:
            broken.append("plausibility: age")
        if row["height_cm"] < 50 or row["height_cm"] > 250:
            broken.append("plausibility: height_cm")
        if row["weight_kg"] <= 0 or row["weight_kg"] > 500:
            broken.append("plausibility: weight_kg")
        if row["dbp"] >= row["sbp"]:
            broken.append("plausibility: dbp")
        reasons.append("; ".join(broken))
    reason = pd.Series(reasons, index=table.index)
    return table[reason == ""], table.assign(reason=reason)[reason != ""]
