# %% [markdown]
# # A table for the university
#
# The start-up got its answer. On Monday a university group writes: they study who comes back to the medical wards, and a
# count will not do. "We need rows: age, sex, area, year and diagnosis. Our ethics board has met. Friday?"
#
# This time rows may leave. You prepare the table, measure what it still gives away, and write one page for those who
# decide. If you measure it wrongly, somebody is recognised who never agreed to be in a study, or is taken for somebody else.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Everybody in these tables is invented. You write functions rather than numbers, because other hospitals will send their
# tables: the hidden tests are those tables. Their row labels need not be 0, 1, 2 ..., and may repeat. **Never change a
# table that you are given.**
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
# *New to the ward?* `mrn` is the record number, one for each person; a person with three stays has three rows.

# %%
import numpy as np
import pandas as pd

everything = pd.read_csv("data/discharges.csv", dtype={"zip": str}, keep_default_na=False)
stays = everything[everything["ward"] == "Medicine"]
areas = pd.read_csv("data/areas.csv", dtype={"zip3": str})
register = pd.read_csv("data/register.csv", dtype={"zip": str})

PLAN = {"sex": "keep", "age": "age", "zip": "zip", "discharge_date": "date", "icd10": "keep"}
print(len(stays), "stays")
areas

# %% [markdown]
# ## 1. Safe Harbor with a plan (5 points)
#
# Write `safe_harbor(table, areas, plan)`. `plan` says what happens to a column; the result is a **new DataFrame** with the
# same rows in the same order and the columns of the plan under their own names:
#
# | plan | what leaves |
# |:---|:---|
# | `"keep"` | the value as it is |
# | `"age"` | the age, given in whole years; over 89 becomes `90` |
# | `"zip"` | the first three digits as text where more than 20,000 people live, by `areas` (`zip3`, `population`); else `"000"` |
# | `"date"` | the year as a number; dates are text like `2026-03-09` |
# | `"birth"` | the year of birth as a number, but empty (`NaN`) where the plan's age column says over 89 |
#
# A column that the plan does not name stays at home. A ZIP area that `areas` does not list counts as small. No cell is
# empty here, and a plan with `birth` has exactly one `age` column.
#
# ```
# plan {"years": "age", "post": "zip"}
# table  years   post      result  years  post
#           34  00117                 34   001
#           96  26901                 90   000
# ```


# %% answer="q1_safe_harbor"
def safe_harbor(table: pd.DataFrame, areas: pd.DataFrame, plan: dict) -> pd.DataFrame:
    """What the plan lets pass, and nothing else."""
    ### BEGIN SOLUTION
    large = set(areas.loc[areas["population"] > 20_000, "zip3"])
    released = pd.DataFrame(index=table.index)
    for column, rule in plan.items():
        values = table[column]
        if rule == "keep":
            released[column] = values
        elif rule == "age":
            released[column] = values.clip(upper=90)
        elif rule == "zip":
            zip3 = values.str[:3]
            released[column] = zip3.where(zip3.isin(large), "000")
        elif rule == "date":
            released[column] = values.str[:4].astype(int)
        elif rule == "birth":
            age = next(name for name, other in plan.items() if other == "age")
            released[column] = values.str[:4].astype(float).where(table[age] <= 89)
    return released
    ### END SOLUTION


# %% test="q1_form" points=1 objective="13.1"
small = pd.DataFrame({"name": ["A", "B"], "years": [34, 71], "post": ["51117", "51230"]})
big_areas = pd.DataFrame({"zip3": ["512", "511"], "population": [90_000, 400_000]})
released = safe_harbor(small, big_areas, {"years": "age", "post": "zip"})
assert isinstance(released, pd.DataFrame), "safe_harbor returns a DataFrame (end it with `return`)."
assert sorted(released.columns) == ["post", "years"] and len(released) == 2, (
    "The result has the same rows, and exactly the columns of the plan."
)
assert list(released["years"]) == [34, 71], "Nobody here is over 89: the ages stay."
assert list(released["post"]) == ["511", "512"], (
    "Both areas are large: their first three digits stay, as text."
)


# %% test="q1_age" points=1 objective="13.1"
# Hidden tests: ages around the limit.
### BEGIN HIDDEN TESTS
def _hidden_test():
    ages = [90, 18, 89, 103, 88, 91, 45, 90]
    table = pd.DataFrame({"jahre": ages, "x": range(8)}, index=[3, 3, 1, 7, 2, 2, 0, 9])
    nowhere = pd.DataFrame({"zip3": ["777"], "population": [50_000]})
    got = [int(age) for age in safe_harbor(table.copy(), nowhere, {"jahre": "age"})["jahre"]]
    assert len(got) == 8, (
        "Rows were lost: everybody stays in the table. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert got[2] == 89 and got[4] == 88, (
        "Somebody of 88 or 89 was pooled: the rule says *over* 89. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert got[0] == got[3] == got[5] == got[7] == 90, (
        "An age over 89 leaves as it is, or under another number: few people are that old, and all of them share one "
        "class, written 90. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert got[1] == 18 and got[6] == 45, "The ages of younger people changed."


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_zip" points=1 objective="13.1"
# Hidden tests: other areas around the limit, zeros in front, an area nobody listed.
### BEGIN HIDDEN TESTS
def _hidden_test():
    size = {
        "039": 20_001,
        "000": 1,
        "417": 20_000,
        "008": 19_999,
        "820": 250_000,
        "100": 300_000,
        "002": 700_000,
    }
    there = pd.DataFrame({"zip3": size.keys(), "population": size.values()}).sample(frac=1, random_state=5)
    posts = ["03911", "41702", "00801", "82055", "00212", "55501", "03900-1234", "10001", "00299"]
    table = pd.DataFrame({"plz": posts, "t": 1}, index=list("aabbccdde"))
    got = list(safe_harbor(table.copy(), there.copy(), {"plz": "zip"})["plz"])
    assert all(isinstance(z, str) and len(z) == 3 for z in got), (
        "A ZIP is text of three digits in the result: as a number it loses the zeros in front. Re-read lesson 13, 'Safe "
        "Harbor as code'."
    )
    assert got[3] == "820" and got[7] == "100", "Large areas keep their first three digits."
    assert [got[4], got[8]] == ["002", "002"], (
        "An area that begins with zeros was looked up under other digits, as if the ZIP were a number. Re-read lesson 13, "
        "'Safe Harbor as code'."
    )
    assert got[0] == got[6] == "039", (
        "An area of 20,001 people lost its digits: more than 20,000 is enough. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert got[1] == got[2] == "000", (
        "An area of 20,000 people or fewer keeps its digits: the rule says *more than*. Re-read lesson 13, 'Safe Harbor "
        "as code'."
    )
    assert got[5] == "000", "An area that nobody counted is not known to be large."


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_dates" points=1 objective="13.1"
# Hidden tests: events and birth dates, also of the oldest.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "born": ["1935-12-30", "1936-01-02", "1990-07-07", "1921-02-28"],
            "left": ["2026-01-03", "2025-12-31", "2024-02-29", "2026-05-05"],
            "years": [90, 89, 33, 105],
        },
        index=[8, 8, 1, 4],
    )
    nowhere = pd.DataFrame({"zip3": ["777"], "population": [50_000]})
    got = safe_harbor(table.copy(), nowhere, {"born": "birth", "left": "date", "years": "age"})
    try:
        left, born = (
            [float(y) for y in got["left"]],
            [float("nan") if pd.isna(y) else float(y) for y in got["born"]],
        )
    except (TypeError, ValueError):
        raise AssertionError(
            "Of a date only the year leaves, as a number: a month or a day is still in the result. Re-read lesson 13, "
            "'Safe Harbor as code'."
        ) from None
    assert left == [2026, 2025, 2024, 2026], (
        "The year of an event is the year in its date, not more and not another. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert born[1:3] == [1936, 1990], "People of 89 and younger keep their year of birth."
    assert born[0] != born[0] and born[3] != born[3], (
        "The birth year of somebody over 89 is in the result: it says the age that you have just pooled. Re-read "
        "lesson 13, 'Safe Harbor as code'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_nothing_else" points=1 objective="13.1"
# Hidden tests: columns nobody planned for.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "note": ["Ring 200-555-0101.", "Well.", "Mx Bell left."],
            "alter": [60, 61, 62],
            "nickname": ["Bee", "Cee", "Dee"],
            "wing": ["B", "A", "A"],
            "finger": ["FP-1", "FP-2", "FP-3"],
        },
        index=["x", "x", "y"],
    )
    there = pd.DataFrame({"zip3": ["777"], "population": [50_000]})
    before = table.copy()
    got = safe_harbor(table, there, {"wing": "keep", "alter": "age"})
    assert table.equals(before), "The table that you were given has changed: work on a new one."
    assert sorted(got.columns) == ["alter", "wing"], (
        "A column that the plan does not name has left the hospital (or a planned one is missing). List what may leave, "
        "not what must not. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert list(got["wing"]) == ["B", "A", "A"] and [int(a) for a in got["alter"]] == [60, 61, 62], (
        "The rows are in another order, or values that may stay have changed."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. How many look like you? (4 points)
#
# Write `crowding(table, columns, person)`: it returns a **dict** about the people of a table. `columns` are the
# quasi-identifiers; `person` names the column that tells people apart. Take **each person's first row** in the table. An
# empty cell is a value like any other: whoever has none is like the others who have none.
#
# - `"people"`: different people
# - `"smallest"`: people in the smallest class
# - `"alone"`: people alone in their class
# - `"share_alone"`: `alone` divided by `people`
#
# ```
# table   mrn  sex  band       crowding(table, ["sex", "band"], "mrn")
#         M1   f    40s        ->  {"people": 3, "smallest": 1,
#         M2   f    40s             "alone": 1, "share_alone": 0.333...}
#         M3   m    40s
#         M3   m    40s
# ```


# %% answer="q2_crowding"
def crowding(table: pd.DataFrame, columns: list, person: str) -> dict:
    """People, smallest class, people alone and their share."""
    ### BEGIN SOLUTION
    first = table.drop_duplicates(person)
    sizes = first.groupby(columns, dropna=False, observed=True).size()
    alone = int((sizes == 1).sum())
    return {
        "people": len(first),
        "smallest": int(sizes.min()),
        "alone": alone,
        "share_alone": alone / len(first),
    }
    ### END SOLUTION


# %% test="q2_form" points=1 objective="13.2"
import numbers

four = pd.DataFrame(
    {"mrn": ["M1", "M2", "M3", "M4"], "sex": ["f", "f", "m", "m"], "ward": ["A", "A", "B", "C"]}
)
result = crowding(four, ["sex", "ward"], "mrn")
assert isinstance(result, dict), "crowding returns a dict."
for key in ("people", "smallest", "alone"):
    assert isinstance(result.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
assert result["people"] == 4 and result["smallest"] == 1 and result["alone"] == 2, (
    "M3 and M4 are alone; M1 and M2 share a class."
)
assert abs(float(result["share_alone"]) - 0.5) < 1e-9, "Two of four people are alone: a share of 0.5."


# %% test="q2_alone" points=1 objective="13.2"
# Hidden tests: other tables with one row a person.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import collections

    dice = np.random.default_rng(131)
    for n, towns in ((150, 60), (90, 3), (60, 1)):
        table = pd.DataFrame(
            {
                "pid": [f"P{i}" for i in range(n)],
                "town": dice.integers(0, towns, n),
                "decade": dice.choice(["40s", "50s", "60s"], n),
                "rhesus": dice.choice(["+", "-"], n),
            },
            index=dice.integers(0, 9, n),
        )
        before = table.copy()
        got = crowding(table, ["town", "decade"], "pid")
        assert table.equals(before), "The table that you were given has changed."
        sizes = collections.Counter(zip(before["town"], before["decade"], strict=True))
        alone = sum(size == 1 for size in sizes.values())
        assert int(got["people"]) == n, "Each row here is another person: your number of people is wrong."
        assert int(got["smallest"]) == min(sizes.values()), (
            "The smallest class is wrong: a class is everybody with the same values in `columns`, and in no other column. "
            "Re-read lesson 13, 'How many look like you?'."
        )
        assert int(got["alone"]) == alone and abs(float(got["share_alone"]) - alone / n) < 1e-3, (
            "People alone in their class are counted wrongly. Re-read lesson 13, 'How many look like you?'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_people" points=1 objective="13.2"
# Hidden tests: people with several stays.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "pid": ["a", "b", "c", "a", "d", "c", "c", "e"],
            "age": [39, 40, 61, 40, 40, 61, 61, 77],
            "sex": ["f", "f", "m", "f", "f", "m", "m", "f"],
        },
        index=[5, 5, 5, 1, 1, 0, 2, 2],
    )
    got = crowding(table.copy(), ["age", "sex"], "pid")
    assert int(got["people"]) == 5, (
        "Rows were counted as people: somebody with three stays is one person. Re-read lesson 13, 'How many look like "
        "you?'."
    )
    assert int(got["alone"]) == 3 and int(got["smallest"]) == 1, (
        "Somebody hides behind their own second stay, or counts in two classes: take each person's first row. Re-read "
        "lesson 13, 'How many look like you?'."
    )
    assert abs(float(got["share_alone"]) - 3 / 5) < 1e-3, "`share_alone` is `alone` divided by people."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_gaps" points=1 objective="13.2"
# Hidden tests: people with empty cells.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "pid": range(7),
            "zip": ["001", "001", None, None, "002", "002", "003"],
            "age": [40.0, 40.0, 40.0, 40.0, np.nan, 50.0, 50.0],
        }
    )
    got = crowding(table.copy(), ["zip", "age"], "pid")
    assert int(got["people"]) == 7, (
        "People with an empty cell have vanished: they are in the table that leaves. Read the prompt of item 2 again, and "
        "lesson 13, 'How many look like you?'."
    )
    assert int(got["alone"]) == 3, (
        "A person with an empty cell is in a class too: alone, or with the others whose cell is empty. Read the prompt of "
        "item 2 again, and lesson 13, 'How many look like you?'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Open secrets (3 points)
#
# A class can be large and still tell. Write `open_secrets(table, columns, sensitive, person, k)`: it returns a **set of
# tuples**. Each tuple holds the values in `columns` (in this order) of a class of **`k` people or more who all have the
# same value** in `sensitive`. Take each person's first row, as in item 2; no cell is empty here.
#
# ```
# table   mrn  sex  band  icd10     open_secrets(table, ["sex", "band"], "icd10", "mrn", k=2)
#         M1   f    40s   J18.9     ->  {("m", "50s")}
#         M2   f    40s   N39.0
#         M3   m    50s   J18.9
#         M4   m    50s   J18.9
# ```


# %% answer="q3_open"
def open_secrets(table: pd.DataFrame, columns: list, sensitive: str, person: str, k: int) -> set:
    """Classes of at least k people with only one value of `sensitive`."""
    ### BEGIN SOLUTION
    first = table.drop_duplicates(person)
    classes = first.groupby(columns, observed=True)[sensitive].agg(["size", "nunique"])
    found = classes[(classes["size"] >= k) & (classes["nunique"] == 1)].index
    return {value if isinstance(value, tuple) else (value,) for value in found}
    ### END SOLUTION


# %% test="q3_form" points=1 objective="13.2"
eight = pd.DataFrame(
    {
        "mrn": [f"M{i}" for i in range(8)],
        "sex": list("ffffmmmm"),
        "band": ["40s", "40s", "40s", "50s", "50s", "50s", "50s", "50s"],
        "icd10": ["J18.9", "N39.0", "A41.9", "B24", "J18.9", "J18.9", "J18.9", "J18.9"],
    }
)
secrets = open_secrets(eight, ["sex", "band"], "icd10", "mrn", k=3)
assert isinstance(secrets, set), "open_secrets returns a set."
assert all(isinstance(value, tuple) and len(value) == 2 for value in secrets), (
    "Each class is a tuple, here of two values."
)
assert ("f", "40s") not in secrets, "Three people with three diagnoses: nothing can be read off."
assert ("f", "50s") not in secrets, "One person is no class of three."


# %% test="q3_one_value" points=2 objective="13.2"
# Hidden tests: another table, classes around k, people with several stays.
### BEGIN HIDDEN TESTS
def _hidden_test():
    classes = {  # floor, shift -> drugs of its people
        ("3", "night"): ["methadone"] * 5,
        ("3", "day"): ["methadone"] * 4,
        ("4", "night"): ["insulin"] * 6 + ["warfarin"],
        ("4", "day"): ["insulin"] * 7,
        ("5", "day"): ["warfarin", "insulin", "lithium", "insulin", "warfarin"],
        ("5", "night"): ["lithium"] * 3,
    }
    rows = [
        {"case": f"{floor}{shift}{i}", "floor": floor, "shift": shift, "drug": drug}
        for (floor, shift), drugs in classes.items()
        for i, drug in enumerate(drugs)
    ]
    again = [row for row in rows if (row["floor"], row["shift"]) == ("5", "night")]  # three people, six stays
    table = pd.DataFrame(rows + again).sample(frac=1, random_state=7)
    table.index = [i % 6 for i in range(len(table))]
    before = table.copy()
    got = {tuple(map(str, value)) for value in open_secrets(table, ["floor", "shift"], "drug", "case", k=5)}
    assert table.equals(before), "The table that you were given has changed."
    assert ("4", "day") in got, (
        "Seven people share their class and their drug, and your function calls it safe. Being many does not protect them "
        "when all have the same. Re-read lesson 13, 'k-anonymous is not yet safe'."
    )
    assert ("3", "night") in got, "Five people are 'k people or more' for k = 5."
    assert ("5", "night") not in got, (
        "Three people with two stays each became a class of six: count people. Re-read lesson 13, 'How many look like you?'."
    )
    assert ("3", "day") not in got, (
        "A class with fewer than k people is not asked for here: item 2 counts those."
    )
    assert ("4", "night") not in got and ("5", "day") not in got, (
        "A class with two different values is in your set. Re-read lesson 13, 'k-anonymous is not yet safe'."
    )
    assert got == {("3", "night"), ("4", "day")}, "The set holds a class that is not in the table."
    by_drug = open_secrets(table.copy(), ["floor"], "shift", "case", k=5)
    assert by_drug == set(), "With another sensitive column nothing is open here, yet your set is not empty."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. What a link finds (3 points)
#
# Somebody joins the table to a public register. Write `link(patients, register, on)`: it returns a **dict** with the
# number of rows of `patients` for which the register holds, by the columns `on`,
#
# - `"one"`: exactly one entry
# - `"several"`: two entries or more
# - `"none"`: no entry
#
# An empty cell (`None` or `NaN`) in one of these columns fits nobody. There is no key `"right"`: the join cannot know it.
# (Use this on the made-up register only.)
#
# ```
# patients  sex  zip       register  entry  sex  zip       link(patients, register, ["sex", "zip"])
#           f    00101               R1     f    00101     ->  {"one": 1, "several": 0, "none": 1}
#           m    00203               R2     f    00203
# ```


# %% answer="q4_link"
def link(patients: pd.DataFrame, register: pd.DataFrame, on: list) -> dict:
    """Rows of `patients` with one, several and no entries of the register."""
    ### BEGIN SOLUTION
    entries = register.dropna(subset=on).groupby(on).size().rename("entries")
    found = patients[on].join(entries, on=on)["entries"].fillna(0)
    return {
        "one": int((found == 1).sum()),
        "several": int((found > 1).sum()),
        "none": int((found == 0).sum()),
    }
    ### END SOLUTION


# %% test="q4_form" points=1 objective="13.2"
import numbers

three = pd.DataFrame({"sex": ["f", "m", "m"], "zip": ["00101", "00203", "00405"]})
entries = pd.DataFrame({"entry": ["R1", "R2"], "sex": ["f", "m"], "zip": ["00101", "00405"]})
links = link(three, entries, ["sex", "zip"])
assert isinstance(links, dict) and set(links) == {"one", "several", "none"}, (
    "link returns a dict with the keys 'one', 'several' and 'none'."
)
assert all(isinstance(value, numbers.Integral) for value in links.values()), "The values are whole numbers."
assert links == {"one": 2, "several": 0, "none": 1}, "Two rows have one entry each, one row has none."


# %% test="q4_several" points=1 objective="13.2"
# Hidden tests: another register, entries that look alike, patients who look alike.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(134)

    def draw(n):
        return pd.DataFrame({"year": dice.integers(1940, 1960, n), "post": dice.choice(["a", "b", "c"], n)})

    clinic, voters = draw(120), draw(50).assign(voter=range(50), extra=1)
    voters, clinic = voters[["voter", "post", "extra", "year"]], clinic.assign(extra=2)
    clinic.index = dice.integers(0, 30, 120)
    keys = list(zip(voters["post"], voters["year"], strict=True))
    found = [keys.count(key) for key in zip(clinic["post"], clinic["year"], strict=True)]
    right = {"one": found.count(1), "none": found.count(0), "several": sum(f > 1 for f in found)}
    before, book = clinic.copy(), voters.copy()
    got = link(clinic, voters, ["post", "year"])
    assert clinic.equals(before) and voters.equals(book), "A table that you were given has changed."
    assert sum(map(int, got.values())) == 120, (
        "The three numbers do not add up to the rows of `patients`: a join repeats a row for each entry that fits, and "
        "people who look alike are still several people. Re-read lesson 13, 'An attack, on a made-up register'."
    )
    assert int(got["several"]) == right["several"] and int(got["one"]) == right["one"], (
        "'one' and 'several' are mixed up: where two entries fit, picking the first is a guess about a person. Re-read "
        "lesson 13, 'An attack, on a made-up register'."
    )
    assert int(got["none"]) == right["none"], "Count the rows without any entry as well."


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_gaps" points=1 objective="13.2"
# Hidden tests: empty cells on both sides.
### BEGIN HIDDEN TESTS
def _hidden_test():
    clinic = pd.DataFrame({"born": ["1950", None, "1961", "1972", None], "post": ["a", "b", None, "c", None]})
    voters = pd.DataFrame({"born": ["1950", None, "1961", None, "1972"], "post": ["a", "b", None, None, "c"]})
    got = link(clinic.copy(), voters.copy(), ["born", "post"])
    assert sum(map(int, got.values())) == 5, (
        "Each row of `patients` is counted once, also with an empty cell."
    )
    assert int(got["one"]) == 2 and int(got["none"]) == 3, (
        "Two empty cells were taken for the same value: a person without a birth date was 'recognised'. Read the prompt of "
        "item 4 again, and lesson 13, 'An attack, on a made-up register'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. An answer with noise, and a ledger (7 points)
#
# For other questions a count is enough. Write `private_count(table, code, unit, most_stays, epsilon, dice)`: how many have
# the diagnosis `code` (column `icd10`), plus Laplace noise, as a `float` that is neither rounded nor cut at zero.
#
# - `unit` `"people"`: different people (column `mrn`) with at least one such stay
# - `unit` `"stays"`: such stays. Nobody has more than `most_stays` rows in the table.
#
# Choose the noise so that the answer is `epsilon`-differentially private for whole people, with no more noise than that
# needs. `dice` is a NumPy random generator, `np.random.default_rng(...)`: draw from it, and from nothing else.


# %% answer="q5_count"
def private_count(table: pd.DataFrame, code: str, unit: str, most_stays: int, epsilon: float, dice) -> float:
    """A count with Laplace noise."""
    ### BEGIN SOLUTION
    having = table[table["icd10"] == code]
    if unit == "people":
        count, sensitivity = having["mrn"].nunique(), 1
    else:
        count, sensitivity = len(having), most_stays
    return float(count + dice.laplace(0, sensitivity / epsilon))
    ### END SOLUTION


# %% test="q5_form" points=1 objective="13.3"
import numbers

two = pd.DataFrame({"mrn": ["M1", "M2", "M3"], "icd10": ["J18.9", "J18.9", "N39.0"]})
dice = np.random.default_rng(1)
answer, again = (private_count(two, "J18.9", "people", 1, 1.0, dice) for _ in range(2))
assert isinstance(answer, numbers.Real) and not isinstance(answer, bool), "private_count returns a number."
assert abs(float(answer) - 2) < 40, (
    "Two people have J18.9; the noise is far larger than epsilon = 1 asks for."
)
assert answer != again, "Asked twice, it gives the same answer: noise is drawn from `dice` each time."


# %% test="q5_what_is_counted" points=1 objective="13.3"
# Hidden tests: people and stays in another table.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "icd10": ["F32.2"] * 30 + ["S72.0"] * 20,
            "mrn": [f"M{i % 12}" for i in range(30)] + [f"M{i}" for i in range(20)],
        }
    ).sample(frac=1, random_state=2)
    before = table.copy()
    dice = np.random.default_rng(138)

    def middle(code, unit):
        return float(np.median([private_count(table, code, unit, 4, 1.0, dice) for _ in range(400)]))

    for unit, right, slack in (("people", 12, 1), ("stays", 30, 3)):
        assert abs(middle("F32.2", unit) - right) < slack, (
            f"Asked for {unit}, the answer is not centred on the number of {unit}: one is different people, the other is "
            "rows. Re-read lesson 13, 'A number with noise, and a budget'."
        )
    assert table.equals(before), "The table that you were given has changed."
    assert abs(middle("none", "people")) < 1, (
        "Nobody has this code: the answer is centred on zero, above and below it."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_noise" points=2 objective="13.3"
# Hidden tests: 1,000 answers for each epsilon, to a count of people.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame({"mrn": [f"M{i}" for i in range(9)], "icd10": ["B24"] * 6 + ["N39.0"] * 3})
    middle, lowest, far = {}, {}, {}
    for epsilon in (0.2, 1.0, 4.0):
        dice = np.random.default_rng(135)
        noise = np.array([private_count(table, "B24", "people", 1, epsilon, dice) - 6 for _ in range(1_000)])
        assert len(np.unique(noise)) > 700, (
            "Answers repeat: the same noise again can be taken off again, and rounding is not asked for. Draw from `dice` "
            "each time. Re-read lesson 13, 'A number with noise, and a budget'."
        )
        far[epsilon] = float(np.quantile(np.abs(noise), 0.95)) * epsilon
        middle[epsilon], lowest[epsilon] = float(np.median(np.abs(noise))), float(noise.min())
    assert middle[0.2] > middle[4.0], (
        "The noise does not grow when epsilon gets smaller. A smaller epsilon promises *more* privacy. Re-read lesson 13, 'A number "
        "with noise, and a budget'."
    )
    assert lowest[0.2] < -6.01, (
        "No answer lies below zero: it was cut there, and then it is too large on average. Read the prompt of item 5 again."
    )
    for epsilon, half in middle.items():  # half of Laplace noise lies within scale * ln 2
        assert half < 1.2 * np.log(2) / epsilon, (
            "There is more noise than one answer needs: draw it once for the answer, not for each row, and from the Laplace "
            "distribution. Re-read lesson 13, 'A number with noise, and a budget'."
        )
        assert half > 0.8 * np.log(2) / epsilon, (
            "There is less noise than epsilon promises. The scale is sensitivity / epsilon. Re-read lesson 13, 'A number "
            "with noise, and a budget'."
        )
        # 3.0 for Laplace noise, 2.0 for normal noise of about the same width
        assert 2.4 < far[epsilon] < 3.6, (
            "The noise has not the tails of the Laplace distribution: normal noise of this width does not keep the promise "
            "of epsilon. Re-read lesson 13, 'A number with noise, and a budget'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_sensitivity" points=1 objective="13.3"
# Hidden tests: 1,000 answers to a count of stays.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {"mrn": ["M1", "M1", "M2", "M3", "M4"], "icd10": ["B24", "B24", "B24", "B24", "N39.0"]}
    )
    for most, epsilon, unit, scale in ((5, 1.0, "stays", 5), (2, 1.0, "stays", 2), (5, 1.0, "people", 1)):
        dice = np.random.default_rng(136)
        count = 4 if unit == "stays" else 3
        noise = [private_count(table, "B24", unit, most, epsilon, dice) - count for _ in range(1_000)]
        half = float(np.median(np.abs(noise))) / np.log(2)
        assert half > 0.8 * scale, (
            f"The noise for {unit} is too small: by how much can one person change this count at most, in any table that the "
            "rule allows? Re-read lesson 13, 'A number with noise, and a budget'."
        )
        assert half < 1.2 * scale, (
            f"The noise for {unit} is larger than it need be: by how much can one person change this count at most? "
            "Re-read lesson 13, 'A number with noise, and a budget'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now the ledger, a dict like `{"budget": 1.0, "spent": 0.4}`. Write `spend(ledger, epsilon)`: **may a question of this
# epsilon be answered?** If the budget allows it, add `epsilon` to `"spent"` **in the ledger itself** and return `True`.
# If not, change nothing and return `False`. An epsilon of zero or less is no question: `False`. Computers add `0.1` and `0.2`
# to a hair more than `0.3`: forgive an excess below one billionth (`1e-9`).


# %% answer="q5_spend"
def spend(ledger: dict, epsilon: float) -> bool:
    """Charge a question to the ledger, if the budget allows."""
    ### BEGIN SOLUTION
    if epsilon <= 0 or ledger["spent"] + epsilon > ledger["budget"] + 1e-9:
        return False
    ledger["spent"] += epsilon
    return True
    ### END SOLUTION


# %% test="q5_spend_form" points=1 objective="13.3"
ledger = {"budget": 2.0, "spent": 0.5}
assert spend(ledger, 0.5) is True, "There is budget left: the answer is True."
assert set(ledger) == {"budget", "spent"} and abs(ledger["spent"] - 1.0) < 1e-9, (
    "The question is charged to the ledger."
)


# %% test="q5_budget" points=1 objective="13.3"
# Hidden tests: a day of questions.
### BEGIN HIDDEN TESTS
def _hidden_test():
    ledger = {"budget": 1.0, "spent": 0.0}
    said = [bool(spend(ledger, 0.1)) for _ in range(12)]
    assert sum(said) == 10, (
        "A budget of 1 pays for ten questions of 0.1, not for more and not for fewer. Re-read lesson 13, 'A number with "
        "noise, and a budget'."
    )
    ledger = {"budget": 1.5, "spent": 1.0}
    assert not spend(ledger, 0.6) and abs(ledger["spent"] - 1.0) < 1e-9, (
        "A question that the budget cannot pay was answered or charged. Re-read lesson 13, 'A number with noise, and a "
        "budget'."
    )
    assert spend(ledger, 0.5) and abs(ledger["spent"] - 1.5) < 1e-9 and ledger["budget"] == 1.5, (
        "After a refusal a smaller question can still be paid, up to the whole budget."
    )
    ledger = {"budget": 0.3, "spent": 0.1 + 0.1}
    assert spend(ledger, 0.1), "Forgive an excess below one billionth."
    ledger = {"budget": 1.0, "spent": 1.0}
    assert not spend(ledger, -0.5) and not spend(ledger, 0) and ledger["spent"] == 1.0, (
        "A question with a negative epsilon gave budget back."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Which rule settles it? (3 points)
#
# Reading and classifying, not legal advice. Write `readings()`: it returns a **dict** from each letter to a pair: `"yes"`
# or `"no"`, and the id of the entry that settles it. Each entry is used once.
#
# | | Case | Question |
# |:---|:---|:---|
# | A | A hospital in the EU hashes six-digit record numbers, keeps its own table, and shares the rest. | For this hospital, are the shared rows anonymous? |
# | B | A hospital in the US removes names, numbers and all of a date but the year, and gives ages in years, up to `97`. | Does the table pass Safe Harbor? |
# | C | A hospital in the US keeps admission dates; a statistician has found and documented that the risk is very small. | Is there a way of the rule on which these can be [de-identified](../../notebooks/glossary.ipynb#cell-id=de-identified) data? |
# | D | A clinic in the EU wants to use diagnoses of patients it knows. Nobody has found a ground of article 9(2). | May it start? |
# | E | A region in the EU will process the health records of two million people. | Is an impact assessment required? |
# | F | In the EU, a program alone refuses people home care, and none of the exceptions of the law applies. | Do they have a right not to be subject to that? |
# | G | In the EU, a partner needs age and outcome for its purpose, and asks for all `32` columns in case. | Is that what the law calls limited to what is necessary? |
# | H | November 2026: "The European Health Data Space is in force, so most of its rules on secondary use apply." | Is that right? |
#
# The entries, in the [register of standards](../../datasets/standards/README.md): `gdpr-art-5`, `gdpr-art-9`,
# `gdpr-art-22`, `gdpr-art-35`, `gdpr-recital-26`, `hipaa-safe-harbor`, `hipaa-expert-determination`, `ehds`.


# %% answer="q6_readings"
def readings() -> dict:
    """For each case: yes or no, and the entry of the register that settles it."""
    ### BEGIN SOLUTION
    return {
        "A": ("no", "gdpr-recital-26"),
        "B": ("no", "hipaa-safe-harbor"),
        "C": ("yes", "hipaa-expert-determination"),
        "D": ("no", "gdpr-art-9"),
        "E": ("yes", "gdpr-art-35"),
        "F": ("yes", "gdpr-art-22"),
        "G": ("no", "gdpr-art-5"),
        "H": ("no", "ehds"),
    }
    ### END SOLUTION


# %% test="q6_form" points=1 objective="13.4"
read = readings()
assert isinstance(read, dict) and sorted(read) == list("ABCDEFGH"), (
    "readings returns a dict with the letters A to H."
)
for letter, pair in read.items():
    assert isinstance(pair, tuple | list) and len(pair) == 2 and pair[0] in ("yes", "no"), (
        f"{letter}: a pair of 'yes' or 'no' and an id."
    )
assert len({pair[1] for pair in read.values()}) == 8, "Each of the eight entries is used once."
assert tuple(read["E"]) == ("yes", "gdpr-art-35"), (
    "E: health records of two million people are special categories on a large scale."
)


# %% test="q6_us" points=1 objective="13.4"
# Hidden tests: cases B and C.
### BEGIN HIDDEN TESTS
def _hidden_test():
    read = {letter: tuple(pair) for letter, pair in readings().items()}
    assert read["B"] == ("no", "hipaa-safe-harbor"), (
        "B: look at what the rule does with ages over 89. Re-read lesson 13, 'Safe Harbor as code'."
    )
    assert read["C"] == ("yes", "hipaa-expert-determination"), (
        "C: US law knows two ways. Re-read lesson 13, 'What the law asks'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_eu" points=1 objective="13.4"
# Hidden tests: cases A, D, F, G and H.
### BEGIN HIDDEN TESTS
def _hidden_test():
    read = {letter: tuple(pair) for letter, pair in readings().items()}
    assert read["A"] == ("no", "gdpr-recital-26"), (
        "A: a hash is a pseudonym as long as somebody can go back to the person. Re-read lesson 13, from its start to 'Safe "
        "Harbor as code'."
    )
    settled = {
        "D": ("no", "gdpr-art-9"),
        "F": ("yes", "gdpr-art-22"),
        "G": ("no", "gdpr-art-5"),
        "H": ("no", "ehds"),
    }
    for letter, right in settled.items():
        assert read[letter] == right, (
            f"{letter}: read the case and the question again, and lesson 13, 'What the law asks'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The release note and the assessment (5 points)
#
# Write `release_note(table, areas)` for tables like `stays`. It returns a **dict** of whole numbers, about people:
#
# - `"people"`: different people
# - `"alone_before"`: alone by `["sex", "birth_date", "zip"]`
# - `"alone_after"`: alone by `["sex", "age", "zip"]` of the released table
# - `"smallest_after"`: the smallest class of the released table, by the same three columns
# - `"open_after"`: classes of **two** people or more, by the same three columns, with a single `icd10`
#
# The released table is each person's first row, put through your `safe_harbor` with `PLAN`. It has no `mrn` any more; to
# measure it you may put the column back, inside the hospital. A mistake in items 1 to 3 is not counted again here: the
# tests accept the right number, or the one that your own functions find. Put `0` for what you cannot count yet.


# %% answer="q7_note"
def release_note(table: pd.DataFrame, areas: pd.DataFrame) -> dict:
    """What those who decide must know about a release, with numbers counted from the table."""
    ### BEGIN SOLUTION
    first = table.drop_duplicates("mrn")
    released = safe_harbor(first, areas, PLAN).assign(mrn=first["mrn"])
    three = ["sex", "age", "zip"]
    after = crowding(released, three, "mrn")
    return {
        "people": len(first),
        "alone_before": crowding(first, ["sex", "birth_date", "zip"], "mrn")["alone"],
        "alone_after": after["alone"],
        "smallest_after": after["smallest"],
        "open_after": len(open_secrets(released, three, "icd10", "mrn", k=2)),
    }
    ### END SOLUTION


# %% test="q7_elements" points=1 objective="13.5"
import numbers

note = release_note(stays, areas)
for key in ("people", "alone_before", "alone_after", "smallest_after", "open_after"):
    assert isinstance(note.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
assert note["people"] == stays["mrn"].nunique(), "`people` is the number of different people in the table."


# %% test="q7_numbers" points=1 objective="13.5"
# Hidden tests: the note of another hospital (right, or equal to your own functions' numbers).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import collections
    import contextlib

    dice = np.random.default_rng(137)
    n = 260
    table = pd.DataFrame(
        {
            "mrn": [f"H{i}" for i in range(n)],
            "sex": dice.choice(["female", "male"], n),
            "birth_date": [f"{y}-0{m}-1{d}" for y, m, d in zip(
                dice.integers(1930, 1946, n), dice.integers(1, 4, n), dice.integers(0, 3, n), strict=True)],
            "zip": dice.choice(["00101", "00299", "61001", "61002", "90210"], n),
            "discharge_date": "2026-05-01",
            "icd10": dice.choice(["B24", "J18.9"], n, p=[0.4, 0.6]),
            "note": "x",
        }
    )  # fmt: skip
    table["age"] = 2026 - table["birth_date"].str[:4].astype(int)
    table = pd.concat(
        [table, table.sample(40, random_state=1).assign(discharge_date="2026-06-20", icd10="N39.0")]
    )
    there = pd.DataFrame({"zip3": ["001", "002", "610", "902"], "population": [20_000, 88_000, 20_001, 412]})
    first = table.drop_duplicates("mrn")
    kept = {"002", "610"}
    classes = collections.defaultdict(list)
    for row in first.itertuples():
        place = row.zip[:3] if row.zip[:3] in kept else "000"
        classes[row.sex, min(row.age, 90), place].append(row.icd10)
    before = collections.Counter(zip(first["sex"], first["birth_date"], first["zip"], strict=True))
    sizes = [len(codes) for codes in classes.values()]
    right = {
        "people": n,
        "alone_before": sum(size == 1 for size in before.values()),
        "alone_after": sizes.count(1),
        "smallest_after": min(sizes),
        "open_after": sum(len(codes) > 1 and len(set(codes)) == 1 for codes in classes.values()),
    }

    def released(rows):
        return safe_harbor(rows.copy(), there.copy(), PLAN).assign(mrn=rows["mrn"].to_numpy())

    three = ["sex", "age", "zip"]
    own = {
        "people": len,
        "alone_before": lambda rows: crowding(rows.copy(), ["sex", "birth_date", "zip"], "mrn")["alone"],
        "alone_after": lambda rows: crowding(released(rows), three, "mrn")["alone"],
        "smallest_after": lambda rows: crowding(released(rows), three, "mrn")["smallest"],
        "open_after": lambda rows: len(open_secrets(released(rows), three, "icd10", "mrn", 2)),
    }
    alike = pd.concat([first.head(1)] * 7).assign(mrn=[f"T{i}" for i in range(7)])  # seven people, one class
    got = release_note(table.copy(), there.copy())
    for key, number in right.items():
        accepted = {number}
        with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
            # a function that says of seven people alike what it says of all has counted nothing
            if key == "open_after" or own[key](first) != own[key](alike):
                accepted.add(own[key](first))
        assert int(got[key]) in accepted, (
            f"'{key}' is neither the right number nor what your own functions find in the table that they are given. "
            "Measure the released table, one row a person; count, do not type. Re-read lesson 13, 'How many look like "
            "you?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %%
print(release_note(stays, areas))
people = stays.drop_duplicates("mrn")
print("sex, birth date and ZIP:", link(people, register, ["sex", "birth_date", "zip"]), "of", len(people))

# %% [markdown]
# Last, write the **data-sharing assessment** (`60` to `150` words) for those who decide on Friday. The cell above shows
# your numbers once items 1 to 4 and the first part of 7 are answered. A person reads it, one point for each:
#
# 1. **Request and rule:** who asks for what and for which purpose, and one rule that applies, with its id.
# 2. **Risk:** two of your numbers, each with "of how many people", and what could happen to a person, also through a link
#    that is wrong.
# 3. **Decision:** what you send (all, less, or another thing), under which condition, and what the university loses by it. (First rows alone, for one, cannot show who comes back.)

# %% [markdown] written="q7_assessment" points=3 objective="13.5"
# ### BEGIN SOLUTION
# A university group asks for rows of our medical patients (age, sex, area, year, diagnosis) to study who comes back; our
# columns follow Safe Harbor (hipaa-safe-harbor). That does not end the risk. As the hospital holds them, 263 of 265 people
# are alone with sex, birth date and ZIP; in the table to be sent 132 of 265 still are, and in 9 classes everybody has the
# same diagnosis. Whoever knows a patient reads off an illness that was theirs to tell. A join to a register names 103 of
# 265 people, some of them wrongly: then a stranger is treated as ill. We therefore send ten-year bands without the area,
# and no notes or numbers, under a contract that forbids linking and passing on and ends with the study. The university
# loses any comparison of areas; for that it may send us its program, and we run it here.
# ### END SOLUTION
