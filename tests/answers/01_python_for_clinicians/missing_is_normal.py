# %% [raw]
# title: Whoever is not above is not above
# base: solution
# catches: missing-is-normal
# loses: {q4_unknown: 2}
# says: {q4_unknown: "nobody who was not measured"}


# %% answer="q4_counts"
def three_counts(table, limit):
    above = (table["mmol"] > limit).sum()
    unknown = table["mmol"].isna().sum()
    return {"above": above, "not_above": len(table) - above, "unknown": unknown, "mean": table["mmol"].mean()}
