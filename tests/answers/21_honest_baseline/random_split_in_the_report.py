# %% [raw]
# title: Splits at random what will be used on later people
# base: solution
# catches: random-for-later-people
# loses: {q6_counts: 1, q6_performance: 1}
# says: {q6_counts: "neither the right number nor"}


# %% answer="q6_report"
def report(table):
    rows = table.assign(y=outcome_by(table, HORIZON, "dtime", "death"))
    train, test = split_people(rows, "pid", 0.3, 21)
    judged = test.assign(
        model=np.asarray(risks(train, test, NUMBERS, WORDS, "y")),
        rule=np.asarray(nurse_rule(train, test, "nodes", "y")),
    )
    count = against_rule(judged, "model", "nodes", "y", "pid", draws=100, seed=21)
    return {
        "train": train["y"].count(),
        "train_events": train["y"].sum(),
        "test": test["y"].count(),
        "test_events": test["y"].sum(),
        "not_known_train": train["y"].isna().sum(),
        "not_known_test": test["y"].isna().sum(),
        **against_rule(judged, "model", "rule", "y", "pid", draws=100, seed=21),
        "auc_count": count["auc_rule"],
        "low_count": count["low"],
        "high_count": count["high"],
    }
