# %% [raw]
# title: Takes every result of a stay for its creatinine
# base: solution
# catches: any-test
# loses: {q4_edges: 1}
# says: {q4_edges: "Another test than creatinine"}


# %% answer="q4_kidney_injury"
def kidney_injury(events: pd.DataFrame, stay_id: str) -> dict:
    """Onset, first knowledge and coding of a kidney injury."""
    stay = events[events["stay_id"] == stay_id]
    coded = stay[(stay["event_type"] == "code_assigned") & (stay["code"] == "N17.9")]["time"]
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    bloods = stay[stay["event_type"].isin(["result", "result_corrected"])]
    bloods = bloods.sort_values("time").drop_duplicates(["order_id", "code"], keep="last")
    factor = bloods["unit"].map({"mg/dL": 88.4, "umol/L": 1.0}).fillna(1.0)
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
