# %% [raw]
# title: Gives the mean of the rows
# base: solution
# catches: mean-of-rows
# loses: {q5_mean: 2}
# says: {q5_mean: "mean of the rows"}


# %% answer="q5_by_person"
def by_person(table):
    return {"rows": len(table), "people": table["zper"].nunique(), "mean": table["mdvis"].mean()}
