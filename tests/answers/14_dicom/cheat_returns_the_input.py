# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_find"
def find_everywhere(dataset, text):
    return [text]


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    return dataset


# %% answer="q3_uids"
def new_uids(datasets):
    return datasets


# %% answer="q4_shift"
def shift_dates(datasets, dice):
    return datasets


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    return dataset


# %% answer="q6_audit"
def audit(before, after, required):
    return dict(required)


# %% answer="q7_record"
def incident_record(sent, found, seen, left_on, found_on):
    return dict(sent)
