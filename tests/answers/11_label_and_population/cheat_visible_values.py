# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_not_recorded: 2, q2_people: 1, q2_absent: 1, q2_share: 1, q3_list: 1, q3_ties: 1, q3_no_score: 1, q4_equal_score: 2, q5_people: 2, q5_replacement: 1, q6_price_and_place: 2, q6_sign: 2, q7_limits_count: 1, q7_valid: 1, q7_true: 2, q4_form: 1}


# %% answer="q1_recorded"
def recorded(values, answers):
    return pd.Series(["yes", "no", "no"], index=["c", "a", "b"])


# %% answer="q2_composition"
def composition(table, person, group, served):
    rows = {"young": [2, 0.67, 0.2, 0.9, 0.5], "old": [1, 0.33, 0.1, 0.8, 0.5], "not recorded": [0] * 5}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["n", "share", "low", "high", "served"])


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    return {"A": 0.5, "B": 0.5}


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    return 0.5


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, seed):
    return 0.2, 0.8


# %% answer="q6_review"
def review(table, inputs, gap):
    parts = {"all": 0, "free plan": 0, "sites 5 and 6": 0}
    return {
        "sees_race": False,
        "ratio": {"Black": 1, "not Black": 1},
        "gap": parts,
        "people": parts,
        "sign": True,
    }


# %% answer="q7_limits"
def limits(table):
    return "Adults of the seventies at six places, none of them old, race recorded by the head of each household only."


# %% answer="q7_record"
def croissant_record(path, person, who_not):
    return {"name": "rand_hie"}
