# %% [raw]
# title: Knows the ward and numbers, and has never read code
# base: solution
# loses: {q3_type: 1, q4_share: 1, q5_means: 1, q6_return: 1}
# says: {q3_type: "Lesson 01", q5_means: "Lesson 01"}

# %% answer="q1"
q1 = "c"

# %% answer="q2"
q2 = 3

# %% answer="q3"
q3 = "a"

# %% answer="q4"
q4 = "a"

# %% answer="q5"
q5 = 104

# %% answer="q6"
q6 = "a"
