# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    return risk


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    return table


# %% answer="q3_level"
def level(outcome, risk):
    return outcome


# %% answer="q4_spread"
def spread(outcome, risk):
    return risk


# %% answer="q4_read_spread"
def read_spread(slope):
    return slope


# %% answer="q5_points"
def points(outcome, risk, k):
    return pd.DataFrame({"risk": risk})


# %% answer="q6_recalibrate"
def recalibrate(old_outcome, old_risk, new_risk):
    return new_risk


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    return table


# %% answer="q7_claims"
def claims():
    return dict.fromkeys("ABCDEFGH", "holds")


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    return table
