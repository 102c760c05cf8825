# %% [raw]
# title: Gives the odds as the threshold
# base: solution
# catches: odds-are-the-threshold
# loses: {q1_harms: 2}
# says: {q1_harms: "the weight of a needless walk"}


# %% answer="q1_threshold"
def threshold(needless, right):
    return right / needless
