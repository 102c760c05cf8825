# %% [raw]
# title: Converts clinic B's weights because clinic B writes pounds
# base: solution
# catches: one-unit-rule
# loses: {q3_by_unit: 1}
# says: {q3_by_unit: "whatever unit the row records"}


# %% answer="q3_weight"
def weight_in_kg(table):
    kg = table["weight"].where(table["clinic"] != "B", table["weight"] * 0.45359237)
    return kg.where(table["weight_unit"].isin(["kg", "lb"]))
