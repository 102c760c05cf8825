# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_threshold"
def threshold(needless, right):
    return pd.Series([needless, right])


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    return risk


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    return t


# %% answer="q3_worth_between"
def worth_between(tp, fp, fn, tn):
    return (tp, fp)


# %% answer="q4_load"
def load(log):
    return log


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    return log


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    return stays


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    return {"threshold": needless, "judged": per_shift}
