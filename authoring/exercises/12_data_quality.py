# %% [markdown]
# # Three clinics and two copies of a heart table
#
# Your note about the first table was read. On Wednesday the data team sends three more files. One holds
# visits at three clinics that want to use the model. The other two carry the same name, "Cleveland heart
# disease", and came from two colleagues. "Same table, take either," says the message.
#
# On Friday you say what goes to the model, what is set aside and why, and what the next reader must know.
# If you miss something, a patient at one of the clinics gets a wrong risk, and nobody will see it in the
# output.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# The people in `three_clinics.csv` are invented; those in the other files are real. You write functions
# rather than numbers, because the clinics send a new file every quarter: the hidden tests are that next file.
# Its row labels need not be 0, 1, 2 ..., and except in item 5 they may repeat.
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
# *New to the ward?* `sbp` and `dbp` are the upper and lower blood pressure in mmHg; a follow-up is a
# planned second visit.

# %%
import pandas as pd

people = pd.read_csv("data/nhefs.csv")
visits = pd.read_csv("data/three_clinics.csv")
cleveland = pd.read_csv("data/cleveland.csv")
hearts_copy = pd.read_csv("data/hearts_copy.csv")
visits.head()

# %% [markdown]
# ## 1. What does a 2 mean? (3 points)
#
# The codebook of the first table says:
#
# | column | question | codes |
# |:---|:---|:---|
# | `hbp` | ever had high blood pressure? | 0 no, 1 yes, 2 missing |
# | `active` | how active on a usual day? | 0 very, 1 moderately, 2 inactive |
# | `alcoholfreq` | how often do you drink? | 0 almost daily ... 4 not last year, 5 unknown |
#
# Write `recode_unknown(table, codes)`: it returns a **new DataFrame** in which the codes for "unknown" are
# empty (`NaN`). `codes` names the columns concerned and the code of each, as in
# `{"hbp": 2, "alcoholfreq": 5}`. Everything else stays as it was, `table` itself too.
#
# ```
# before  hbp  active           after  hbp  active
#           0       2                    0       2
#           2       0                  NaN       0
# ```


# %% answer="q1_recode"
def recode_unknown(table: pd.DataFrame, codes: dict) -> pd.DataFrame:
    """A copy of `table` in which each column of `codes` is empty where it holds its code for "unknown"."""
    ### BEGIN SOLUTION
    recoded = table.copy()
    for column, code in codes.items():
        recoded[column] = table[column].mask(table[column] == code)
    return recoded
    ### END SOLUTION


# %% test="q1_recode_form" points=1 objective="12.1"
small = pd.DataFrame({"hbp": [0, 2, 1, 0]})
recoded = recode_unknown(small, {"hbp": 2})
assert isinstance(recoded, pd.DataFrame), "recode_unknown returns a DataFrame (end it with `return`)."
assert list(recoded.columns) == ["hbp"] and len(recoded) == 4, "The new table has the same rows and columns."
assert recoded["hbp"].isna().tolist() == [False, True, False, False], (
    "A code that stands for 'unknown' becomes an empty value, and no other value does. Re-read lesson 12, "
    "'Recode what the codebook says, and nothing else'."
)


# %% test="q1_only_listed" points=1 objective="12.1"
# Hidden tests: another questionnaire, several columns with different codes, the codes also as real answers.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(41)
    table = pd.DataFrame(
        {
            "asked_pain": dice.choice([0, 1, 7], 60),
            "walks": dice.choice([0, 1, 2, 7], 60),
            "sleep": dice.choice([0.0, 1.0, 2.0, 9.0, np.nan], 60),
            "nights_awake": dice.integers(0, 10, 60),
            "note": dice.choice(["7", "9", "none"], 60),
        },
        index=[f"bed {i % 25}" for i in range(60)],
    )
    before = table.copy()
    got = recode_unknown(table, {"asked_pain": 7, "sleep": 9})
    assert table.equals(before), (
        "The table that you were given has changed: work on a copy, so that the original can still be "
        "looked at."
    )
    same = [
        got[c].tolist() == before[c].tolist() for c in ("walks", "nights_awake", "note") if c in got.columns
    ]
    assert same == [True] * 3, (
        "A number was blanked in a column where it is a real answer: the same number can be 'unknown' in "
        "one column and an answer in the next; only the codebook knows. Re-read lesson 12, 'Recode what "
        "the codebook says, and nothing else'."
    )
    for column, code in {"asked_pain": 7, "sleep": 9}.items():
        unknown = (before[column].isna() | (before[column] == code)).tolist()
        assert len(got) == 60, (
            "Rows were lost: a person with an unknown answer is still a person. Re-read lesson 12, 'Who is "
            "missing?'."
        )
        assert got[column].isna().tolist() == unknown, (
            "A code for 'unknown' is still read as an answer in a listed column. Re-read lesson 12, "
            "'Recode what the codebook says, and nothing else'."
        )
        kept = [float(v) for v, gone in zip(got[column], unknown, strict=True) if not gone]
        assert kept == [float(v) for v, gone in zip(before[column], unknown, strict=True) if not gone], (
            "Real answers have changed as well: only the code becomes empty."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `share_yes(answers, unknown)`: the **share** (a number from 0 to 1) of people who said yes, among
# those who answered. `answers` is a column of 1 for yes and 0 for no; empty cells and the code `unknown` are
# no answers.
#
# ```
# share_yes(pd.Series([1, 0, 0, 2, 0, 2]), unknown=2)  ->  0.25
# ```


# %% answer="q1_share"
def share_yes(answers: pd.Series, unknown: int) -> float:
    """Share of 1 among the people who answered."""
    ### BEGIN SOLUTION
    return answers[answers.isin([0, 1]) & (answers != unknown)].mean()
    ### END SOLUTION


# %% test="q1_share_answered" points=1 objective="12.1"
quarter = share_yes(pd.Series([1, 0, 0, 0]), unknown=2)
assert abs(float(quarter) - 0.25) < 1e-9, (
    "When everybody answered, one yes in four people is a share of 0.25."
)


# Hidden tests: another column with another code and with empty cells; the first table.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(42)
    for code, mix in ((9, [0.5, 0.1, 0.3, 0.1]), (2, [0.6, 0.02, 0.35, 0.03]), (-1, [0.2, 0.3, 0.4, 0.1])):
        answers = pd.Series(dice.choice([0.0, 1.0, code, np.nan], 400, p=mix))
        yes, no = int((answers == 1).sum()), int((answers == 0).sum())
        untouched = answers.copy()
        share = float(share_yes(answers, unknown=code))
        assert answers.equals(untouched), "The column that you were given has changed: work on a copy."
        assert abs(share - yes / len(answers)) > 1e-6, (
            "You divide by everybody: people who were not asked now count as 'no'. Re-read lesson 12, from "
            "its start to 'Recode what the codebook says, and nothing else'."
        )
        assert abs(share - yes / (yes + no)) < 1e-3, (
            "The code stands for 'not known', yet it went into the share as if it were an answer. Re-read "
            "lesson 12, from its start to 'Recode what the codebook says, and nothing else'."
        )
    first = pd.read_csv("data/nhefs.csv")["diabetes"]
    assert abs(float(share_yes(first, 2)) - (first == 1).sum() / first.isin([0, 1]).sum()) < 1e-3, (
        "On the diabetes column of the first table the share is wrong: who is in the denominator? Re-read "
        "lesson 12, from its start to 'Recode what the codebook says, and nothing else'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Who is missing? (4 points)
#
# Write `missing_by_group(table, column, group)`: it returns a **DataFrame with one row for each value of
# `group`** (as its index) that says for how many people `column` is empty. Its columns:
#
# - `n`: people in the group (one row is one person here)
# - `missing`: people whose `column` is empty
# - `share`: `missing` divided by `n`
# - `low`, `high`: the 95 % Wilson interval of `share` (see the
#   [glossary](../../notebooks/glossary.ipynb#cell-id=Wilson-interval)), not rounded
#
# People whose own group is empty are people too: they get a row named `not recorded`.
#
# ```
# table   ward  lactate        result         n  missing  share   low  high
#         east      1.1        east           2        1   0.50  0.09  0.91
#         east                 not recorded   1        0   0.00  0.00  0.79
#                   2.0
# ```


# %% answer="q2_missing"
def missing_by_group(table: pd.DataFrame, column: str, group: str) -> pd.DataFrame:
    """For each value of `group`: n, missing, share, and the 95 % Wilson interval (low, high)."""
    ### BEGIN SOLUTION
    from statsmodels.stats.proportion import proportion_confint

    groups = table[group].astype(object).where(table[group].notna(), "not recorded")
    result = table[column].isna().groupby(groups).agg(n="size", missing="sum")
    result["share"] = result["missing"] / result["n"]
    result["low"], result["high"] = proportion_confint(result["missing"], result["n"], method="wilson")
    return result
    ### END SOLUTION


# %% test="q2_form" points=1 objective="12.3"
table = pd.DataFrame({"ward": ["east", "east", "west"], "lactate": [1.1, 0.8, 2.0]})
result = missing_by_group(table, "lactate", "ward")
assert isinstance(result, pd.DataFrame), "missing_by_group returns a DataFrame."
for name in ("n", "missing", "share", "low", "high"):
    assert name in result.columns, f"The column '{name}' is not there."
assert len(result) == 2, "Two wards make two rows."
assert sorted(result["n"]) == [1, 2], "`n` is the number of people in each group."
assert list(result["missing"]) == [0, 0], "Nobody's lactate is empty here, so `missing` is 0 in both wards."


# %% test="q2_counts" points=1 objective="12.3"
# Hidden tests: another ward, other columns with gaps of their own, other row labels.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(43)
    table = pd.DataFrame(
        {
            "shift": dice.choice(["night", "day", "late"], 300, p=[0.2, 0.6, 0.2]),
            "spo2": np.where(dice.random(300) < 0.2, np.nan, dice.integers(80, 100, 300)),
            "pain": np.where(dice.random(300) < 0.3, np.nan, 4.0),
        },
        index=dice.integers(0, 40, 300),
    )
    before = table.copy()
    got = missing_by_group(table, "spo2", "shift")
    got = got.set_index("shift") if "shift" in got.columns else got
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    for shift in ("night", "day", "late"):
        n = int((before["shift"] == shift).sum())
        missing = int(before.loc[before["shift"] == shift, "spo2"].isna().sum())
        assert shift in got.index, "A group has no row. Re-read lesson 12, 'Who is missing?'."
        row = got.loc[shift]
        assert int(row["n"]) == n, (
            "`n` is too small: dropping people with a gap hides the people you are asked to count. Re-read "
            "lesson 12, 'Who is missing?'."
        )
        assert int(row["missing"]) == missing, (
            "`missing` counts the people of the group whose `column` is empty, and no other column's gaps. "
            "Re-read lesson 12, 'Who is missing?'."
        )
        assert abs(float(row["share"]) - missing / n) < 1e-3, (
            "`share` is `missing` divided by everybody in the group."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_interval" points=1 objective="12.3"
# Hidden tests: the interval in small groups, also where nobody is missing.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    sizes = {"ICU": (4, 0), "ward 7": (9, 2), "clinic": (30, 3), "home": (200, 31)}
    table = pd.DataFrame(
        {
            "place": [p for p, (n, _) in sizes.items() for _ in range(n)],
            "weight": [np.nan if i < gaps else 70.0 + i for n, gaps in sizes.values() for i in range(n)],
        }
    ).sample(frac=1, random_state=3)
    got = missing_by_group(table, "weight", "place")
    got = got.set_index("place") if "place" in got.columns else got
    assert sorted(map(str, got.index)) == sorted(sizes), (
        "There is one row for each group. Re-read lesson 12, 'Who is missing?'."
    )
    assert got["n"].nunique() == 4, (
        "Groups of different size have the same `n`. Re-read lesson 12, 'Who is missing?'."
    )
    z = 1.959964
    for place in sizes:
        n, k = float(got.loc[place, "n"]), float(got.loc[place, "missing"])
        middle = (k + z * z / 2) / (n + z * z)
        half = z / (n + z * z) * (k * (n - k) / n + z * z / 4) ** 0.5
        low, high = float(got.loc[place, "low"]), float(got.loc[place, "high"])
        assert high - low > 0.01, (
            "An interval without width claims that four people prove 0 %: the simple formula fails in "
            "small groups. Re-read lesson 12, 'Who is missing?'."
        )
        assert abs(low - (middle - half)) < 0.002 and abs(high - (middle + half)) < 0.002, (
            "`low` and `high` are not the 95 % Wilson interval of your own `missing` and `n`. Re-read "
            "lesson 12, 'Who is missing?'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_not_recorded" points=1 objective="12.3"
# Hidden tests: people whose group nobody wrote down.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(44)
    for groups in (["yes", "no", None], [11.0, 12.0, np.nan]):
        table = pd.DataFrame(
            {"insured": dice.choice(np.array(groups, dtype=object), 120), "bmi": dice.integers(19, 40, 120)}
        )
        if not isinstance(groups[0], str):
            table["insured"] = table["insured"].astype(float)
        got = missing_by_group(table, "bmi", "insured")
        got = got.set_index("insured") if "insured" in got.columns else got
        nobody = table[table["insured"].isna()]
        assert int(got["n"].sum()) == 120, (
            "The groups do not add up to everybody: people whose group is empty have vanished from the "
            "table. Re-read lesson 12, 'Who is missing?'."
        )
        rows = [i for i, label in enumerate(got.index) if pd.isna(label) or str(label) == "not recorded"]
        assert len(rows) == 1 and len(got) == 3, (
            "People whose group is empty need one row of their own: `not recorded`."
        )
        row = got.iloc[rows[0]]
        assert (int(row["n"]), int(row["missing"])) == (len(nobody), int(nobody["bmi"].isna().sum())), (
            "The row `not recorded` does not hold exactly the people whose group is empty. Re-read lesson "
            "12, 'Who is missing?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. One column, two units (3 points)
#
# Write `weight_in_kg(table)`: a **Series of weights in kg**, in the order and with the row labels of `table`.
# The column `weight_unit` says how `weight` was written: `kg` or `lb` (1 lb is exactly `0.45359237` kg).
# Where the unit is anything else, or empty, nobody knows the weight: `NaN`.
#
# ```
# weight  weight_unit        result
#   80.0  kg                  80.00
#    100  lb                  45.36
#     11  st                    NaN
# ```


# %% answer="q3_weight"
def weight_in_kg(table: pd.DataFrame) -> pd.Series:
    """Weight of each row in kg, by the unit recorded in that row; NaN where the unit is not kg or lb."""
    ### BEGIN SOLUTION
    kg_per_unit = table["weight_unit"].map({"kg": 1.0, "lb": 0.45359237})
    return table["weight"] * kg_per_unit
    ### END SOLUTION


# %% test="q3_form" points=1 objective="12.2"
import numpy as np

table = pd.DataFrame(
    {"clinic": ["A", "B"], "weight": [80.0, 100.0], "weight_unit": ["kg", "lb"]}, index=[7, 3]
)
kg = weight_in_kg(table)
assert isinstance(kg, pd.Series) and list(kg.index) == [7, 3], "A Series with the row labels of the table."
assert np.allclose(kg, [80.0, 45.359237]), "80 kg stays 80; 100 lb is about 45.4 kg."


# %% test="q3_by_unit" points=1 objective="12.2"
# Hidden tests: other clinics, every mix of units, light adults in lb and heavy ones in kg.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(45)
    table = pd.DataFrame(
        {
            "clinic": dice.choice(["A", "B", "C", "Harbour"], 200),
            "weight": np.append(dice.integers(60, 290, 195), [98, 105, 169, 190, 231]).astype(float),
            "weight_unit": np.append(dice.choice(["kg", "lb"], 195), ["lb", "lb", "kg", "kg", "kg"]),
        },
        index=[f"row {i}" for i in range(200)],
    ).sample(frac=1, random_state=8)
    before = table.copy()
    got = weight_in_kg(table)
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    assert len(got) == 200, "Every row has a weight: none may be dropped."
    right = np.where(before["weight_unit"] == "lb", before["weight"] * 0.45359237, before["weight"])
    wrong = ~np.isclose(np.asarray(got, dtype=float), right, rtol=1e-4)
    assert not wrong.all(), "The weights are in another order than the rows, or in another unit than kg."
    assert not wrong.any(), (
        "One rule was applied whatever unit the row records. A clinic can write both units, an adult can "
        "weigh 98 lb, and another 231 kg: only the unit in the same row decides. Re-read lesson 12, 'What "
        "no range sees'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_unknown_unit" points=1 objective="12.2"
# Hidden tests: units that are neither kg nor lb, and empty ones.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    table = pd.DataFrame(
        {
            "clinic": ["B", "A", "B", "C", "A"],
            "weight": [12.0, 71.5, 150.0, 88.0, 64.0],
            "weight_unit": ["st", "kg", None, "?", "kg"],
        }
    )
    got = np.asarray(weight_in_kg(table), dtype=float)
    assert len(got) == 5, "A row was dropped because its unit is unknown: it stays, with an empty weight."
    assert np.allclose(got[[1, 4]], [71.5, 64.0]), "A weight recorded in kg stays as it is."
    assert np.isnan(got[[0, 2, 3]]).all(), (
        "You guessed a unit that nobody recorded. A guessed weight looks like a measured one: leave it "
        "empty. Re-read lesson 12, 'Quarantine: set aside, with a reason'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The same visit twice (3 points)
#
# Write `repeated_visits(table)`: a **set of the `visit_id`s of all visits that were entered more than once**:
# the same `person_id`, at the same `clinic`, on the same calendar day of `visit_time` (text such as
# `2025-03-03T13:10`). All copies belong to it, for you do not know which one is right. The same person on
# another day is a follow-up, not a repeat.
#
# ```
# visit_id  person_id  clinic  visit_time
# V1        P1         A       2025-03-03T13:10
# V2        P1         A       2025-03-03T13:25
# V3        P1         A       2025-03-17T13:10        result: {"V1", "V2"}
# ```


# %% answer="q4_repeated"
def repeated_visits(table: pd.DataFrame) -> set:
    """The visit_ids of all entries of a visit that stands more than once in the table."""
    ### BEGIN SOLUTION
    day = pd.to_datetime(table["visit_time"]).dt.date
    repeated = table.assign(day=day).duplicated(["person_id", "clinic", "day"], keep=False)
    return set(table.loc[repeated.to_numpy(), "visit_id"])
    ### END SOLUTION


# %% test="q4_form" points=1 objective="12.2"
table = pd.DataFrame(
    {
        "visit_id": ["V1", "V2", "V2"],
        "person_id": ["P1", "P2", "P2"],
        "clinic": ["A", "A", "A"],
        "visit_time": ["2025-03-03T13:10", "2025-03-04T09:00", "2025-03-04T09:00"],
    }
)
found = repeated_visits(table)
assert isinstance(found, set | frozenset), "The result is a set, such as {'V1', 'V2'}."
assert found == {"V2"}, "The row V2 stands twice, word for word; V1 stands once."


# %% test="q4_retyped" points=1 objective="12.2"
# Hidden tests: visits that somebody typed in twice, far apart in the table, with other minutes or weights.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(46)
    rows, repeats, first_entries = [], set(), set()
    for person in range(60):
        day = f"2026-0{dice.integers(1, 10)}-{dice.integers(10, 29)}"
        copies = [1, 1, 1, 2, 3][dice.integers(0, 5)]
        for copy in range(copies):
            time = f"{day}T{9 + copy:02}:{dice.integers(10, 60)}"
            rows.append((f"K{len(rows):03}", f"N{person}", "Harbour", time, 70.0 + copy / 10))
            if copies > 1:
                repeats.add(rows[-1][0])
                if copy == 0:
                    first_entries.add(rows[-1][0])
    table = pd.DataFrame(rows, columns=["visit_id", "person_id", "clinic", "visit_time", "weight"])
    table = table.sample(frac=1, random_state=9)
    before = table.copy()
    found = repeated_visits(table)
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    assert found & repeats, (
        "A visit that was typed in twice has a new number and other minutes, so no two rows are equal in "
        "every column; ask what makes two rows the same visit. Re-read lesson 12, 'What no range "
        "sees'."
    )
    assert not repeats - found, (
        "Some entries of a repeated visit are not in your set. All of them belong to it: you do not know "
        "which one is right. Re-read lesson 12, 'What no range sees'."
    )
    assert found == repeats, (
        "Visits that stand only once are in your set. Re-read lesson 12, 'What no range sees'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_follow_ups" points=1 objective="12.2"
# Hidden tests: follow-ups, midnight, two clinics on one day, two people at the same minute; one true repeat.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = [
        ("a", "P1", "North", "2026-05-04T10:00"),
        ("b", "P1", "North", "2026-05-18T10:00"),
        ("c", "P2", "North", "2026-05-04T23:50"),
        ("d", "P2", "North", "2026-05-05T00:10"),
        ("e", "P3", "North", "2026-05-04T09:00"),
        ("f", "P3", "South", "2026-05-04T15:00"),
        ("g", "P4", "South", "2026-05-04T15:00"),
        ("h", "P5", "South", "2026-06-01T08:00"),
        ("h", "P5", "South", "2026-06-01T08:00"),
        ("i", "P5", "South", "2026-07-01T08:00"),
    ]
    table = pd.DataFrame(
        rows, columns=["visit_id", "person_id", "clinic", "visit_time"], index=range(10, 0, -1)
    )
    found = set(repeated_visits(table))
    assert "h" in found, "A row that stands twice word for word is missing from your set."
    assert not found & {"a", "b", "c", "d", "i"}, (
        "A person who comes back on another day is a follow-up, not a repeat; a new day begins at "
        "midnight. Re-read lesson 12, 'What no range sees'."
    )
    assert found == {"h"}, (
        "Another person, or another clinic, is another visit. Re-read lesson 12, 'What no range sees'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Rules, and a place for what breaks them (7 points)
#
# Write `quality_rules()`: a **dict of three pandera schemas** (`pa.DataFrameSchema`), one for each kind of rule.
# The limits themselves are allowed.
#
# | kind (key of the dict) | column | rule |
# |:---|:---|:---|
# | `"conformance"` | `sex` | `female` or `male` |
# | `"conformance"` | `weight_unit` | `kg` or `lb` |
# | `"completeness"` | `visit_id`, `person_id` | never empty |
# | `"plausibility"` | `age` | `0` to `120` years |
# | `"plausibility"` | `height_cm` | `50` to `250` cm |
# | `"plausibility"` | `weight_kg` | above `0` and up to `500` kg |
# | `"plausibility"` | `dbp` | below `sbp` of the same row |
#
# A gap breaks nothing but the completeness rules. `weight_kg` is your item 3; the tests bring their own, so a
# mistake there costs nothing here.


# %% answer="q5_rules"
import pandera.pandas as pa


def quality_rules() -> dict:
    """Three schemas: conformance, completeness, plausibility. Each names only its own rules."""
    ### BEGIN SOLUTION
    conformance = pa.DataFrameSchema(
        {
            "sex": pa.Column(checks=pa.Check.isin(["female", "male"]), nullable=True),
            "weight_unit": pa.Column(checks=pa.Check.isin(["kg", "lb"]), nullable=True),
        }
    )
    completeness = pa.DataFrameSchema(
        {"visit_id": pa.Column(nullable=False), "person_id": pa.Column(nullable=False)}
    )
    plausibility = pa.DataFrameSchema(
        {
            "age": pa.Column(checks=pa.Check.in_range(0, 120), nullable=True),
            "height_cm": pa.Column(checks=pa.Check.in_range(50, 250), nullable=True),
            "weight_kg": pa.Column(checks=pa.Check.in_range(0, 500, include_min=False), nullable=True),
        },
        checks=pa.Check(lambda rows: ~(rows["dbp"] >= rows["sbp"]), name="dbp"),
    )
    return {"conformance": conformance, "completeness": completeness, "plausibility": plausibility}
    ### END SOLUTION


# %% test="q5_rules_form" points=1 objective="12.2"
import pandera.pandas as pa

sound = pd.DataFrame(
    {
        "visit_id": ["V1", "V2"],
        "person_id": ["P1", "P2"],
        "sex": ["female", "male"],
        "age": [44, 71],
        "height_cm": [173.9, 160.0],
        "weight_unit": ["kg", "lb"],
        "weight_kg": [71.2, 60.3],
        "sbp": [142.0, 120.0],
        "dbp": [80.0, 70.0],
    }
)
schemas = quality_rules()
for kind in ("conformance", "completeness", "plausibility"):
    schema = schemas.get(kind)
    model = isinstance(schema, type) and issubclass(schema, pa.DataFrameModel)
    assert model or isinstance(schema, pa.DataFrameSchema), (
        f"`{kind}` is not there, or is not a pandera schema."
    )
    try:
        schema.validate(sound.copy(), lazy=True)
    except (pa.errors.SchemaError, pa.errors.SchemaErrors):
        raise AssertionError(
            f"Your rules for {kind} refuse two sound rows: run schemas['{kind}'].validate(sound) to see why."
        ) from None


# %% test="q5_separate_rules" points=1 objective="12.2"
# Hidden tests: rows with one fault each; the schema of that kind refuses it, the other two do not.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import pandera.pandas as pa

    good = {
        "visit_id": "V7",
        "person_id": "P7",
        "sex": "female",
        "age": 52,
        "height_cm": 166.5,
        "weight_unit": "kg",
        "weight_kg": 66.0,
        "sbp": 131.0,
        "dbp": 79.0,
    }
    faults = [
        ("conformance", {"sex": "F"}),
        ("conformance", {"weight_unit": "stone"}),
        ("completeness", {"visit_id": None}),
        ("completeness", {"person_id": None}),
        ("plausibility", {"age": 131}),
        ("plausibility", {"age": -4}),
        ("plausibility", {"height_cm": 1.71}),
        ("plausibility", {"height_cm": 1710.0}),
        ("plausibility", {"weight_kg": 0.0}),
        ("plausibility", {"weight_kg": 661.0}),
        ("plausibility", {"sbp": 74.0, "dbp": 118.0}),
        ("plausibility", {"sbp": 90.0, "dbp": 90.0}),
    ]
    schemas = quality_rules()
    assert set(schemas) == {"conformance", "completeness", "plausibility"}, (
        "There are three kinds of rule, no more."
    )
    for fault_kind, fault in faults:
        table = pd.DataFrame([good, {**good, "visit_id": "V8", "person_id": "P8", **fault}])
        for kind, schema in schemas.items():
            try:
                schema.validate(table.copy(), lazy=True)
                refused = False
            except (pa.errors.SchemaError, pa.errors.SchemaErrors):
                refused = True
            assert refused or kind != fault_kind, (
                f"A fault in {' and '.join(fault)} passes your {kind} rules. Re-read lesson 12, 'Rules: "
                "three kinds of question'."
            )
            assert not refused or kind == fault_kind, (
                f"A fault in {' and '.join(fault)} is one of {fault_kind}, and your {kind} rules refuse it "
                "as well: the reason would mislead the clinic. Re-read lesson 12, 'Rules: three kinds of "
                "question'."
            )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `set_aside(table)`: it returns **two DataFrames, `(kept, quarantined)`**. Every row of `table` is in
# exactly one of them, unchanged and with its row label. `quarantined` has one more column, `reason`: each rule
# that the row breaks as `kind: column`, joined by `; ` (for the last rule of the list: `plausibility: dbp`).
#
# ```
# row of table                      reason
# age 214                           plausibility: age
# sex "F", height_cm 17.1           conformance: sex; plausibility: height_cm
# age 104, weight_kg 169.2          (kept: rare, not impossible)
# sbp and dbp empty                 (kept: a gap)
# ```
#
# *Hint:* `schema.validate(table, lazy=True)` raises `pa.errors.SchemaErrors`, whose `failure_cases` lists the
# failures with their row labels. For a rule about two columns it lists the row once for every column, so give
# that rule a name and use it. Any other way is as good. Row labels are unique.


# %% answer="q5_set_aside"
def set_aside(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split `table` into rows that break no rule and rows that break one, with the reason."""
    ### BEGIN SOLUTION
    reasons = pd.Series([[] for _ in range(len(table))], index=table.index, dtype=object)
    for kind, schema in quality_rules().items():
        try:
            schema.validate(table, lazy=True)
        except pa.errors.SchemaErrors as found:
            for case in found.failure_cases.itertuples():
                column = case.column if case.schema_context == "Column" else case.check
                reason = f"{kind}: {column}"
                if reason not in reasons[case.index]:
                    reasons[case.index].append(reason)
    broken = reasons.map(len) > 0
    quarantined = table[broken].assign(reason=reasons[broken].map("; ".join))
    return table[~broken].copy(), quarantined
    ### END SOLUTION


# %% test="q5_set_aside_form" points=1 objective="12.2"
two = pd.DataFrame(
    {
        "visit_id": ["V1", "V2"],
        "person_id": ["P1", "P2"],
        "sex": ["female", "male"],
        "age": [44, 214],
        "height_cm": [173.9, 160.0],
        "weight_unit": ["kg", "lb"],
        "weight_kg": [71.2, 60.3],
        "sbp": [142.0, 120.0],
        "dbp": [80.0, 70.0],
    }
)
kept, quarantined = set_aside(two)
assert isinstance(kept, pd.DataFrame) and isinstance(quarantined, pd.DataFrame), (
    "The result is two DataFrames."
)
assert list(kept["visit_id"]) == ["V1"], "The first row breaks no rule: it is kept."
assert list(quarantined["visit_id"]) == ["V2"], (
    "Nobody is 214 years old: the second row is set aside, not deleted."
)
assert "reason" in quarantined.columns and "reason" not in kept.columns, (
    "Only the rows set aside get a reason."
)
assert "age" in quarantined["reason"].iloc[0], "The reason names the column."


# %% test="q5_impossible" points=1 objective="12.2"
# Hidden tests: impossible values in another table, with other row labels; nobody is lost, repaired or invented.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(47)
    n = 80
    table = pd.DataFrame(
        {
            "person_id": [f"N{i}" for i in range(n)],
            "visit_id": [f"W{i}" for i in range(n)],
            "age": dice.integers(18, 95, n),
            "sex": dice.choice(["female", "male"], n),
            "weight_unit": dice.choice(["kg", "lb"], n),
            "weight_kg": dice.integers(45, 120, n).astype(float),
            "height_cm": dice.integers(145, 195, n).astype(float),
            "dbp": dice.integers(55, 90, n).astype(float),
            "sbp": dice.integers(100, 170, n).astype(float),
        },
        index=[f"line {i}" for i in range(n)],
    )
    labels = list(dice.permutation(table.index)[:9])
    for label, (column, value) in zip(
        labels,
        [
            ("age", 133),
            ("age", -1),
            ("height_cm", 16.8),
            ("height_cm", 1680.0),
            ("weight_kg", 0.0),
            ("weight_kg", 720.0),
            ("dbp", 190.0),
            ("sex", "M"),
            ("weight_unit", "lbs"),
        ],
        strict=True,
    ):
        table.loc[label, column] = value
    before = table.copy()
    kept, quarantined = set_aside(table)
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    assert len(kept) + len(quarantined) == n and sorted([*kept.index, *quarantined.index]) == sorted(
        before.index
    ), (
        "The two parts do not add up to the table: a row was lost, doubled or given a new label. Setting "
        "aside is not deleting. Re-read lesson 12, 'Quarantine: set aside, with a reason'."
    )
    assert set(labels) <= set(quarantined.index), (
        "A row with an impossible value, or with values that contradict each other, was kept. Re-read "
        "lesson 12, 'Rules: three kinds of question'."
    )
    assert set(quarantined.index) == set(labels), (
        "A row that breaks no rule was set aside. Re-read lesson 12, 'Rules: three kinds of question'."
    )
    for part in (kept, quarantined):
        for column in before.columns:
            assert (
                column in part.columns and part[column].tolist() == before.loc[part.index, column].tolist()
            ), (
                "A value was repaired by guesswork or lost: what was written stays as it was written. "
                "Re-read lesson 12, 'Quarantine: set aside, with a reason'."
            )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_reasons" points=1 objective="12.2"
# Hidden tests: each reason names kind and column, all of them when a row breaks several rules.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import re

    good = {
        "visit_id": "V7",
        "person_id": "P7",
        "sex": "male",
        "age": 38,
        "height_cm": 181.0,
        "weight_unit": "lb",
        "weight_kg": 80.3,
        "sbp": 118.0,
        "dbp": 66.0,
    }
    faults = {
        "one": {"age": 214},
        "two": {"sex": "m", "height_cm": 17.4},
        "three": {"sbp": 70.0, "dbp": 121.0, "age": 140},
        "four": {"person_id": None, "weight_unit": "g", "weight_kg": 0.0},
        "five": {"visit_id": None},
        "six": {},
    }
    named = {
        "one": {("plausibility", "age")},
        "two": {("conformance", "sex"), ("plausibility", "height_cm")},
        "three": {("plausibility", "dbp"), ("plausibility", "age")},
        "four": {
            ("completeness", "person_id"),
            ("conformance", "weight_unit"),
            ("plausibility", "weight_kg"),
        },
        "five": {("completeness", "visit_id")},
    }
    table = pd.DataFrame([{**good, **fault} for fault in faults.values()], index=list(faults))
    _, quarantined = set_aside(table)
    for label, reasons in named.items():
        assert label in quarantined.index, (
            "A row that breaks a rule was kept, so it has no reason. Re-read lesson 12, 'Rules: three "
            "kinds of question'."
        )
        text = str(quarantined.loc[label, "reason"])
        found = set(re.findall(r"(conformance|completeness|plausibility)\W+(\w+)", text.lower()))
        found = {(kind, "dbp" if column == "sbp" else column) for kind, column in found}
        assert len(found) >= len(reasons), (
            "A row that breaks several rules does not show all of them: the clinic would mend one fault "
            "and send the row back with the next. Re-read lesson 12, 'Quarantine: set aside, with a "
            "reason'."
        )
        assert found == reasons, (
            "A reason names another kind or another column than the rule that was broken. Re-read lesson "
            "12, 'Rules: three kinds of question'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_true_extremes" points=1 objective="12.2"
# Hidden tests: rare and true values, and the limits themselves.
### BEGIN HIDDEN TESTS
def _hidden_test():
    good = {
        "visit_id": "V7",
        "person_id": "P7",
        "sex": "male",
        "age": 46,
        "height_cm": 178.4,
        "weight_unit": "kg",
        "weight_kg": 82.0,
        "sbp": 128.0,
        "dbp": 81.0,
    }
    rare = [
        {"weight_kg": 169.2},
        {"height_cm": 201.0},
        {"weight_kg": 44.45, "weight_unit": "lb"},
        {"weight_kg": 272.0, "weight_unit": "lb"},
        {"age": 104},
        {"age": 0, "height_cm": 50.0, "weight_kg": 3.1},
        {"age": 120},
        {"height_cm": 250.0},
        {"weight_kg": 500.0},
        {"sbp": 248.0, "dbp": 142.0},
        {"sbp": 71.0, "dbp": 70.0},
    ]
    impossible = [{"age": 214}, {"weight_kg": 720.0}, {"height_cm": 1710.0}]
    table = pd.DataFrame([good] * 30 + [{**good, **values} for values in rare + impossible])
    kept, _ = set_aside(table)
    assert not {41, 42, 43} & set(kept.index), (
        "A row with an age, weight or height beyond the limits was kept."
    )
    assert list(kept.index) == list(range(41)), (
        "A value that is rare, or just at the limit, was treated as impossible. The heaviest patient in "
        "the clinic is the one who needs the right dose: unusual is a reason to look, not to remove. "
        "Re-read lesson 12, 'Rules: three kinds of question'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_gaps" points=1 objective="12.2"
# Hidden tests: rows in which something was not measured.
### BEGIN HIDDEN TESTS
def _hidden_test():
    good = {
        "visit_id": "V7",
        "person_id": "P7",
        "sex": "female",
        "age": 63,
        "height_cm": 158.0,
        "weight_unit": "lb",
        "weight_kg": 70.1,
        "sbp": 139.0,
        "dbp": 77.0,
        "smoker": 0.0,
    }
    gaps = [
        ("sbp", "dbp"),
        ("dbp",),
        ("sbp",),
        ("height_cm",),
        ("weight_kg",),
        ("sex",),
        ("weight_unit",),
        ("smoker",),
    ]
    rows = [good, *({**good, **dict.fromkeys(columns)} for columns in gaps)]
    rows += [{**good, "smoker": None, "age": 214}, {**good, "height_cm": None, "weight_kg": 0.0}]
    table = pd.DataFrame(rows)
    table = table.astype(dict.fromkeys(["sbp", "dbp", "height_cm", "weight_kg", "smoker"], float))
    kept, _ = set_aside(table)
    assert not {9, 10} & set(kept.index), (
        "An impossible value is not kept, whether another column has a gap or not."
    )
    assert list(kept.index) == list(range(9)), (
        "Rows with a gap were thrown out: a gap says that nobody measured, not that the rest is wrong, and "
        "clinics with less staff have more gaps. Re-read lesson 12, from its start to 'Recode what the "
        "codebook says, and nothing else'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Which copy is it? (4 points)
#
# Write `which_copy(path, known)`: the **name** (a `str`) of the file at `path`, or `"unknown"`. `known` holds
# names and the SHA-256 checksums (hex text) that the keepers of each file recorded. Only the content of the file counts,
# byte for byte, never what the file is called.
#
# ```
# which_copy("data/cleveland.csv", PUBLISHED)  ->  "Cleveland, as the course keeps it"
# ```

# %%
PUBLISHED = {
    "Cleveland, as the course keeps it": "2a186c6f54de8ff8b3cbbee83c7003fe7b933372cf6bf5f13b7bb13b24d763a7",
}


# %% answer="q6_which"
def which_copy(path: str, known: dict) -> str:
    """The name in `known` whose SHA-256 is that of the file at `path`, else "unknown"."""
    ### BEGIN SOLUTION
    import hashlib

    with open(path, "rb") as file:
        checksum = hashlib.sha256(file.read()).hexdigest()
    return next((name for name, value in known.items() if value == checksum), "unknown")
    ### END SOLUTION


# %% test="q6_checksum" points=1 objective="12.4"
name = which_copy("data/cleveland.csv", PUBLISHED)
assert isinstance(name, str), "The result is a text: one of the names, or 'unknown'."
assert name == "Cleveland, as the course keeps it", (
    "This file has a recorded checksum: return the name that belongs to it."
)


# Hidden tests: other files, renamed files, and copies that differ in one letter.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import hashlib
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        first, renamed, edited = (
            Path(folder) / name for name in ("ward.csv", "final_v2.csv", "ward_copy.csv")
        )
        content = Path("data/cleveland.csv").read_bytes() + b"55,1,2,130,262,0,0,155,0,0,1,0,normal,0\n"
        first.write_bytes(content)
        renamed.write_bytes(content)
        edited.write_bytes(content[:-2] + b"1\n")
        known = {
            "ward list": hashlib.sha256(content).hexdigest(),
            "other": hashlib.sha256(Path("data/hearts_copy.csv").read_bytes()).hexdigest(),
        }
        assert which_copy(str(first), known) == "ward list", (
            "A file with a recorded checksum was not recognised."
        )
        assert which_copy(str(renamed), known) == "ward list", (
            "A new file name does not make a new file. Re-read lesson 12, 'Provenance: which copy do you "
            "hold?'."
        )
        assert which_copy("data/hearts_copy.csv", known) == "other", "Search all the names in `known`."
        assert which_copy(str(edited), known) == "unknown" == which_copy("data/cleveland.csv", known), (
            "A copy with the same shape and the same columns was taken for the original. Only the checksum "
            "says that every byte is the same. Re-read lesson 12, 'Provenance: which copy do you hold?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Checksums that differ say *that*, not *what*. Write `relabelled(original, copy)`: **how many people** (an `int`)
# have another outcome, `target`, in the copy than in the original. Recognise a person by all the other columns:
# no two people in a table agree in all of them. Rows and columns may stand in another order, and an empty cell
# matches an empty cell; `0` and `0.0` are the same number. Whoever is in only one of the tables does not count.
#
# ```
# original  age  chol  target      copy  target  age  chol
#            63   233       0                  1   67   286
#            67   286       1                  1   63   233      ->  1
# ```


# %% answer="q6_relabelled"
def relabelled(original: pd.DataFrame, copy: pd.DataFrame) -> int:
    """Number of people in both tables whose `target` differs."""
    ### BEGIN SOLUTION
    features = [column for column in original.columns if column != "target"]
    both = original.merge(copy, on=features, suffixes=("_original", "_copy"))
    return int((both["target_original"] != both["target_copy"]).sum())
    ### END SOLUTION


# %% test="q6_relabelled_form" points=1 objective="12.4"
import numbers

four = cleveland.head(4).reset_index(drop=True)
changed = relabelled(four, four.assign(target=1 - four["target"]))
assert isinstance(changed, numbers.Integral), "The result is a whole number."
assert changed == 4, "Here all four people have the other outcome in the copy."


# %% test="q6_changed_outcomes" points=2 objective="12.4"
# Hidden tests: another table, shuffled rows and columns, people in only one table, gaps; then the real pair.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    dice = np.random.default_rng(48)
    n = 150
    original = pd.DataFrame(
        {
            "age": dice.integers(30, 80, n),
            "ferritin": np.arange(n) + dice.integers(0, 9, n) / 10,
            "crp": np.where(dice.random(n) < 0.1, np.nan, dice.integers(1, 90, n)),
            "ward": dice.choice(["A", "B"], n),
            "target": dice.integers(0, 2, n),
        },
        index=[f"id {i}" for i in range(n)],
    )
    flipped = dice.permutation(n)[:23]
    copy = original.copy()
    copy.iloc[flipped, -1] = 1 - copy.iloc[flipped, -1]
    stays = original.copy()
    assert isinstance(relabelled(original, copy), int | np.integer), "The result is a whole number."
    assert relabelled(original, copy[["target", "ward", "crp", "age", "ferritin"]]) == 23, (
        "With the rows in the same order and the columns in another, the count is wrong. A person with an "
        "empty cell must be found again as well. Re-read lesson 12, 'Provenance: which copy do you hold?'."
    )
    shuffled = copy.sample(frac=1, random_state=4).reset_index(drop=True)
    assert relabelled(original, shuffled) == 23, (
        "The same people in another order give another count: row 1 of the copy need not be row 1 of the "
        "original. Re-read lesson 12, 'Provenance: which copy do you hold?'."
    )
    fewer = shuffled[~shuffled["ferritin"].isin(original["ferritin"].iloc[flipped[:5]])]
    extra = fewer.head(3).assign(ferritin=[991.0, 992.0, 993.0])
    assert relabelled(original, pd.concat([extra, fewer])) == 18, (
        "People who are in only one of the tables were counted, or shifted all the others. Re-read lesson "
        "12, 'Provenance: which copy do you hold?'."
    )
    assert original.equals(stays), "The original that you were given has changed."
    real, other = pd.read_csv("data/cleveland.csv"), pd.read_csv("data/hearts_copy.csv")
    features = [column for column in real.columns if column != "target"]

    def person(row):
        return tuple("empty" if pd.isna(value) else value for value in row)

    outcomes = {person(row): y for *row, y in other[[*features, "target"]].itertuples(index=False, name=None)}
    pairs = [
        (y, outcomes.get(person(row)))
        for *row, y in real[[*features, "target"]].itertuples(index=False, name=None)
    ]
    assert relabelled(real, other) == sum(theirs is not None and theirs != y for y, theirs in pairs), (
        "On the two heart tables the count is wrong: find each person of the original in the copy before "
        "you compare. Re-read lesson 12, 'Provenance: which copy do you hold?'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. What the next reader must know (6 points)
#
# Write `datasheet_entry(table)` for files like `three_clinics.csv`: it returns a **dict** with these keys.
#
# | key | type | content |
# |:---|:---|:---|
# | `"source"` | text | where the table comes from, five words or more |
# | `"rows"` | `int` | rows in the table |
# | `"people"` | `int` | different people in it |
# | `"entered_twice"` | `int` | `visit_id`s that your item 4 finds |
# | `"set_aside"` | `int` | rows that your item 5 sets aside, with weights from your item 3 |
# | `"smoking_not_asked"` | `int` | rows in which `smoker` is `9` (the clinics' code for "not asked") |
# | `"not_for"` | text | what nobody should use it for, and why, eight words or more |
#
# Count, do not type: the next file has other numbers. A mistake in items 3 to 5 is not counted again here: the
# tests accept the right number, or the one that your own functions find in the table, if it is not zero. Put `0`
# for an item that you have not answered yet: the other keys still count.


# %% answer="q7_entry"
def datasheet_entry(table: pd.DataFrame) -> dict:
    """What the next reader must know about a file of visits, with counts taken from the file."""
    ### BEGIN SOLUTION
    _, quarantined = set_aside(table.assign(weight_kg=weight_in_kg(table)))
    return {
        "source": "Visits at three clinics, exported from their records for the ten-year model (invented people).",
        "rows": len(table),
        "people": table["person_id"].nunique(),
        "entered_twice": len(repeated_visits(table)),
        "set_aside": len(quarantined),
        "smoking_not_asked": int((table["smoker"] == 9).sum()),
        "not_for": "Not for comparing blood pressure between clinics: they do not measure it equally often.",
    }
    ### END SOLUTION


# %% test="q7_elements" points=1 objective="12.5"
import numbers
import re

entry = datasheet_entry(pd.read_csv("data/three_clinics.csv"))
for key in ("rows", "people", "entered_twice", "set_aside", "smoking_not_asked"):
    assert isinstance(entry.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
for key, words in (("source", 5), ("not_for", 8)):
    said = re.findall(r"\w+", str(entry.get(key, "")))
    assert len(said) >= words and len({word for word in said if len(word) > 1}) >= 5, (
        f"'{key}' needs a sentence of {words} words or more."
    )


# %% test="q7_people" points=1 objective="12.5"
# Hidden tests: rows and people in the next quarter's file.
### BEGIN HIDDEN TESTS
def _hidden_test():
    visits_at = {"North": 37, "South": 21}
    table = pd.read_csv("data/three_clinics.csv").sample(58, random_state=12)
    table["clinic"] = [name for name, count in visits_at.items() for _ in range(count)]
    table["person_id"] = [f"Q{i % 49}" for i in range(58)]
    table["visit_id"] = [f"Z{i}" for i in range(58)]
    entry = datasheet_entry(table.copy())
    assert int(entry["rows"]) == 58, (
        "`rows` is not the number of rows of the table it was given: count, do not type."
    )
    assert int(entry["people"]) == 49, (
        "`people` is not the number of different people: a person with a follow-up has two rows. Re-read "
        "lesson 12, 'The datasheet entry you send on Friday'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q7_counts" points=1 objective="12.5"
# Hidden tests: the three counts of faults in the next quarter's file (right, or equal to your own functions').
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    import numpy as np

    dice = np.random.default_rng(49)
    n = 90
    table = pd.DataFrame(
        {
            "visit_id": [f"Y{i:03}" for i in range(n)],
            "person_id": [f"R{i:03}" for i in range(n)],
            "clinic": dice.choice(["A", "B", "Harbour"], n),
            "visit_time": [f"2026-0{1 + i % 9}-{10 + i % 19}T10:{10 + i % 50}" for i in range(n)],
            "sex": dice.choice(["female", "male"], n),
            "age": dice.integers(18, 95, n),
            "height_cm": dice.integers(145, 195, n).astype(float),
            "weight": dice.integers(50, 120, n).astype(float),
            "weight_unit": dice.choice(["kg", "lb"], n, p=[0.8, 0.2]),
            "sbp": dice.integers(100, 170, n).astype(float),
            "dbp": dice.integers(50, 90, n).astype(float),
            "smoker": dice.choice([0, 1, 9], n, p=[0.6, 0.2, 0.2]),
        }
    )
    table.loc[[5, 18], "age"] = 199
    table.loc[[30, 31, 32], "dbp"] = 185.0
    table.loc[40, "weight"] = 0.0
    again = table.loc[[8, 9, 10, 11]].assign(visit_id=["Y8x", "Y9x", "Y10x", "Y11x"])
    full = table.loc[[50, 51]]
    table = pd.concat([table, again, full], ignore_index=True)
    right = {"entered_twice": 10, "set_aside": 6, "smoking_not_asked": int((table["smoker"] == 9).sum())}
    ids = set(table["visit_id"])

    def own_repeats():
        found = set(repeated_visits(table.copy()))
        return len(found) if found < ids else None

    def own_aside():
        in_kg = weight_in_kg(table.copy())
        if not (isinstance(in_kg, pd.Series) and len(in_kg) == len(table)):
            return None
        kept, aside = set_aside(table.assign(weight_kg=in_kg))
        return len(aside) if len(kept) and set(aside["visit_id"]) <= ids else None

    own = {"entered_twice": own_repeats, "set_aside": own_aside}
    entry = datasheet_entry(table.copy())
    for key, number in right.items():
        accepted = {number}
        with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
            accepted.add(own[key]())
        assert int(entry[key]) > 0 and int(entry[key]) in accepted, (
            f"'{key}' is neither the right number nor what your own function finds in the table that it was "
            "given. Re-read lesson 12, 'The datasheet entry you send on Friday'."
        )


_hidden_test()
### END HIDDEN TESTS

# %%
visits_in_kg = visits.assign(weight_kg=weight_in_kg(visits))
kept, quarantined = set_aside(visits_in_kg)
print(datasheet_entry(visits))
print(quarantined[["clinic", "age", "height_cm", "weight", "sbp", "dbp", "reason"]].to_string())
# Here a row is an entry, and some people have several: the intervals are a little too narrow.
missing_by_group(visits, "dbp", "clinic").round(2)

# %% [markdown]
# Last, write the **warning paragraph** (`60` to `150` words) that stands above this table on Friday. The cell above
# shows your numbers once items 2 to 5 and the first part of 7 are answered. A person reads it, one point for each:
#
# 1. **Faults:** two faults of the table, each with its count, in words a nurse understands.
# 2. **People:** at which clinic the lower pressure is missing most (how many of how many rows, and the interval), and
#    whom a model would lose if rows with gaps were dropped.
# 3. **Use:** one thing nobody may do with the table, and one question that only the clinics can answer.

# %% [markdown] written="q7_warning" points=3 objective="12.5"
# ### BEGIN SOLUTION
# This table has 240 rows about 216 people: do not read rows as patients. 21 visit numbers belong to visits that
# were entered more than once, and we do not know which entry is right. Five rows hold impossible values, such as
# an age of 214 years, or a lower blood pressure above the upper one; they are set aside with the reason, not
# repaired. The lower blood pressure is missing in 11 of 67 rows at clinic C (16 %, 95 % interval 9 to 27 %), but
# in 3 of 93 at clinic A (3 %, 1 to 9 %). Whoever drops rows with gaps removes mostly visits to clinic C, whose
# patients the model would then know least. Do not do that, and do not compare the clinics' blood pressure with
# this table. Only clinic C can tell us: in whom is it not measured, and why?
# ### END SOLUTION
