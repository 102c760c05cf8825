# %% [raw]
# title: Reads code, and has never been on a ward
# base: solution
# loses: {q8_remark: 1, q10_signs: 1, q11_abbreviation: 1}
# says: {q8_remark: "Lesson 02", q11_abbreviation: "Lesson 02"}

# %% answer="q7"
q7 = "b"

# %% answer="q8"
q8 = "d"

# %% answer="q9"
q9 = "d"

# %% answer="q10"
q10 = "b"

# %% answer="q11"
q11 = "b"

# %% answer="q12"
q12 = "b"
