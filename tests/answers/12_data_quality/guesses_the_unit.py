# %% [raw]
# title: Takes a weight without a known unit for kg
# base: solution
# catches: guessed-unit
# loses: {q3_unknown_unit: 1}
# says: {q3_unknown_unit: "guessed a unit"}


# %% answer="q3_weight"
def weight_in_kg(table):
    return table["weight"].where(table["weight_unit"] != "lb", table["weight"] * 0.45359237)
