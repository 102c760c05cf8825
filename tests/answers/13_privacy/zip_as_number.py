# %% [raw]
# title: Reads the ZIP code as a number
# base: solution
# catches: zip-is-a-number
# loses: {q1_zip: 1}
# says: {q1_zip: "as if the ZIP were a number"}


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
            zip3 = values.str[:5].astype(int).astype(str).str[:3]
            released[column] = zip3.where(zip3.isin(large), "000")
        elif rule == "date":
            released[column] = values.str[:4].astype(int)
        elif rule == "birth":
            age = next(name for name, other in plan.items() if other == "age")
            released[column] = values.str[:4].astype(float).where(table[age] <= 89)
    return released
