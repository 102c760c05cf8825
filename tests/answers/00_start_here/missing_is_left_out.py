# %% [raw]
# title: "An empty value is taken to be left out of a share of True, as it is of a mean"
# base: solution
# catches: missing-is-left-out
# loses: {q4_share: 1}
# says: {q4_share: "what it answers when it is compared"}

# %% answer="q4"
q4 = "a"
