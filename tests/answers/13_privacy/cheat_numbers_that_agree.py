# %% [raw]
# title: Counts nothing, and types a note that agrees with its own functions
# base: solution
# catches: typed-not-counted
# loses: {q2_form: 1, q2_alone: 1, q2_people: 1, q2_gaps: 1, q7_numbers: 1}
# says: {q7_numbers: "count, do not type"}


# %% answer="q2_crowding"
def crowding(table, columns, person):
    return {"people": 2, "smallest": 1, "alone": 2, "share_alone": 1.0}


# %% answer="q7_note"
def release_note(table, areas):
    people = table["mrn"].nunique()
    return {"people": people, "alone_before": 2, "alone_after": 2, "smallest_after": 1, "open_after": 0}
