# %% [raw]
# title: Other pandas, and numpy
# base: blank
# loses: {}


# %% answer="q1_highest"
def highest(results):
    results = results.assign(number=pd.to_numeric(results["value"], errors="coerce"))
    corrected = results.loc[results["event_type"] == "result_corrected", "order_id"]
    replaced = (results["event_type"] == "result") & results["order_id"].isin(corrected)
    return results.loc[~replaced, "number"].max()


# %% answer="q2_in_mmol"
def in_mmol(table):
    import numpy as np

    number = pd.to_numeric(table["value"], errors="coerce")
    choices = [number, number * 10 / 180.16]
    mmol = np.select([table["unit"] == "mmol/L", table["unit"] == "mg/dL"], choices, default=np.nan)
    return pd.concat([table, pd.Series(mmol, index=table.index, name="mmol")], axis=1)


# %% answer="q3_latest"
def latest(sheet):
    told = pd.to_datetime(sheet["taken"], dayfirst=True)
    ordered = sheet.assign(told=told).sort_values("told")
    return ordered.groupby("person").agg(value=("value", "last")).reset_index()


# %% answer="q4_counts"
def three_counts(table, limit):
    measured = table[table["mmol"].notna()]
    above = len(measured[measured["mmol"] > limit])
    unknown = len(table) - len(measured)
    mean = measured["mmol"].mean()
    return dict(above=above, not_above=len(measured) - above, unknown=unknown, mean=mean)


# %% answer="q5_by_person"
def by_person(table):
    each = table.groupby("zper").agg(n=("mdvis", "size"), total=("mdvis", "sum"))
    return {"rows": each["n"].sum(), "people": len(each), "mean": (each["total"] / each["n"]).mean()}


# %% answer="q6_from_r"
def from_r(hie):
    young = hie.loc[hie["xage"] < 30]
    second = young["meddol"].to_numpy()[1]
    return {"n": len(young), "plain": None, "clean": young["ghindx"].mean(), "second": second}


# %% answer="q7_numbers"
def note_numbers(results, people):
    note = three_counts(people, limit=10)
    note["highest"] = highest(results)
    return note
