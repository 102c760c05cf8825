# %% [raw]
# title: Uses whatever is in the record a month later
# base: solution
# catches: after-time-zero
# loses: {q2_time_zero: 1}
# says: {q2_time_zero: "until after time zero"}


# %% answer="q2_usable"
def usable(codebook):
    return codebook[codebook["known_day"] <= 30]["column"].to_list()
