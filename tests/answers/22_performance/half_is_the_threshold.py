# %% [raw]
# title: Draws the line at 0.5, whatever was agreed
# base: solution
# catches: half-is-the-threshold
# loses: {q1_rates: 1, q1_threshold: 1, q1_empty: 1}
# says: {q1_rates: "not at another"}


# %% answer="q1_counts"
def counts(outcome: pd.Series, risk: pd.Series, threshold: float) -> dict:
    """The four counts at a threshold, and the four rates."""
    alarm, ill = risk >= 0.5, outcome == 1
    tp, fp = int((alarm & ill).sum()), int((alarm & ~ill).sum())
    fn, tn = int((~alarm & ill).sum()), int((~alarm & ~ill).sum())

    def share(part, whole):
        return part / whole if whole else float("nan")

    return {
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "tn": tn,
        "sensitivity": share(tp, tp + fn),
        "specificity": share(tn, tn + fp),
        "ppv": share(tp, tp + fp),
        "npv": share(tn, tn + fn),
    }
