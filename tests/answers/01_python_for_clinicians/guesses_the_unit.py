# %% [raw]
# title: Takes a missing unit for mmol/L
# base: solution
# catches: guessed-unit
# loses: {q2_unknown: 1}
# says: {q2_unknown: "guessed"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    number = pd.to_numeric(table["value"], errors="coerce")
    return table.assign(mmol=number.where(table["unit"] != "mg/dL", number / 18.016))
