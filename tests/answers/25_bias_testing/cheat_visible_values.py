# %% [raw]
# title: Returns what the visible tests want to see
# base: blank
# loses: {q1_rates: 1, q1_unrecorded: 1, q1_follow_up: 1, q1_enough: 1, q2_figures: 1, q2_named: 1, q3_against_whom: 1, q3_people: 1, q3_verdict: 1, q4_identity: 1, q4_case_mix: 1, q5_units: 1, q5_race: 1, q5_line: 1, q6_thresholds: 1, q6_other_people: 1, q6_price: 1, q7_equal: 1, q7_reading: 1, q7_numbers: 1}


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
    result = pd.DataFrame(0.25, index=["A", "B"], columns=columns)
    return result.assign(enough=True)


# %% answer="q2_crossed"
def crossed(table, columns, min_n, min_events):
    names = ["n", "events", "o_to_e", "low", "high", "enough"]
    return pd.DataFrame(2.0, index=["f & A", "m & A"], columns=names)


# %% answer="q3_gap"
def gap(table, group, compared, reference, draws, seed):
    return {"gap": 0.0, "low": -0.1, "high": 0.1, "verdict": "cannot tell"}


# %% answer="q4_fpr"
def fpr_from(base_rate, ppv, fnr):
    return 0.6


# %% answer="q4_auc"
def expected_auc(risk):
    return 0.5


# %% answer="q5_egfr"
def egfr(creatinine, unit, age, sex, year, recorded_black):
    return 17.9 if year == 2009 else 19.2


# %% answer="q5_moved"
def moved(table, line):
    return pd.Series("same", index=table.index)


# %% answer="q6_repair"
def repair(tune, judge, group, target, common, min_events):
    columns = [
        "threshold",
        "calls_before",
        "calls_after",
        "found_before",
        "found_after",
        "false_before",
        "false_after",
    ]
    return pd.DataFrame(2, index=["a"], columns=columns).assign(threshold=0.4)


# %% answer="q7_sentences"
def sentences():
    words = ["base rate", "blind", "case mix", "harm", "parity", "stands", "too few", "unsure"]
    return dict(zip("ABCDEFGH", words, strict=True))


# %% answer="q7_report"
def audit_report(stays, compared, reference):
    report = {"people": stays["patient"].nunique(), "unknown": 86, "not_recorded": 114, "o_to_e": 1.85}
    return report | {"too_few": [], "gap": 0.09, "low": -0.02, "high": 0.2, "verdict": "cannot tell"}
