# %% [raw]
# title: Fills the places with scores
# base: solution
# catches: budget-in-scores
# loses: {q5_stays: 1, q5_missed: 1}
# says: {q5_stays: "A stay takes one place"}


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    places = per_shift * log["shift"].nunique()
    highest = log.groupby("stay").agg(risk=("risk", "max"), fell=("fell", "max"))
    falls = int(highest["fell"].sum())
    for level in sorted(highest["risk"].unique()):
        rung = highest[highest["risk"] >= level]
        if (log["risk"] >= level).sum() <= places + 1e-9:
            return {"level": float(level), "stays": len(rung), "missed": falls - int(rung["fell"].sum())}
    return {"level": None, "stays": 0, "missed": falls}
