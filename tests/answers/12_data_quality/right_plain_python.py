# %% [raw]
# title: Loops, lists and dictionaries instead of pandas' own tools
# base: blank
# loses: {}


# %% answer="q1_recode"
def recode_unknown(table, codes):
    new = {}
    for column in table.columns:
        values = list(table[column])
        if column in codes:
            values = [None if value == codes[column] else value for value in values]
        new[column] = values
    return pd.DataFrame(new, index=table.index)


# %% answer="q1_share"
def share_yes(answers, unknown):
    yes = no = 0
    for answer in answers:
        if answer == unknown:
            continue
        if answer == 1:
            yes += 1
        elif answer == 0:
            no += 1
    return yes / (yes + no)


# %% answer="q2_missing"
import math


def missing_by_group(table, column, group):
    n, missing = {}, {}
    for name, value in zip(table[group], table[column], strict=True):
        name = "not recorded" if pd.isna(name) else name
        n[name] = n.get(name, 0) + 1
        missing[name] = missing.get(name, 0) + (1 if pd.isna(value) else 0)
    rows = []
    z = 1.96
    for name in n:
        p = missing[name] / n[name]
        middle = p + z**2 / (2 * n[name])
        half = z * math.sqrt(p * (1 - p) / n[name] + z**2 / (4 * n[name] ** 2))
        width = 1 + z**2 / n[name]
        rows.append([n[name], missing[name], p, (middle - half) / width, (middle + half) / width])
    return pd.DataFrame(rows, index=list(n), columns=["n", "missing", "share", "low", "high"])


# %% answer="q3_weight"
def weight_in_kg(table):
    kg = []
    for weight, unit in zip(table["weight"], table["weight_unit"], strict=True):
        if unit == "kg":
            kg.append(weight)
        elif unit == "lb":
            kg.append(weight * 0.45359237)
        else:
            kg.append(float("nan"))
    return pd.Series(kg, index=table.index)


# %% answer="q4_repeated"
def repeated_visits(table):
    entries = {}
    for _, row in table.iterrows():
        visit = (row["person_id"], row["clinic"], row["visit_time"][:10])
        entries.setdefault(visit, []).append(row["visit_id"])
    repeated = set()
    for visit_ids in entries.values():
        if len(visit_ids) > 1:
            repeated.update(visit_ids)
    return repeated


# %% answer="q5_rules"
import pandera.pandas as pa


def quality_rules():
    return {
        "conformance": pa.DataFrameSchema(
            {
                "sex": pa.Column(
                    checks=pa.Check(lambda s: s == "female" or s == "male", element_wise=True), nullable=True
                ),
                "weight_unit": pa.Column(checks=pa.Check.str_matches("^(kg|lb)$"), nullable=True),
            }
        ),
        "completeness": pa.DataFrameSchema(
            {"visit_id": pa.Column(str, nullable=False), "person_id": pa.Column(str, nullable=False)}
        ),
        "plausibility": pa.DataFrameSchema(
            {
                "age": pa.Column(int, [pa.Check.ge(0), pa.Check.le(120)]),
                "height_cm": pa.Column(float, [pa.Check.ge(50), pa.Check.le(250)], nullable=True),
                "weight_kg": pa.Column(float, [pa.Check.gt(0), pa.Check.le(500)], nullable=True),
                "sbp": pa.Column(float, nullable=True),
                "dbp": pa.Column(float, nullable=True),
            },
            checks=pa.Check(lambda t: (t["dbp"] < t["sbp"]) | t["dbp"].isna() | t["sbp"].isna()),
        ),
    }


# %% answer="q5_set_aside"
def set_aside(table):
    reasons = []
    for _, row in table.iterrows():
        broken = []
        if not pd.isna(row["sex"]) and row["sex"] not in ("female", "male"):
            broken.append("conformance: sex")
        if not pd.isna(row["weight_unit"]) and row["weight_unit"] not in ("kg", "lb"):
            broken.append("conformance: weight_unit")
        for column in ("visit_id", "person_id"):
            if pd.isna(row[column]):
                broken.append("completeness: " + column)
        if row["age"] < 0 or row["age"] > 120:
            broken.append("plausibility: age")
        if row["height_cm"] < 50 or row["height_cm"] > 250:
            broken.append("plausibility: height_cm")
        if row["weight_kg"] <= 0 or row["weight_kg"] > 500:
            broken.append("plausibility: weight_kg")
        if row["dbp"] >= row["sbp"]:
            broken.append("plausibility: dbp")
        reasons.append("; ".join(broken))
    bad = [reason != "" for reason in reasons]
    good = [not b for b in bad]
    quarantined = table[bad].copy()
    quarantined["reason"] = [reason for reason in reasons if reason]
    return table[good], quarantined


# %% answer="q6_which"
import hashlib


def which_copy(path, known):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(4096):
            digest.update(block)
    for name in known:
        if known[name] == digest.hexdigest():
            return name
    return "unknown"


# %% answer="q6_relabelled"
def relabelled(original, copy):
    features = sorted(column for column in original.columns if column != "target")
    outcome = {}
    for _, row in original.iterrows():
        outcome[tuple("" if pd.isna(row[f]) else row[f] for f in features)] = row["target"]
    changed = 0
    for _, row in copy.iterrows():
        person = tuple("" if pd.isna(row[f]) else row[f] for f in features)
        if person in outcome and outcome[person] != row["target"]:
            changed += 1
    return changed


# %% answer="q7_entry"
def datasheet_entry(table):
    with_kg = table.copy()
    with_kg["weight_kg"] = weight_in_kg(table)
    not_asked = 0
    for answer in table["smoker"]:
        if answer == 9:
            not_asked += 1
    return dict(
        source="Export of visits from the records of three clinics",
        rows=table.shape[0],
        people=len(set(table["person_id"])),
        entered_twice=len(repeated_visits(table)),
        set_aside=len(set_aside(with_kg)[1]),
        smoking_not_asked=not_asked,
        not_for="Do not use it to compare clinics, because they do not measure the same people.",
    )
