# %% [raw]
# title: Takes the first entry where several fit
# base: solution
# catches: first-hit-is-right
# loses: {q4_several: 1}
# says: {q4_several: "a guess about a person"}


# %% answer="q4_link"
def link(patients, register, on):
    found = patients[on].merge(register.dropna(subset=on).drop_duplicates(on), on=on)
    return {"one": len(found), "several": 0, "none": len(patients) - len(found)}
