# %% [raw]
# title: Takes each person with two rows for a repeat
# base: solution
# catches: follow-up-is-a-repeat
# loses: {q4_follow_ups: 1}
# says: {q4_follow_ups: "follow-up"}


# %% answer="q4_repeated"
def repeated_visits(table):
    return set(table.loc[table["person_id"].duplicated(keep=False).to_numpy(), "visit_id"])
