# %% [raw]
# title: Loops, lists and dictionaries
# base: blank
# loses: {}


# %% answer="q1_highest"
def highest(results):
    standing = {}
    for order, time, value in zip(results["order_id"], results["time"], results["value"], strict=True):
        if order not in standing or time > standing[order][0]:
            standing[order] = (time, value)
    best = None
    for _, value in standing.values():
        try:
            number = float(value)
        except ValueError:
            continue
        if best is None or number > best:
            best = number
    return best


# %% answer="q2_in_mmol"
def in_mmol(table):
    column = []
    for value, unit in zip(table["value"], table["unit"], strict=True):
        try:
            number = float(value)
        except ValueError:
            number = None
        if number is not None and unit == "mg/dL":
            number = number / 18.016
        elif unit != "mmol/L":
            number = None
        column.append(number)
    new = table.copy()
    new["mmol"] = column
    new["mmol"] = new["mmol"].astype(float)
    return new


# %% answer="q3_latest"
def latest(sheet):
    best = {}
    for person, taken, value in zip(sheet["person"], sheet["taken"], sheet["value"], strict=True):
        day, month, year = taken.split("/")
        key = (int(year), int(month), int(day))
        if person not in best or key > best[person][0]:
            best[person] = (key, value)
    return pd.DataFrame({"value": [v for _, v in best.values()], "person": list(best)})


# %% answer="q4_counts"
def three_counts(table, limit):
    known = [x for x in table["mmol"] if x == x and x is not None]
    above = len([x for x in known if x > limit])
    return {
        "mean": sum(known) / len(known),
        "unknown": len(table) - len(known),
        "above": above,
        "not_above": len(known) - above,
    }


# %% answer="q5_by_person"
def by_person(table):
    years = {}
    for person, visits in zip(table["zper"], table["mdvis"], strict=True):
        years.setdefault(person, []).append(visits)
    means = [sum(v) / len(v) for v in years.values()]
    return {"rows": len(table), "people": len(years), "mean": sum(means) / len(means)}


# %% answer="q6_from_r"
def from_r(hie):
    young = hie.query("xage < 30")
    return {
        "n": young.shape[0],
        "plain": young["ghindx"].mean(skipna=False),
        "clean": float(young["ghindx"].dropna().mean()),
        "second": young.iloc[1]["meddol"],
    }


# %% answer="q7_numbers"
def note_numbers(results, people):
    return {"highest": highest(results)} | three_counts(people, 10)
