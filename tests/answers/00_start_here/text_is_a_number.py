# %% [raw]
# title: "Numbers that are stored as text are compared as numbers"
# base: solution
# catches: text-is-a-number
# loses: {q3_type: 1}
# says: {q3_type: "kind of a value"}

# %% answer="q3"
q3 = "a"
