# %% [raw]
# title: Takes risks in per cent as they come
# base: solution
# catches: percent-as-share
# loses: {q1_percent: 1}
# says: {q1_percent: "a hundred times too small"}


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    n, events, expected = len(outcome), outcome.sum(), risk.sum()
    if not events:
        return {"n": n, "events": 0, "expected": expected, "ratio": 0, "low": 0, "high": np.nan}
    reach = np.exp(1.96 * np.sqrt((1 - events / n) / events))
    ratio = events / expected
    return {
        "n": n,
        "events": events,
        "expected": expected,
        "ratio": ratio,
        "low": ratio / reach,
        "high": ratio * reach,
    }
