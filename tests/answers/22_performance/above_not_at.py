# %% [raw]
# title: Begins the alarm above the threshold
# base: solution
# catches: above-not-at
# loses: {q1_threshold: 1}
# says: {q1_threshold: "exactly on the threshold"}


# %% answer="q1_counts"
def counts(outcome: pd.Series, risk: pd.Series, threshold: float) -> dict:
    """The four counts at a threshold, and the four rates."""
    alarm, ill = risk > threshold, outcome == 1
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
