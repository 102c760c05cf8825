# %% [raw]
# title: Types this Friday's numbers
# base: solution
# catches: typed-not-counted
# loses: {q7_counted: 2}
# says: {q7_counted: "type no number"}


# %% answer="q7_numbers"
def note_numbers(results, people):
    return {"highest": 5.5, "above": 2, "not_above": 32, "unknown": 14}
