# %% [markdown]
# # The list for the diabetes nurse
#
# Friday afternoon. Ade, the diabetes nurse, sees everybody whose first glucose was above 10 mmol/L (this hospital's own
# line) before the weekend. Two laboratories sent their results, and a fax of the first week has lost its units. While you
# are at it, the ward asks for the highest potassium.
#
# A wrong list wrongs two kinds of people: those on it whom Ade visits for nothing, and those not on it who go home
# without her.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Everything you need is in lesson 01; keep it open beside this page. Each answer is one to five lines.
#
# You write functions, because the same list is wanted next Friday: the hidden tests bring other tables of the same shape,
# with the rows in any order. Write under the line in three quotes, four spaces in, as it stands there, and end with `return`
# and your result. To try it, press **Esc**, then **B**: a new cell opens, where you can run for instance
# `highest(potassium)`. A function must not change the table that it is given.
#
# The results are [invented](../../datasets/ward/datasheet.md). We emptied the unit of the first week's glucose ourselves, and the
# code and the laboratory with it (`mask` empties a value where its question says yes). `hie` is about
# [real people](../../datasets/rand_hie/datasheet.md).

# %%
import pandas as pd

codes = pd.read_csv("data/codes.csv")
events = pd.read_csv("data/events.csv").merge(codes, on="code")
stays = pd.read_csv("data/stays.csv")
hie = pd.read_csv("data/rand_hie.csv")

potassium = events[events["display"] == "potassium"]
glucose = events[events["display"] == "glucose"].merge(stays, on="stay_id")
fax = glucose["time"] < "2025-02-10"
glucose = glucose.assign(
    unit=glucose["unit"].mask(fax), code=glucose["code"].mask(fax), place=glucose["place"].mask(fax)
)
people = glucose.sort_values("time").drop_duplicates("person_id")  # each person's first glucose
people[["person_id", "time", "value", "unit"]].head()

# %% [markdown]
# ## 1. The highest result that stands (5 points)
#
# Write `highest(results)`: the highest value among the results that still stand, as a **number**.
#
# `value` is text. Text that is no number, such as `haemolysed`, does not count. A row `result_corrected` replaces the
# earlier `result` with the same `order_id`, also when its own `value` is a word; an order has one result and at most one
# correction, which comes later. `time` is text like `2025-02-09T23:53`.
#
# ```
# order_id  time              event_type        value      highest(...) is 12.1:
#   R1      2025-02-09T23:53  result            13.0       13.0 was replaced by 4.2
#   R1      2025-02-10T02:11  result_corrected  4.2
#   R2      2025-02-10T08:00  result            12.1
#   R3      2025-02-10T08:05  result            9.7
# ```
#
# *Where to look:* "Text that looks like a number", then "A result that was corrected".


# %% answer="q1_highest"
def highest(results):
    """The highest number among the results that stand."""
    ### BEGIN SOLUTION
    standing = results.sort_values("time").drop_duplicates("order_id", keep="last")
    return pd.to_numeric(standing["value"], errors="coerce").max()
    ### END SOLUTION


# %% test="q1_form" points=1 objective="01.1"
import numbers

three = pd.DataFrame(
    {
        "order_id": ["R1", "R2", "R3"],
        "time": ["2025-02-09T08:00", "2025-02-09T09:00", "2025-02-09T10:00"],
        "event_type": "result",
        "value": ["4.1", "5.3", "3.9"],
    }
)
before = three.copy()
number = highest(three)
assert number is not None, "highest gives nothing back: end it with `return` and your result."
assert isinstance(number, numbers.Real), (
    "The result is not a number: a text that looks like one is still a text."
)
assert abs(number - 5.3) < 1e-6, "Of 4.1, 5.3 and 3.9 the highest is 5.3."
assert three.equals(before), "highest changed the table that it was given: make a new one, as `assign` does."


# %% test="q1_text" points=2 objective="01.1"
# Hidden tests: numbers with more digits, and words among them; nothing was corrected.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for values, right in [
        (["9.8", "12.4", "10.1", "7.0"], 12.4),
        (["99", "253", "100", "haemolysed", "88"], 253),
        (["haemolysed", "8", "11", "no tube"], 11),
    ]:
        table = pd.DataFrame(
            {
                "order_id": [f"K{i}" for i in range(len(values))],
                "time": [f"2025-03-0{9 - i}T10:0{i}" for i in range(len(values))],
                "event_type": "result",
                "value": values,
            },
            index=[4, 0, 3, 1, 2][: len(values)],
        )
        got = highest(table.copy())
        assert got is not None, "highest gives nothing back. Re-read lesson 01, 'A function with a test'."
        assert abs(float(got) - right) < 1e-6, (
            f"Of {', '.join(values)} your highest is {got}: text was compared letter by letter (there 9 comes after 12), or a "
            "row was left out that stands. Re-read lesson 01, 'Text that looks like a number'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_corrected" points=2 objective="01.1"
# Hidden tests: results that were replaced.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        [
            ("B", "2025-04-02T07:40", "result_corrected", "6.1"),
            ("A", "2025-04-01T09:00", "result", "8.8"),
            ("C", "2025-04-01T10:00", "result", "5.0"),
            ("A", "2025-04-01T11:30", "result_corrected", "4.4"),
            ("B", "2025-04-01T23:50", "result", "3.1"),
        ],
        columns=["order_id", "time", "event_type", "value"],
        index=[2, 4, 0, 1, 3],
    )
    got = highest(table.copy())
    assert got is not None, "highest gives nothing back. Re-read lesson 01, 'A function with a test'."
    got = float(got)
    assert abs(got - 8.8) > 1e-6, (
        "A result that was replaced still counts: 8.8 was corrected to 4.4. Re-read lesson 01, 'A result that was corrected'."
    )
    assert abs(got - 6.1) < 1e-6, (
        "A correction can also be the highest result, and an order without a correction stands as it is. Re-read lesson "
        "01, 'A result that was corrected'."
    )
    other = table.assign(value=["5.5", "6.6", "6.2", "5.9", "7.7"])
    got = float(highest(other))
    assert abs(got - 6.2) < 1e-6, (
        "Of each order only the latest row stands, wherever it is in the table. Re-read lesson 01, 'A result that was "
        "corrected'."
    )
    word = pd.DataFrame(
        [
            ("A", "2025-04-01T11:30", "result_corrected", "haemolysed"),
            ("B", "2025-04-01T10:00", "result", "5.0"),
            ("A", "2025-04-01T09:00", "result", "13.0"),
        ],
        columns=["order_id", "time", "event_type", "value"],
    )
    got = float(highest(word))
    assert abs(got - 5.0) < 1e-6, (
        "A result that was replaced by a word came back, or the word took another order with it: first keep what stands, then "
        "leave out the words. Re-read lesson 01, 'A result that was corrected'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Glucose in one unit (5 points)
#
# Write `in_mmol(table)`: a **new DataFrame** with all rows and columns of `table`, in the same order, and one more column
# `mmol`, the glucose in mmol/L.
#
# `value` and `unit` are text. The unit says how to convert: `mmol/L` stays, and 18.016 mg/dL are 1 mmol/L
# ([factors](../../datasets/standards/README.md#lab-units)); do not round. `mmol` is empty where the unit is another one or is
# missing, and where `value` is no number.
#
# ```
# value       unit         mmol
#  126        mg/dL        6.99
#  7.2        mmol/L       7.2
#  7.2                     (empty)
#  haemolysed mg/dL        (empty)
# ```
#
# *Where to look:* "One substance, two units" and "A function with a test". There a milligram was multiplied by a factor;
# which one makes `6.99` of `126`? A person can guess most of the lost units from the size of the number. A function must not;
# in the note of item 7 you may say whom you would look at first.


# %% answer="q2_in_mmol"
def in_mmol(table):
    """The table with a new column `mmol`, empty where the unit is not known."""
    ### BEGIN SOLUTION
    number = pd.to_numeric(table["value"], errors="coerce")
    factor = {"mmol/L": 1, "mg/dL": 1 / 18.016}
    return table.assign(mmol=number * table["unit"].map(factor))
    ### END SOLUTION


# %% test="q2_form" points=1 objective="01.2"
two = pd.DataFrame({"person_id": ["P1", "P2"], "value": ["7.2", "5.1"], "unit": ["mmol/L", "mmol/L"]})
new = in_mmol(two.copy())
assert isinstance(new, pd.DataFrame), (
    "in_mmol gives back a DataFrame: end it with `return` and the new table."
)
assert "mmol" in new.columns, "The column `mmol` is not there."
assert len(new) == 2 and "person_id" in new.columns, "The other columns and all rows stay."
assert pd.api.types.is_numeric_dtype(new["mmol"]), (
    "`mmol` is not a column of numbers: `value` was text, and text cannot be compared with 10."
)
assert [round(float(x), 3) for x in new["mmol"]] == [7.2, 5.1], (
    "Both are in mmol/L already: they stay as they are."
)


# %% test="q2_units" points=2 objective="01.2"
# Hidden tests: both units, and values that are unusual in their unit.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = [
        ("90", "mg/dL"),
        ("34.0", "mmol/L"),
        ("34", "mg/dL"),
        ("5.5", "mmol/L"),
        ("600", "mg/dL"),
        ("21", "mmol/L"),
    ]
    table = pd.DataFrame(rows, columns=["value", "unit"], index=[7, 2, 3, 1, 5, 0])
    got = list(in_mmol(table.copy())["mmol"])
    assert len(got) == len(rows), "Rows were lost or added: the new table has the rows of the old one."
    for mine, (value, unit) in zip(got, rows, strict=True):
        right = float(value) / 18.016 if unit == "mg/dL" else float(value)
        assert abs(float(mine) / right - 1) < 0.003, (
            f"{value} {unit} became {float(mine):.3g} mmol/L. Only the unit in the row says whether to convert, and mg/dL "
            "become fewer mmol/L; a function does not guess it from the size (34 can be either). Creatinine's factor is not that "
            "of glucose; or you rounded. Re-read lesson 01, 'One substance, two units'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_unknown" points=1 objective="01.2"
# Hidden tests: units that nobody told, and words.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "value": ["7.2", "110", "6.0", "haemolysed", "5.0"],
            "unit": [None, "", "g/L", "mg/dL", "mmol/L"],
        }
    )
    got = list(in_mmol(table.copy())["mmol"])
    assert len(got) == 5, "Rows were lost: whose result has no unit is still in the list."
    assert all(pd.isna(x) for x in got[:3]), (
        "A result without a known unit has a number in `mmol`: that was guessed. Re-read lesson 01, 'A function with a test'."
    )
    assert pd.isna(got[3]), "A word became a number. Re-read lesson 01, 'Text that looks like a number'."
    assert abs(float(got[4]) - 5) < 1e-6, "A result with its unit is missing."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_input" points=1 objective="01.2"
# Hidden tests: the table that you were given, before and after.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame({"value": ["126", "x", "7.2"], "unit": ["mg/dL", "mmol/L", None], "bed": [3, 1, 2]})
    before = table.copy()
    new = in_mmol(table)
    assert isinstance(new, pd.DataFrame), "in_mmol gives back a DataFrame."
    assert table.equals(before), (
        "The table that you were given has changed; whoever uses it next gets another one than they think. Re-read lesson 01, "
        "'A function with a test'."
    )
    assert list(new["bed"]) == [3, 1, 2] and list(new["value"]) == ["126", "x", "7.2"], (
        "The new table has other rows, another order, or another `value` than the old one."
    )
    assert "mmol" in new.columns and float(new["mmol"].iloc[0]) > 0, (
        "The new table has no `mmol` for its first row."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Each person's latest value (4 points)
#
# A clinic sends its own sheet. Write `latest(sheet)`: a **DataFrame** with one row for each person, the one of their latest
# day. It has the columns `person` and `value` (others may stay), in any order of rows.
#
# `taken` is text, **day first**: `9/2/2025` is 9 February. A person has one row a day, and no cell is empty.
#
# ```
# person  taken      value          person  value
#   A     10/2/2025    6.1            A      6.1
#   A     9/2/2025     8.8            B      5.0
#   B     3/3/2025     5.0
# ```
#
# *Where to look:* "Dates", and in "A result that was corrected" how to keep the last row of each.


# %% answer="q3_latest"
def latest(sheet):
    """The row of each person's latest day."""
    ### BEGIN SOLUTION
    told = pd.to_datetime(sheet["taken"], format="%d/%m/%Y")
    return sheet.assign(told=told).sort_values("told").drop_duplicates("person", keep="last")
    ### END SOLUTION


# %% test="q3_form" points=1 objective="01.2"
sheet = pd.DataFrame(
    {"person": ["A", "A", "B"], "taken": ["1/3/2025", "5/3/2025", "2/3/2025"], "value": [6.0, 7.0, 8.0]}
)
before = sheet.copy()
rows = latest(sheet)
assert isinstance(rows, pd.DataFrame), "latest gives back a DataFrame: end it with `return` and your table."
assert {"person", "value"} <= set(rows.columns), (
    "The columns `person` and `value` are needed. (After `groupby`, `person` has become the row label: add `.reset_index()`.)"
)
assert sorted(rows["person"]) == ["A", "B"], "There is one row for each person."
assert dict(zip(rows["person"], rows["value"], strict=True)) == {"A": 7.0, "B": 8.0}, (
    "The latest day of A is 5 March (7.0); B was there once."
)
assert sheet.equals(before), "latest changed the table that it was given: make a new one, as `assign` does."


# %% test="q3_text" points=1 objective="01.2"
# Hidden tests: days with one and with two digits.
### BEGIN HIDDEN TESTS
def _hidden_test():
    sheet = pd.DataFrame(
        [
            ("X", "10/4/2025", 1.0),
            ("Y", "8/6/2025", 2.0),
            ("X", "9/4/2025", 3.0),
            ("Y", "12/6/2025", 4.0),
            ("Z", "2/1/2026", 5.0),
            ("Y", "11/6/2025", 6.0),
            ("Z", "7/11/2025", 7.0),
        ],
        columns=["person", "taken", "value"],
        index=[5, 3, 6, 0, 2, 9, 1],
    )
    rows = latest(sheet)
    assert isinstance(rows, pd.DataFrame), "latest gives back a DataFrame."
    assert {"person", "value"} <= set(rows.columns), (
        "The columns `person` and `value` are needed: `groupby` makes row labels of a column, and `.reset_index()` undoes it. "
        "Re-read lesson 01, 'One row is not one person'."
    )
    got = {person: float(value) for person, value in zip(rows["person"], rows["value"], strict=True)}
    assert len(rows) == 3, (
        "There is one row for each person. Re-read lesson 01, 'A result that was corrected'."
    )
    assert got == {"X": 1.0, "Y": 4.0, "Z": 5.0}, (
        "An earlier day was taken for the latest. Days sorted as text put 9 April after 10 April, and the last row of a sheet "
        "need not be the latest day. Re-read lesson 01, 'Dates'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_month" points=2 objective="01.2"
# Hidden tests: days that can be read as months.
### BEGIN HIDDEN TESTS
def _hidden_test():
    sheet = pd.DataFrame(
        [
            ("P", "2/3/2025", 1.0),
            ("P", "10/2/2025", 2.0),
            ("Q", "12/4/2025", 3.0),
            ("Q", "4/5/2025", 4.0),
            ("R", "3/6/2025", 5.0),
            ("R", "11/5/2025", 6.0),
        ],
        columns=["person", "taken", "value"],
    )
    rows = latest(sheet)
    assert isinstance(rows, pd.DataFrame), "latest gives back a DataFrame."
    assert {"person", "value"} <= set(rows.columns), (
        "The columns `person` and `value` are needed: `groupby` makes row labels of a column, and `.reset_index()` undoes it. "
        "Re-read lesson 01, 'One row is not one person'."
    )
    got = {person: float(value) for person, value in zip(rows["person"], rows["value"], strict=True)}
    assert got == {"P": 1.0, "Q": 4.0, "R": 5.0}, (
        "An earlier day was taken for the latest: 2 March is after 10 February. If the order of day and month is guessed, 2/3 "
        "becomes 3 February and nobody complains. Re-read lesson 01, 'Dates'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Above, not above, unknown (4 points)
#
# Write `three_counts(table, limit)`. `table` has one row for each person and the column `mmol`, with empty cells. It returns
# a **dictionary**:
#
# - `"above"`: people above `limit` (exactly at the limit is not above)
# - `"not_above"`: people who were measured and are not above
# - `"unknown"`: people whose value is not known
# - `"mean"`: the mean of the known values
#
# At least one value is known.
#
# ```
# mmol: 12.0, 10.0, (empty), 5.0      three_counts(table, 10)
#                                     -> {"above": 1, "not_above": 2, "unknown": 1, "mean": 9.0}
# ```
#
# *Where to look:* "Missing is neither normal nor zero".


# %% answer="q4_counts"
def three_counts(table, limit):
    """How many are above the limit, not above, and unknown; and the mean of the known."""
    ### BEGIN SOLUTION
    mmol = table["mmol"]
    return {
        "above": (mmol > limit).sum(),
        "not_above": (mmol <= limit).sum(),
        "unknown": mmol.isna().sum(),
        "mean": mmol.mean(),
    }
    ### END SOLUTION


# %% test="q4_form" points=1 objective="01.3"
three = pd.DataFrame({"mmol": [12.0, 10.0, 5.0]})
before = three.copy()
counts = three_counts(three, 10)
assert isinstance(counts, dict), "three_counts gives back a dictionary: braces, with a name for each number."
for key in ("above", "not_above", "unknown", "mean"):
    assert key in counts, f"'{key}' is not in the dictionary."
assert counts["above"] == 1, "Only 12.0 is above 10; 10.0 is exactly at the limit."
assert counts["not_above"] == 2 and counts["unknown"] == 0, "Everybody here was measured: two are not above."
assert abs(float(counts["mean"]) - 9) < 1e-6, "The mean of 12, 10 and 5 is 9."
assert three.equals(before), (
    "three_counts changed the table that it was given: make a new one, as `assign` does."
)


# %% test="q4_unknown" points=2 objective="01.3"
# Hidden tests: other people, many without a value.
### BEGIN HIDDEN TESTS
def _hidden_test():
    known = [4.5, 7.8, 7.8, 9.1, 6.0, 15.5, 8.0]
    table = pd.DataFrame(
        {"name": list("abcdefghijk"), "mmol": [None, *known, None, None, None]},
        index=[4, 9, 1, 0, 7, 2, 10, 3, 6, 5, 8],
    )
    got = three_counts(table.copy(), 7.8)
    assert int(got["above"]) == 3, "Above 7.8 are 9.1, 15.5 and 8.0; exactly 7.8 is not above."
    assert int(got["unknown"]) == 4, (
        "Four people here have no value, and they are not in `unknown`: nobody knows whether they need a visit. Re-read lesson "
        "01, 'Missing is neither normal nor zero'."
    )
    assert int(got["not_above"]) == 4, (
        "`not_above` is wrong: it holds those who were measured and are not above, and nobody who was not measured. Re-read "
        "lesson 01, 'Missing is neither normal nor zero'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_mean" points=1 objective="01.3"
# Hidden tests: the mean, with people without a value.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame({"mmol": [6.0, None, None, 9.0, None, 12.0, 5.0]})
    got = float(three_counts(table.copy(), 10)["mean"])
    assert abs(got - 32 / 7) > 1e-6, (
        "People without a value went into the mean as zero: a glucose of zero is nobody's. Re-read lesson 01, 'Missing is "
        "neither normal nor zero'."
    )
    assert abs(got - 8) < 1e-6, "`mean` is the sum of the known values, divided by how many are known."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. People, not rows (4 points)
#
# Write `by_person(table)`. Each row is a year of a person: `zper` is the person's number, `mdvis` the visits to a doctor in
# that year. It returns a **dictionary**:
#
# - `"rows"`: number of rows
# - `"people"`: number of different people
# - `"mean"`: first each person's mean of `mdvis`, then the mean of these, so that each person counts once; do not round
#
# No cell is empty.
#
# ```
# zper  mdvis
#   1     9           person 1: mean 9.0        by_person(table)
#   1     9           person 2: mean 1.0        -> {"rows": 4, "people": 2, "mean": 5.0}
#   1     9
#   2     1
# ```
#
# *Where to look:* "One row is not one person", and the last two lines of the pandas cell in "A colleague writes R".


# %% answer="q5_by_person"
def by_person(table):
    """Rows, people, and the mean over people of each person's own mean."""
    ### BEGIN SOLUTION
    each = table.groupby("zper")["mdvis"].mean()
    return {"rows": len(table), "people": len(each), "mean": each.mean()}
    ### END SOLUTION


# %% test="q5_form" points=1 objective="01.3"
three = pd.DataFrame({"zper": [11, 12, 13], "mdvis": [2, 4, 9]})
before = three.copy()
result = by_person(three)
assert isinstance(result, dict), "by_person gives back a dictionary."
for key in ("rows", "people", "mean"):
    assert key in result, f"'{key}' is not in the dictionary."
assert result["rows"] == 3 and result["people"] == 3, "Three rows of three people."
assert abs(float(result["mean"]) - 5) < 1e-6, "One row a person: the mean of 2, 4 and 9 is 5."
assert three.equals(before), (
    "by_person changed the table that it was given: make a new one, as `assign` does."
)
for name, number in by_person(hie).items():  # the real people
    print(name, number)


# %% test="q5_people" points=1 objective="01.3"
# Hidden tests: people with several years, not one after the other.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {"zper": [8, 5, 8, 7, 5, 8, 8], "mdvis": [1, 0, 3, 2, 2, 1, 0]}, index=[3, 0, 6, 1, 5, 2, 4]
    )
    got = by_person(table.copy())
    assert int(got["rows"]) == 7, "`rows` is the number of rows."
    assert int(got["people"]) == 3, (
        "`people` is not the number of different people: somebody with four years is one person. Re-read lesson 01, 'One row is "
        "not one person'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_mean" points=2 objective="01.3"
# Hidden tests: the mean of persons, where those with many rows differ.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for people in [
        {31: [12, 10, 14, 12, 12], 32: [0], 33: [1, 2], 34: [3]},
        {4: [0, 0, 0, 0], 9: [8, 6], 2: [5]},
    ]:
        rows = [(zper, visits) for zper, years in people.items() for visits in years]
        table = pd.DataFrame(rows, columns=["zper", "mdvis"]).sample(frac=1, random_state=1)
        got = float(by_person(table.copy())["mean"])
        of_rows = sum(visits for _, visits in rows) / len(rows)
        right = sum(sum(years) / len(years) for years in people.values()) / len(people)
        assert abs(got - of_rows) > 1e-6, (
            "`mean` is the mean of the rows: whoever stayed longer counts more often. Re-read lesson 01, 'One row is not one "
            "person'."
        )
        assert abs(got - right) < 1e-6, (
            "`mean` is not the mean of the people's own means (neither their sums nor one of their years), or you rounded. Re-read lesson 01, "
            "'One row is not one person'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. A colleague's R (3 points)
#
# A colleague sends these lines. At least one `ghindx` of the people in `young` is empty.
#
# ```r
# young  <- subset(hie, xage < 30)
# n      <- nrow(young)
# plain  <- mean(young$ghindx)
# clean  <- mean(young$ghindx, na.rm = TRUE)
# second <- young$meddol[2]
# ```
#
# Write `from_r(hie)`: a **dictionary** with `"n"` (`nrow` counts rows), `"plain"`, `"clean"` and `"second"`, each what R would
# find. Where R says `NA`, give the text `"NA"`.
#
# *Where to look:* "A colleague writes R". `young` has at least two rows.


# %% answer="q6_from_r"
def from_r(hie):
    """What the colleague's R finds: n, plain, clean and second."""
    ### BEGIN SOLUTION
    young = hie[hie["xage"] < 30]
    return {
        "n": len(young),
        "plain": "NA",  # one empty cell is enough
        "clean": young["ghindx"].mean(),
        "second": young["meddol"].iloc[1],
    }
    ### END SOLUTION


# %% test="q6_form" points=1 objective="01.4"
four = pd.DataFrame(
    {"xage": [45.0, 20.0, 25.0, 29.0], "ghindx": [50.0, 60.0, None, 80.0], "meddol": [1.0, 7.0, 7.0, 7.0]}
)
before = four.copy()
found = from_r(four)
assert isinstance(found, dict), "from_r gives back a dictionary."
for key in ("n", "plain", "clean", "second"):
    assert key in found, f"'{key}' is not in the dictionary."
assert found["n"] == 3, "Three of the four rows are under 30."
assert abs(float(found["clean"]) - 70) < 1e-6, "Without the empty cell, the mean of 60 and 80 is 70."
assert four.equals(before), "from_r changed the table that it was given: make a new one, as `assign` does."
for name, number in from_r(hie).items():  # the real people
    print(name, number)


# %% test="q6_second" points=1 objective="01.4"
# Hidden tests: which row R means, and whom `subset` takes.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "xage": [61.0, 29.9, 30.0, None, 12.0, 18.0, 44.0],
            "ghindx": [70.0, None, 10.0, 20.0, 64.0, 82.0, 5.0],
            "meddol": [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0],
        },
        index=[3, 1, 4, 0, 6, 2, 5],
    )
    got = from_r(table.copy())
    assert int(got["n"]) == 3 and abs(float(got["clean"]) - 73) < 1e-6, (
        "`n` or `clean` is wrong. Under 30 means less than 30, an empty age is not under 30, and `na.rm` leaves out only the "
        "empty cells. Re-read lesson 01, 'A colleague writes R'."
    )
    assert abs(float(got["second"]) - 60) > 1e-6, (
        "R counts from 1: `[2]` is not the row that pandas calls 2. Re-read lesson 01, 'A colleague writes R'."
    )
    assert abs(float(got["second"]) - 50) < 1e-6, (
        "`second` is the second row of `young`, by its place; neither the row of the whole table nor its label. Re-read lesson "
        "01, 'A colleague writes R'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_na" points=1 objective="01.4"
# Hidden tests: what R says when a cell is empty.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {"xage": [20.0, 21.0, 22.0], "ghindx": [40.0, None, 60.0], "meddol": [1.0, 2.0, 3.0]}
    )
    got = from_r(table.copy())
    assert isinstance(got["clean"], numbers.Real) and abs(float(got["clean"]) - 50) < 1e-6, (
        "`clean` is the mean of the cells that are not empty. Re-read lesson 01, 'A colleague writes R'."
    )
    plain = got["plain"]
    said = isinstance(plain, str) and plain.strip().upper() == "NA"
    empty = not isinstance(plain, str) and pd.api.types.is_scalar(plain) and bool(pd.isna(plain))
    assert said or empty, (
        "`plain` is something that R would not say: pandas leaves empty cells out without a word, and R does not. Re-read "
        "lesson 01, 'A colleague writes R'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The note to the ward (5 points)
#
# Write `note_numbers(results, people)`, which **uses your functions**: a **dictionary** with `"highest"` (item 1, of
# `results`), and `"above"`, `"not_above"` and `"unknown"` (item 4, of `people`, with the limit 10). `people` has the column
# `mmol` already.
#
# The tests compare with what your own functions give, so a slip in items 1 or 4 about words, corrections or unknown people is
# not counted again here.
#
# *Where to look:* "A function with a test": a function is used by its name, and square brackets look something up in a
# dictionary.


# %% answer="q7_numbers"
def note_numbers(results, people):
    """The four numbers of the note."""
    ### BEGIN SOLUTION
    counts = three_counts(people, 10)
    return {
        "highest": highest(results),
        "above": counts["above"],
        "not_above": counts["not_above"],
        "unknown": counts["unknown"],
    }
    ### END SOLUTION


# %% test="q7_counted" points=2 objective="01.5"
# Hidden tests: another Friday.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def same(mine, own):
        try:
            return abs(float(mine) - float(own)) < 1e-6
        except (TypeError, ValueError):
            return mine is None and own is None

    for values, mmol in [
        (["4.4", "6.2", "5.1"], [11.0, 4.0, 10.5, 6.0, 7.0]),
        (["3.9", "3.8"], [9.9, 10.1]),
        (["5.0", "4.7"], [11.0, None, 4.0, None, None, 12.0, 13.0]),
    ]:
        results = pd.DataFrame(
            {
                "order_id": [f"N{i}" for i in range(len(values))],
                "time": [f"2025-05-02T0{i}:00" for i in range(len(values))],
                "event_type": "result",
                "value": values,
                "unit": "mmol/L",
            }
        )
        table = pd.DataFrame({"person_id": [f"P{i}" for i in range(len(mmol))], "mmol": mmol})
        above = sum(x is not None and x > 10 for x in mmol)
        right = {"above": above, "not_above": len(mmol) - above, "unknown": 0}
        if None in mmol:  # what is right here is asked in item 4; the note says what item 4 says
            try:
                right = {key: three_counts(table.copy(), 10)[key] for key in right}
            except Exception:
                continue
        right["highest"] = highest(results.copy())
        got = note_numbers(results.copy(), table.copy())
        assert isinstance(got, dict), "note_numbers gives back a dictionary: end it with `return`."
        for key in ("highest", "above", "not_above", "unknown"):
            assert key in got, f"'{key}' is not in the dictionary."
            assert same(got[key], right[key]), (
                f"'{key}' of another Friday is not what item {1 if key == 'highest' else 4} finds: ask your function about the "
                "table that you are given, reckon nothing again (some people may be unknown), and type no number but the limit. "
                "Re-read lesson 01, 'A function with a test'."
            )


_hidden_test()
### END HIDDEN TESTS

# %%
friday = in_mmol(people)
no_unit = people["unit"].isna()
print(
    "people:",
    len(people),
    "- without a unit:",
    no_unit.sum(),
    "- their values:",
    list(people.loc[no_unit, "value"]),
)
for name, number in note_numbers(potassium, friday).items():
    print(name, number)

# %% [markdown]
# Last, the **note** to the ward and to Ade, in `40` to `100` words. The cell above shows your numbers once items 1, 2, 4 and the
# first part of 7 are answered. A person reads it, one point for each:
#
# 1. **Numbers with their words:** how many people are above which line, of how many, with the unit; and the highest
#    potassium that stands.
# 2. **What nobody knows:** how many people are unknown, why, and that this is not "normal".
# 3. **What to do, and for whom:** one thing that somebody does about the unknown before the weekend, in words that the ward uses.

# %% [markdown] written="q7_note" points=3 objective="01.5"
# ### BEGIN SOLUTION
# First glucose of 48 people: 2 are above 10 mmol/L, 32 are not. For 14 we do not know: they came in the first week, whose
# fax has lost its units. Unknown is not normal: 11.2, 10.2 and 188 would be above 10 if the size tells the unit. Ade sees the
# two today, and of the unknown these three first. The ward clerk asks both laboratories for all 14 units before five o'clock;
# whoever is still unknown then is measured again by their nurse. The highest potassium that stands is 5.5 mmol/L; four higher
# ones were corrected.
# ### END SOLUTION
