# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_shift"
def shift(*given):
    return given[0] if given else {}


# %% answer="q2_first_dose"
def first_dose(*given):
    return given[0] if given else {}


# %% answer="q3_known"
def known(*given):
    return given[0] if given else {}


# %% answer="q4_kidney_injury"
def kidney_injury(*given):
    return given[0] if given else {}


# %% answer="q5_meanings"
def meanings(*given):
    return given[0] if given else {}


# %% answer="q5_readings"
def readings(*given):
    return given[0] if given else {}


# %% answer="q5_rules"
def rules(*given):
    return given[0] if given else {}


# %% answer="q6_alert_report"
def alert_report(*given):
    return given[0] if given else {}


# %% answer="q7_note_numbers"
def note_numbers(*given):
    return given[0] if given else {}
