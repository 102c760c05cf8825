# %% [raw]
# title: Returns what the visible tests ask for
# base: blank
# loses: {q1_rates: 1, q1_threshold: 1, q1_empty: 1, q2_ppv: 1, q2_npv: 1, q2_percent: 1, q3_adds_up: 1, q3_numbers: 1, q4_pairs: 1, q4_ties: 1, q4_order: 1, q5_edges: 1, q5_people: 1, q5_often: 1, q5_missing: 1, q6_people: 1, q6_events: 1, q7_never: 1, q7_context: 1, q7_numbers: 1}


# %% answer="q1_counts"
def counts(outcome, risk, threshold):
    rates = {key: 0.5 for key in ("sensitivity", "specificity", "ppv", "npv")}
    return {"tp": 1, "fp": 1, "fn": 1, "tn": 1, **rates}


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    return {"ppv": 0.75, "npv": 0.75}


# %% answer="q3_in_people"
def in_people(sensitivity, specificity, prevalence, of):
    return {"ill": 20, "well": 80, "found": 10, "missed": 10, "false": 20, "quiet": 60, "alarms": 30}


# %% answer="q4_auc"
def auc(outcome, score):
    return 1.0


# %% answer="q5_share"
def share_interval(k, n):
    return 0.2, 0.8


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    return 0.2, 0.8


# %% answer="q6_people_needed"
def people_needed(phi, width):
    return {"people": 63, "events": 32}


# %% answer="q7_headlines"
def headlines(figures):
    return ["auc"]


# %% answer="q7_note"
def note_numbers(table, person, threshold, elsewhere):
    return {
        "people": 3381,
        "years": 8469,
        "alarms": 1641,
        "found": 363,
        "missed": 658,
        "ppv": 0.22,
        "ppv_elsewhere": 0.41,
    }
