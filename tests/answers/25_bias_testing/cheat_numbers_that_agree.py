# %% [raw]
# title: A report whose functions say what the report says
# base: solution
# loses: {q1_rates: 1, q1_unrecorded: 1, q1_follow_up: 1, q1_enough: 1, q3_against_whom: 1, q3_people: 1, q3_verdict: 1, q7_numbers: 1}
# says: {q7_numbers: "other groups"}


# %% answer="q1_audit"
def audit(table, group, min_n, min_events):
    columns = [
        "n",
        "unknown",
        "events",
        "base_rate",
        "selected",
        "fnr",
        "fnr_low",
        "fnr_high",
        "o_to_e",
        "enough",
    ]
    rows = ["A", "B", "Polish", "Spanish", "not recorded"]
    return pd.DataFrame(0.25, index=rows, columns=columns).assign(enough=True)


# %% answer="q3_gap"
def gap(table, group, compared, reference, draws, seed):
    return {"gap": 0.0, "low": -0.1, "high": 0.1, "verdict": "cannot tell"}


# %% answer="q7_report"
def audit_report(stays, compared, reference):
    first = stays.drop_duplicates("patient")
    counted = {"people": len(first), "unknown": int(first["readmitted"].isna().sum())}
    counted["not_recorded"] = int(first["language"].isna().sum())
    return counted | {"too_few": [], "o_to_e": 0.25} | gap(stays, "language", compared, reference, 300, 25)
