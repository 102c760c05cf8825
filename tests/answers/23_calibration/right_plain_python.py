# %% [raw]
# title: Loops and dictionaries, Newton's method by hand, lists instead of arrays
# base: blank
# loses: {}


# %% answer="q1_o_to_e"
import math


def o_to_e(outcome, risk):
    events, expected, n = 0, 0.0, 0
    for y, p in zip(outcome, risk, strict=True):
        if not 0 <= p <= 1:
            raise ValueError("not a share")
        events += int(y)
        expected += float(p)
        n += 1
    result = {"n": n, "events": events, "expected": expected, "ratio": events / expected}
    if events:
        factor = math.exp(1.96 * math.sqrt((1 - events / n) / events))
        result["low"] = result["ratio"] / factor
        result["high"] = result["ratio"] * factor
    else:
        result["low"], result["high"] = 0, float("nan")
    return result


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    members = {}
    for name, y, p in zip(table[group], table[outcome], table[risk], strict=True):
        label = name if isinstance(name, str) else "not recorded"
        members.setdefault(label, []).append((y, p))
    rows = {}
    for label, pairs in members.items():
        rows[label] = o_to_e([y for y, _ in pairs], [p for _, p in pairs])
    return pd.DataFrame(rows).T


# %% answer="q3_level"
def level(outcome, risk):
    y, p = list(outcome), list(risk)
    x = [math.log(one / (1 - one)) for one in p]
    a = 0.0
    for _ in range(100):
        m = [1 / (1 + math.exp(-a - one)) for one in x]
        information = sum(one * (1 - one) for one in m)
        a += (sum(y) - sum(m)) / information
    half = 1.96 / math.sqrt(information)
    return [a, a - half, a + half]


# %% answer="q4_spread"
def fit_line(y, p):
    x = [math.log(one / (1 - one)) for one in p]
    a = b = 0.0
    for _ in range(100):
        m = [1 / (1 + math.exp(-a - b * one)) for one in x]
        w = [one * (1 - one) for one in m]
        s0 = sum(w)
        s1 = sum(i * j for i, j in zip(w, x, strict=True))
        s2 = sum(i * j * j for i, j in zip(w, x, strict=True))
        g0 = sum(i - j for i, j in zip(y, m, strict=True))
        g1 = sum((i - j) * k for i, j, k in zip(y, m, x, strict=True))
        whole = s0 * s2 - s1 * s1
        a += (s2 * g0 - s1 * g1) / whole
        b += (s0 * g1 - s1 * g0) / whole
    return a, b, math.sqrt(s0 / whole)


def spread(outcome, risk):
    _, b, error = fit_line(list(outcome), list(risk))
    return [b, b - 1.96 * error, b + 1.96 * error]


# %% answer="q4_read_spread"
def read_spread(slope):
    if slope[1] <= 1 <= slope[2]:
        return "not shown"
    return "too extreme" if slope[0] < 1 else "not extreme enough"


# %% answer="q5_points"
def points(outcome, risk, k):
    pairs = sorted(zip(risk, outcome, strict=True))
    n, rows, z = len(pairs), [], 1.96
    for i in range(k):
        part = pairs[i * n // k : (i + 1) * n // k]
        m = len(part)
        share = sum(y for _, y in part) / m
        middle = share + z * z / (2 * m)
        half = z * math.sqrt(share * (1 - share) / m + z * z / (4 * m * m))
        whole = 1 + z * z / m
        rows.append(
            {
                "observed": share,
                "predicted": sum(p for p, _ in part) / m,
                "high": (middle + half) / whole,
                "low": (middle - half) / whole,
                "n": m,
            }
        )
    return pd.DataFrame(rows)


# %% answer="q6_recalibrate"
def recalibrate(old_outcome, old_risk, new_risk):
    a, b, _ = fit_line(list(old_outcome), list(old_risk))
    mended = []
    for p in new_risk:
        odds = math.exp(a + b * math.log(p / (1 - p)))
        mended.append(odds / (1 + odds))
    return mended


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    rows = list(zip(table[outcome], table[risk], table[teach], strict=True))
    old = [(y, p) for y, p, t in rows if t]
    new = [(y, p) for y, p, t in rows if not t]
    ys = [y for y, _ in new]
    after = o_to_e(ys, recalibrate([y for y, _ in old], [p for _, p in old], [p for _, p in new]))
    before = o_to_e(ys, [p for _, p in new])
    return {"n": len(ys), "before": before["ratio"]} | {
        "after": after["ratio"],
        "low": after["low"],
        "high": after["high"],
    }


# %% answer="q7_claims"
def claims():
    ids = ["order", "holds", "backwards", "same people", "other place", "average", "too few", "holds"]
    return dict(zip("ABCDEFGH", ids, strict=True))


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    rows, result = by_group(table, outcome, risk, group), {}
    for label in rows.index:
        low, high = rows.loc[label, "low"], rows.loc[label, "high"]
        verdict = "cannot tell"
        if high < 1:
            verdict = "too high"
        if low > 1:
            verdict = "too low"
        if low >= 0.8 and high <= 1.25:
            verdict = "near"
        result[label] = {"n": rows.loc[label, "n"], "ratio": rows.loc[label, "ratio"], "verdict": verdict}
    return result
