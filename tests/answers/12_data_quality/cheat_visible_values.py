# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_only_listed: 1, q1_share_answered: 1, q2_counts: 1, q2_interval: 1, q2_not_recorded: 1, q3_by_unit: 1, q3_unknown_unit: 1, q4_retyped: 1, q4_follow_ups: 1, q5_separate_rules: 1, q5_impossible: 1, q5_reasons: 1, q5_true_extremes: 1, q5_gaps: 1, q6_checksum: 1, q6_changed_outcomes: 2, q7_people: 1, q7_counts: 1}


# %% answer="q1_recode"
def recode_unknown(table, codes):
    return pd.DataFrame({"hbp": [0, None, 1, 0]})


# %% answer="q1_share"
def share_yes(answers, unknown):
    return 0.25


# %% answer="q2_missing"
def missing_by_group(table, column, group):
    rows = [["east", 2, 0, 0.0, 0.0, 0.66], ["west", 1, 0, 0.0, 0.0, 0.79]]
    return pd.DataFrame(rows, columns=["ward", "n", "missing", "share", "low", "high"]).set_index("ward")


# %% answer="q3_weight"
def weight_in_kg(table):
    return pd.Series([80.0, 45.359237], index=[7, 3])


# %% answer="q4_repeated"
def repeated_visits(table):
    return {"V2"}


# %% answer="q5_rules"
import pandera.pandas as pa


def quality_rules():
    return {kind: pa.DataFrameSchema() for kind in ("conformance", "completeness", "plausibility")}


# %% answer="q5_set_aside"
def set_aside(table):
    return table.iloc[:1], table.iloc[1:].assign(reason="plausibility: age")


# %% answer="q6_which"
def which_copy(path, known):
    return "Cleveland, as published"


# %% answer="q6_relabelled"
def relabelled(original, copy):
    return 4


# %% answer="q7_entry"
def datasheet_entry(table):
    return {
        "source": "ab cd ef gh ij kl mn op",
        "rows": 1,
        "people": 1,
        "entered_twice": 1,
        "set_aside": 1,
        "smoking_not_asked": 1,
        "not_for": "ab cd ef gh ij kl mn op",
    }
