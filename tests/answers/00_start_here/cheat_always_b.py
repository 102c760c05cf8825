# %% [raw]
# title: Writes b everywhere
# base: solution
# loses: {q1_rows: 1, q2_filter: 1, q4_share: 1, q5_means: 1, q6_return: 1, q8_remark: 1, q9_order: 1, q10_signs: 1, q11_abbreviation: 1}
# says: {q2_filter: "one number", q5_means: "one number"}

# %% answer="q1"
q1 = "b"

# %% answer="q2"
q2 = "b"

# %% answer="q3"
q3 = "b"

# %% answer="q4"
q4 = "b"

# %% answer="q5"
q5 = "b"

# %% answer="q6"
q6 = "b"

# %% answer="q7"
q7 = "b"

# %% answer="q8"
q8 = "b"

# %% answer="q9"
q9 = "b"

# %% answer="q10"
q10 = "b"

# %% answer="q11"
q11 = "b"

# %% answer="q12"
q12 = "b"
