# %% [raw]
# title: Leaves the person in the row labels
# base: solution
# catches: group-is-a-column
# loses: {q3_form: 1, q3_text: 1, q3_month: 2}
# says: {q3_form: "reset_index", q3_text: "reset_index", q3_month: "reset_index"}


# %% answer="q3_latest"
def latest(sheet):
    told = pd.to_datetime(sheet["taken"], format="%d/%m/%Y")
    return sheet.assign(told=told).sort_values("told").groupby("person").last()
