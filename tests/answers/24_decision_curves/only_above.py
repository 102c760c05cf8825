# %% [raw]
# title: Walks only above the threshold
# base: solution
# catches: only-above-the-threshold
# loses: {q2_at_threshold: 1}
# says: {q2_at_threshold: "exactly the risk of the threshold"}


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    fell, risk = np.asarray(fell), np.asarray(risk)
    act = risk > t
    return float((act & (fell == 1)).mean() - (act & (fell == 0)).mean() * t / (1 - t))
