# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_harms: 2, q2_weight: 1, q2_everybody_counts: 1, q2_at_threshold: 1, q3_everybody: 1, q3_nobody: 1, q3_between: 1, q4_repeats: 2, q4_ratio: 1, q5_stays: 1, q5_ties: 1, q5_missed: 1, q6_rival: 1, q6_people: 1, q6_unseen: 1, q7_threshold: 1, q7_numbers: 1}


# %% answer="q1_threshold"
def threshold(needless, right):
    return 0.05


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    return 0.5


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    return "bell"


# %% answer="q3_worth_between"
def worth_between(tp, fp, fn, tn):
    return (0.1, 0.2)


# %% answer="q4_load"
def load(log):
    return {"bells": 1, "stays": 1, "true": 1, "stays_per_true": 1.0}


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    return {"level": 0.1, "stays": 3, "missed": 0}


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    return {"value": 0.0, "low": -0.1, "high": 0.1}


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    judged = int((stays["part"] == "judge").sum())
    page = {"threshold": 0.05, "judged": judged, "bell": 500.0, "reset": 500.0, "everybody": 500.0}
    return page | {"stays_per_true": 1.0, "level": 0.1, "missed": 0}
