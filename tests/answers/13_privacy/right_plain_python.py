# %% [raw]
# title: Loops, lists and dicts; lists instead of tuples; noise as the difference of two exponentials
# base: blank
# loses: {}


# %% answer="q1_safe_harbor"
def safe_harbor(table, areas, plan):
    people_in = {}
    for row in areas.to_dict("records"):
        people_in[row["zip3"]] = row["population"]
    records = table.to_dict("records")
    ages = [name for name in plan if plan[name] == "age"]
    result = {}
    for name, rule in plan.items():
        cells = []
        for record in records:
            value = record[name]
            if rule == "age" and value >= 90:
                value = 90
            elif rule == "zip":
                value = value[:3] if people_in.get(value[:3], 0) > 20000 else "000"
            elif rule == "date":
                value = int(value.split("-")[0])
            elif rule == "birth":
                value = None if record[ages[0]] > 89 else int(value.split("-")[0])
            cells.append(value)
        result[name] = cells
    return pd.DataFrame(result)


# %% answer="q2_crowding"
def crowding(table, columns, person):
    first = {}
    for record in table.to_dict("records"):
        values = tuple("empty" if pd.isna(record[name]) else record[name] for name in columns)
        first.setdefault(record[person], values)
    counts = {}
    for values in first.values():
        counts[values] = counts.get(values, 0) + 1
    alone = [size for size in counts.values() if size == 1]
    return {
        "people": len(first),
        "smallest": min(counts.values()),
        "alone": len(alone),
        "share_alone": len(alone) / len(first),
    }


# %% answer="q3_open"
def open_secrets(table, columns, sensitive, person, k):
    seen, classes = set(), {}
    for record in table.to_dict("records"):
        if record[person] not in seen:
            seen.add(record[person])
            classes.setdefault(tuple(record[name] for name in columns), []).append(record[sensitive])
    return {key for key, values in classes.items() if len(values) >= k and len(set(values)) == 1}


# %% answer="q4_link"
def link(patients, register, on):
    counts = {"one": 0, "several": 0, "none": 0}
    entries = [tuple(record[name] for name in on) for record in register.to_dict("records")]
    for record in patients.to_dict("records"):
        wanted = tuple(record[name] for name in on)
        fits = 0 if any(pd.isna(value) for value in wanted) else entries.count(wanted)
        counts["none" if fits == 0 else "one" if fits == 1 else "several"] += 1
    return counts


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    having = [record["mrn"] for record in table.to_dict("records") if record["icd10"] == code]
    if unit == "people":
        having, most_stays = set(having), 1
    scale = most_stays / epsilon
    return len(having) + scale * (dice.standard_exponential() - dice.standard_exponential())


# %% answer="q5_spend"
def spend(ledger, epsilon):
    allowed = epsilon > 0 and ledger["budget"] - ledger["spent"] - epsilon > -1e-9
    ledger["spent"] = ledger["spent"] + epsilon * allowed
    return allowed


# %% answer="q6_readings"
def readings():
    return dict(
        H=["no", "ehds"],
        G=["no", "gdpr-art-5"],
        F=["yes", "gdpr-art-22"],
        E=["yes", "gdpr-art-35"],
        D=["no", "gdpr-art-9"],
        C=["yes", "hipaa-expert-determination"],
        B=["no", "hipaa-safe-harbor"],
        A=["no", "gdpr-recital-26"],
    )


# %% answer="q7_note"
def release_note(table, areas):
    seen, keep = set(), []
    for mrn in table["mrn"]:
        keep.append(mrn not in seen)
        seen.add(mrn)
    first = table[keep].reset_index(drop=True)
    sent = safe_harbor(first, areas, PLAN)
    sent["who"] = range(len(sent))
    result = crowding(sent, ["sex", "age", "zip"], "who")
    return {
        "people": len(seen),
        "alone_before": crowding(first, ["sex", "birth_date", "zip"], "mrn")["alone"],
        "alone_after": result["alone"],
        "smallest_after": result["smallest"],
        "open_after": len(open_secrets(sent, ["zip", "sex", "age"], "icd10", "who", 2)),
    }


# %% answer="q7_assessment"
# The group wants rows to study returns (gdpr-art-5).
