# %% [raw]
# title: Takes the highest text and makes a number of it
# base: solution
# catches: text-as-number
# loses: {q1_text: 2}
# says: {q1_text: "letter by letter"}


# %% answer="q1_highest"
def highest(results):
    standing = results.sort_values("time").drop_duplicates("order_id", keep="last")
    values = [value for value in standing["value"] if value[0].isdigit()]
    return float(max(values))
