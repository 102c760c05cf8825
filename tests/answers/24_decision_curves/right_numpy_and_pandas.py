# %% [raw]
# title: NumPy and pandas, NumPy numbers as results, the interval from concatenated tables
# base: blank
# loses: {}


# %% answer="q1_threshold"
import numpy as np


def threshold(needless, right):
    return np.float64(right) / np.add(right, needless)


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    table = pd.DataFrame({"fell": np.array(fell), "risk": np.array(risk)})
    acted = table.query("risk >= @t")["fell"]
    true = acted.sum()
    return (true - (acted.size - true) * t / (1 - t)) / len(table)


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    odds = t / (1 - t)
    values = np.array([tp - odds * fp, (tp + fn) - odds * (fp + tn), 0])
    return np.array(["bell", "everybody", "nobody"])[values.argmax()]


# %% answer="q3_worth_between"
def worth_between(tp, fp, fn, tn):
    low = np.divide(fn, fn + tn)
    high = np.divide(tp, tp + fp)
    return None if low >= high else (low, high)


# %% answer="q4_load"
def load(log):
    per_stay = log.groupby("stay")[["rang", "fell"]].agg({"rang": "sum", "fell": "max"})
    alarmed = per_stay[per_stay["rang"] > 0]
    true = alarmed["fell"].sum()
    ratio = np.float64(len(alarmed)) / true if true else None
    return {"bells": per_stay["rang"].sum(), "stays": len(alarmed), "true": true, "stays_per_true": ratio}


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    places = log["shift"].drop_duplicates().size * per_shift
    top = log.sort_values("risk").drop_duplicates("stay", keep="last")
    falls = log.loc[log["fell"] == 1, "stay"].nunique()
    levels = np.unique(top["risk"])
    stays_at = (top["risk"].to_numpy()[:, None] >= levels).sum(axis=0)
    fits = np.flatnonzero(stays_at <= places)
    if not len(fits):
        return dict(level=None, stays=0, missed=falls)
    level = levels[fits[0]]
    return dict(
        level=level, stays=stays_at[fits[0]], missed=(top.loc[top["risk"] < level, "fell"] == 1).sum()
    )


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    judged = stays.loc[stays["part"].eq("judge"), ["person", "risk", "fell"]].reset_index(drop=True)
    groups = {person: table for person, table in judged.groupby("person")}
    names = np.array(list(groups))
    rng = np.random.default_rng(seed)

    def gain(table):
        everybody = pd.Series(np.ones(len(table)))
        return net_benefit(table["fell"], table["risk"], t) - net_benefit(table["fell"], everybody, t)

    found = np.array(
        [gain(pd.concat([groups[name] for name in rng.choice(names, len(names))])) for _ in range(draws)]
    )
    return {"value": gain(judged), "low": np.percentile(found, 2.5), "high": np.percentile(found, 97.5)}


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    judged = stays.query("part == 'judge'")
    t = threshold(needless, 1)
    page = level_for_budget(log, per_shift) | load(log)
    page["threshold"] = t
    page["judged"] = len(judged)
    page["bell"] = 1000 * net_benefit(judged["fell"], judged["risk"].ge(0.2).astype(int), t)
    page["reset"] = 1000 * net_benefit(judged["fell"], judged["risk"], t)
    page["everybody"] = 1000 * net_benefit(judged["fell"], judged["risk"] * 0 + 1, t)
    return page
