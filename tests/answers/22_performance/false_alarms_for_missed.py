# %% [raw]
# title: Counts false alarms as missed and the missed as false alarms
# base: solution
# catches: false-alarms-for-missed
# loses: {q1_rates: 1, q1_threshold: 1, q1_empty: 1}
# says: {q1_rates: "which people it counts", q1_threshold: "who is counted where"}


# %% answer="q1_counts"
def counts(outcome, risk, threshold):
    alarm, ill = risk >= threshold, outcome == 1
    tp, tn = int((alarm & ill).sum()), int((~alarm & ~ill).sum())
    fn, fp = int((alarm & ~ill).sum()), int((~alarm & ill).sum())

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
