# %% [raw]
# title: Weighs a needless walk with (1 - t) / t
# base: solution
# catches: weight-upside-down
# loses: {q2_weight: 1}
# says: {q2_weight: "upside down"}


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    fell, risk = np.asarray(fell), np.asarray(risk)
    act = risk >= t
    return float((act & (fell == 1)).mean() - (act & (fell == 0)).mean() * (1 - t) / t)
