# %% [raw]
# title: Writes a everywhere
# base: solution
# loses: {q1_rows: 1, q2_filter: 1, q3_type: 1, q4_share: 1, q5_means: 1, q6_return: 1, q7_triage: 1, q8_remark: 1, q9_order: 1, q12_code: 1}
# says: {q2_filter: "one number", q5_means: "one number"}

# %% answer="q1"
q1 = "a"

# %% answer="q2"
q2 = "a"

# %% answer="q3"
q3 = "a"

# %% answer="q4"
q4 = "a"

# %% answer="q5"
q5 = "a"

# %% answer="q6"
q6 = "a"

# %% answer="q7"
q7 = "a"

# %% answer="q8"
q8 = "a"

# %% answer="q9"
q9 = "a"

# %% answer="q10"
q10 = "a"

# %% answer="q11"
q11 = "a"

# %% answer="q12"
q12 = "a"
