# %% [raw]
# title: Joins orders to doses and loses those never given
# base: solution
# catches: never-given-vanishes
# loses: {q2_never: 1}
# says: {q2_never: "never treated is part of the"}


# %% answer="q2_first_dose"
def first_dose(events: pd.DataFrame, drug: str) -> dict:
    """Minutes from the first order to the first dose, by stay."""
    rows = events[events["code"] == drug].assign(time=lambda table: pd.to_datetime(table["time"]))
    ordered = rows[rows["event_type"] == "drug_order"].groupby("stay_id")["time"].min()
    given = rows[rows["event_type"] == "drug_given"].groupby("stay_id")["time"].min()
    return {
        stay: int((given[stay] - first).total_seconds() // 60)
        for stay, first in ordered.items()
        if stay in given.index
    }
