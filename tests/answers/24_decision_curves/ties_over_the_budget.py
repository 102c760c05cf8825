# %% [raw]
# title: Takes the risk of the last stay that has a place, and forgets who ties with it
# base: solution
# catches: ties-over-the-budget
# loses: {q5_ties: 1}
# says: {q5_ties: "All of them ring or none does"}


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    places = int(per_shift * log["shift"].nunique() + 1e-9)
    highest = log.groupby("stay").agg(risk=("risk", "max"), fell=("fell", "max"))
    first = highest.sort_values("risk", ascending=False).head(places)
    missed = int(highest["fell"].sum() - first["fell"].sum())
    level = float(first["risk"].min())
    return {"level": level, "stays": len(first), "missed": missed}
