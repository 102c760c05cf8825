# %% [raw]
# title: Takes large numbers for mg/dL
# base: solution
# catches: unit-by-size
# loses: {q2_units: 2, q2_unknown: 1}
# says: {q2_units: "does not guess it from the size", q2_unknown: "guessed"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    number = pd.to_numeric(table["value"], errors="coerce")
    return table.assign(mmol=number.where(number < 35, number / 18.016))
