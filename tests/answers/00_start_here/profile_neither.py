# %% [raw]
# title: New to code and to the ward
# base: solution
# loses: {q1_rows: 1, q2_filter: 1, q3_type: 1, q5_means: 1, q6_return: 1, q7_triage: 1, q8_remark: 1, q9_order: 1, q10_signs: 1, q11_abbreviation: 1}

# %% answer="q1"
q1 = "a"

# %% answer="q2"
q2 = 4

# %% answer="q3"
q3 = "a"

# %% answer="q4"
q4 = "d"

# %% answer="q5"
q5 = "?"

# %% answer="q6"
q6 = "a"

# %% answer="q7"
q7 = "c"

# %% answer="q8"
q8 = "b"

# %% answer="q9"
q9 = "a"

# %% answer="q10"
q10 = "c"

# %% answer="q11"
q11 = "b"

# %% answer="q12"
q12 = "b"
