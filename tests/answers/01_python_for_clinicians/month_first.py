# %% [raw]
# title: Lets pandas guess, which takes the month first
# base: solution
# catches: day-month-swap
# loses: {q3_month: 2}
# says: {q3_month: "order of day and month is guessed"}


# %% answer="q3_latest"
def latest(sheet):
    told = pd.to_datetime(sheet["taken"])
    return sheet.assign(told=told).sort_values("told").drop_duplicates("person", keep="last")
