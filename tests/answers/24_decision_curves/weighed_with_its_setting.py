# %% [raw]
# title: Weighs the bell with the level at which it is set
# base: solution
# catches: weighed-where-it-is-set
# loses: {q7_numbers: 1}
# says: {q7_numbers: "which threshold says what its needless walks cost"}


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    t = threshold(needless, 1)
    judged = stays[stays["part"] == "judge"]
    budget = level_for_budget(log, per_shift)
    return {
        "threshold": t,
        "judged": len(judged),
        "bell": 1000 * net_benefit(judged["fell"], judged["risk"], 0.2),
        "reset": 1000 * net_benefit(judged["fell"], judged["risk"], t),
        "everybody": 1000 * net_benefit(judged["fell"], pd.Series(1.0, judged.index), t),
        "stays_per_true": load(log)["stays_per_true"],
        "level": budget["level"],
        "missed": budget["missed"],
    }
