# %% [raw]
# title: Divides by the people whose value is there
# base: solution
# catches: measured-only-denominator
# loses: {q2_counts: 1}
# says: {q2_counts: "dropping people with a gap"}


# %% answer="q2_missing"
from statsmodels.stats.proportion import proportion_confint


def missing_by_group(table, column, group):
    groups = table[group].astype(object).where(table[group].notna(), "not recorded")
    by = table.groupby(groups)
    result = pd.DataFrame({"n": by[column].count(), "missing": by[column].apply(lambda v: v.isna().sum())})
    result["share"] = result["missing"] / result["n"]
    result["low"], result["high"] = proportion_confint(result["missing"], result["n"], method="wilson")
    return result
