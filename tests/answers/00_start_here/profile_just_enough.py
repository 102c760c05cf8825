# %% [raw]
# title: One wrong on each side
# base: solution
# loses: {q3_type: 1, q7_triage: 1}

# %% answer="q3"
q3 = "a"

# %% answer="q7"
q7 = "a"
