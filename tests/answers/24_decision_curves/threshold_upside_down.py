# %% [raw]
# title: Takes the needless walks as the part
# base: solution
# catches: threshold-upside-down
# loses: {q1_harms: 2}
# says: {q1_harms: "Upside down"}


# %% answer="q1_threshold"
def threshold(needless, right):
    return needless / (needless + right)
