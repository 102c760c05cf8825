# %% [raw]
# title: Shows only the groups that are in the table
# base: solution
# catches: absent-group-vanishes
# loses: {q2_absent: 1}
# says: {q2_absent: "nobody of it is in the table"}


# %% answer="q2_composition"
def composition(table, person, group, served):
    from statsmodels.stats.proportion import proportion_confint

    people = table.drop_duplicates(person)
    labels = people[group].astype(object).where(people[group].notna(), "not recorded")
    result = labels[labels != "not recorded"].value_counts().rename("n").to_frame()
    known = result["n"].sum()
    result["share"] = result["n"] / known
    result["low"], result["high"] = proportion_confint(result["n"], known, method="wilson")
    result["served"] = pd.Series(served)
    result.loc["not recorded", "n"] = (labels == "not recorded").sum()
    return result
