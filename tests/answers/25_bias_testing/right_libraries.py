# %% [raw]
# title: statsmodels, cut rows by masks and groupby; replays for the AUC; a table for the kidney formula
# base: solution
# loses: {}


# %% answer="q1_audit"
from statsmodels.stats.proportion import proportion_confint


def audit(table, group, min_n, min_events):
    work = table.assign(**{"the group": table[group].astype(object).fillna("not recorded")}).reset_index(
        drop=True
    )
    known = work.dropna(subset=["readmitted"]).assign(back=lambda t: t["readmitted"].astype(int))
    known["missed"] = known["back"] * (1 - known["visited"])
    result = work.groupby("the group").agg(
        n=("risk", "size"), unknown=("readmitted", lambda v: v.isna().sum())
    )
    of = known.groupby("the group").agg(
        known=("back", "size"), events=("back", "sum"), base_rate=("back", "mean"), selected=("visited", "mean"),
        missed=("missed", "sum"), expected=("risk", "sum"),
    )  # fmt: skip
    result = result.join(of)
    result["enough"] = (result["known"] >= min_n) & (result["events"] >= min_events)
    judged = result[result["enough"]]
    result["fnr"] = judged["missed"] / judged["events"]
    low, high = proportion_confint(judged["missed"], judged["events"], method="wilson")
    result["fnr_low"], result["fnr_high"] = low, high
    result["o_to_e"] = judged["events"] / judged["expected"]
    return result[result.columns[::-1]].sort_index(ascending=False)


# %% answer="q2_crossed"
import itertools


def crossed(table, columns, min_n, min_events):
    filled = table[columns].astype(object).fillna("not recorded").reset_index(drop=True)
    filled["readmitted"], filled["risk"] = table["readmitted"].to_numpy(), table["risk"].to_numpy()
    combinations = list(itertools.product(*(sorted(filled[c].unique()) for c in columns)))
    index = pd.MultiIndex.from_tuples(combinations, names=columns)
    known = filled[filled["readmitted"].notna()].groupby(columns)
    result = known.agg(n=("readmitted", "size"), events=("readmitted", "sum"), e=("risk", "sum")).reindex(
        index
    )
    result[["n", "events", "e"]] = result[["n", "events", "e"]].fillna(0)
    result["enough"] = (result["n"] >= min_n) & (result["events"] >= min_events)
    o, n = result["events"].where(result["enough"]), result["n"]
    result["o_to_e"] = o / result["e"]
    half = 1.96 * np.sqrt((1 - o / n) / o)
    result["low"], result["high"] = result["o_to_e"] * np.exp(-half), result["o_to_e"] * np.exp(half)
    result.index = [" & ".join(names) for names in combinations]
    return result


# %% answer="q3_gap"
def gap(table, group, compared, reference, draws, seed):
    """Counts for each person, then people drawn by counts."""
    known = table[(table["readmitted"] == 1) & table[group].notna()].reset_index(drop=True)
    if reference is not None:
        known = known[known[group].isin([compared, reference])]
    counts = known.assign(missed=1 - known["visited"], mine=known[group] == compared)
    people = counts.groupby("patient").agg(
        events=("missed", "size"), missed=("missed", "sum"), mine=("mine", "first")
    )
    everybody = table.dropna(subset=["readmitted", group])
    if reference is not None:
        everybody = everybody[everybody[group].isin([compared, reference])]
    people = people.reindex(everybody["patient"].unique()).fillna({"events": 0, "missed": 0, "mine": False})
    mine = people["mine"].astype(bool).to_numpy()
    numbers_of = people[["events", "missed"]].to_numpy(float)

    def difference(weights):
        a = (weights[mine, None] * numbers_of[mine]).sum(axis=0)
        b = (weights[~mine, None] * numbers_of[~mine]).sum(axis=0)
        return a[1] / a[0] - b[1] / b[0] if a[0] and b[0] else None

    dice = np.random.default_rng(seed)
    k = len(people)
    found = [difference(dice.multinomial(k, np.ones(k) / k)) for _ in range(draws)]
    low, high = np.percentile([d for d in found if d is not None], [2.5, 97.5])
    verdict = "cannot tell" if low <= 0 <= high else "gap"
    return {"verdict": verdict, "gap": difference(np.ones(k)), "low": low, "high": high}


# %% answer="q4_fpr"
def fpr_from(base_rate, ppv, fnr):
    flagged_right = base_rate * (1 - fnr)
    flagged_wrong = flagged_right / ppv - flagged_right
    return np.float64(flagged_wrong / (1 - base_rate))


# %% answer="q4_auc"
from sklearn.metrics import roc_auc_score


def expected_auc(risk):
    p, dice = np.asarray(risk), np.random.default_rng(4)
    found = []
    while len(found) < 600:
        back = dice.random(len(p)) < p
        if 0 < back.sum() < len(p):
            found.append(roc_auc_score(back, p))
    return np.mean(found)


# %% answer="q5_egfr"
def egfr(creatinine, unit, age, sex, year, recorded_black):
    row = ckd.set_index(["year", "sex"]).loc[(year, sex)]
    mg = {"mg/dL": 1, "umol/L": 1 / 88.4}[unit] * creatinine
    power = row["alpha"] if mg < row["kappa"] else row["beta"]
    race = row["black_factor"] if recorded_black else 1  # 1 in the rows of 2021
    return (
        row["scale"]
        * row["sex_factor"]
        * race
        * (mg / row["kappa"]) ** power
        * np.power(row["age_base"], age)
    )


# %% answer="q5_moved"
def moved(table, line):
    def both(row):
        black = bool(row["recorded_black"]) if pd.notna(row["recorded_black"]) else False
        values = [
            egfr(row["creatinine"], row["unit"], row["age"], row["sex"], y, black) for y in (2009, 2021)
        ]
        return pd.Series(values, index=["then", "now"])

    values = table.apply(both, axis=1)
    text = np.select(
        [
            (values["then"] > line) & (values["now"] <= line),
            (values["then"] <= line) & (values["now"] > line),
        ],
        ["may wait now", "may not wait now"],
        "same",
    )
    return pd.Series(text, index=table.index)


# %% answer="q6_repair"
def repair(tune, judge, group, target, common, min_events):
    events = tune[tune["readmitted"].eq(1) & tune[group].notna()]
    thresholds = {}
    for name, part in events.groupby(group):
        if len(part) < min_events:
            continue
        thresholds[name] = max(
            cut for cut in part["risk"].unique() if (part["risk"] >= cut).mean() >= target - 1e-9
        )
    names = judge[group].astype(object).fillna("not recorded")
    line = names.map(thresholds).fillna(common)
    work = pd.DataFrame({"name": names.to_numpy(), "threshold": line.to_numpy()})
    for when, cut in (("before", common), ("after", line.to_numpy())):
        work["calls_" + when] = (judge["risk"].to_numpy() >= cut).astype(int)
        work["found_" + when] = work["calls_" + when] * judge["readmitted"].to_numpy()
        work["false_" + when] = work["calls_" + when] - work["found_" + when]
    sums = work.groupby("name").sum()
    sums["threshold"] = work.groupby("name")["threshold"].first()
    return sums


# %% answer="q7_report"
def audit_report(stays, compared, reference):
    first = stays.groupby("patient", sort=False).head(1)
    table = audit(first, "language", 50, 20)
    report = gap(stays, "language", compared, reference, 300, 25)
    report["people"], report["unknown"] = first.shape[0], first["readmitted"].isna().sum()
    report["not_recorded"] = first["language"].isna().sum()
    report["too_few"] = [name for name in table.index if not table.loc[name, "enough"]]
    report["o_to_e"] = table["o_to_e"][compared]
    return report
