# %% [raw]
# title: Takes each person's last row
# base: solution
# catches: last-row-is-latest
# loses: {q3_text: 1, q3_month: 2}
# says: {q3_text: "the last row of a sheet"}


# %% answer="q3_latest"
def latest(sheet):
    return sheet.drop_duplicates("person", keep="last")
