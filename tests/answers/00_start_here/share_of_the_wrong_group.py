# %% [raw]
# title: "The share of the ill who were flagged is read as the share of the flagged who are ill"
# base: solution
# catches: share-of-the-wrong-group
# loses: {q6_share: 1}
# says: {q6_share: "what a percentage is a part of"}

# %% answer="q6"
q6 = "b"
