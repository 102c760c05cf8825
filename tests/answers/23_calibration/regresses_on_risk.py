# %% [raw]
# title: Regresses on the risk instead of its log-odds
# base: solution
# catches: risk-not-log-odds
# loses: {q4_value: 2}
# says: {q4_value: "on the risk itself"}


# %% answer="q4_spread"
def spread(outcome, risk):
    x = sm.add_constant(risk.to_numpy())
    fit = sm.GLM(outcome.to_numpy(), x, family=sm.families.Binomial()).fit()
    return (fit.params[1], *fit.conf_int()[1])
