# %% [raw]
# title: Loops, lists and dictionaries instead of pandas' own tools; the record written as a dict
# base: blank
# loses: {}


# %% answer="q1_recorded"
def recorded(values, answers):
    labels = []
    for value in values:
        labels.append(answers.get(value, "not recorded"))
    return pd.Series(labels, index=values.index)


# %% answer="q2_composition"
import math


def composition(table, person, group, served):
    group_of = {}
    for who, name in zip(table[person], table[group], strict=True):
        group_of[who] = name if isinstance(name, str) else "not recorded"
    n = {name: 0 for name in served}
    n["not recorded"] = 0
    for name in group_of.values():
        n[name] = n.get(name, 0) + 1
    known = sum(n.values()) - n["not recorded"]
    rows, z = [], 1.96
    for name in served:
        p = n[name] / known
        middle = p + z**2 / (2 * known)
        half = z * math.sqrt(p * (1 - p) / known + z**2 / (4 * known**2))
        width = 1 + z**2 / known
        rows.append([name, n[name], p, (middle - half) / width, (middle + half) / width, served[name]])
    rows.append(["not recorded", n["not recorded"], None, None, None, None])
    result = pd.DataFrame(rows, columns=["group", "n", "share", "low", "high", "served"])
    return result.set_index("group")


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    rows = []
    for value, name in zip(table[score], table[group], strict=True):
        rows.append((value, name if isinstance(name, str) else "not recorded"))
    places = round(share * len(rows))
    got = {name: 0.0 for _, name in rows}
    levels = sorted({value for value, _ in rows if value == value}, reverse=True)
    for level in levels:
        tied = [name for value, name in rows if value == level]
        part = min(1, places / len(tied))
        for name in tied:
            got[name] += part
        places -= part * len(tied)
        if places <= 0:
            break
    total = sum(got.values())
    return {name: part / total for name, part in got.items()}


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    bins = {}
    for value, ill, name in zip(table[score], table[need], table[group], strict=True):
        if name not in pair or value != value or ill != ill:
            continue
        number = sum(value >= edge for edge in edges)
        bins.setdefault(number, {pair[0]: [], pair[1]: []})[name].append(ill)
    total = weight = 0
    for both in bins.values():
        one, two = both[pair[0]], both[pair[1]]
        if one and two:
            rows = len(one) + len(two)
            total += rows * (sum(one) / len(one) - sum(two) / len(two))
            weight += rows
    return total / weight


# %% answer="q5_interval"
import random


def person_interval(table, person, figure, draws, seed):
    dice = random.Random(seed)
    rows = {}
    for position, who in enumerate(table[person]):
        rows.setdefault(who, []).append(position)
    names = sorted(rows)
    found = []
    for _ in range(draws):
        positions = []
        for who in dice.choices(names, k=len(names)):
            positions += rows[who]
        found.append(figure(table.iloc[positions]))
    found.sort()
    return found[int(0.025 * (draws - 1))], found[math.ceil(0.975 * (draws - 1))]


# %% answer="q6_review"
def review(table, inputs, gap):
    black = table[table["group"] == "Black"]
    other = table[table["group"] == "not Black"]
    both = pd.concat([black, other])
    parts = {"all": both, "free plan": both.query("plan == 11"), "sites 5 and 6": both[both["site"] > 4]}
    answer = {"sees_race": "black" in inputs or "group" in inputs, "gap": {}, "people": {}, "sign": True}
    for name in parts:
        answer["gap"][name] = gap(parts[name])
        answer["people"][name] = len(set(parts[name]["zper"]))
        if answer["gap"][name] > 0.05 or answer["gap"][name] < -0.05:
            answer["sign"] = False
    answer["ratio"] = {
        "Black": sum(black["mdvis_next"]) / sum(black["score"]),
        "not Black": sum(other["mdvis_next"]) / sum(other["score"]),
    }
    return answer


# %% answer="q7_limits"
def limits(table):
    people, unknown, oldest = set(), set(), 0
    for _, row in table.iterrows():
        people.add(row["zper"])
        oldest = max(oldest, int(row["xage"]))
        if row["group"] not in ("Black", "not Black"):
            unknown.add(row["zper"])
    return " ".join(
        [
            f"This table is about {len(people):,} different people, the oldest {oldest} years old.",
            f"Of {len(unknown):,} of them nobody knows how they were recorded.",
            "Not in it: pensioners, and everybody who lives anywhere else or came later than the seventies.",
        ]
    )


# %% answer="q7_record"
import csv
import hashlib
import os

import mlcroissant as mlc


def croissant_record(path, person, who_not):
    name = os.path.basename(path)
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    people = {row[person] for row in rows}
    context = mlc.Metadata(
        name="x", description="x", url="https://x.org", license="x", version="1.0.0", date_published="2026-01-01",
        cite_as="x", creators=[mlc.Person(name="x")],
    ).to_json()["@context"]  # fmt: skip
    fields = []
    for column in rows[0]:
        source = {"fileObject": {"@id": name}, "extract": {"column": column}}
        fields.append(
            {
                "@type": "cr:Field",
                "@id": "rows/" + column,
                "name": column,
                "dataType": "sc:Text",
                "source": source,
            }
        )
    return {
        "@context": context,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "table",
        "description": f"{len(rows):,} rows about {len(people):,} people",
        "license": "see datasheet",
        "url": "https://example.org",
        "creator": {"@type": "sc:Person", "name": "RAND"},
        "datePublished": "2026-11-23",
        "version": "1.0.0",
        "citeAs": "Newhouse",
        "rai:dataLimitations": who_not,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": name,
                "name": name,
                "contentUrl": name,
                "encodingFormat": "text/csv",
                "sha256": digest,
            }
        ],
        "recordSet": [{"@type": "cr:RecordSet", "@id": "rows", "name": "rows", "field": fields}],
    }
