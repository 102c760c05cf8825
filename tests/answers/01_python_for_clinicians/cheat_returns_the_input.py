# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_highest"
def highest(results):
    return results


# %% answer="q2_in_mmol"
def in_mmol(table):
    return table


# %% answer="q3_latest"
def latest(sheet):
    return sheet


# %% answer="q4_counts"
def three_counts(table, limit):
    return {"above": limit, "not_above": table, "unknown": table, "mean": limit}


# %% answer="q5_by_person"
def by_person(table):
    return {"rows": table, "people": table, "mean": table}


# %% answer="q6_from_r"
def from_r(hie):
    return hie


# %% answer="q7_numbers"
def note_numbers(results, people):
    return dict(people)
