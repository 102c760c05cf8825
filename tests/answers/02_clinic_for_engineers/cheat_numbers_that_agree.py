# %% [raw]
# title: Functions that count nothing, and a note that agrees with them
# base: blank
# loses: {q1_form: 1, q1_edges: 1, q1_date: 1, q2_form: 1, q2_given: 1, q2_never: 1, q2_spoken: 1, q3_form: 1, q3_released: 1, q3_age: 1, q3_corrected: 1, q3_units: 1, q3_codes: 1, q4_form: 1, q4_onset: 1, q4_edges: 1, q4_corrected: 1, q5_form: 1, q5_words: 1, q5_notes: 1, q5_rules_read: 1, q6_unanswered: 1, q6_people: 1, q6_review: 1, q6_edges: 1, q7_numbers: 1}
# says: {q7_numbers: "neither the right number"}


# %% answer="q2_first_dose"
def first_dose(events, drug):
    return {"A1": 0}


# %% answer="q6_alert_report"
def alert_report(events, stays, limit):
    one = {"alerts": 1, "people": 1, "never": 0, "no_review": 0, "in_time": 1, "share": 1.0}
    return {"last hour": one, "earlier": one}


# %% answer="q7_note_numbers"
def note_numbers(events, stays):
    return {"alerts": 2, "late": 0, "late_last_hour": 0, "furosemide": 1, "slow_dose": 0}
