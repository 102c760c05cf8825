# %% [raw]
# title: Takes the date of the code for the onset
# base: solution
# catches: code-is-onset
# loses: {q4_form: 1, q4_onset: 1, q4_edges: 1, q4_corrected: 1}
# says: {q4_onset: "not a measurement"}


# %% answer="q4_kidney_injury"
def kidney_injury(events, stay_id):
    mine = events[(events["stay_id"] == stay_id) & (events["code"] == "N17.9")]
    when = mine["time"].min() if len(mine) else None
    return {"onset": when, "known": when, "coded": when}
