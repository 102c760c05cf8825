# %% [raw]
# title: Writes into the table that it was given, in every other item
# base: solution
# catches: changes-its-input
# loses: {q1_form: 1, q3_form: 1, q4_form: 1, q5_form: 1, q6_form: 1}
# says: {q1_form: "highest changed", q3_form: "latest changed", q4_form: "three_counts changed", q5_form: "by_person changed", q6_form: "from_r changed"}


# %% answer="q1_highest"
def highest(results):
    results["value"] = pd.to_numeric(results["value"], errors="coerce")
    return results.sort_values("time").drop_duplicates("order_id", keep="last")["value"].max()


# %% answer="q3_latest"
def latest(sheet):
    sheet["taken"] = pd.to_datetime(sheet["taken"], format="%d/%m/%Y")
    return sheet.sort_values("taken").drop_duplicates("person", keep="last")


# %% answer="q4_counts"
def three_counts(table, limit):
    table["high"] = table["mmol"] > limit
    table["low"] = table["mmol"] <= limit
    unknown = table["mmol"].isna().sum()
    return {
        "above": table["high"].sum(),
        "not_above": table["low"].sum(),
        "unknown": unknown,
        "mean": table["mmol"].mean(),
    }


# %% answer="q5_by_person"
def by_person(table):
    table.sort_values("zper", ascending=False, inplace=True)
    each = table.groupby("zper")["mdvis"].mean()
    return {"rows": len(table), "people": len(each), "mean": each.mean()}


# %% answer="q6_from_r"
def from_r(hie):
    hie["young"] = hie["xage"] < 30
    young = hie[hie["young"]]
    return {
        "n": len(young),
        "plain": "NA",
        "clean": young["ghindx"].mean(),
        "second": young["meddol"].iloc[1],
    }
