# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_text: 2, q1_corrected: 2, q2_units: 2, q2_unknown: 1, q2_input: 1, q3_text: 1, q3_month: 2, q4_unknown: 2, q4_mean: 1, q5_people: 1, q5_mean: 2, q6_second: 1, q6_na: 1, q7_counted: 2}


# %% answer="q1_highest"
def highest(results):
    return 5.3


# %% answer="q2_in_mmol"
def in_mmol(table):
    return pd.DataFrame({"person_id": ["P1", "P2"], "mmol": [7.2, 5.1]})


# %% answer="q3_latest"
def latest(sheet):
    return pd.DataFrame({"person": ["A", "B"], "value": [7.0, 8.0]})


# %% answer="q4_counts"
def three_counts(table, limit):
    return {"above": 1, "not_above": 2, "unknown": 0, "mean": 9.0}


# %% answer="q5_by_person"
def by_person(table):
    return {"rows": 3, "people": 3, "mean": 5.0}


# %% answer="q6_from_r"
def from_r(hie):
    return {"n": 3, "plain": 70.0, "clean": 70.0, "second": 7.0}


# %% answer="q7_numbers"
def note_numbers(results, people):
    return {"highest": 5.3, "above": 1, "not_above": 2, "unknown": 0}
