# %% [raw]
# title: Types this quarter's numbers into the datasheet entry
# base: solution
# catches: typed-not-counted
# loses: {q7_people: 1, q7_counts: 1}
# says: {q7_people: "count, do not type"}


# %% answer="q7_entry"
def datasheet_entry(table):
    return {
        "source": "Visits at three clinics, sent by the data team on Wednesday.",
        "rows": 240,
        "people": 216,
        "entered_twice": 21,
        "set_aside": 5,
        "smoking_not_asked": 24,
        "not_for": "Not for comparing clinics, because each of them measures other people.",
    }
