# %% [raw]
# title: Compares the bell with doing nothing alone
# base: solution
# catches: everybody-is-forgotten
# loses: {q3_everybody: 1}
# says: {q3_everybody: "second rival"}


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    return "bell" if tp - fp * t / (1 - t) > 0 else "nobody"
