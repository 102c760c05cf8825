# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_audit"
def audit(table, group, min_n, min_events):
    return table


# %% answer="q2_crossed"
def crossed(table, columns, min_n, min_events):
    return table


# %% answer="q3_gap"
def gap(table, group, compared, reference, draws, seed):
    return table


# %% answer="q4_fpr"
def fpr_from(base_rate, ppv, fnr):
    return base_rate


# %% answer="q4_auc"
def expected_auc(risk):
    return risk


# %% answer="q5_egfr"
def egfr(creatinine, unit, age, sex, year, recorded_black):
    return creatinine


# %% answer="q5_moved"
def moved(table, line):
    return table["unit"]


# %% answer="q6_repair"
def repair(tune, judge, group, target, common, min_events):
    return judge


# %% answer="q7_sentences"
def sentences():
    return dict.fromkeys("ABCDEFGH", "stands")


# %% answer="q7_report"
def audit_report(stays, compared, reference):
    return stays
