# %% [raw]
# title: Signs whatever is right on visits in both groups
# base: solution
# catches: right-on-the-label-is-fair
# loses: {q6_sign: 2}
# says: {q6_sign: "says nothing about whom it passes over"}


# %% answer="q6_review"
def review(table, inputs, gap):
    known = table[table["group"].isin(["Black", "not Black"])]
    parts = {
        "all": known,
        "free plan": known[known["plan"] == 11],
        "sites 5 and 6": known[known["site"].isin([5, 6])],
    }
    sums = known.groupby("group")[["mdvis_next", "score"]].sum()
    ratio = (sums["mdvis_next"] / sums["score"]).to_dict()
    gaps = {name: gap(part) for name, part in parts.items()}
    sees_race = bool({"black", "group"} & set(inputs))
    return {
        "sees_race": sees_race,
        "ratio": ratio,
        "gap": gaps,
        "people": {name: part["zper"].nunique() for name, part in parts.items()},
        "sign": all(0.9 <= found <= 1.1 for found in ratio.values()),
    }
