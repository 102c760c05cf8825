# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_recode"
def recode_unknown(table, codes):
    return table


# %% answer="q1_share"
def share_yes(answers, unknown):
    return answers


# %% answer="q2_missing"
def missing_by_group(table, column, group):
    return table


# %% answer="q3_weight"
def weight_in_kg(table):
    return table["weight"]


# %% answer="q4_repeated"
def repeated_visits(table):
    return set(table["visit_id"])


# %% answer="q5_rules"


def quality_rules():
    return {}


# %% answer="q5_set_aside"
def set_aside(table):
    return table, table


# %% answer="q6_which"
def which_copy(path, known):
    return path


# %% answer="q6_relabelled"
def relabelled(original, copy):
    return len(original) - len(copy)


# %% answer="q7_entry"
def datasheet_entry(table):
    return dict(table)
