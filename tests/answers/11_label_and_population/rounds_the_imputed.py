# %% [raw]
# title: Rounds a filled-in fraction to an answer
# base: solution
# catches: imputed-rounded
# loses: {q1_not_recorded: 2}
# says: {q1_not_recorded: "decides for a person whom nobody asked"}


# %% answer="q1_recorded"
def recorded(values, answers):
    if values.dtype == object:
        return values.map(answers).fillna("not recorded")
    return values.round().map(answers).fillna("not recorded")
