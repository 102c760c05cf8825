# %% [raw]
# title: Computes with whatever it is given
# base: solution
# catches: percent-for-share
# loses: {q2_percent: 1}
# says: {q2_percent: "percentage"}


# %% answer="q2_carry"
def carry(sensitivity: float, specificity: float, prevalence: float) -> dict:
    """PPV and NPV at another prevalence."""
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, quiet = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return {
        "ppv": true / (true + false) if true + false else float("nan"),
        "npv": quiet / (quiet + missed) if quiet + missed else float("nan"),
    }
