# %% [raw]
# title: Drops negative minutes as impossible
# base: solution
# catches: spoken-order-dropped
# loses: {q2_spoken: 1}
# says: {q2_spoken: "treated fastest"}


# %% answer="q2_first_dose"
def first_dose(events, drug):
    rows = events[events["code"] == drug].assign(time=lambda table: pd.to_datetime(table["time"]))
    ordered = rows[rows["event_type"] == "drug_order"].groupby("stay_id")["time"].min()
    given = rows[rows["event_type"] == "drug_given"].groupby("stay_id")["time"].min()
    minutes = {}
    for stay, first in ordered.items():
        if stay not in given.index:
            minutes[stay] = None
        elif given[stay] >= first:
            minutes[stay] = int((given[stay] - first).total_seconds() // 60)
    return minutes
