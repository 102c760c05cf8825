# %% [raw]
# title: Divides the rightly silent by everybody
# base: solution
# catches: specificity-of-all
# loses: {q1_form: 1, q1_rates: 1, q1_empty: 1}
# says: {q1_rates: "of whom it is the share"}


# %% answer="q1_counts"
def counts(outcome: pd.Series, risk: pd.Series, threshold: float) -> dict:
    """The four counts at a threshold, and the four rates."""
    alarm, ill = risk >= threshold, outcome == 1
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
        "specificity": share(tn, len(outcome)),
        "ppv": share(tp, tp + fp),
        "npv": share(tn, tn + fn),
    }
