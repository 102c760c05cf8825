# %% [raw]
# title: Deletes the rows that break a rule
# base: solution
# catches: deletes-instead-of-quarantine
# loses: {q5_set_aside_form: 1, q5_impossible: 1, q5_reasons: 1, q7_counts: 1}
# says: {q5_set_aside_form: "not deleted", q5_impossible: "Setting aside is not deleting"}


# %% answer="q5_set_aside"
def set_aside(table):
    broken = set()
    for schema in quality_rules().values():
        try:
            schema.validate(table, lazy=True)
        except pa.errors.SchemaErrors as found:
            broken |= set(found.failure_cases["index"])
    kept = table.drop(index=list(broken))
    return kept, table.iloc[:0].assign(reason="")
