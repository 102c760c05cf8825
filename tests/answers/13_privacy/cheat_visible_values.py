# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_age: 1, q1_zip: 1, q1_dates: 1, q1_nothing_else: 1, q2_alone: 1, q2_people: 1, q2_gaps: 1, q3_one_value: 2, q4_several: 1, q4_gaps: 1, q5_what_is_counted: 1, q5_noise: 2, q5_sensitivity: 1, q5_budget: 1, q6_us: 1, q6_eu: 1, q7_numbers: 1}


# %% answer="q1_safe_harbor"
def safe_harbor(table, areas, plan):
    return pd.DataFrame({"years": [34, 71], "post": ["511", "512"]})


# %% answer="q2_crowding"
def crowding(table, columns, person):
    return {"people": 4, "smallest": 1, "alone": 2, "share_alone": 0.5}


# %% answer="q3_open"
def open_secrets(table, columns, sensitive, person, k):
    return set()


# %% answer="q4_link"
def link(patients, register, on):
    return {"one": 2, "several": 0, "none": 1}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    return 2 + dice.random()


# %% answer="q5_spend"
def spend(ledger, epsilon):
    ledger["spent"] = 1.0
    return True


# %% answer="q6_readings"
def readings():
    entries = ["gdpr-art-5", "gdpr-art-9", "gdpr-art-22", "gdpr-recital-26", "gdpr-art-35"]
    entries += ["hipaa-safe-harbor", "hipaa-expert-determination", "ehds"]
    return {letter: ("yes", entry) for letter, entry in zip("ABCDEFGH", entries, strict=True)}


# %% answer="q7_note"
def release_note(table, areas):
    return {"people": 265, "alone_before": 263, "alone_after": 132, "smallest_after": 1, "open_after": 9}
