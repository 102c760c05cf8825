# %% [raw]
# title: Reads code, and has never been on a ward
# base: solution
# loses: {q7_triage: 1, q8_handover: 1, q9_order: 1, q10_signs: 1, q12_code: 1}
# says: {q7_triage: "Lesson 02", q12_code: "Lesson 02"}

# %% answer="q7"
q7 = "a"

# %% answer="q8"
q8 = "d"

# %% answer="q9"
q9 = "a"

# %% answer="q10"
q10 = "b"

# %% answer="q11"
q11 = "d"

# %% answer="q12"
q12 = "a"
