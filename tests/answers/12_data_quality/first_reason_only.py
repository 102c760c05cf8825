# %% [raw]
# title: Stops at the first rule that a row breaks
# base: solution
# catches: first-reason-only
# loses: {q5_reasons: 1}
# says: {q5_reasons: "does not show all of them"}


# %% answer="q5_set_aside"
def set_aside(table):
    reasons = {}
    for kind, schema in quality_rules().items():
        try:
            schema.validate(table, lazy=True)
        except pa.errors.SchemaErrors as found:
            for case in found.failure_cases.itertuples():
                column = case.column if case.schema_context == "Column" else case.check
                reasons.setdefault(case.index, f"{kind}: {column}")
    broken = table.index.isin(list(reasons))
    quarantined = table[broken]
    return table[~broken], quarantined.assign(reason=[reasons[label] for label in quarantined.index])
