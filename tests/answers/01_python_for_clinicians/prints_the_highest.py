# %% [raw]
# title: Shows the result instead of giving it back
# base: solution
# catches: no-return
# loses: {q1_form: 1, q1_text: 2, q1_corrected: 2}
# says: {q1_form: "gives nothing back", q1_text: "gives nothing back", q1_corrected: "gives nothing back"}


# %% answer="q1_highest"
def highest(results):
    standing = results.sort_values("time").drop_duplicates("order_id", keep="last")
    print(pd.to_numeric(standing["value"], errors="coerce").max())
