# %% [raw]
# title: Swaps, scales and clips until the value looks right, and keeps the row
# base: solution
# catches: repair-by-guesswork
# loses: {q5_impossible: 1, q5_reasons: 1}
# says: {q5_impossible: "was kept"}


# %% answer="q5_set_aside"
def set_aside(table):
    mended = table.copy()
    short = mended["height_cm"] < 50
    mended.loc[short, "height_cm"] = mended.loc[short, "height_cm"] * 10
    swapped = mended["dbp"] > mended["sbp"]
    mended.loc[swapped, ["sbp", "dbp"]] = mended.loc[swapped, ["dbp", "sbp"]].to_numpy()
    mended["sex"] = mended["sex"].replace({"F": "female", "M": "male", "m": "male", "f": "female"})
    reasons = pd.Series("", index=table.index)
    for kind, schema in quality_rules().items():
        try:
            schema.validate(mended, lazy=True)
        except pa.errors.SchemaErrors as found:
            for case in found.failure_cases.itertuples():
                column = case.column if case.schema_context == "Column" else case.check
                reason = f"{kind}: {column}"
                if reason not in reasons[case.index]:
                    reasons[case.index] = "; ".join(filter(None, [reasons[case.index], reason]))
    return mended[reasons == ""], mended.assign(reason=reasons)[reasons != ""]
