# %% [raw]
# title: Knows the ward, and reads one piece of code
# base: solution
# loses: {q1_rows: 1, q2_filter: 1, q3_type: 1, q4_missing: 1, q5_groups: 1}
# says: {q1_rows: "Lesson 01", q2_filter: "Not known yet", q5_groups: "Not known yet"}

# %% answer="q1"
q1 = "a"

# %% answer="q2"
q2 = "?"

# %% answer="q3"
q3 = "a"

# %% answer="q4"
q4 = "a"

# %% answer="q5"
q5 = None

# %% answer="q6"
q6 = "a"
