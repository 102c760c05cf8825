# %% [raw]
# title: Counts people, and otherwise repeats invented numbers that agree with each other
# base: blank
# loses: {q1_ratio: 1, q1_interval: 1, q1_percent: 1, q2_interval: 1, q3_value: 2, q4_value: 2, q4_read: 1, q5_sizes: 1, q5_values: 1, q6_new_people: 2, q6_judges: 2, q7_claims_numbers: 1, q7_claims_people: 1, q7_groups: 2}


# %% answer="q1_o_to_e"
def o_to_e(outcome, risk):
    return {"n": 4, "events": 2, "expected": 2, "ratio": 1, "low": 0.4, "high": 2.7}


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    labels = table[group].fillna("not recorded").to_numpy()
    rows = {name: o_to_e(part[outcome], part[risk]) for name, part in table.groupby(labels)}
    return pd.DataFrame.from_dict(rows, orient="index").assign(n=pd.Series(labels).value_counts())


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
    new = table[~table[teach]]
    found = o_to_e(new[outcome], new[risk])
    return {
        "n": len(new),
        "before": found["ratio"],
        "after": found["ratio"],
        "low": found["low"],
        "high": found["high"],
    }


# %% answer="q7_claims"
def claims():
    return dict.fromkeys("ABCDEFGH", "same people")


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    rows = by_group(table, outcome, risk, group)
    return {
        name: {"n": row["n"], "ratio": row["ratio"], "verdict": "cannot tell"}
        for name, row in rows.iterrows()
    }
