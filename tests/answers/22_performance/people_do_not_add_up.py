# %% [raw]
# title: Rounds every number alone
# base: solution
# catches: people-do-not-add-up
# loses: {q3_adds_up: 1}
# says: {q3_adds_up: "rounded alone"}


# %% answer="q3_in_people"
def in_people(sensitivity, specificity, prevalence, of):
    ill, well = prevalence * of, (1 - prevalence) * of
    return {
        "ill": round(ill),
        "well": round(well),
        "found": round(sensitivity * ill),
        "missed": round((1 - sensitivity) * ill),
        "false": round((1 - specificity) * well),
        "quiet": round(specificity * well),
        "alarms": round(sensitivity * ill + (1 - specificity) * well),
    }
