# %% [raw]
# title: Cuts the scale into equal parts, some of them empty
# base: solution
# catches: equal-width-bins
# loses: {q5_form: 1, q5_sizes: 1}
# says: {q5_sizes: "no group is empty"}


# %% answer="q5_points"
def points(outcome, risk, k):
    from statsmodels.stats.proportion import proportion_confint

    table = pd.DataFrame({"y": outcome.to_numpy(), "p": risk.to_numpy()})
    groups = table.groupby(pd.cut(table["p"], k, labels=False))
    result = groups.agg(n=("y", "size"), predicted=("p", "mean"), observed=("y", "mean")).reset_index(
        drop=True
    )
    result["low"], result["high"] = proportion_confint(
        groups["y"].sum().to_numpy(), result["n"], method="wilson"
    )
    return result
