# %% [raw]
# title: Takes each order's last number, which skips a correction that is a word
# base: solution
# catches: corrected-beside-replaced
# loses: {q1_corrected: 2}
# says: {q1_corrected: "replaced by a word came back"}


# %% answer="q1_highest"
def highest(results):
    number = pd.to_numeric(results["value"], errors="coerce")
    return results.assign(n=number).sort_values("time").groupby("order_id")["n"].last().max()
