# %% [raw]
# title: Divides by the people of the groups that will be served
# base: solution
# catches: served-is-everybody
# loses: {q2_share: 1}
# says: {q2_share: "has left the denominator"}


# %% answer="q2_composition"
def composition(table, person, group, served):
    from statsmodels.stats.proportion import proportion_confint

    people = table.drop_duplicates(person)
    counts = people[group].fillna("not recorded").value_counts()
    result = pd.DataFrame(
        {"n": [counts.get(name, 0) for name in served], "served": list(served.values())}, list(served)
    )
    result["share"] = result["n"] / result["n"].sum()
    result["low"], result["high"] = proportion_confint(result["n"], result["n"].sum(), method="wilson")
    result.loc["not recorded", "n"] = counts.get("not recorded", 0)
    return result
