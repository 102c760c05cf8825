# %% [raw]
# title: Takes every weight above 150 for pounds
# base: solution
# catches: one-unit-rule
# loses: {q3_form: 1, q3_by_unit: 1}
# says: {q3_by_unit: "whatever unit the row records"}


# %% answer="q3_weight"
def weight_in_kg(table):
    kg = table["weight"].where(table["weight"] <= 150, table["weight"] * 0.45359237)
    return kg.where(table["weight_unit"].isin(["kg", "lb"]))
