# %% [raw]
# title: "The mean of everybody is read as that of a group"
# base: solution
# catches: group-is-everybody
# loses: {q5_groups: 1}
# says: {q5_groups: "a mean by group"}

# %% answer="q5"
q5 = 104
