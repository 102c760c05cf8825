# %% [raw]
# title: Groups without the people whose group is empty
# base: solution
# catches: unrecorded-group-vanishes
# loses: {q2_not_recorded: 1}
# says: {q2_not_recorded: "do not add up to everybody"}


# %% answer="q2_missing"
from statsmodels.stats.proportion import proportion_confint


def missing_by_group(table, column, group):
    result = table[column].isna().groupby(table[group]).agg(n="size", missing="sum")
    result["share"] = result["missing"] / result["n"]
    result["low"], result["high"] = proportion_confint(result["missing"], result["n"], method="wilson")
    return result
