# %% [raw]
# title: Uses the factor of creatinine
# base: solution
# catches: one-factor-for-all
# loses: {q2_units: 2}
# says: {q2_units: "factor is not that of glucose"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    number = pd.to_numeric(table["value"], errors="coerce")
    return table.assign(mmol=number * table["unit"].map({"mmol/L": 1, "mg/dL": 88.4}))
