# %% [raw]
# title: Counts rows as people
# base: solution
# catches: stays-are-people
# loses: {q2_people: 1}
# says: {q2_people: "Rows were counted as people"}


# %% answer="q2_crowding"
def crowding(table, columns, person):
    sizes = table.groupby(columns, dropna=False).size()
    alone = int((sizes == 1).sum())
    return {
        "people": len(table),
        "smallest": int(sizes.min()),
        "alone": alone,
        "share_alone": alone / len(table),
    }
