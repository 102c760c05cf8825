# %% [raw]
# title: Writes d everywhere
# base: solution
# loses: {q1_rows: 1, q2_filter: 1, q3_type: 1, q5_means: 1, q6_return: 1, q7_triage: 1, q8_remark: 1, q10_signs: 1, q11_abbreviation: 1, q12_code: 1}
# says: {q2_filter: "one number", q5_means: "one number"}

# %% answer="q1"
q1 = "d"

# %% answer="q2"
q2 = "d"

# %% answer="q3"
q3 = "d"

# %% answer="q4"
q4 = "d"

# %% answer="q5"
q5 = "d"

# %% answer="q6"
q6 = "d"

# %% answer="q7"
q7 = "d"

# %% answer="q8"
q8 = "d"

# %% answer="q9"
q9 = "d"

# %% answer="q10"
q10 = "d"

# %% answer="q11"
q11 = "d"

# %% answer="q12"
q12 = "d"
