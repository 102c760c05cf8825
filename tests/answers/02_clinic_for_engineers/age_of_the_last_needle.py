# %% [raw]
# title: Takes the age of a blood whose value is not known
# base: solution
# catches: age-without-value
# loses: {q3_age: 1}
# says: {q3_age: "whose value is known"}


# %% answer="q3_known"
def known(events: pd.DataFrame, stay_id: str, now: str) -> dict:
    """What the record holds about a stay at a moment."""
    stay = events[events["stay_id"] == stay_id].assign(time=lambda table: pd.to_datetime(table["time"]))
    now = pd.Timestamp(now)
    stay = stay[stay["time"] <= now]
    codes = sorted(stay.loc[stay["event_type"] == "code_assigned", "code"])
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    results = stay[stay["event_type"].isin(["result", "result_corrected"])]
    results = results[results["code"].isin(["2160-0", "14682-9"])].sort_values("time")
    results = results.drop_duplicates("order_id", keep="last")
    if results.empty:
        return {"creatinine": None, "age": None, "codes": codes}
    last = results.assign(taken=results["order_id"].map(taken)).sort_values("taken").iloc[-1]
    factor = 88.4 if last["unit"] == "mg/dL" else 1.0
    age = int((now - taken.max()).total_seconds() // 60)
    return {"creatinine": float(last["value"]) * factor, "age": age, "codes": codes}
