# %% [raw]
# title: Trusts a good AUC
# base: solution
# catches: auc-is-calibration
# loses: {q7_claims_numbers: 1, q7_groups: 2}
# says: {q7_claims_numbers: "if every risk were halved", q7_groups: "A good order"}


# %% answer="q7_claims"
def claims():
    return {
        "A": "holds",
        "B": "holds",
        "C": "backwards",
        "D": "same people",
        "E": "other place",
        "F": "average",
        "G": "too few",
        "H": "holds",
    }


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    found = {}
    for name, row in by_group(table, outcome, risk, group).iterrows():
        part = table[table[group].fillna("not recorded") == name]
        verdict = "cannot tell"
        if part[outcome].nunique() == 2 and len(part) > 100:
            verdict = "near" if roc_auc_score(part[outcome], part[risk]) > 0.7 else "too low"
        found[name] = {"n": row["n"], "ratio": row["ratio"], "verdict": verdict}
    return found
