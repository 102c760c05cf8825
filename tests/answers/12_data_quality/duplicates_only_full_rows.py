# %% [raw]
# title: Finds only rows that are equal in every column
# base: solution
# catches: duplicates-only-full-rows
# loses: {q4_retyped: 1}
# says: {q4_retyped: "equal in every column"}


# %% answer="q4_repeated"
def repeated_visits(table):
    return set(table.loc[table.duplicated(keep=False).to_numpy(), "visit_id"])
