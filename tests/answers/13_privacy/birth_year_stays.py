# %% [raw]
# title: Pools the age and leaves the year of birth
# base: solution
# catches: dates-say-too-much
# loses: {q1_dates: 1}
# says: {q1_dates: "birth year of somebody over 89"}


# %% answer="q1_safe_harbor"
def safe_harbor(table, areas, plan):
    large = set(areas.loc[areas["population"] > 20_000, "zip3"])
    released = pd.DataFrame(index=table.index)
    for column, rule in plan.items():
        values = table[column]
        if rule == "keep":
            released[column] = values
        elif rule == "age":
            released[column] = values.clip(upper=90)
        elif rule == "zip":
            zip3 = values.str[:3]
            released[column] = zip3.where(zip3.isin(large), "000")
        elif rule == "date":
            released[column] = values.str[:4].astype(int)
        elif rule == "birth":
            released[column] = values.str[:4].astype(float)
    return released
