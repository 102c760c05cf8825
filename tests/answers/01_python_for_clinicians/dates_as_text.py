# %% [raw]
# title: Sorts the days as text
# base: solution
# catches: dates-as-text
# loses: {q3_text: 1}
# says: {q3_text: "sorted as text"}


# %% answer="q3_latest"
def latest(sheet):
    return sheet.sort_values("taken").drop_duplicates("person", keep="last")
