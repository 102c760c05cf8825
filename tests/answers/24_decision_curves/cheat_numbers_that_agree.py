# %% [raw]
# title: Counts nothing, and types a page that agrees with its own functions
# base: solution
# catches: typed-not-computed
# loses: {q4_repeats: 2, q4_ratio: 1, q5_form: 1, q5_stays: 1, q5_ties: 1, q5_missed: 1, q7_threshold: 1, q7_numbers: 1}
# says: {q7_numbers: "Compute, do not type"}


# %% answer="q4_load"
def load(log):
    return {"bells": 1, "stays": 1, "true": 1, "stays_per_true": 6.65}


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    return {"level": 0.253, "stays": 90, "missed": 39}


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    judged = int((stays["part"] == "judge").sum())
    return {
        "threshold": 1 / 13,
        "judged": judged,
        "bell": 17.2,
        "reset": 37.7,
        "everybody": 14.0,
        "stays_per_true": 6.65,
        "level": 0.253,
        "missed": 39,
    }
