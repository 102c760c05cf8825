# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_ratio: 1, q1_interval: 1, q1_percent: 1, q2_not_recorded: 1, q2_interval: 1, q3_value: 2, q4_value: 2, q4_read: 1, q5_sizes: 1, q5_values: 1, q6_new_people: 2, q6_judges: 2, q7_claims_numbers: 1, q7_claims_people: 1, q7_groups: 2}


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    return {"n": 4, "events": 2, "expected": 2, "ratio": 1, "low": 0.4, "high": 2.7}


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    row = [2, 1, 1, 1, 0.4, 2.7]
    columns = ["n", "events", "expected", "ratio", "low", "high"]
    return pd.DataFrame([row, row], index=["A", "B"], columns=columns)


# %% answer="q3_level"
def level(outcome, risk):
    return 0.69, 0.29, 1.09


# %% answer="q4_spread"
def spread(outcome, risk):
    return 0.61, -0.08, 1.3


# %% answer="q4_read_spread"
def read_spread(slope):
    return "not shown"


# %% answer="q5_points"
def points(outcome, risk, k):
    return pd.DataFrame({"n": 2, "predicted": [0.15, 0.6], "observed": [0, 0.5], "low": 0, "high": 0.9})


# %% answer="q6_recalibrate"
def recalibrate(old_outcome, old_risk, new_risk):
    return [0.3, 0.5]


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    return {"n": 20, "before": 1, "after": 1, "low": 0.6, "high": 1.6}


# %% answer="q7_claims"
def claims():
    return dict.fromkeys("ABCDEFGH", "same people")


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    row = {"n": (stays["language"] == "interpreter").sum(), "ratio": 1, "verdict": "near"}
    return dict.fromkeys(["interpreter", "ward's language"], row)
