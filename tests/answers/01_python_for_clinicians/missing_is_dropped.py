# %% [raw]
# title: Drops the rows with a gap first
# base: solution
# catches: missing-dropped
# loses: {q4_unknown: 2}
# says: {q4_unknown: "not in `unknown`"}


# %% answer="q4_counts"
def three_counts(table, limit):
    mmol = table.dropna()["mmol"]
    above, below = (mmol > limit).sum(), (mmol <= limit).sum()
    return {"above": above, "not_above": below, "unknown": mmol.isna().sum(), "mean": mmol.mean()}
