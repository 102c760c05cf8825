# %% [raw]
# title: Does not know yet, everywhere
# base: solution
# loses: all
# says: {q1_rows: "Not known yet. Lesson 01", q2_filter: "Not known yet. Lesson 01", q3_type: "Not known yet. Lesson 01", q4_share: "Not known yet. Lesson 01", q5_means: "Not known yet. Lesson 01", q6_return: "Not known yet. Lesson 01", q7_triage: "Not known yet. Lesson 02", q8_remark: "Not known yet. Lesson 02", q9_order: "Not known yet. Lesson 02", q10_signs: "Not known yet. Lesson 02", q11_abbreviation: "Not known yet. Lesson 02", q12_code: "Not known yet. Lesson 02"}

# %% answer="q1"
q1 = None

# %% answer="q2"
q2 = "?"

# %% answer="q3"
q3 = None

# %% answer="q4"
q4 = "?"

# %% answer="q5"
q5 = None

# %% answer="q6"
q6 = "?"

# %% answer="q7"
q7 = None

# %% answer="q8"
q8 = "?"

# %% answer="q9"
q9 = None

# %% answer="q10"
q10 = "?"

# %% answer="q11"
q11 = None

# %% answer="q12"
q12 = "?"
