# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_edges: 1, q1_date: 1, q2_given: 1, q2_never: 1, q2_spoken: 1, q3_released: 1, q3_age: 1, q3_corrected: 1, q3_units: 1, q3_codes: 1, q4_form: 1, q4_onset: 1, q4_edges: 1, q4_corrected: 1, q5_words: 1, q5_notes: 1, q5_rules_read: 1, q6_unanswered: 1, q6_people: 1, q6_review: 1, q6_edges: 1, q7_numbers: 1}


# %% answer="q1_shift"
def shift(time):
    return "2025-06-03", "day"


# %% answer="q2_first_dose"
def first_dose(events, drug):
    return {"A1": 40}


# %% answer="q3_known"
def known(events, stay_id, now):
    return {"creatinine": 91.0, "age": 90, "codes": []}


# %% answer="q4_kidney_injury"
def kidney_injury(events, stay_id):
    return {"onset": None, "known": None, "coded": None}


# %% answer="q5_meanings"
def meanings(note, abbreviations):
    return {"QX": {"quiet ox"}}


# %% answer="q5_readings"
def readings():
    return dict.fromkeys("ABCDEFGH", "ask")


# %% answer="q5_rules"
def rules():
    entries = ["hipaa-minimum-necessary", "hipaa-safe-harbor", "gdpr-art-9-care", "gdpr-recital-26"]
    entries += ["snomed-licence", "icd-10-main-condition"]
    return {letter: ("yes", entry) for letter, entry in zip("ABCDEF", entries, strict=True)}


# %% answer="q6_alert_report"
def alert_report(events, stays, limit):
    one = {"alerts": 1, "people": 1, "never": 0, "no_review": 0, "in_time": 1, "share": 1.0}
    return {"last hour": one, "earlier": one}


# %% answer="q7_note_numbers"
def note_numbers(events, stays):
    return {"alerts": 12, "late": 5, "late_last_hour": 3, "furosemide": 9, "slow_dose": 4}
