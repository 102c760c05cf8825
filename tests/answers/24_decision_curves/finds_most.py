# %% [raw]
# title: Chooses by the share of falls that the bell finds
# base: solution
# catches: finding-is-benefit
# loses: {q3_everybody: 1, q3_nobody: 1}
# says: {q3_nobody: "Finding falls is not yet a benefit"}


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    sensitivity = tp / (tp + fn)
    return "bell" if sensitivity > 0.5 else "everybody"
