# %% [raw]
# title: Fills the negative predictive value with what the positive one leaves
# base: solution
# catches: npv-is-the-rest
# loses: {q1_rates: 1, q1_empty: 1, q2_form: 1, q2_npv: 1}
# says: {q2_npv: "does not follow from the PPV"}


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
        "specificity": share(tn, tn + fp),
        "ppv": share(tp, tp + fp),
        "npv": 1 - share(tp, tp + fp),
    }


# %% answer="q2_carry"
def carry(sensitivity: float, specificity: float, prevalence: float) -> dict:
    """PPV and NPV at another prevalence."""
    for share in (sensitivity, specificity, prevalence):
        if not 0 <= share <= 1:
            raise ValueError(f"Give shares from 0 to 1; {share} looks like a percentage.")
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    return {
        "ppv": true / (true + false) if true + false else float("nan"),
        "npv": 1 - true / (true + false) if true + false else float("nan"),
    }
