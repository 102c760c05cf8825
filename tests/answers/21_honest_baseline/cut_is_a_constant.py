# %% [raw]
# title: A cut of three, because that is what the ward says
# base: solution
# catches: cut-not-learned
# loses: {q5_rule_cut: 1}
# says: {q5_rule_cut: "two cuts are equally good"}


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    return (test[column] >= 3).astype(int)
