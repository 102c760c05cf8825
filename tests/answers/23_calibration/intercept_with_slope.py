# %% [raw]
# title: Takes the intercept that was fitted together with the slope for the level
# base: solution
# catches: intercept-with-slope
# loses: {q3_value: 2}
# says: {q3_value: "together with a slope"}


# %% answer="q3_level"
def level(outcome, risk):
    x = sm.add_constant(logit(risk.to_numpy()))
    fit = sm.GLM(outcome.to_numpy(), x, family=sm.families.Binomial()).fit()
    return (fit.params[0], *fit.conf_int()[0])
