# %% [raw]
# title: Fills the gaps with zero
# base: solution
# catches: missing-is-zero
# loses: {q4_unknown: 2, q4_mean: 1}
# says: {q4_unknown: "not in `unknown`", q4_mean: "zero"}


# %% answer="q4_counts"
def three_counts(table, limit):
    mmol = table["mmol"].fillna(0)
    above, below = (mmol > limit).sum(), (mmol <= limit).sum()
    return {"above": above, "not_above": below, "unknown": mmol.isna().sum(), "mean": mmol.mean()}
