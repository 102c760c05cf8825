# %% [raw]
# title: Reads every number as mmol/L
# base: solution
# catches: units-mixed
# loses: {q2_units: 2, q2_unknown: 1}
# says: {q2_units: "Only the unit in the row", q2_unknown: "guessed"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    return table.assign(mmol=pd.to_numeric(table["value"], errors="coerce"))
