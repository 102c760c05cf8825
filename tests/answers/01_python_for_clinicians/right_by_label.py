# %% [raw]
# title: Finds rows by their labels
# base: blank
# loses: {}


# %% answer="q1_highest"
def highest(results):
    last = results.loc[results.groupby("order_id")["time"].apply(lambda times: times.sort_values().index[-1])]
    return pd.to_numeric(last["value"], errors="coerce").max()


# %% answer="q2_in_mmol"
def in_mmol(table):
    new = table.copy()
    new["mmol"] = pd.to_numeric(new["value"], errors="coerce")
    new.loc[new["unit"] == "mg/dL", "mmol"] = new["mmol"] / 18.016
    new.loc[~new["unit"].isin(["mg/dL", "mmol/L"]), "mmol"] = None
    return new


# %% answer="q3_latest"
def latest(sheet):
    told = sheet.assign(told=pd.to_datetime(sheet["taken"], format="%d/%m/%Y"))
    return told.loc[told.groupby("person")["told"].idxmax(), ["person", "value"]]


# %% answer="q4_counts"
def three_counts(table, limit):
    asked = table["mmol"].dropna()
    unknown = table["mmol"].size - asked.size
    above = asked.loc[asked > limit].count()
    return {"above": above, "not_above": asked.count() - above, "unknown": unknown, "mean": asked.mean()}


# %% answer="q5_by_person"
def by_person(table):
    means = table.pivot_table(index="zper", values="mdvis", aggfunc="mean")["mdvis"]
    return {"rows": table.shape[0], "people": means.size, "mean": means.mean()}


# %% answer="q6_from_r"
def from_r(hie):
    young = hie[hie["xage"] < 30].reset_index(drop=True)
    return {
        "n": len(young),
        "plain": float("nan"),
        "clean": young["ghindx"].mean(),
        "second": young.loc[1, "meddol"],
    }


# %% answer="q7_numbers"
def note_numbers(results, people):
    counts = three_counts(limit=10, table=people)
    counts["highest"] = highest(results=results)
    return counts
