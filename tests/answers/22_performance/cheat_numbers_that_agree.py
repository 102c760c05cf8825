# %% [raw]
# title: Counts nothing, and types a note that agrees with its own functions
# base: solution
# catches: typed-numbers
# loses: {q1_rates: 1, q1_threshold: 1, q1_empty: 1, q2_ppv: 1, q2_npv: 1, q2_percent: 1, q7_numbers: 1}
# says: {q7_numbers: "not type"}


# %% answer="q1_counts"
def counts(outcome, risk, threshold):
    rates = {key: 0.5 for key in ("sensitivity", "specificity", "ppv", "npv")}
    return {"tp": 1, "fp": 1, "fn": 1, "tn": 1, **rates}


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    return {"ppv": 0.75, "npv": 0.75}


# %% answer="q7_note"
def note_numbers(table, person, threshold, elsewhere):
    people = table[person].nunique()
    typed = {"alarms": 2, "found": 1, "missed": 1, "ppv": 0.5, "ppv_elsewhere": 0.75}
    return {"people": people, "years": len(table), **typed}
