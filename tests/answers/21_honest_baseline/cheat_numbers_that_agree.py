# %% [raw]
# title: Judges nothing, and types a report that agrees with its own functions
# base: solution
# catches: typed-not-counted
# loses: {q5_difference: 1, q5_interval: 1, q6_counts: 1, q6_performance: 1}
# says: {q6_performance: "neither the right number nor"}


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    return {"auc_model": 0.96, "auc_rule": 0.6, "difference": 0.36, "low": 0.3, "high": 0.4}


# %% answer="q6_report"
def report(table):
    counts = {
        "train": 200,
        "train_events": 90,
        "test": 150,
        "test_events": 60,
        "not_known_train": 9,
        "not_known_test": 8,
    }
    count = {"auc_count": 0.7, "low_count": 0.2, "high_count": 0.3}
    return {**counts, **against_rule(table, "", "", "", "", 1, 1), **count}
