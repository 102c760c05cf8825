# %% [raw]
# title: The same letters, without quotes or in capitals, and numbers as text
# base: solution

# %% answer="q1"
q1 = c

# %% answer="q2"
q2 = "3"

# %% answer="q3"
q3 = "B"

# %% answer="q4"
q4 = d

# %% answer="q5"
q5 = 100.0

# %% answer="q6"
q6 = " a "

# %% answer="q7"
q7 = b

# %% answer="q8"
q8 = "C"

# %% answer="q9"
q9 = d

# %% answer="q10"
q10 = a

# %% answer="q11"
q11 = "D"

# %% answer="q12"
q12 = b
