# %% [raw]
# title: Refuses a share of 1 as if it were a percentage
# base: solution
# loses: {q2_percent: 1}
# says: {q2_percent: "1 is a share like any other"}


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    for share in (sensitivity, specificity, prevalence):
        if not 0 <= share < 1:
            raise ValueError("Give shares.")
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, quiet = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return {
        "ppv": true / (true + false) if true + false else float("nan"),
        "npv": quiet / (quiet + missed) if quiet + missed else float("nan"),
    }
