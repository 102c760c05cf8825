# %% [raw]
# title: Counts rows as people
# base: solution
# catches: visits-are-people
# loses: {q7_people: 1}
# says: {q7_people: "two rows"}


# %% answer="q7_entry"
def datasheet_entry(table):
    return {
        "source": "Visits at three clinics, sent by the data team on Wednesday.",
        "rows": len(table),
        "people": len(table["person_id"]),
        "entered_twice": len(repeated_visits(table)),
        "set_aside": len(set_aside(table.assign(weight_kg=weight_in_kg(table)))[1]),
        "smoking_not_asked": int((table["smoker"] == 9).sum()),
        "not_for": "Not for comparing clinics, because each of them measures other people.",
    }
