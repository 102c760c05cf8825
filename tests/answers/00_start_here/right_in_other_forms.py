# %% [raw]
# title: The same answers without quotes, in capitals, in brackets, or with a decimal comma
# base: solution

# %% answer="q1"
q1 = C

# %% answer="q2"
q2 = "3"

# %% answer="q3"
q3 = B

# %% answer="q4"
q4 = ["d"]

# %% answer="q5"
q5 = 107, 5

# %% answer="q6"
q6 = " c "

# %% answer="q7"
q7 = b

# %% answer="q8"
q8 = "(C)"

# %% answer="q9"
q9 = "d."

# %% answer="q10"
q10 = (a,)

# %% answer="q11"
q11 = "A"

# %% answer="q12"
q12 = b
