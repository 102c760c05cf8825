# %% [raw]
# title: "The mean of the rows is read as the mean of the patients"
# base: solution
# catches: mean-of-rows
# loses: {q5_means: 1}
# says: {q5_means: "means by group"}

# %% answer="q5"
q5 = 104
