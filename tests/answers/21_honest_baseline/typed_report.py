# %% [raw]
# title: Types the numbers of the cohort into the report
# base: solution
# catches: typed-not-counted
# loses: {q6_counts: 1, q6_performance: 1}
# says: {q6_counts: "Count, do not type"}


# %% answer="q6_report"
def report(table):
    return {
        "train": 1906,
        "train_events": 514,
        "test": 931,
        "test_events": 239,
        "not_known_train": 12,
        "not_known_test": 133,
        "auc_model": 0.748,
        "auc_rule": 0.676,
        "difference": 0.072,
        "low": 0.052,
        "high": 0.099,
        "auc_count": 0.709,
        "low_count": 0.011,
        "high_count": 0.058,
    }
