# %% [raw]
# title: Divides by those who had a walk
# base: solution
# catches: divided-by-alarms
# loses: {q2_everybody_counts: 1}
# says: {q2_everybody_counts: "divided by those who had a walk"}


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    fell, risk = np.asarray(fell), np.asarray(risk)
    act = risk >= t
    if not act.any():
        return 0.0
    true, false = fell[act].sum(), (1 - fell[act]).sum()
    return float((true - false * t / (1 - t)) / act.sum())
