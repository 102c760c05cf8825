# %% [raw]
# title: Writes the new column into the table that it was given
# base: solution
# catches: changes-its-input
# loses: {q2_input: 1}
# says: {q2_input: "has changed"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    number = pd.to_numeric(table["value"], errors="coerce")
    table["mmol"] = number * table["unit"].map({"mmol/L": 1, "mg/dL": 1 / 18.016})
    return table
