# %% [raw]
# title: Calls risks right when the interval includes 1
# base: solution
# catches: not-shown-is-right
# loses: {q7_claims_numbers: 1, q7_groups: 2}
# says: {q7_claims_numbers: "what else does this interval include", q7_groups: "decides nothing"}


# %% answer="q7_claims"
def claims():
    return {
        "A": "order",
        "B": "holds",
        "C": "backwards",
        "D": "same people",
        "E": "other place",
        "F": "average",
        "G": "holds",
        "H": "holds",
    }


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    found = {}
    for name, row in by_group(table, outcome, risk, group).iterrows():
        verdict = "near"
        if row["low"] > 1.0 and row["high"] > 1.25:
            verdict = "too low"
        if row["high"] < 1.0 and row["low"] < 0.8:
            verdict = "too high"
        found[name] = {"n": row["n"], "ratio": row["ratio"], "verdict": verdict}
    return found
