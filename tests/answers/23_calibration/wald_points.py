# %% [raw]
# title: Uses the simple interval, which has no width where nobody came back
# base: solution
# catches: wald-interval
# loses: {q5_values: 1}
# says: {q5_values: "not the Wilson interval"}


# %% answer="q5_points"
def points(outcome, risk, k):
    y, p = outcome.to_numpy(), risk.to_numpy()
    rows = []
    for part in np.array_split(np.argsort(p), k):
        share = y[part].mean()
        half = 1.96 * np.sqrt(share * (1 - share) / len(part))
        rows.append([len(part), p[part].mean(), share, share - half, share + half])
    return pd.DataFrame(rows, columns=["n", "predicted", "observed", "low", "high"])
