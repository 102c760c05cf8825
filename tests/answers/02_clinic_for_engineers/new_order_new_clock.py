# %% [raw]
# title: Starts the clock again with a second order
# base: solution
# catches: new-order-new-clock
# loses: {q2_given: 1}
# says: {q2_given: "lost and written again"}


# %% answer="q2_first_dose"
def first_dose(events, drug):
    result = {}
    rows = events[events["code"] == drug]
    for stay, mine in rows.groupby("stay_id"):
        doses = mine[mine["event_type"] == "drug_given"].sort_values("time")
        orders = mine[mine["event_type"] == "drug_order"].set_index("order_id")["time"]
        result[stay] = None
        if len(doses):
            dose = doses.iloc[0]
            wait = pd.Timestamp(dose["time"]) - pd.Timestamp(orders[dose["order_id"]])
            result[stay] = int(wait / pd.Timedelta(minutes=1))
    return result
