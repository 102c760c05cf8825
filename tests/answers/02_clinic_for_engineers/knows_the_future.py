# %% [raw]
# title: Takes values of blood that was taken, released or not
# base: solution
# catches: future-results
# loses: {q3_released: 1}
# says: {q3_released: "released by `now`"}


# %% answer="q3_known"
def known(events, stay_id, now):
    stay = events[events["stay_id"] == stay_id].assign(time=lambda table: pd.to_datetime(table["time"]))
    now = pd.Timestamp(now)
    codes = sorted(stay.loc[(stay["event_type"] == "code_assigned") & (stay["time"] <= now), "code"])
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    results = stay[stay["event_type"].isin(["result", "result_corrected"])]
    results = results[results["code"].isin(["2160-0", "14682-9"])].sort_values("time")
    results = results.drop_duplicates("order_id", keep="last")
    results = results.assign(taken=results["order_id"].map(taken))
    results = results[results["taken"] <= now].sort_values("taken") if len(results) else results
    if results.empty:
        return {"creatinine": None, "age": None, "codes": codes}
    last = results.iloc[-1]
    factor = 88.4 if last["unit"] == "mg/dL" else 1.0
    age = int((now - last["taken"]).total_seconds() // 60)
    return {"creatinine": float(last["value"]) * factor, "age": age, "codes": codes}
