# %% [raw]
# title: Takes the next acknowledgement of the stay
# base: solution
# catches: answer-of-another-alert
# loses: {q6_unanswered: 1}
# says: {q6_unanswered: "with the same `order_id`"}


# %% answer="q6_alert_report"
def alert_report(events: pd.DataFrame, stays: pd.DataFrame, limit: float) -> dict:
    """Alerts and their answers, in the last hour of a shift and earlier."""

    def times(kind):
        rows = events[events["event_type"] == kind]
        return dict(zip(rows["order_id"], pd.to_datetime(rows["time"]), strict=True))

    reviewed = times("medical_review")
    alerts = events[events["event_type"] == "alert"].merge(
        stays[["stay_id", "person_id"]], on="stay_id", how="left"
    )
    alerts["time"] = pd.to_datetime(alerts["time"])
    clicks = events[events["event_type"] == "alert_acknowledged"].assign(
        time=lambda table: pd.to_datetime(table["time"])
    )
    alerts["waited"] = [
        (clicks.loc[(clicks["stay_id"] == stay) & (clicks["time"] >= fired), "time"].min() - fired)
        / pd.Timedelta(minutes=1)
        for stay, fired in zip(alerts["stay_id"], alerts["time"], strict=True)
    ]
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
