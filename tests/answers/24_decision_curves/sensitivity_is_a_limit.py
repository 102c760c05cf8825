# %% [raw]
# title: Gives one minus specificity and sensitivity as limits
# base: solution
# catches: sensitivity-is-a-limit
# loses: {q3_between: 1}
# says: {q3_between: "the best choice does not change"}


# %% answer="q3_worth_between"
def worth_between(tp, fp, fn, tn):
    low, high = fp / (fp + tn), tp / (tp + fn)
    return (low, high) if low < high else None
