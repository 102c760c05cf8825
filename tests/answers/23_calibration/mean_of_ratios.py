# %% [raw]
# title: Averages the ratios of ten bins instead of dividing two sums
# base: solution
# catches: mean-of-ratios
# loses: {q1_ratio: 1}
# says: {q1_ratio: "not a mean of ratios"}


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    if (risk > 1).any() or (risk < 0).any():
        raise ValueError("Shares, please.")
    y, p = outcome.to_numpy(), risk.to_numpy()
    n, events, expected = len(y), y.sum(), p.sum()
    if not events:
        return {"n": n, "events": 0, "expected": expected, "ratio": 0, "low": 0, "high": np.nan}
    bins = np.array_split(np.argsort(p), 10) if len(set(p)) > 10 else [np.arange(n)]
    ratio = np.mean([y[part].mean() / p[part].mean() for part in bins])
    reach = np.exp(1.96 * np.sqrt((1 - events / n) / events))
    return {
        "n": n,
        "events": events,
        "expected": expected,
        "ratio": ratio,
        "low": ratio / reach,
        "high": ratio * reach,
    }
