# %% [raw]
# title: Divides by everybody, the unrecorded among them
# base: solution
# catches: unknown-in-denominator
# loses: {q2_share: 1}
# says: {q2_share: "You divide by everybody"}


# %% answer="q2_composition"
def composition(table, person, group, served):
    from statsmodels.stats.proportion import proportion_confint

    people = table.drop_duplicates(person)
    labels = people[group].astype(object).where(people[group].notna(), "not recorded")
    result = labels.value_counts().reindex([*served, "not recorded"], fill_value=0).rename("n").to_frame()
    result["share"] = result["n"] / len(people)
    result["low"], result["high"] = proportion_confint(result["n"], len(people), method="wilson")
    result["served"] = pd.Series(served)
    return result
