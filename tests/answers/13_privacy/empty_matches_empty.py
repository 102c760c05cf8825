# %% [raw]
# title: Joins empty cells to empty cells, as merge does by itself
# base: solution
# catches: empty-matches-empty
# loses: {q4_gaps: 1}
# says: {q4_gaps: "Two empty cells"}


# %% answer="q4_link"
def link(patients, register, on):
    entries = register.groupby(on, dropna=False).size().rename("entries").reset_index()
    found = patients[on].merge(entries, on=on, how="left")["entries"].fillna(0)
    return {
        "one": int((found == 1).sum()),
        "several": int((found > 1).sum()),
        "none": int((found == 0).sum()),
    }
