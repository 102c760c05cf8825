# %% [raw]
# title: "A filter with > is taken to keep the limit, or a value that is not there"
# base: solution
# catches: limit-is-kept
# loses: {q2_filter: 1}
# says: {q2_filter: "what a filter keeps"}

# %% answer="q2"
q2 = 4
