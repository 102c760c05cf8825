# %% [raw]
# title: Compares the first row with the first row, the second with the second
# base: solution
# catches: row-by-row-comparison
# loses: {q6_changed_outcomes: 2}
# says: {q6_changed_outcomes: "another order"}


# %% answer="q6_relabelled"
def relabelled(original, copy):
    return int((original["target"].to_numpy() != copy["target"].to_numpy()[: len(original)]).sum())
