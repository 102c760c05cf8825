# %% [raw]
# title: Loops, lists and dicts
# base: blank
# loses: {}


# %% answer="q1_threshold"
def threshold(needless, right):
    per_right = needless / right
    return 1 / (1 + per_right)


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    odds = t / (1 - t)
    total = 0.0
    count = 0
    for f, r in zip(list(fell), list(risk), strict=True):
        count += 1
        if r >= t:
            total += 1 if f else -odds
    return total / count


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    n = tp + fp + fn + tn
    odds = t / (1 - t)
    bell = tp / n - fp / n * odds
    everybody = (tp + fn) / n - (fp + tn) / n * odds
    if bell > everybody and bell > 0:
        return "bell"
    if everybody > 0:
        return "everybody"
    return "nobody"


# %% answer="q3_worth_between"
def worth_between(tp, fp, fn, tn):
    npv = tn / (tn + fn)
    ppv = tp / (tp + fp)
    if ppv <= 1 - npv:
        return None
    return [1 - npv, ppv]


# %% answer="q4_load"
def load(log):
    bells = 0
    falls = {}
    for row in log.to_dict("records"):
        if row["rang"] == 1:
            bells += 1
            falls[row["stay"]] = int(row["fell"])
    true = sum(falls.values())
    result = {"bells": bells, "stays": len(falls), "true": true, "stays_per_true": None}
    if true > 0:
        result["stays_per_true"] = len(falls) / true
    return result


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    places = per_shift * len(set(log["shift"]))
    highest, fallen = {}, set()
    for row in log.to_dict("records"):
        highest[row["stay"]] = max(row["risk"], highest.get(row["stay"], 0))
        if row["fell"]:
            fallen.add(row["stay"])
    best = None
    for level in sorted(set(highest.values()), reverse=True):
        if sum(risk >= level for risk in highest.values()) > places:
            break
        best = level
    if best is None:
        return {"level": None, "stays": 0, "missed": len(fallen)}
    rung = {stay for stay, risk in highest.items() if risk >= best}
    return {"level": best, "stays": len(rung), "missed": len(fallen - rung)}


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    odds = t / (1 - t)
    people = {}
    for row in stays.to_dict("records"):
        if row["part"] == "judge":
            difference = 0.0
            if row["risk"] < t:
                difference = odds if row["fell"] == 0 else -1.0
            people.setdefault(row["person"], []).append(difference)
    sums = [(sum(values), len(values)) for values in people.values()]
    value = sum(s for s, _ in sums) / sum(n for _, n in sums)
    dice = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        total, rows = 0.0, 0
        for i in dice.integers(0, len(sums), len(sums)):
            total += sums[i][0]
            rows += sums[i][1]
        found.append(total / rows)
    found.sort()
    return {
        "value": value,
        "low": float(np.percentile(found, 2.5)),
        "high": float(np.percentile(found, 97.5)),
    }


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    t = 1 / (1 + needless)
    judged = [row for row in stays.to_dict("records") if row["part"] == "judge"]
    fell = [row["fell"] for row in judged]
    risk = [row["risk"] for row in judged]
    answer = level_for_budget(log, per_shift)
    return {
        "judged": len(judged),
        "threshold": t,
        "bell": net_benefit(fell, [r >= 0.2 for r in risk], t) * 1000,
        "reset": net_benefit(fell, risk, t) * 1000,
        "everybody": net_benefit(fell, [1] * len(fell), t) * 1000,
        "level": answer["level"],
        "missed": answer["missed"],
        "stays_per_true": load(log)["stays_per_true"],
    }
