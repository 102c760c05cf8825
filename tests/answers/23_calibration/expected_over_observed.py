# %% [raw]
# title: Divides expected by observed
# base: solution
# catches: e-over-o
# loses: {q1_ratio: 1}
# says: {q1_ratio: "the other way round"}


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    if (risk > 1).any() or (risk < 0).any():
        raise ValueError("Shares, please.")
    n, events, expected = len(outcome), outcome.sum(), risk.sum()
    if not events:
        return {"n": n, "events": 0, "expected": expected, "ratio": 0, "low": 0, "high": np.nan}
    reach = np.exp(1.96 * np.sqrt((1 - events / n) / events))
    ratio = expected / events
    return {
        "n": n,
        "events": events,
        "expected": expected,
        "ratio": ratio,
        "low": ratio / reach,
        "high": ratio * reach,
    }
