# %% [raw]
# title: Intervals of 90 % where 95 % are asked for, and the second line of the limits before the first
# base: solution
# loses: {q3_value: 2, q4_value: 2, q7_groups: 2}


# %% answer="q3_level"
def level(outcome, risk):
    x, y = logit(np.asarray(risk, dtype=float)), np.asarray(outcome, dtype=float)
    fit = sm.GLM(y, np.ones(len(y)), family=sm.families.Binomial(), offset=x).fit()
    return (fit.params[0], *fit.conf_int(0.1)[0])


# %% answer="q4_spread"
def spread(outcome, risk):
    x = sm.add_constant(logit(np.asarray(risk, dtype=float)))
    fit = sm.GLM(np.asarray(outcome, dtype=float), x, family=sm.families.Binomial()).fit()
    return (fit.params[1], *fit.conf_int(0.1)[1])


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    found = {}
    for name, row in by_group(table, outcome, risk, group).iterrows():
        if row["low"] > 1 and not np.isnan(row["high"]):
            verdict = "too low"
        elif row["low"] >= 0.8 and row["high"] <= 1.25:
            verdict = "near"
        elif row["high"] < 1:
            verdict = "too high"
        else:
            verdict = "cannot tell"
        found[name] = {"n": row["n"], "ratio": row["ratio"], "verdict": verdict}
    return found
