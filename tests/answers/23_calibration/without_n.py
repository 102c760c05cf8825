# %% [raw]
# title: Shows ratios without saying how many people they are about
# base: solution
# catches: n-dropped
# loses: {q2_form: 1, q2_not_recorded: 1}
# says: {q2_form: "cannot be judged", q2_not_recorded: "how many people"}


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    labels = table[group].fillna("not recorded").to_numpy()
    rows = {name: o_to_e(part[outcome], part[risk]) for name, part in table.groupby(labels)}
    return pd.DataFrame.from_dict(rows, orient="index")[["ratio", "low", "high"]]


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    labels = table[group].fillna("not recorded")
    found = {}
    for name, row in by_group(table, outcome, risk, group).iterrows():
        if row["low"] >= 0.8 and row["high"] <= 1.25:
            verdict = "near"
        elif row["low"] > 1:
            verdict = "too low"
        else:
            verdict = "too high" if row["high"] < 1 else "cannot tell"
        found[name] = {"n": (labels == name).sum(), "ratio": row["ratio"], "verdict": verdict}
    return found
