# %% [raw]
# title: Gives everybody the share of falls as net benefit
# base: solution
# catches: prevalence-is-net-benefit
# loses: {q3_everybody: 1, q3_nobody: 1}
# says: {q3_everybody: "needless walks to pay for as well"}


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    n = tp + fp + fn + tn
    benefit = {"bell": (tp - fp * t / (1 - t)) / n, "everybody": (tp + fn) / n, "nobody": 0}
    return max(benefit, key=benefit.get)
