# %% [raw]
# title: A column without a date counts as always known
# base: solution
# catches: undated-is-known
# loses: {q2_time_zero: 1}
# says: {q2_time_zero: "nobody can date"}


# %% answer="q2_usable"
def usable(codebook):
    return [row.column for row in codebook.itertuples() if not row.known_day > 0]
