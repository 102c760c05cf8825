# %% [raw]
# title: Counts rows as people
# base: solution
# catches: rows-are-patients
# loses: {q5_people: 1}
# says: {q5_people: "is one person"}


# %% answer="q5_by_person"
def by_person(table):
    each = table.groupby("zper").agg(mean=("mdvis", "mean"))
    return {"rows": len(table), "people": len(table), "mean": each["mean"].mean()}
