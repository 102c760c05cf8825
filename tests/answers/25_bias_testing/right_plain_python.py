# %% [raw]
# title: Loops, lists and dictionaries
# base: blank
# loses: {}


# %% answer="q1_audit"
import math


def audit(table, group, min_n, min_events):
    rows = {}
    for name, y, visited, risk in zip(
        table[group], table["readmitted"], table["visited"], table["risk"], strict=True
    ):
        row = rows.setdefault(name if isinstance(name, str) else "not recorded", [0, 0, 0, 0, 0, 0.0])
        row[0] += 1
        if y != y or y is None:
            row[1] += 1
            continue
        row[2] += y == 1
        row[3] += visited
        row[4] += y == 1 and visited == 0
        row[5] += risk
    found, nan, z = [], float("nan"), 1.96
    for name, (n, unknown, events, calls, missed, expected) in rows.items():
        known = n - unknown
        one = {"group": name, "n": n, "unknown": unknown, "events": events, "fnr": nan, "fnr_low": nan}
        one |= {"fnr_high": nan, "o_to_e": nan, "base_rate": nan, "selected": nan}
        if known:
            one["base_rate"], one["selected"] = events / known, calls / known
        one["enough"] = bool(known >= min_n and events >= min_events)
        if one["enough"]:
            p = missed / events
            root = z * math.sqrt(p * (1 - p) / events + z * z / (4 * events * events))
            one["fnr"], one["o_to_e"] = p, events / expected
            one["fnr_low"] = (p + z * z / (2 * events) - root) / (1 + z * z / events)
            one["fnr_high"] = (p + z * z / (2 * events) + root) / (1 + z * z / events)
        found.append(one)
    return pd.DataFrame(found).set_index("group")


# %% answer="q2_crossed"
def crossed(table, columns, min_n, min_events):
    lists = [[v if isinstance(v, str) else "not recorded" for v in table[c]] for c in columns]
    names = [""]
    for position, values in enumerate(lists):
        names = [
            (name + " & " if position else "") + value for name in names for value in sorted(set(values))
        ]
    sums = {name: [0, 0, 0.0] for name in names}
    for *values, y, risk in zip(*lists, table["readmitted"], table["risk"], strict=True):
        if y == y:
            one = sums[" & ".join(values)]
            one[0], one[1], one[2] = one[0] + 1, one[1] + int(y), one[2] + risk
    rows = []
    for name, (n, events, expected) in sums.items():
        row = {"n": n, "events": events, "enough": n >= min_n and events >= min_events}
        row["o_to_e"] = row["low"] = row["high"] = None
        if row["enough"]:
            reach = math.exp(1.96 * math.sqrt((1 - events / n) / events))
            ratio = events / expected
            row["o_to_e"], row["low"], row["high"] = ratio, ratio / reach, ratio * reach
        rows.append(pd.Series(row, name=name, dtype=object))
    return pd.DataFrame(rows)


# %% answer="q3_gap"
import random


def gap(table, group, compared, reference, draws, seed):
    of = {}
    for who, name, y, visited in zip(
        table["patient"], table[group], table["readmitted"], table["visited"], strict=True
    ):
        if not isinstance(name, str) or y != y:
            continue
        if name != compared and reference is not None and name != reference:
            continue
        person = of.setdefault(who, [0 if name == compared else 1, 0, 0])
        person[1] += y == 1
        person[2] += y == 1 and visited == 0
    people = list(of.values())

    def difference(chosen):
        events, missed = [0, 0], [0, 0]
        for side, e, m in chosen:
            events[side] += e
            missed[side] += m
        return missed[0] / events[0] - missed[1] / events[1] if all(events) else None

    dice = random.Random(seed)
    found = sorted(
        d for d in (difference(dice.choices(people, k=len(people))) for _ in range(draws)) if d is not None
    )
    low, high = found[int(0.025 * len(found))], found[int(0.975 * len(found))]
    verdict = "gap" if low > 0 or high < 0 else "cannot tell"
    return {"gap": difference(people), "low": low, "high": high, "verdict": verdict}


# %% answer="q4_fpr"
def fpr_from(base_rate, ppv, fnr):
    odds = base_rate / (1 - base_rate)
    return odds * (1 - fnr) * (1 / ppv - 1)


# %% answer="q4_auc"
def expected_auc(risk):
    risks = [float(p) for p in risk]
    top = bottom = 0.0
    for i, p in enumerate(risks):
        for j, q in enumerate(risks):
            if i != j:
                weight = p * (1 - q)
                bottom += weight
                top += weight if p > q else weight / 2 if p == q else 0
    return top / bottom


# %% answer="q5_egfr"
def egfr(creatinine, unit, age, sex, year, recorded_black):
    if unit == "umol/L":
        creatinine = creatinine / 88.4
    for row in ckd.to_dict("records"):
        if row["year"] == year and row["sex"] == sex:
            ratio = creatinine / row["kappa"]
            result = row["scale"] * min(ratio, 1) ** row["alpha"] * max(ratio, 1) ** row["beta"]
            result = result * row["age_base"] ** age * row["sex_factor"]
            if year == 2009 and recorded_black:
                result = result * row["black_factor"]
            return result
    raise ValueError("No such equation.")


# %% answer="q5_moved"
def moved(table, line):
    result = []
    for scr, unit, age, sex, black in table[["creatinine", "unit", "age", "sex", "recorded_black"]].values:
        black = black is True or black == 1
        then, now = egfr(scr, unit, age, sex, 2009, black), egfr(scr, unit, age, sex, 2021, black)
        if then > line and now <= line:
            result.append("may wait now")
        elif then <= line and now > line:
            result.append("may not wait now")
        else:
            result.append("same")
    return pd.Series(result, index=table.index)


# %% answer="q6_repair"
def repair(tune, judge, group, target, common, min_events):
    events = {}
    for name, risk, y in zip(tune[group], tune["risk"], tune["readmitted"], strict=True):
        if isinstance(name, str) and y == 1:
            events.setdefault(name, []).append(risk)
    lines = {}
    for name, risks in events.items():
        if len(risks) >= min_events:
            for found, risk in enumerate(sorted(risks, reverse=True), start=1):
                if found / len(risks) >= target - 1e-9:
                    lines[name] = risk
                    break
    rows = {}
    for name, risk, y in zip(judge[group], judge["risk"], judge["readmitted"], strict=True):
        name = name if isinstance(name, str) else "not recorded"
        if name not in rows:
            rows[name] = {"threshold": lines.get(name, common)}
            for what in ("calls", "found", "false"):
                rows[name] |= {f"{what}_before": 0, f"{what}_after": 0}
        for when, cut in (("before", common), ("after", rows[name]["threshold"])):
            if risk >= cut:
                rows[name][f"calls_{when}"] += 1
                rows[name][f"{'found' if y == 1 else 'false'}_{when}"] += 1
    return pd.DataFrame(rows).T


# %% answer="q7_sentences"
def sentences():
    words = ["blind", "parity", "base rate", "harm", "too few", "unsure", "case mix", "stands"]
    return dict(zip("ABCDEFGH", words, strict=True))


# %% answer="q7_report"
def audit_report(stays, compared, reference):
    first = stays[~stays["patient"].duplicated()]
    by_language = audit(first, "language", 50, 20)
    too_few = [name for name, enough in by_language["enough"].items() if not enough]
    return dict(
        gap(stays, "language", compared, reference, 300, 25),
        people=len(set(stays["patient"])),
        unknown=sum(y != y for y in first["readmitted"]),
        not_recorded=sum(not isinstance(name, str) for name in first["language"]),
        too_few=too_few,
        o_to_e=by_language.loc[compared, "o_to_e"],
    )


# %% answer="q7_audit_report"
# Approve with conditions. Of 1,400 people 114 were not asked for their language.
