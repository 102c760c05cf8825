# %% [raw]
# title: Returns only the later entries and trusts the first
# base: solution
# catches: first-entry-is-right
# loses: {q4_retyped: 1}
# says: {q4_retyped: "do not know which one is right"}


# %% answer="q4_repeated"
def repeated_visits(table):
    day = table["visit_time"].str[:10]
    later = table.assign(day=day).duplicated(["person_id", "clinic", "day"])
    return set(table.loc[later.to_numpy(), "visit_id"])
