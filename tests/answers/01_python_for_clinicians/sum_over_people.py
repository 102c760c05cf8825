# %% [raw]
# title: Divides all visits by the people
# base: solution
# catches: mean-of-rows
# loses: {q5_mean: 2}
# says: {q5_mean: "neither their sums"}


# %% answer="q5_by_person"
def by_person(table):
    people = table["zper"].nunique()
    return {"rows": len(table), "people": people, "mean": table["mdvis"].sum() / people}
