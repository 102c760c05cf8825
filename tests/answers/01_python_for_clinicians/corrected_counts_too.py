# %% [raw]
# title: Leaves replaced results in
# base: solution
# catches: corrected-beside-replaced
# loses: {q1_corrected: 2}
# says: {q1_corrected: "was replaced still counts"}


# %% answer="q1_highest"
def highest(results):
    return pd.to_numeric(results["value"], errors="coerce").max()
