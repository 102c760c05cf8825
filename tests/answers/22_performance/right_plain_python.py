# %% [raw]
# title: Loops, lists and dicts
# base: blank
# loses: {}


# %% answer="q1_counts"
def counts(outcome, risk, threshold):
    tp = fp = fn = tn = 0
    for ill, value in zip(list(outcome), list(risk), strict=True):
        if value >= threshold:
            if ill == 1:
                tp += 1
            else:
                fp += 1
        elif ill == 1:
            fn += 1
        else:
            tn += 1
    result = {"tp": tp, "fp": fp, "fn": fn, "tn": tn}
    for name, part, other in (
        ("sensitivity", tp, fn),
        ("specificity", tn, fp),
        ("ppv", tp, fp),
        ("npv", tn, fn),
    ):
        try:
            result[name] = part / (part + other)
        except ZeroDivisionError:
            result[name] = float("nan")
    return result


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    if min(sensitivity, specificity, prevalence) < 0 or max(sensitivity, specificity, prevalence) > 1:
        raise ValueError("These must be shares.")
    people = 1_000_000.0
    ill = people * prevalence
    well = people - ill
    true = ill * sensitivity
    quiet = well * specificity
    alarms = true + (well - quiet)
    silent = quiet + (ill - true)
    return {
        "ppv": true / alarms if alarms > 0 else float("nan"),
        "npv": quiet / silent if silent > 0 else float("nan"),
    }


# %% answer="q3_in_people"
def in_people(sensitivity, specificity, prevalence, of):
    ill = int(prevalence * of + 0.5)
    found = int(sensitivity * ill + 0.5)
    quiet = int(specificity * (of - ill) + 0.5)
    numbers = {}
    numbers["ill"] = ill
    numbers["well"] = of - ill
    numbers["found"] = found
    numbers["missed"] = ill - found
    numbers["quiet"] = quiet
    numbers["false"] = of - ill - quiet
    numbers["alarms"] = found + of - ill - quiet
    return numbers


# %% answer="q4_auc"
def auc(outcome, score):
    ill, well = [], []
    for y, s in zip(outcome, score, strict=True):
        (ill if y == 1 else well).append(s)
    if not ill or not well:
        return float("nan")
    points = 0
    for a in ill:
        for b in well:
            if a > b:
                points += 1
            elif a == b:
                points += 0.5
    return points / (len(ill) * len(well))


# %% answer="q5_share"
def share_interval(k, n):
    if n == 0:
        return (float("nan"), float("nan"))
    z = 1.96
    root = z * (z * z + 4 * k * (1 - k / n)) ** 0.5
    return [(2 * k + z * z - root) / (2 * (n + z * z)), (2 * k + z * z + root) / (2 * (n + z * z))]


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    where = {}
    for position, who in enumerate(table[person]):
        where.setdefault(who, []).append(position)
    people = list(where)
    values = []
    for _ in range(draws):
        positions = []
        for _ in people:
            positions.extend(where[people[int(dice.integers(0, len(people)))]])
        value = figure(table.iloc[positions])
        if value == value:
            values.append(value)
    values.sort()
    return values[int(0.025 * len(values))], values[int(0.975 * len(values))]


# %% answer="q6_people_needed"
import math


def people_needed(phi, width):
    if phi <= 0 or phi >= 1 or width <= 0:
        raise ValueError("A share between 0 and 1 and a width above 0.")
    half = (width + math.sqrt(width * width + 4)) / 2
    se = math.log(half) / 1.96
    people = math.ceil((1 - phi) / (phi * se * se))
    return {"people": people, "events": math.ceil(people * phi)}


# %% answer="q7_headlines"
def headlines(figures):
    stand = []
    for one in figures:
        name = one["name"]
        need = ["n", "low", "high"]
        if name in ("accuracy", "f1"):
            continue
        if name != "auc":
            need.extend(["threshold", "why"])
        if name == "ppv" or name == "npv":
            need.append("prevalence")
        complete = True
        for key in need:
            if key not in one or one[key] is None or one[key] == "":
                complete = False
        if complete:
            stand.append(name)
    return stand


# %% answer="q7_note"
def note_numbers(table, person, threshold, elsewhere):
    found = counts(table["back"], table["risk"], threshold)
    people = set()
    for who in table[person]:
        people.add(who)
    return {
        "people": len(people),
        "years": found["tp"] + found["fp"] + found["fn"] + found["tn"],
        "alarms": found["tp"] + found["fp"],
        "found": found["tp"],
        "missed": found["fn"],
        "ppv": found["ppv"],
        "ppv_elsewhere": carry(found["sensitivity"], found["specificity"], elsewhere)["ppv"],
    }
