# %% [raw]
# title: Chooses the cut of the rule in the test
# base: solution
# catches: rule-fitted-on-test
# loses: {q5_rule_cut: 1, q6_performance: 1}
# says: {q5_rule_cut: "chosen where it is judged", q6_performance: "neither the right number nor"}


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    source = test if outcome in test else train
    source = source.dropna(subset=[outcome])
    best, cut = -1, None
    for value in sorted(source[column].dropna().unique()):
        fired = source[column] >= value
        worth = fired[source[outcome] == 1].mean() + (~fired[source[outcome] == 0]).mean()
        if worth > best + 1e-9:
            best, cut = worth, value
    return (test[column] >= cut).astype(int)
