# %% [raw]
# title: Leaves out people with an empty cell, as groupby does by itself
# base: solution
# catches: gap-is-nobody
# loses: {q2_gaps: 1}
# says: {q2_gaps: "empty cell"}


# %% answer="q2_crowding"
def crowding(table, columns, person):
    first = table.drop_duplicates(person)
    sizes = first.groupby(columns).size()
    alone = int((sizes == 1).sum())
    return {
        "people": int(sizes.sum()),
        "smallest": int(sizes.min()),
        "alone": alone,
        "share_alone": alone / int(sizes.sum()),
    }
