# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_safe_harbor"
def safe_harbor(table, areas, plan):
    return table


# %% answer="q2_crowding"
def crowding(table, columns, person):
    return {"people": table, "smallest": columns, "alone": person, "share_alone": 0.5}


# %% answer="q3_open"
def open_secrets(table, columns, sensitive, person, k):
    return table


# %% answer="q4_link"
def link(patients, register, on):
    return {"one": patients, "several": register, "none": on}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    return epsilon


# %% answer="q5_spend"
def spend(ledger, epsilon):
    return ledger


# %% answer="q6_readings"
def readings():
    return {}


# %% answer="q7_note"
def release_note(table, areas):
    return dict(table)
