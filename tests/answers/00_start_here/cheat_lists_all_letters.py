# %% [raw]
# title: Offers every letter at once
# base: solution
# loses: all
# says: {q1_rows: "one letter"}

# %% answer="q1"
q1 = "abcd"

# %% answer="q2"
q2 = "abcd"

# %% answer="q3"
q3 = "abcd"

# %% answer="q4"
q4 = "abcd"

# %% answer="q5"
q5 = "abcd"

# %% answer="q6"
q6 = "abcd"

# %% answer="q7"
q7 = "abcd"

# %% answer="q8"
q8 = "abcd"

# %% answer="q9"
q9 = "abcd"

# %% answer="q10"
q10 = "abcd"

# %% answer="q11"
q11 = "abcd"

# %% answer="q12"
q12 = "abcd"
