# %% [raw]
# title: The cut with the greatest accuracy
# base: solution
# catches: cut-by-accuracy
# loses: {q5_rule_cut: 1}
# says: {q5_rule_cut: "two cuts are equally good"}


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    known = train.dropna(subset=[outcome])
    cuts = sorted(known[column].dropna().unique())
    right = [((known[column] >= cut) == (known[outcome] == 1)).mean() for cut in cuts]
    return np.where(test[column] >= cuts[int(np.argmax(right))], 1, 0)
