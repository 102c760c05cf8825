# %% [raw]
# title: Takes the threshold with the highest net benefit
# base: solution
# catches: best-threshold-from-curve
# loses: {q7_threshold: 1}
# says: {q7_threshold: "does not come from the curve"}


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    judged = stays[stays["part"] == "judge"]
    grid = [i / 100 for i in range(1, 60)]
    t = max(grid, key=lambda level: net_benefit(judged["fell"], judged["risk"], level))
    budget = level_for_budget(log, per_shift)
    return {
        "threshold": t,
        "judged": len(judged),
        "bell": 1000 * net_benefit(judged["fell"], (judged["risk"] >= 0.2) * 1.0, t),
        "reset": 1000 * net_benefit(judged["fell"], judged["risk"], t),
        "everybody": 1000 * net_benefit(judged["fell"], pd.Series(1.0, judged.index), t),
        "stays_per_true": load(log)["stays_per_true"],
        "level": budget["level"],
        "missed": budget["missed"],
    }
