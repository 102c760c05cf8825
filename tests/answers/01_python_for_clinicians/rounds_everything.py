# %% [raw]
# title: Rounds the results
# base: solution
# catches: rounds-on-the-way
# loses: {q2_units: 2, q5_mean: 2}
# says: {q2_units: "or you rounded", q5_mean: "or you rounded"}


# %% answer="q2_in_mmol"
def in_mmol(table):
    number = pd.to_numeric(table["value"], errors="coerce")
    mmol = number * table["unit"].map({"mmol/L": 1, "mg/dL": 1 / 18.016})
    return table.assign(mmol=mmol.round(1))


# %% answer="q5_by_person"
def by_person(table):
    each = table.groupby("zper")["mdvis"].mean()
    return {"rows": len(table), "people": len(each), "mean": round(each.mean(), 2)}
