# %% [raw]
# title: Recalibrates and judges on the same people
# base: solution
# catches: same-people
# loses: {q6_judges: 2, q7_claims_people: 1}
# says: {q6_judges: "on the people who taught them", q7_claims_people: "otherwise on these 900"}


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    old = table[table[teach]]
    after = o_to_e(old[outcome], pd.Series(recalibrate(old[outcome], old[risk], old[risk])))
    before = o_to_e(old[outcome], old[risk])
    return {
        "n": len(old),
        "before": before["ratio"],
        "after": after["ratio"],
        "low": after["low"],
        "high": after["high"],
    }


# %% answer="q7_claims"
def claims():
    return {
        "A": "order",
        "B": "holds",
        "C": "backwards",
        "D": "holds",
        "E": "other place",
        "F": "average",
        "G": "too few",
        "H": "holds",
    }
