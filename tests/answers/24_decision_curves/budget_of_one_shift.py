# %% [raw]
# title: Takes the places of one shift for all
# base: solution
# catches: budget-of-one-shift
# loses: {q5_stays: 1}
# says: {q5_stays: "all shifts of the log together"}


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    places = per_shift
    highest = log.groupby("stay").agg(risk=("risk", "max"), fell=("fell", "max"))
    falls = int(highest["fell"].sum())
    for level in sorted(highest["risk"].unique()):
        rung = highest[highest["risk"] >= level]
        if len(rung) <= places + 1e-9:
            return {"level": float(level), "stays": len(rung), "missed": falls - int(rung["fell"].sum())}
    return {"level": None, "stays": 0, "missed": falls}
