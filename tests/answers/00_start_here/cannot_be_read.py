# %% [raw]
# title: "Right answers in forms that cannot be read: a stray sign, a name that nobody gave, words, another name"
# base: solution
# loses: {q3_type: 1, q4_share: 1, q5_means: 1, q9_order: 1}
# says: {q3_type: "Your answer cell stopped", q4_share: "Your answer cell stopped", q5_means: "q5 cannot be read", q9_order: "nothing called"}

# %% answer="q3"
q3 = b / 1

# %% answer="q4"
q4 = dd

# %% answer="q5"
q5 = "about 107.5"

# %% answer="q9"
Q9 = "d"
