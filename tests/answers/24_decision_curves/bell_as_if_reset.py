# %% [raw]
# title: Judges the bell as if it rang from the council's threshold on
# base: solution
# catches: set-is-not-reset
# loses: {q7_numbers: 1}
# says: {q7_numbers: "From which risk on does this bell ring"}


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    t = threshold(needless, 1)
    judged = stays[stays["part"] == "judge"]
    budget = level_for_budget(log, per_shift)
    return {
        "threshold": t,
        "judged": len(judged),
        "bell": 1000 * net_benefit(judged["fell"], judged["risk"], t),
        "reset": 1000 * net_benefit(judged["fell"], judged["risk"], t),
        "everybody": 1000 * net_benefit(judged["fell"], pd.Series(1.0, judged.index), t),
        "stays_per_true": load(log)["stays_per_true"],
        "level": budget["level"],
        "missed": budget["missed"],
    }
