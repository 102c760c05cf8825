# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_late_events: 1, q1_not_known: 1, q1_early_events: 1, q2_time_zero: 1, q2_told: 1, q3_apart: 1, q3_random: 1, q3_cut: 1, q3_come_back: 1, q4_train_only: 2, q4_gaps: 1, q4_not_known: 1, q5_rule_cut: 1, q5_difference: 1, q5_interval: 1, q6_counts: 1, q6_performance: 1}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    return pd.Series(0.0, index=table.index)


# %% answer="q2_usable"
def usable(codebook):
    return ["weight", "sex"]


# %% answer="q2_filled"
def told_by_filled(table, outcome):
    return {"letter": 1.0, "age": 0.5}


# %% answer="q3_people"
def split_people(table, person, share, seed):
    return table[:6], table[6:]


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    return table.iloc[[0, 2]], table.iloc[[1, 3, 4]]


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    return [0.1, 0.9]


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    return [0, 1, 0]


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    return {"auc_model": 0.99, "auc_rule": 0.5, "difference": 0.49, "low": 0.4, "high": 0.6}


# %% answer="q6_report"
def report(table):
    return {
        "train": 1906, "train_events": 514, "test": 931, "test_events": 239, "not_known_train": 12, "not_known_test": 133,
        "auc_model": 0.748, "auc_rule": 0.676, "difference": 0.072, "low": 0.052, "high": 0.099,
        "auc_count": 0.709, "low_count": 0.011, "high_count": 0.058,
    }  # fmt: skip
