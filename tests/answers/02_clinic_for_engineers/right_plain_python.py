# %% [raw]
# title: Right, with lists and dicts


# %% answer="q1_shift"
def shift(time: str) -> tuple:
    import datetime

    when = datetime.datetime.fromisoformat(time)
    if 7 <= when.hour <= 18:
        return time[:10], "day"
    if when.hour < 7:
        when -= datetime.timedelta(days=1)
    return when.date().isoformat(), "night"


# %% answer="q2_first_dose"
def first_dose(events, drug):
    import datetime

    ordered, given = {}, {}
    for row in events.to_dict("records"):
        if row["code"] != drug:
            continue
        book = {"drug_order": ordered, "drug_given": given}.get(row["event_type"])
        if book is not None:
            book.setdefault(row["stay_id"], []).append(datetime.datetime.fromisoformat(row["time"]))
    minutes = {}
    for stay in ordered:
        if stay in given:
            minutes[stay] = (min(given[stay]) - min(ordered[stay])).total_seconds() / 60
        else:
            minutes[stay] = None
    return minutes


# %% answer="q3_known"
def known(events, stay_id, now):
    import datetime

    rows = [r for r in events.to_dict("records") if r["stay_id"] == stay_id and r["time"] <= now]
    rows.sort(key=lambda r: r["time"])
    taken = {r["order_id"]: r["time"] for r in rows if r["event_type"] == "collected"}
    values = {}
    for r in rows:
        if r["event_type"] in ("result", "result_corrected") and r["code"] in ("2160-0", "14682-9"):
            values[r["order_id"]] = float(r["value"]) * (88.4 if r["code"] == "2160-0" else 1)
    codes = sorted(r["code"] for r in rows if r["event_type"] == "code_assigned")
    if not values:
        return {"creatinine": None, "age": None, "codes": codes}
    order = max(values, key=taken.get)
    since = datetime.datetime.fromisoformat(now) - datetime.datetime.fromisoformat(taken[order])
    return {"creatinine": values[order], "age": since.total_seconds() / 60, "codes": codes}


# %% answer="q4_kidney_injury"
def kidney_injury(events, stay_id):
    import datetime

    rows = [r for r in events.to_dict("records") if r["stay_id"] == stay_id]
    rows.sort(key=lambda r: r["time"])
    taken = {r["order_id"]: r["time"] for r in rows if r["event_type"] == "collected"}
    coded = [r["time"] for r in rows if r["event_type"] == "code_assigned" and r["code"] == "N17.9"]
    bloods = {}
    for r in rows:
        if r["event_type"].startswith("result") and r["code"] in ("2160-0", "14682-9"):
            value = float(r["value"]) * (88.4 if r["unit"] == "mg/dL" else 1)
            bloods[r["order_id"]] = (taken[r["order_id"]], value, r["time"])
    found = {"onset": None, "known": None, "coded": coded[0] if coded else None}
    line = sorted(bloods.values())
    for i, (when, value, released) in enumerate(line):
        for earlier, lower, _ in line[:i]:
            gap = datetime.datetime.fromisoformat(when) - datetime.datetime.fromisoformat(earlier)
            if gap <= datetime.timedelta(hours=48) and value - lower >= 26.5:
                return found | {"onset": when, "known": released}
    return found


# %% answer="q5_meanings"
import re


def meanings(note, abbreviations):
    found = {}
    for row in abbreviations.itertuples():
        if re.search(rf"(?<![A-Za-z0-9]){re.escape(row.abbreviation)}(?![A-Za-z0-9])", note):
            found.setdefault(row.abbreviation, []).append(row.meaning)
    return found


# %% answer="q6_alert_report"
def alert_report(events, stays, limit):
    import datetime

    person = dict(zip(stays["stay_id"], stays["person_id"], strict=True))
    times = {"alert": {}, "alert_acknowledged": {}, "medical_review": {}}
    whose = {}
    for row in events.to_dict("records"):
        if row["event_type"] in times:
            times[row["event_type"]][row["order_id"]] = datetime.datetime.fromisoformat(row["time"])
            whose[row["order_id"]] = person[row["stay_id"]]
    report = {}
    for name in ("last hour", "earlier"):
        mine = {o: t for o, t in times["alert"].items() if (t.hour in (6, 18)) == (name == "last hour")}
        quick = 0
        for order, fired in mine.items():
            answer = times["alert_acknowledged"].get(order)
            if answer is not None and (answer - fired).total_seconds() <= 60 * limit:
                quick += 1
        report[name] = {
            "alerts": len(mine),
            "people": len({whose[order] for order in mine}),
            "never": len([order for order in mine if order not in times["alert_acknowledged"]]),
            "no_review": len([order for order in mine if order not in times["medical_review"]]),
            "in_time": quick,
            "share": quick / len(mine) if mine else None,
        }
    return report


# %% answer="q7_note_numbers"
def note_numbers(events, stays):
    report = alert_report(events, stays, 60)
    last, rest = report["last hour"], report["earlier"]
    waits = list(first_dose(events, "4603").values())
    slow = 0
    for wait in waits:
        if wait is None or wait > 45:
            slow += 1
    return {
        "slow_dose": slow,
        "furosemide": len(waits),
        "late_last_hour": last["alerts"] - last["in_time"],
        "late": last["alerts"] + rest["alerts"] - last["in_time"] - rest["in_time"],
        "alerts": last["alerts"] + rest["alerts"],
    }
