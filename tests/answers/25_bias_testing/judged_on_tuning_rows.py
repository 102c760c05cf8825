# %% [raw]
# title: Judges a repair on the people on whom it was set
# base: solution
# catches: judged-on-tuning-rows
# loses: {q6_form: 1, q6_other_people: 1, q6_price: 1}
# says: {q6_other_people: "by construction"}


# %% answer="q6_repair"
def repair(
    tune: pd.DataFrame, judge: pd.DataFrame, group: str, target: float, common: float, min_events: int
) -> pd.DataFrame:
    """Thresholds for each group, and what they give and take on other people."""
    lines, judge = {}, tune
    for name, risks in tune[tune["readmitted"] == 1].groupby(group)["risk"]:
        if len(risks) >= min_events:
            needed = max(int(np.ceil(target * len(risks) - 1e-9)), 1)
            lines[name] = np.sort(risks.to_numpy())[::-1][needed - 1]
    names = judge[group].astype(object).where(judge[group].notna(), "not recorded").to_numpy()
    risk, back = judge["risk"].to_numpy(), judge["readmitted"].to_numpy()
    rows = {}
    for name in pd.unique(names):
        inside, line = names == name, lines.get(name, common)
        row = {"threshold": line}
        for when, cut in (("before", common), ("after", line)):
            called = inside & (risk >= cut)
            row["calls_" + when] = int(called.sum())
            row["found_" + when] = int((called & (back == 1)).sum())
            row["false_" + when] = int((called & (back == 0)).sum())
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index")
