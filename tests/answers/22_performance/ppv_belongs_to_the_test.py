# %% [raw]
# title: Computes the predictive value once, from the two rates
# base: solution
# catches: ppv-belongs-to-test
# loses: {q2_ppv: 1}
# says: {q2_ppv: "belonged to the test"}


# %% answer="q2_carry"
def carry(sensitivity: float, specificity: float, prevalence: float) -> dict:
    """PPV and NPV at another prevalence."""
    for share in (sensitivity, specificity, prevalence):
        if not 0 <= share <= 1:
            raise ValueError(f"Give shares from 0 to 1; {share} looks like a percentage.")
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, quiet = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return {
        "ppv": sensitivity / (sensitivity + 1 - specificity) if true + false else float("nan"),
        "npv": quiet / (quiet + missed) if quiet + missed else float("nan"),
    }
