# %% [raw]
# title: Keeps only rows with a known unit
# base: solution
# catches: unknown-dropped
# loses: {q2_unknown: 1, q2_input: 1}
# says: {q2_unknown: "still in the list", q2_input: "other rows"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    known = table[table["unit"].isin(["mmol/L", "mg/dL"])]
    number = pd.to_numeric(known["value"], errors="coerce")
    return known.assign(mmol=number * known["unit"].map({"mmol/L": 1, "mg/dL": 1 / 18.016}))
