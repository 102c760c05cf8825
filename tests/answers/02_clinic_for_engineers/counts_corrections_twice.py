# %% [raw]
# title: Averages a corrected result with the first
# base: solution
# catches: correction-counted-twice
# loses: {q3_corrected: 1, q4_corrected: 1}
# says: {q3_corrected: "takes the place of the first", q4_corrected: "the correction replaces it"}


# %% answer="q3_known"
def known(events, stay_id, now):
    stay = events[events["stay_id"] == stay_id].assign(time=lambda table: pd.to_datetime(table["time"]))
    now = pd.Timestamp(now)
    stay = stay[stay["time"] <= now]
    codes = sorted(stay.loc[stay["event_type"] == "code_assigned", "code"])
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    results = stay[stay["event_type"].isin(["result", "result_corrected"])]
    results = results[results["code"].isin(["2160-0", "14682-9"])]
    if results.empty:
        return {"creatinine": None, "age": None, "codes": codes}
    results = results.assign(taken=results["order_id"].map(taken))
    last = results[results["taken"] == results["taken"].max()]
    factor = last["unit"].map({"mg/dL": 88.4, "umol/L": 1.0})
    age = int((now - last["taken"].iloc[0]).total_seconds() // 60)
    return {"creatinine": (last["value"].astype(float) * factor).mean(), "age": age, "codes": codes}


# %% answer="q4_kidney_injury"
def kidney_injury(events: pd.DataFrame, stay_id: str) -> dict:
    """Onset, first knowledge and coding of a kidney injury."""
    stay = events[events["stay_id"] == stay_id]
    coded = stay[(stay["event_type"] == "code_assigned") & (stay["code"] == "N17.9")]["time"]
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    bloods = stay[stay["event_type"].isin(["result", "result_corrected"])]
    bloods = bloods[bloods["code"].isin(["2160-0", "14682-9"])].sort_values("time")
    factor = bloods["unit"].map({"mg/dL": 88.4, "umol/L": 1.0})
    bloods = bloods.assign(
        taken=bloods["order_id"].map(taken), umol=bloods["value"].astype(float) * factor
    ).sort_values("taken")
    found = {"onset": None, "known": None, "coded": None if coded.empty else coded.min()}
    when = pd.to_datetime(bloods["taken"])
    for place in range(len(bloods)):
        recent = (when < when.iloc[place]) & (when >= when.iloc[place] - pd.Timedelta(hours=48))
        if (
            recent.any()
            and bloods["umol"].iloc[place] - bloods["umol"][recent.to_numpy()].min() >= 26.5 - 1e-9
        ):
            found |= {"onset": bloods["taken"].iloc[place], "known": bloods["time"].iloc[place]}
            break
    return found
