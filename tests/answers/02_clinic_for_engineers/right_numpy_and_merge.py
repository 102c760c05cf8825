# %% [raw]
# title: Right, with merges and numpy


# %% answer="q1_shift"
import numpy as np


def shift(time: str) -> tuple:
    when = np.datetime64(time) - np.timedelta64(7, "h")
    hour = int(str(when)[11:13])
    return str(when)[:10], "night" if hour >= 12 else "day"


# %% answer="q2_first_dose"
def first_dose(events, drug):
    import numpy as np

    rows = events.loc[
        events["code"].eq(drug) & events["event_type"].isin(["drug_order", "drug_given"])
    ].copy()
    rows["time"] = pd.to_datetime(rows["time"])
    wide = rows.pivot_table(index="stay_id", columns="event_type", values="time", aggfunc="min")
    wide = wide[wide["drug_order"].notna()]
    minutes = (wide["drug_given"] - wide["drug_order"]) / np.timedelta64(1, "m")
    return minutes.to_dict()


# %% answer="q3_known"
def known(events, stay_id, now):
    import numpy as np

    table = events.query("stay_id == @stay_id and time <= @now")
    collected = table[table["event_type"] == "collected"][["order_id", "time"]]
    lab = table[table["event_type"].str.startswith("result") & table["code"].isin(["14682-9", "2160-0"])]
    codes = list(np.sort(table.loc[table["event_type"] == "code_assigned", "code"].to_numpy(dtype=str)))
    both = lab.merge(collected, on="order_id", suffixes=("", "_taken")).sort_values(["time_taken", "time"])
    if not len(both):
        return {"creatinine": np.nan, "age": np.nan, "codes": codes}
    last = both.tail(1)
    value = np.where(last["unit"] == "mg/dL", 88.4, 1.0) * last["value"].astype(float).to_numpy()
    age = (np.datetime64(now) - np.datetime64(last["time_taken"].iloc[0])) / np.timedelta64(1, "m")
    return {"creatinine": np.float64(value[0]), "age": np.int64(age), "codes": codes}


# %% answer="q4_kidney_injury"
def kidney_injury(events, stay_id):
    table = events[events["stay_id"] == stay_id].sort_values("time")
    collected = table[table["event_type"] == "collected"][["order_id", "time"]]
    lab = table[table["event_type"].str.startswith("result") & table["code"].isin(["14682-9", "2160-0"])]
    lab = lab.groupby("order_id").tail(1).merge(collected, on="order_id", suffixes=("", "_taken"))
    lab = lab.assign(
        umol=lab["value"].astype(float).where(lab["unit"] != "mg/dL", lab["value"].astype(float) * 88.4)
    )
    pairs = lab.merge(lab, how="cross", suffixes=("", "_old"))
    gap = pd.to_datetime(pairs["time_taken"]) - pd.to_datetime(pairs["time_taken_old"])
    close = (gap > pd.Timedelta(0)) & (gap <= pd.Timedelta(days=2))
    risen = pairs[close & (pairs["umol"] - pairs["umol_old"] > 26.4999)].sort_values("time_taken")
    coded = table[table["code"] == "N17.9"]
    return {
        "onset": risen["time_taken"].iloc[0] if len(risen) else None,
        "known": risen["time"].iloc[0] if len(risen) else None,
        "coded": coded["time"].iloc[0] if len(coded) else None,
    }


# %% answer="q5_meanings"
import re


def meanings(note, abbreviations):
    words = re.split(r"[^A-Za-z0-9]+", note)
    return {w: frozenset(t["meaning"]) for w, t in abbreviations.groupby("abbreviation") if w in words}


# %% answer="q6_alert_report"
def alert_report(events, stays, limit):
    import numpy as np

    table = events.assign(time=pd.to_datetime(events["time"]))
    kinds = {"alert": "fired", "alert_acknowledged": "seen", "medical_review": "came"}
    wide = table[table["event_type"].isin(list(kinds))]
    wide = wide.pivot(index=["stay_id", "order_id"], columns="event_type", values="time")
    wide = wide.reindex(columns=list(kinds)).rename(columns=kinds).reset_index().merge(stays, on="stay_id")
    waited = (pd.to_datetime(wide["seen"]) - wide["fired"]) / np.timedelta64(1, "m")
    wide = wide.assign(quick=(waited <= limit).to_numpy(), last=wide["fired"].dt.hour.isin([6, 18]))
    report = {}
    for name, part in [("earlier", wide[~wide["last"]]), ("last hour", wide[wide["last"]])]:
        report[name] = {
            "share": part["quick"].mean() if len(part) else float("nan"),
            "in_time": part["quick"].sum(),
            "no_review": part["came"].isna().sum(),
            "never": part["seen"].isna().sum(),
            "people": np.unique(part["person_id"].to_numpy(dtype=str)).size,
            "alerts": np.int64(len(part)),
        }
    return report


# %% answer="q7_note_numbers"
import numpy as np


def note_numbers(events, stays):
    report = pd.DataFrame(alert_report(events, stays, 60)).T
    waits = pd.Series(first_dose(events, "4603"), dtype=float)
    late = (report["alerts"] - report["in_time"]).astype(int)
    return {
        "alerts": np.int64(report["alerts"].sum()),
        "late": np.int64(late.sum()),
        "late_last_hour": late["last hour"],
        "furosemide": len(waits),
        "slow_dose": (~(waits <= 45)).sum(),
    }
