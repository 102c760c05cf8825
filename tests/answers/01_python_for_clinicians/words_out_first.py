# %% [raw]
# title: Leaves out the words before looking at what stands
# base: solution
# catches: corrected-beside-replaced
# loses: {q1_corrected: 2}
# says: {q1_corrected: "first keep what stands"}


# %% answer="q1_highest"
def highest(results):
    known = results.assign(n=pd.to_numeric(results["value"], errors="coerce")).dropna(subset="n")
    return known.sort_values("time").drop_duplicates("order_id", keep="last")["n"].max()
