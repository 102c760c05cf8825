# %% [raw]
# title: Multiplies every risk by O/E
# base: solution
# catches: risks-times-ratio
# loses: {q6_form: 1, q6_new_people: 2}
# says: {q6_new_people: "above 1"}


# %% answer="q6_recalibrate"
def recalibrate(old_outcome, old_risk, new_risk):
    return new_risk * old_outcome.sum() / old_risk.sum()
