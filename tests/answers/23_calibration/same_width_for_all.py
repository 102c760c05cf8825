# %% [raw]
# title: Gives every ratio the same interval, whatever n
# base: solution
# catches: interval-ignores-n
# loses: {q1_interval: 1}
# says: {q1_interval: "which n and which events"}


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    if (risk > 1).any() or (risk < 0).any():
        raise ValueError("Shares, please.")
    ratio = outcome.sum() / risk.sum()
    return {
        "n": len(outcome),
        "events": outcome.sum(),
        "expected": risk.sum(),
        "ratio": ratio,
        "low": 0.8 * ratio,
        "high": 1.25 * ratio if ratio else np.nan,
    }
