# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    return table[event]


# %% answer="q2_usable"
def usable(codebook):
    return codebook


# %% answer="q2_filled"
def told_by_filled(table, outcome):
    return dict(table)


# %% answer="q3_people"
def split_people(table, person, share, seed):
    return table, table


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    return table, table


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    return test[numbers[0]]


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    return test[column]


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    return {"auc_model": model, "auc_rule": rule, "difference": outcome, "low": draws, "high": seed}


# %% answer="q6_report"
def report(table):
    return dict(table)
