# %% [raw]
# title: Counts years as people
# base: solution
# catches: rows-as-people
# loses: {q2_people: 1, q6_price_and_place: 2}
# says: {q2_people: "one person", q6_price_and_place: "counts rows"}


# %% answer="q2_composition"
def composition(table, person, group, served):
    from statsmodels.stats.proportion import proportion_confint

    labels = table[group].astype(object).where(table[group].notna(), "not recorded")
    result = labels.value_counts().reindex(list(served), fill_value=0).rename("n").to_frame()
    known = (labels != "not recorded").sum()
    result["share"] = result["n"] / known
    result["low"], result["high"] = proportion_confint(result["n"], known, method="wilson")
    result["served"] = pd.Series(served)
    result.loc["not recorded", "n"] = (labels == "not recorded").sum()
    return result


# %% answer="q6_review"
def review(table, inputs, gap):
    known = table[table["group"].isin(["Black", "not Black"])]
    parts = {
        "all": known,
        "free plan": known[known["plan"] == 11],
        "sites 5 and 6": known[known["site"].isin([5, 6])],
    }
    sums = known.groupby("group")[["mdvis_next", "score"]].sum()
    gaps = {name: gap(part) for name, part in parts.items()}
    return {
        "sees_race": bool({"black", "group"} & set(inputs)),
        "ratio": (sums["mdvis_next"] / sums["score"]).to_dict(),
        "gap": gaps,
        "people": {name: len(part) for name, part in parts.items()},
        "sign": all(abs(found) <= 0.05 for found in gaps.values()),
    }
