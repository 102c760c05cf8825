# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_counts"
def counts(outcome, risk, threshold):
    return {"tp": outcome, "fp": risk, "fn": outcome, "tn": risk, "ppv": threshold}


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    return {"ppv": prevalence, "npv": 1 - prevalence}


# %% answer="q3_in_people"
def in_people(sensitivity, specificity, prevalence, of):
    return {"ill": of, "well": of, "found": of}


# %% answer="q4_auc"
def auc(outcome, score):
    return score


# %% answer="q5_share"
def share_interval(k, n):
    return k, n


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    return table, figure


# %% answer="q6_people_needed"
def people_needed(phi, width):
    return {"people": phi, "events": width}


# %% answer="q7_headlines"
def headlines(figures):
    return figures


# %% answer="q7_note"
def note_numbers(table, person, threshold, elsewhere):
    return dict(table)
