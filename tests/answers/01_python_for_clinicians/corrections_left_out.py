# %% [raw]
# title: Leaves the corrections out instead of what they replace
# base: solution
# catches: corrected-beside-replaced
# loses: {q1_corrected: 2}
# says: {q1_corrected: "was replaced still counts"}


# %% answer="q1_highest"
def highest(results):
    only = results[results["event_type"] == "result"]
    return pd.to_numeric(only["value"], errors="coerce").max()
