# %% [raw]
# title: Recalibrates the level and leaves the spread
# base: solution
# catches: level-alone
# loses: {q6_form: 1, q6_new_people: 2}
# says: {q6_new_people: "the level alone"}


# %% answer="q6_recalibrate"
def recalibrate(old_outcome, old_risk, new_risk):
    shift = level(old_outcome, old_risk)[0]
    return expit(shift + logit(new_risk))
