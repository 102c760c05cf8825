# %% [raw]
# title: Drops alerts without an answer
# base: solution
# catches: unanswered-dropped
# loses: {q6_unanswered: 1, q6_people: 1}
# says: {q6_unanswered: "is an alert too"}


# %% answer="q6_alert_report"
def alert_report(events: pd.DataFrame, stays: pd.DataFrame, limit: float) -> dict:
    """Alerts and their answers, in the last hour of a shift and earlier."""

    def times(kind):
        rows = events[events["event_type"] == kind]
        return dict(zip(rows["order_id"], pd.to_datetime(rows["time"]), strict=True))

    answered, reviewed = times("alert_acknowledged"), times("medical_review")
    alerts = events[events["event_type"] == "alert"].merge(
        stays[["stay_id", "person_id"]], on="stay_id", how="left"
    )
    alerts["time"] = pd.to_datetime(alerts["time"])
    alerts["waited"] = [
        (answered[order] - fired).total_seconds() / 60 if order in answered else float("nan")
        for order, fired in zip(alerts["order_id"], alerts["time"], strict=True)
    ]
    alerts = alerts.dropna(subset=["waited"])
    last = alerts["time"].dt.hour.isin([6, 18])
    report = {}
    for name, part in (("last hour", alerts[last]), ("earlier", alerts[~last])):
        in_time = int((part["waited"] <= limit).sum())
        report[name] = {
            "alerts": len(part),
            "people": int(part["person_id"].nunique()),
            "never": int(part["waited"].isna().sum()),
            "no_review": int((~part["order_id"].isin(reviewed)).sum()),
            "in_time": in_time,
            "share": in_time / len(part) if len(part) else None,
        }
    return report
