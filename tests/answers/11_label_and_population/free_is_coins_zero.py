# %% [raw]
# title: Takes every plan with coins 0 for the free plan
# base: solution
# catches: free-is-coins-zero
# loses: {q6_price_and_place: 2}
# says: {q6_price_and_place: "individual deductible"}


# %% answer="q6_review"
def review(table, inputs, gap):
    known = table[table["group"].isin(["Black", "not Black"])]
    parts = {
        "all": known,
        "free plan": known[known["coins"] == 0],
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
        "sign": all(abs(found) <= 0.05 for found in gaps.values()),
    }
