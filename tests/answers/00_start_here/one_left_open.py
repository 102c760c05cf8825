# %% [raw]
# title: The first question is left open, the others are right
# loses: {q1_rows: 1}

# %% answer="q1"
raise NotImplementedError("Your answer goes here: write it, then delete this line.")
