# %% [raw]
# title: Copies the table and drops what it knows
# base: solution
# catches: unlisted-column-leaves
# loses: {q1_form: 1, q1_nothing_else: 1}
# says: {q1_nothing_else: "has left the hospital"}


# %% answer="q1_safe_harbor"
def safe_harbor(table, areas, plan):
    large = set(areas.loc[areas["population"] > 20_000, "zip3"])
    released = table.drop(columns=["note", "mrn", "ssn"], errors="ignore")
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
            age = next(name for name, other in plan.items() if other == "age")
            released[column] = values.str[:4].astype(float).where(table[age] <= 89)
    return released
