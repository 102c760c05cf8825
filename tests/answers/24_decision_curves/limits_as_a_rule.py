# %% [raw]
# title: Below one limit everybody, above the other nobody
# base: solution
# catches: limits-are-a-rule
# loses: {q3_nobody: 1}
# says: {q3_nobody: "weigh more than its right ones"}


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    if t < fn / (fn + tn):
        return "everybody"
    return "nobody" if t > tp / (tp + fp) else "bell"
