# %% [raw]
# title: Item 5 unanswered and item 4 wrong; the datasheet entry reports what they find
# base: solution
# catches: duplicates-only-full-rows
# loses: {q4_retyped: 1, q5_set_aside_form: 1, q5_impossible: 1, q5_reasons: 1, q5_true_extremes: 1, q5_gaps: 1, q7_counts: 1}
# says: {q5_gaps: "Not answered", q7_counts: "set_aside"}


# %% answer="q4_repeated"
def repeated_visits(table):
    return set(table.loc[table.duplicated(keep=False).to_numpy(), "visit_id"])


# %% answer="q5_set_aside"
def set_aside(table):
    raise NotImplementedError("Your answer goes here: write it, then delete this line.")


# %% answer="q7_entry"
def datasheet_entry(table):
    return {
        "source": "Visits at three clinics, sent by the data team on Wednesday.",
        "rows": len(table),
        "people": table["person_id"].nunique(),
        "entered_twice": len(repeated_visits(table)),
        "set_aside": 0,
        "smoking_not_asked": int((table["smoker"] == 9).sum()),
        "not_for": "Not for comparing clinics, because each of them measures other people.",
    }
