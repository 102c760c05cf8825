# %% [raw]
# title: Reads code and knows the ward
# base: solution

# %% answer="q1"
q1 = "c"

# %% answer="q2"
q2 = 3

# %% answer="q3"
q3 = "b"

# %% answer="q4"
q4 = "d"

# %% answer="q5"
q5 = 107.5

# %% answer="q6"
q6 = "c"

# %% answer="q7"
q7 = "b"

# %% answer="q8"
q8 = "c"

# %% answer="q9"
q9 = "d"

# %% answer="q10"
q10 = "a"

# %% answer="q11"
q11 = "a"

# %% answer="q12"
q12 = "b"
