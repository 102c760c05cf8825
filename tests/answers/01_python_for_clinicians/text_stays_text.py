# %% [raw]
# title: Gives back the highest text
# base: solution
# catches: text-as-number
# loses: {q1_form: 1, q1_text: 2}
# says: {q1_form: "not a number", q1_text: "letter by letter"}


# %% answer="q1_highest"
def highest(results):
    standing = results.sort_values("time").drop_duplicates("order_id", keep="last")
    return standing.loc[standing["value"].str[0].str.isdigit(), "value"].max()
