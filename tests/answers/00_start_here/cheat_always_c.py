# %% [raw]
# title: Writes c everywhere
# base: solution
# loses: {q2_filter: 1, q3_type: 1, q4_share: 1, q5_means: 1, q7_triage: 1, q9_order: 1, q10_signs: 1, q11_abbreviation: 1, q12_code: 1}
# says: {q2_filter: "one number", q5_means: "one number"}

# %% answer="q1"
q1 = "c"

# %% answer="q2"
q2 = "c"

# %% answer="q3"
q3 = "c"

# %% answer="q4"
q4 = "c"

# %% answer="q5"
q5 = "c"

# %% answer="q6"
q6 = "c"

# %% answer="q7"
q7 = "c"

# %% answer="q8"
q8 = "c"

# %% answer="q9"
q9 = "c"

# %% answer="q10"
q10 = "c"

# %% answer="q11"
q11 = "c"

# %% answer="q12"
q12 = "c"
