# %% [raw]
# title: Uses the simple (Wald) interval, which has no width at 0 %
# base: solution
# catches: wald-interval
# loses: {q2_interval: 1}
# says: {q2_interval: "small groups"}


# %% answer="q2_missing"
import numpy as np


def missing_by_group(table, column, group):
    groups = table[group].astype(object).where(table[group].notna(), "not recorded")
    result = table[column].isna().groupby(groups).agg(n="size", missing="sum")
    result["share"] = result["missing"] / result["n"]
    half = 1.96 * np.sqrt(result["share"] * (1 - result["share"]) / result["n"])
    result["low"], result["high"] = result["share"] - half, result["share"] + half
    return result
