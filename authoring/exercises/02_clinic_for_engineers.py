# %% [markdown]
# # The report to wards 2 and 3
#
# A data team has written a report for wards 2 (heart) and 3 (lungs): how fast drugs are given, how the kidneys do, how soon
# alerts are answered. On Monday it goes to the nurses. The team has never been on a ward, and asks you to count again
# before somebody is blamed for a number that is wrong.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Everybody in this log is invented. You write functions, because other hospitals will send theirs: the hidden tests are such
# logs. They have the same columns, **all text**, with an empty text where a column does not apply. **Rows may stand in any
# order; row labels may repeat; never change a table that you are given.**
#
# *New to the ward?* `order_id` joins an order, or an alert, with everything that answers it. It is never used twice.

# %%
import pandas as pd

events = pd.read_csv("data/events.csv", dtype=str, keep_default_na=False)
stays = pd.read_csv("data/stays.csv", dtype=str, keep_default_na=False)
abbreviations = pd.read_csv("data/abbreviations.csv", dtype=str, keep_default_na=False)

stays = stays[stays["ward"].isin(["W2", "W3"])]
events = events[events["stay_id"].isin(stays["stay_id"])]
print(len(events), "events of", len(stays), "stays")
events.head(3)

# %% [markdown]
# ## 1. Whose shift was it? (3 points)
#
# Write `shift(time)` for a time as it stands in the log. It returns a **tuple** of two texts: a date, and `"day"` or
# `"night"`. The day shift works from `07:00` to `18:59`, the night shift from `19:00` to `06:59`. A night shift belongs to the date
# on which it **began**.
#
# ```
# shift("2025-02-11T13:05")  ->  ("2025-02-11", "day")
# shift("2025-02-12T03:10")  ->  ("2025-02-11", "night")
# ```


# %% answer="q1_shift"
def shift(time: str) -> tuple:
    """The date and the name of the shift in which something happened."""
    ### BEGIN SOLUTION
    since = pd.Timestamp(time) - pd.Timedelta(hours=7)
    return since.strftime("%Y-%m-%d"), "day" if since.hour < 12 else "night"
    ### END SOLUTION


# %% test="q1_form" points=1 objective="02.3"
result = shift("2025-06-03T13:05")
assert isinstance(result, tuple) and len(result) == 2, "shift returns a tuple of two (end it with `return`)."
assert all(isinstance(part, str) for part in result), "Both parts are texts."
assert str(result[0]) == "2025-06-03" and str(result[1]) == "day", (
    "Five past one in the afternoon is the day shift of that date."
)


# %% test="q1_edges" points=1 objective="02.3"
# Hidden tests: minutes around the handovers.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for clock, right in (("07:00", "day"), ("18:59", "day"), ("19:00", "night"), ("06:59", "night"), ("07:01", "day"),
                         ("23:40", "night"), ("00:00", "night"), ("18:00", "day"), ("19:30", "night")):  # fmt: skip
        name = str(shift(f"2025-06-03T{clock}")[1])
        assert name == right, (
            f"At {clock} another shift is on duty than your function says: each handover is the first minute of the new "
            "shift. Re-read lesson 02, 'Shifts and handover'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_date" points=1 objective="02.3"
# Hidden tests: nights, also across months and years.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for time, right in (
        ("2025-06-03T23:10", "2025-06-03"),
        ("2025-06-03T09:10", "2025-06-03"),
        ("2025-06-04T00:05", "2025-06-03"),
        ("2025-06-04T05:20", "2025-06-03"),
        ("2025-07-01T02:00", "2025-06-30"),
        ("2024-03-01T04:44", "2024-02-29"),
        ("2026-01-01T01:30", "2025-12-31"),
    ):
        assert str(shift(time)[0])[:10] == right, (
            f"{time} is counted under the wrong date: after midnight the night shift still belongs to the date on which it "
            "began, and every other hour to its own. Re-read lesson 02, 'What an alert costs'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. From the order to the first dose (4 points)
#
# Write `first_dose(events, drug)`. It returns a **dict** with one key for each stay that has a `drug_order` of the drug with
# the code `drug`. The value is the **whole minutes from the first such order in the stay to the first dose** (`drug_given`
# of this drug in the stay). It is negative where the order was typed in after the dose, and `None` where no dose was given.
# A second order for the same drug does not start the clock again.
#
# ```
# stay_id  time              event_type   code     first_dose(events, "4603")
# A1       2025-06-03T09:10  drug_order   4603     ->  {"A1": 150, "A2": -20}
# A1       2025-06-03T11:40  drug_given   4603
# A2       2025-06-03T10:00  drug_given   4603
# A2       2025-06-03T10:20  drug_order   4603
# ```


# %% answer="q2_first_dose"
def first_dose(events: pd.DataFrame, drug: str) -> dict:
    """Minutes from the first order to the first dose, by stay."""
    ### BEGIN SOLUTION
    rows = events[events["code"] == drug].assign(time=lambda table: pd.to_datetime(table["time"]))
    ordered = rows[rows["event_type"] == "drug_order"].groupby("stay_id")["time"].min()
    given = rows[rows["event_type"] == "drug_given"].groupby("stay_id")["time"].min()
    return {
        stay: int((given[stay] - first).total_seconds() // 60) if stay in given.index else None
        for stay, first in ordered.items()
    }
    ### END SOLUTION


# %% test="q2_form" points=1 objective="02.2"
import numbers

_columns = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit", "place", "actor", "note"]
_one = pd.DataFrame(
    [
        ["A1", "2025-06-03T09:10", "drug_order", "R1", "4603", "40", "mg", "EDE", "doctor", ""],
        ["A1", "2025-06-03T09:50", "drug_given", "R1", "4603", "40", "mg", "EDE", "nurse", ""],
    ],
    columns=_columns,
)
result = first_dose(_one, "4603")
assert isinstance(result, dict), "first_dose returns a dict."
assert set(map(str, result)) == {"A1"}, "The keys are the stays with an order of this drug."
assert isinstance(result["A1"], numbers.Real), "The value is a number of minutes."
assert abs(float(result["A1"]) - 40) < 0.01, "From 09:10 to 09:50 are 40 minutes."


# %% test="q2_given" points=1 objective="02.2"
# Hidden tests: several doses, several drugs, an order that was lost and written again.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    B7 2025-05-31T23:20 drug_order R1 7052 | B7 2025-06-01T00:45 drug_given R1 7052 | B7 2025-06-01T08:00 drug_given R1 7052
    B7 2025-05-31T23:00 drug_order R2 161 | B7 2025-05-31T23:05 drug_given R2 161
    C2 2025-06-02T14:00 drug_order R3 7052 | C2 2025-06-02T15:40 drug_order R4 7052 | C2 2025-06-02T16:10 drug_given R4 7052
    C9 2025-06-02T10:00 drug_order R5 161 | C9 2025-06-02T10:31 drug_given R5 161"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code"]
    log = pd.DataFrame(cells, columns=names).assign(value="1", unit="mg", place="W9", actor="nurse", note="")
    log = log.sample(frac=1, random_state=3)
    log.index = [i % 4 for i in range(len(log))]
    before = log.copy()
    got = first_dose(log, "7052")
    assert log.equals(before), "The table that you were given has changed: work on a copy."
    assert sorted(map(str, got)) == ["B7", "C2"], (
        "The keys are the stays with an order of *this* drug, and no others."
    )
    assert all(isinstance(got[s], numbers.Real) for s in ("B7", "C2")), (
        "A dose was given in each of these stays."
    )
    assert abs(float(got["B7"]) - 85) < 0.01, (
        "The minutes of a stay with several doses are wrong: count from the order to the *first* dose of this drug, also across "
        "midnight. Re-read lesson 02, 'Ordered is not given'."
    )
    assert abs(float(got["C2"]) - 130) < 0.01, (
        "The clock of an order that was lost and written again is wrong: the patient has waited since the first order. "
        "Re-read lesson 02, 'Ordered is not given'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_never" points=1 objective="02.2"
# Hidden tests: orders that nobody carried out.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    D1 2025-06-01T08:00 drug_order R1 4603 | D1 2025-06-01T09:00 drug_omitted R1 4603
    D2 2025-06-01T08:00 drug_order R2 4603
    D3 2025-06-01T08:00 drug_order R3 4603 | D3 2025-06-01T08:45 drug_given R3 4603
    D4 2025-06-01T08:00 drug_order R4 4603 | D4 2025-06-01T08:20 drug_given R5 161 | D4 2025-06-01T08:02 drug_order R5 161"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code"]
    log = pd.DataFrame(cells, columns=names).assign(value="1", unit="mg", place="W9", actor="nurse", note="")
    got = first_dose(log.sample(frac=1, random_state=1), "4603")
    assert sorted(map(str, got)) == ["D1", "D2", "D3", "D4"], (
        "A stay in which nobody gave the drug is missing (or one is too many): whoever was never treated is part of the "
        "finding. Re-read lesson 02, 'Ordered is not given'."
    )
    assert isinstance(got["D3"], numbers.Real), "A dose was given in one of these stays."
    for stay, why in (("D2", "an order is not a dose"), ("D1", "an omitted dose was not given"),
                      ("D4", "another drug is not this one")):  # fmt: skip
        value = got[stay]
        assert not isinstance(value, numbers.Real) or value != value, (
            f"A stay without a dose has a number of minutes: {why}. Re-read lesson 02, 'Ordered is not given'."
        )
        assert value is None or isinstance(value, float), "Use `None` where no dose was given."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_spoken" points=1 objective="02.2"
# Hidden tests: orders that were spoken, and typed in later.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    E1 2025-06-01T08:30 drug_order R1 2193 | E1 2025-06-01T08:00 drug_given R1 2193 | E1 2025-06-02T08:00 drug_given R1 2193
    E2 2025-06-01T12:00 drug_order R2 2193 | E2 2025-06-01T12:00 drug_given R2 2193"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code"]
    log = pd.DataFrame(cells, columns=names).assign(value="2", unit="g", place="W9", actor="nurse", note="")
    got = first_dose(log.sample(frac=1, random_state=2), "2193")
    assert sorted(map(str, got)) == ["E1", "E2"], (
        "A stay whose order was typed in after the dose has vanished: these people were treated fastest. Re-read lesson 02, "
        "'Ordered is not given'."
    )
    assert all(isinstance(got[s], numbers.Real) for s in ("E1", "E2")), (
        "A dose was given in each of these stays."
    )
    assert abs(float(got["E1"]) + 30) < 0.01, (
        "An order that was typed in after the dose has the wrong minutes: they are negative, counted to the first dose, and not "
        "to a later one. Re-read lesson 02, 'Ordered is not given'."
    )
    assert abs(float(got["E2"])) < 0.01, "Ordered and given in the same minute are 0 minutes."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. What is known at this moment? (6 points)
#
# Write `known(events, stay_id, now)`: what a model may use at the time `now` (a text as in the log). It returns a **dict**:
#
# - `"creatinine"`: the latest creatinine in **umol/L**, as a number
# - `"age"`: whole minutes from the taking of that blood (`collected`) to `now`
# - `"codes"`: the sorted list of the diagnosis codes that coders have assigned in this stay
#
# *Known* is what the log holds at `now` or before. Creatinine has two codes, `2160-0` in mg/dL and `14682-9` in umol/L;
# 1 mg/dL is `88.4` umol/L. *Latest* is the blood that was **taken** last, of those with a released value. A
# `result_corrected` replaces the result of the same order, from its own time on. Every order has one `collected`, in another
# minute than the others of the stay. Without a known creatinine, the first two are `None`.
#
# ```
# stay_id  time              event_type  order_id  code     value  unit
# A1       2025-06-03T08:00  collected   R1
# A1       2025-06-03T09:00  result      R1        14682-9  91     umol/L
#
# known(events, "A1", "2025-06-03T09:30")  ->  {"creatinine": 91.0, "age": 90, "codes": []}
# known(events, "A1", "2025-06-03T08:30")  ->  {"creatinine": None, "age": None, "codes": []}
# ```


# %% answer="q3_known"
def known(events: pd.DataFrame, stay_id: str, now: str) -> dict:
    """What the record holds about a stay at a moment."""
    ### BEGIN SOLUTION
    stay = events[events["stay_id"] == stay_id].assign(time=lambda table: pd.to_datetime(table["time"]))
    now = pd.Timestamp(now)
    stay = stay[stay["time"] <= now]
    codes = sorted(stay.loc[stay["event_type"] == "code_assigned", "code"])
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    results = stay[stay["event_type"].isin(["result", "result_corrected"])]
    results = results[results["code"].isin(["2160-0", "14682-9"])].sort_values("time")
    results = results.drop_duplicates("order_id", keep="last")
    if results.empty:
        return {"creatinine": None, "age": None, "codes": codes}
    last = results.assign(taken=results["order_id"].map(taken)).sort_values("taken").iloc[-1]
    factor = 88.4 if last["unit"] == "mg/dL" else 1.0
    age = int((now - last["taken"]).total_seconds() // 60)
    return {"creatinine": float(last["value"]) * factor, "age": age, "codes": codes}
    ### END SOLUTION


# %% test="q3_form" points=1 objective="02.2"
import numbers

_cells = [
    ["A1", "2025-06-03T08:00", "collected", "R1", "", "", ""],
    ["A1", "2025-06-03T09:00", "result", "R1", "14682-9", "91", "umol/L"],
]
_log = pd.DataFrame(
    _cells, columns=["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
).assign(place="W2", actor="nurse", note="")
result = known(_log, "A1", "2025-06-03T09:30")
assert isinstance(result, dict) and set(result) == {"creatinine", "age", "codes"}, (
    "known returns a dict with the keys 'creatinine', 'age' and 'codes'."
)
assert isinstance(result["creatinine"], numbers.Real), "The creatinine is a number."
assert abs(float(result["creatinine"]) - 91) < 0.01, "The creatinine here is 91 umol/L."
assert isinstance(result["age"], numbers.Real), "The age is a number of minutes."
assert isinstance(result["codes"], list | tuple), "The codes are a list, also when there is none."


# %% test="q3_released" points=1 objective="02.2"
# Hidden tests: moments before, at and after the release of a value.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    F1 2025-06-01T06:30 collected R1 - - - | F1 2025-06-01T07:30 result R1 14682-9 80 umol/L | F1 2025-06-01T07:31 result R1 2823-3 4.1 mmol/L
    F1 2025-06-02T06:30 collected R2 - - - | F1 2025-06-02T07:40 result R2 14682-9 140 umol/L
    F1 2025-06-02T10:00 result_corrected R2 14682-9 84 umol/L
    F2 2025-06-01T05:00 collected R3 - - - | F2 2025-06-01T05:30 result R3 14682-9 300 umol/L"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
    log = pd.DataFrame(cells, columns=names).replace("-", "").assign(place="W9", actor="system", note="")
    log = log.sample(frac=1, random_state=5)
    log.index = [i % 3 for i in range(len(log))]
    before = log.copy()
    for now, right, why in (
        (
            "2025-06-01T07:00",
            None,
            "At this moment a tube has been taken, and no creatinine of this stay has been released",
        ),
        ("2025-06-01T07:30", 80, "A value counts from the minute of its release"),
        ("2025-06-02T07:00", 80, "The second blood is on its way and its value is not known yet"),
        (
            "2025-06-02T09:00",
            140,
            "A correction that comes later is not known yet: the ward acts on the first result",
        ),
    ):
        value = known(log, "F1", now)["creatinine"]
        if right is None:
            fits = value is None or (isinstance(value, float) and value != value)
        else:
            fits = isinstance(value, numbers.Real) and abs(float(value) - right) < 0.01
        assert fits, (
            f"{why}. Only what was released by `now`, and in this stay, is known. Re-read lesson 02, 'The four times of a "
            "blood test'."
        )
    assert log.equals(before), "The table that you were given has changed: work on a copy."


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_age" points=1 objective="02.2"
# Hidden tests: how old a value is, and an older blood that is reported last.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    G1 2025-05-31T22:15 collected R1 - - - | G1 2025-06-01T06:50 result R1 14682-9 120 umol/L
    G1 2025-06-01T05:40 collected R2 - - - | G1 2025-06-01T06:20 result R2 14682-9 95 umol/L
    H1 2025-05-31T23:10 collected R3 - - - | H1 2025-06-01T00:30 result R3 14682-9 71 umol/L"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
    log = pd.DataFrame(cells, columns=names).replace("-", "").assign(place="W9", actor="system", note="")
    log = log.sample(frac=1, random_state=6)
    got = known(log, "H1", "2025-06-01T01:00")
    assert isinstance(got["age"], numbers.Real) and abs(float(got["age"]) - 110) < 0.01, (
        "The age of a value is wrong: it counts in minutes from the needle, not from the report, and also across midnight. "
        "Re-read lesson 02, 'The four times of a blood test'."
    )
    got = known(log, "G1", "2025-06-01T07:00")
    assert isinstance(got["creatinine"], numbers.Real) and abs(float(got["creatinine"]) - 95) < 0.01, (
        "Here an older blood is reported after a newer one, and your function takes the wrong blood. The latest is the one that was "
        "*taken* last. Re-read lesson 02, 'The four times of a blood test'."
    )
    cells = [
        ["G2", "2025-06-01T06:00", "collected", "R1", "", "", ""],
        ["G2", "2025-06-01T07:00", "result", "R1", "14682-9", "80", "umol/L"],
        ["G2", "2025-06-01T08:00", "collected", "R2", "", "", ""],
    ]
    log = pd.DataFrame(cells, columns=names).assign(place="W9", actor="system", note="")
    age = known(log, "G2", "2025-06-01T08:30")["age"]
    assert isinstance(age, numbers.Real) and abs(float(age) - 150) < 0.01, (
        "A newer blood is on its way, and the age is wrong: it belongs to the blood whose value is known. Re-read lesson 02, "
        "'The four times of a blood test'."
    )
    got = known(log, "G2", "2025-06-01T06:30")
    unknown, no_age = (
        v is None or (isinstance(v, float) and v != v) for v in (got["creatinine"], got["age"])
    )
    assert no_age or not unknown, "Without a known creatinine there is no age: `None`."


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_corrected" points=1 objective="02.2"
# Hidden tests: values that were corrected before `now`.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    J1 2025-06-01T06:30 collected R1 - - - | J1 2025-06-01T07:30 result R1 14682-9 77 umol/L
    J1 2025-06-02T06:30 collected R2 - - - | J1 2025-06-02T07:30 result R2 14682-9 210 umol/L
    J1 2025-06-02T09:15 result_corrected R2 14682-9 79 umol/L
    J1 2025-06-02T09:20 result_corrected R2 2823-3 4.4 mmol/L | J1 2025-06-02T07:31 result R2 2823-3 6.9 mmol/L"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
    log = pd.DataFrame(cells, columns=names).replace("-", "").assign(place="W9", actor="system", note="")
    for state in (1, 2, 3):
        value = known(log.sample(frac=1, random_state=state), "J1", "2025-06-02T12:00")["creatinine"]
        assert isinstance(value, numbers.Real) and abs(float(value) - 79) < 0.01, (
            "After a correction, in whatever order the rows stand, the corrected value is the result of that blood: it takes the "
            "place of the first. Yours is another value. Re-read lesson 02, 'Corrected, and in another unit'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_units" points=1 objective="02.2"
# Hidden tests: two laboratories.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    for code, value, unit, right in (
        ("2160-0", "1.24", "mg/dL", 1.24 * 88.4),
        ("14682-9", "64", "umol/L", 64.0),
    ):
        rows = [
            ["K1", "2025-06-01T06:30", "collected", "R1", "", "", ""],
            ["K1", "2025-06-01T07:30", "result", "R1", code, value, unit],
            ["K1", "2025-06-01T07:31", "result", "R1", "2345-7", "99", "mg/dL"],
        ]
        names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
        log = pd.DataFrame(rows, columns=names).assign(place="W9", actor="system", note="")
        got = known(log, "K1", "2025-06-01T08:00")["creatinine"]
        assert isinstance(got, numbers.Real), (
            f"A creatinine in {unit} is not found: each laboratory has its own code."
        )
        assert abs(float(got) - right) < 0.5, (
            f"A creatinine that the laboratory reports in {unit} comes out wrong: the result is in umol/L, whatever the laboratory "
            "uses. Re-read lesson 02, 'Corrected, and in another unit'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_codes" points=1 objective="02.4"
# Hidden tests: diagnosis codes that come after discharge.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = [
        ["L1", "2025-06-01T08:00", "arrival", "", ""],
        ["L1", "2025-06-06T11:00", "discharge", "", ""],
        ["L1", "2025-06-10T10:00", "code_assigned", "", "S72.0"],
        ["L1", "2025-06-12T09:00", "code_assigned", "", "N17.9"],
        ["L1", "2025-06-10T10:00", "code_assigned", "", "I50.0"],
        ["L2", "2025-06-02T10:00", "code_assigned", "", "J18.9"],
        ["L1", "2025-06-01T08:30", "drug_order", "R1", "161"],
        ["L1", "2025-06-01T08:10", "collected", "R2", ""],
        ["L1", "2025-06-01T09:00", "result", "R2", "14682-9"],
    ]
    log = pd.DataFrame(rows, columns=["stay_id", "time", "event_type", "order_id", "code"])
    log = log.assign(value="80", unit="umol/L", place="COD", actor="coder", note="").sample(
        frac=1, random_state=4
    )
    early = known(log, "L1", "2025-06-01T12:00")["codes"]
    assert isinstance(early, list | tuple) and len(early) == 0, (
        "On the day of arrival your function knows codes that coders assign after discharge (or takes other codes for "
        "diagnoses). Re-read lesson 02, 'The code comes last'."
    )
    later = known(log, "L1", "2025-06-11T00:00")["codes"]
    assert [str(code) for code in later] == ["I50.0", "S72.0"], (
        "Between two days of coding, the list is not the sorted codes that were assigned to this stay so far. Re-read lesson "
        "02, 'The code comes last'."
    )
    assert [str(code) for code in known(log, "L1", "2025-06-12T09:00")["codes"]] == [
        "I50.0",
        "N17.9",
        "S72.0",
    ], "A code counts from the minute in which it was assigned, and the list is sorted."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. When did the kidney injury begin? (4 points)
#
# Write `kidney_injury(events, stay_id)`, for somebody who looks back. It returns a **dict** of times, as they stand in the log,
# or `None` where there is none:
#
# - `"onset"`: when the first blood was **taken** whose creatinine is at least 26.5 umol/L higher than that of *any* blood
#   taken before it in the stay, at most 48 hours earlier (48 hours exactly count)
# - `"known"`: when the value of that blood was released (the correction, if it was corrected)
# - `"coded"`: when the code `N17.9` was assigned in the stay
#
# Codes and units as in item 3, not rounded; a corrected value replaces the first one, and here you know all corrections. This
# rule sees a rise during the stay; an injury that was there at arrival it cannot see.
#
# ```
# bloods of a stay      taken             released          umol/L     onset  "2025-06-04T06:30"
#                       2025-06-03T08:00  2025-06-03T09:00  82         known  "2025-06-04T07:40"
#                       2025-06-04T06:30  2025-06-04T07:40  123        coded  "2025-06-19T10:05"
# N17.9 assigned at 2025-06-19T10:05
# ```


# %% answer="q4_kidney_injury"
def kidney_injury(events: pd.DataFrame, stay_id: str) -> dict:
    """Onset, first knowledge and coding of a kidney injury."""
    ### BEGIN SOLUTION
    stay = events[events["stay_id"] == stay_id]
    coded = stay[(stay["event_type"] == "code_assigned") & (stay["code"] == "N17.9")]["time"]
    taken = stay[stay["event_type"] == "collected"].set_index("order_id")["time"]
    bloods = stay[stay["event_type"].isin(["result", "result_corrected"])]
    bloods = bloods[bloods["code"].isin(["2160-0", "14682-9"])].sort_values("time")
    bloods = bloods.drop_duplicates("order_id", keep="last")
    factor = bloods["unit"].map({"mg/dL": 88.4, "umol/L": 1.0})
    bloods = bloods.assign(
        taken=bloods["order_id"].map(taken), umol=bloods["value"].astype(float) * factor
    ).sort_values("taken")
    found = {"onset": None, "known": None, "coded": None if coded.empty else coded.min()}
    when = pd.to_datetime(bloods["taken"])
    for place in range(len(bloods)):
        recent = (when < when.iloc[place]) & (when >= when.iloc[place] - pd.Timedelta(hours=48))
        if (
            recent.any()
            and bloods["umol"].iloc[place] - bloods["umol"][recent.to_numpy()].min() >= 26.5 - 1e-9
        ):
            found |= {"onset": bloods["taken"].iloc[place], "known": bloods["time"].iloc[place]}
            break
    return found
    ### END SOLUTION


# %% test="q4_form" points=1 objective="02.4"
_cells = [
    ["A1", "2025-06-03T08:00", "collected", "R1", "", "", ""],
    ["A1", "2025-06-03T09:00", "result", "R1", "14682-9", "82", "umol/L"],
    ["A1", "2025-06-04T06:30", "collected", "R2", "", "", ""],
    ["A1", "2025-06-04T07:40", "result", "R2", "14682-9", "123", "umol/L"],
    ["A1", "2025-06-19T10:05", "code_assigned", "", "N17.9", "", ""],
    ["A2", "2025-06-03T08:00", "collected", "R3", "", "", ""],
    ["A2", "2025-06-03T09:00", "result", "R3", "14682-9", "91", "umol/L"],
]
_log = pd.DataFrame(
    _cells, columns=["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
).assign(place="W2", actor="nurse", note="")
for _stay, _right in (
    ("A1", ["2025-06-04T06:30", "2025-06-04T07:40", "2025-06-19T10:05"]),
    ("A2", [None] * 3),
):
    result = kidney_injury(_log, _stay)
    assert isinstance(result, dict) and set(result) == {"onset", "known", "coded"}, (
        "kidney_injury returns a dict with the keys 'onset', 'known' and 'coded'."
    )
    for _key, _time in zip(("onset", "known", "coded"), _right, strict=True):
        _value = result[_key]
        _value = None if _value is None or _value != _value else str(_value).replace(" ", "T")[:16]
        assert _value == _time, (
            f"In the prompt's own example '{_key}' is another time."
            if _time
            else "One blood cannot rise, and nothing is coded in this stay: three times `None`."
        )


# %% test="q4_onset" points=1 objective="02.4"
# Hidden tests: a rise, a rise without a code, a code without a rise.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = """
    M1 2025-06-01T10:00 collected R1 - - - | M1 2025-06-01T11:05 result R1 14682-9 82 umol/L
    M1 2025-06-02T06:30 collected R2 - - - | M1 2025-06-02T07:40 result R2 14682-9 123 umol/L
    M1 2025-06-03T06:30 collected R3 - - - | M1 2025-06-03T07:45 result R3 14682-9 148 umol/L | M1 2025-06-19T10:05 code_assigned - N17.9 - -
    M2 2025-06-01T10:00 collected R4 - - - | M2 2025-06-01T11:05 result R4 14682-9 70 umol/L
    M2 2025-06-02T06:35 collected R5 - - - | M2 2025-06-02T07:50 result R5 14682-9 101 umol/L | M2 2025-06-20T10:05 code_assigned - S72.0 - -
    M3 2025-06-01T10:00 collected R6 - - - | M3 2025-06-01T11:05 result R6 14682-9 190 umol/L | M3 2025-06-21T10:05 code_assigned - N17.9 - -"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
    log = pd.DataFrame(cells, columns=names).replace("-", "").assign(place="W9", actor="system", note="")
    log = log.sample(frac=1, random_state=7)
    log.index = [i % 5 for i in range(len(log))]

    def found(stay, key):
        value = kidney_injury(log.copy(), stay)[key]
        return None if value is None or value != value else pd.Timestamp(value).strftime("%Y-%m-%dT%H:%M")

    assert found("M3", "onset") is None, (
        "A stay with the code and without a rise has an onset: a diagnosis code is not a measurement, and its date is not the "
        "beginning. Re-read lesson 02, 'The code comes last'."
    )
    assert found("M1", "onset") == "2025-06-02T06:30" and found("M2", "onset") == "2025-06-02T06:35", (
        "The onset is not the time at which the first blood that had risen was taken (coded or not). A report comes later, a code "
        "much later. Re-read lesson 02, 'The code comes last'."
    )
    assert found("M1", "known") == "2025-06-02T07:40" and found("M2", "known") == "2025-06-02T07:50", (
        "`known` is the minute in which the value of that blood was released. Re-read lesson 02, 'The four times of a blood test'."
    )
    assert found("M1", "coded") == "2025-06-19T10:05" and found("M2", "coded") is None, (
        "`coded` is when N17.9 was assigned in this stay, and `None` if it never was."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_edges" points=1 objective="02.4"
# Hidden tests: slow rises, small steps, 48 hours, 26.5 umol/L, two laboratories, other tests.
### BEGIN HIDDEN TESTS
def _hidden_test():
    names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]

    def onset(*bloods):
        cells = []
        for i, (taken, value) in enumerate(bloods):
            released = (pd.Timestamp(taken) + pd.Timedelta(minutes=70)).strftime("%Y-%m-%dT%H:%M")
            cells.append(["N1", taken, "collected", f"R{i}", "", "", ""])
            cells.append(["N1", released, "result", f"R{i}", "14682-9", str(value), "umol/L"])
        log = pd.DataFrame(cells, columns=names).assign(place="W9", actor="system", note="")
        value = kidney_injury(log.sample(frac=1, random_state=8), "N1")["onset"]
        return None if value is None or value != value else pd.Timestamp(value).strftime("%Y-%m-%dT%H:%M")

    def injury(rows):
        cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
        log = pd.DataFrame(cells, columns=names).replace("-", "").assign(place="W9", actor="system", note="")
        log = log.sample(frac=1, random_state=9)
        before = log.copy()
        value = kidney_injury(log, "O1")["onset"]
        assert log.equals(before), "The table that you were given has changed: work on a copy."
        return None if value is None or value != value else pd.Timestamp(value).strftime("%Y-%m-%dT%H:%M")

    two = """
    O1 2025-06-01T08:00 collected R1 - - - | O1 2025-06-01T09:00 result R1 2160-0 0.90 mg/dL
    O1 2025-06-02T06:30 collected R2 - - - | O1 2025-06-02T07:30 result R2 14682-9 %s umol/L"""
    assert injury(two % "82") is None, (
        "Only the laboratory's unit has changed, and your function finds a kidney injury. Re-read lesson 02, 'Corrected, and in "
        "another unit'."
    )
    assert injury(two % "118") == "2025-06-02T06:30", (
        "A rise between two laboratories with two units is not found, or not at its needle. Re-read lesson 02, 'Corrected, and "
        "in another unit'."
    )
    other = """
    O1 2025-06-01T08:00 collected R1 - - - | O1 2025-06-01T09:00 result R1 14682-9 80 umol/L | O1 2025-06-01T09:01 result R1 1988-5 12 mg/L
    O1 2025-06-02T06:30 collected R2 - - - | O1 2025-06-02T07:30 result R2 14682-9 82 umol/L | O1 2025-06-02T07:31 result R2 1988-5 140 mg/L"""
    assert injury(other) is None, "Another test than creatinine has risen here: read the codes of item 3."
    late = """
    O1 2025-06-01T08:00 collected R1 - - - | O1 2025-06-01T08:50 result R1 14682-9 80 umol/L
    O1 2025-06-03T07:30 collected R2 - - - | O1 2025-06-03T10:00 result R2 14682-9 110 umol/L"""
    assert injury(late) == "2025-06-03T07:30", (
        "The 48 hours lie between two needles, not between two reports. Re-read lesson 02, 'The four times of a blood test'."
    )
    day = "2025-06-0"
    small = [(f"{day}1T08:00", 80), (f"{day}2T08:00", 95), (f"{day}3T07:00", 112)]
    assert onset(*small) == f"{day}3T07:00", (
        "Two small steps within 48 hours are a rise too: compare with every blood of these hours, not only with the one before. "
        "Read the prompt of item 4 again."
    )
    assert onset((f"{day}1T08:00", 80), (f"{day}3T09:00", 120)) is None, (
        "A rise over more than 48 hours was counted. Read the prompt of item 4 again."
    )
    assert onset((f"{day}1T08:00", 80), (f"{day}3T08:00", 120)) == f"{day}3T08:00", "48 hours exactly count."
    assert onset((f"{day}1T08:00", 80), (f"{day}2T08:00", 106.5)) == f"{day}2T08:00", (
        "26.5 umol/L exactly count."
    )
    assert onset((f"{day}1T08:00", 80), (f"{day}2T08:00", 106)) is None, "A rise of 26 umol/L is not enough."
    assert onset((f"{day}1T08:00", 120), (f"{day}2T08:00", 80)) is None, "A creatinine that falls is no rise."


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_corrected" points=1 objective="02.4"
# Hidden tests: a first result that was wrong.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = """
    P1 2025-06-01T10:00 collected R1 - - - | P1 2025-06-01T11:05 result R1 14682-9 82 umol/L
    P1 2025-06-02T06:30 collected R2 - - - | P1 2025-06-02T07:40 result R2 14682-9 190 umol/L | P1 2025-06-02T09:40 result_corrected R2 14682-9 84 umol/L
    P2 2025-06-01T10:00 collected R3 - - - | P2 2025-06-01T11:05 result R3 14682-9 75 umol/L
    P2 2025-06-02T06:30 collected R4 - - - | P2 2025-06-02T07:40 result R4 14682-9 78 umol/L | P2 2025-06-02T10:10 result_corrected R4 14682-9 131 umol/L"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    names = ["stay_id", "time", "event_type", "order_id", "code", "value", "unit"]
    log = pd.DataFrame(cells, columns=names).replace("-", "").assign(place="W9", actor="system", note="")
    for state in (1, 2, 3):
        mixed = log.sample(frac=1, random_state=state)
        value = kidney_injury(mixed, "P1")["onset"]
        assert value is None or value != value, (
            "A first result that was corrected away has become a kidney injury: the correction replaces it. Re-read lesson "
            "02, 'Corrected, and in another unit'."
        )
        got = kidney_injury(mixed, "P2")
        times = [
            None if v is None or v != v else pd.Timestamp(v).strftime("%H:%M")
            for v in (got["onset"], got["known"])
        ]
        assert times == ["06:30", "10:10"], (
            "Here only the corrected value has risen: the blood was taken when it was taken, and the rise is known from the "
            "correction on. Re-read lesson 02, 'Corrected, and in another unit'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Words and rules (4 points)
#
# Write `meanings(note, abbreviations)`. It returns a **dict** from each abbreviation of the table (columns `abbreviation`,
# `meaning`) that stands in the note to the **set of all its meanings**. It stands there as a word of its own: no letter or
# digit directly before or after it. Capitals count: `as` is not `AS`.
#
# ```
# meanings("?PE, on CAPD", abbreviations)
# ->  {"PE": {"pulmonary embolism", "physical examination", "pleural effusion"}}
# ```


# %% answer="q5_meanings"
import re


def meanings(note: str, abbreviations: pd.DataFrame) -> dict:
    """All that the abbreviations in a note may mean."""
    ### BEGIN SOLUTION
    words = set(re.findall(r"[A-Za-z0-9]+", note))
    listed = abbreviations[abbreviations["abbreviation"].isin(words)]
    return listed.groupby("abbreviation")["meaning"].agg(set).to_dict()
    ### END SOLUTION


# %% test="q5_form" points=1 objective="02.1"
_two = pd.DataFrame({"abbreviation": ["QX", "QY"], "meaning": ["quiet ox", "young quail"]})
result = meanings("seen with QX, quiet", _two)
assert isinstance(result, dict), "meanings returns a dict."
assert set(map(str, result)) == {"QX"}, "QX stands in the note and QY does not."
assert not isinstance(result["QX"], str) and {str(m) for m in result["QX"]} == {"quiet ox"}, (
    "The value is a set of meanings, here of one."
)


# %% test="q5_words" points=1 objective="02.1"
# Hidden tests: another list, other notes.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = [("HR", "heart rate"), ("BA", "blood alcohol"), ("HR", "human resources"), ("BA", "barium"), ("BA", "big aunt"),
            ("K", "potassium"), ("SBA", "second best aunt")]  # fmt: skip
    table = pd.DataFrame(rows, columns=["abbreviation", "meaning"]).sample(frac=1, random_state=9)
    table.index = [0] * len(table)
    before = table.copy()

    def read(note):
        return {str(key): {str(m) for m in value} for key, value in meanings(note, table).items()}

    got = read("#BA, HR 90; K? ba hr")
    assert table.equals(before), "The table that you were given has changed."
    assert got.get("BA") == {"blood alcohol", "barium", "big aunt"} and got.get("HR") == {
        "heart rate",
        "human resources",
    }, (
        "An abbreviation does not get exactly its meanings (or was not found beside a sign such as # or a comma): one "
        "abbreviation may mean several things. Re-read lesson 02, 'One abbreviation, several meanings'."
    )
    assert set(got) == {"BA", "HR", "K"}, (
        "Each listed abbreviation of the note is a key, and no other word is."
    )
    assert read("SBAR done, HRT, BA2, OK") == {}, "An abbreviation was found inside a longer word."
    assert read("ba and hr, nothing else") == {}, "Small letters were taken for an abbreviation."
    assert read("") == {}, "An empty note has no abbreviations."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now read as a nurse reads. Write `readings()`: a **dict** from each letter to the meaning, **spelled as in the table below**,
# or to `"ask"` where the note does not tell.
#
# | | Where | Note | May mean |
# |:---|:---|:---|:---|
# | A | triage | `sats 88 RA` | `room air`, `rheumatoid arthritis`, `right atrium` |
# | B | heart ultrasound | `RA dilated` | the same three |
# | C | past history | `RA since 2011, sore hands` | the same three |
# | D | drug chart | `MS 5 mg, given 22:10` (magnesium is given in grams) | `multiple sclerosis`, `mitral stenosis`, `morphine sulfate`, `magnesium sulfate` |
# | E | slip from another ward, nothing else on it | `72 y, MS, please review` | the same four |
# | F | drug chart | `ramipril 5 mg OD` | `overdose`, `once daily`, `right eye` |
# | G | first page of an examination | `PE: chest clear, no oedema` | `pulmonary embolism`, `physical examination` |
# | H | discharge letter from the lung clinic | `LFT: FEV1 45 %` | `liver function tests`, `lung function tests` |


# %% answer="q5_readings"
def readings() -> dict:
    """What each note means, or "ask"."""
    ### BEGIN SOLUTION
    return {
        "A": "room air",
        "B": "right atrium",
        "C": "rheumatoid arthritis",
        "D": "morphine sulfate",
        "E": "ask",
        "F": "once daily",
        "G": "physical examination",
        "H": "lung function tests",
    }
    ### END SOLUTION


# %% test="q5_notes" points=1 objective="02.1"
_read = readings()
assert isinstance(_read, dict) and sorted(map(str, _read)) == list("ABCDEFGH"), (
    "readings returns a dict with the letters A to H."
)
assert all(isinstance(value, str) for value in _read.values()), "Each value is a text."


### BEGIN HIDDEN TESTS
def _hidden_test():
    right = "room air|right atrium|rheumatoid arthritis|morphine sulfate|ask|once daily|physical examination|lung function tests"
    for letter, meaning in zip("ABCDEFGH", right.split("|"), strict=True):
        assert str(_read[letter]).strip().lower() == meaning, (
            f"{letter}: look at where it was written and at what stands around it, and whether that is enough to tell. Re-read "
            "lesson 02, 'One abbreviation, several meanings'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Last, the rules (reading, not legal advice). Write `rules()`: a **dict** from each letter to a pair: `"yes"` or `"no"`, and
# the id of the entry of the [register](../../datasets/standards/README.md) that settles it. Each entry is used once:
# `hipaa-minimum-necessary`, `hipaa-safe-harbor`, `gdpr-art-9-care`, `gdpr-recital-26`, `snomed-licence`,
# `icd-10-main-condition`.
#
# | | Question |
# |:---|:---|
# | A | US: a doctor asks another hospital for the record of a patient whom she treats. Must that hospital first cut it to the minimum necessary? |
# | B | US: a log has no names, and every event has its date and minute. Does it pass Safe Harbor? |
# | C | EU: data were collected to care for people. Does that ground alone let a company train a model on them? |
# | D | EU: record numbers are replaced by codes, and the hospital keeps the table. For the hospital, are they personal data? |
# | E | A company ships a product with SNOMED CT inside. Does it need a licence? |
# | F | "The main diagnosis code of the stay is what the doctor knew at arrival." Is that how WHO defines it? |


# %% answer="q5_rules"
def rules() -> dict:
    """For each question: yes or no, and the entry that settles it."""
    ### BEGIN SOLUTION
    return {
        "A": ("no", "hipaa-minimum-necessary"),
        "B": ("no", "hipaa-safe-harbor"),
        "C": ("no", "gdpr-art-9-care"),
        "D": ("yes", "gdpr-recital-26"),
        "E": ("yes", "snomed-licence"),
        "F": ("no", "icd-10-main-condition"),
    }
    ### END SOLUTION


# %% test="q5_rules_read" points=1 objective="02.4"
_ruled = rules()
assert isinstance(_ruled, dict) and sorted(map(str, _ruled)) == list("ABCDEF"), (
    "rules returns a dict with the letters A to F."
)
for _letter, _pair in _ruled.items():
    assert isinstance(_pair, tuple | list) and len(_pair) == 2 and str(_pair[0]) in ("yes", "no"), (
        f"{_letter}: a pair of 'yes' or 'no' and an id."
    )
assert len({str(_pair[1]) for _pair in _ruled.values()}) == 6, "Each of the six entries is used once."


### BEGIN HIDDEN TESTS
def _hidden_test():
    right = {
        "A": ("no", "hipaa-minimum-necessary", "lesson 02, 'HIPAA and GDPR in a page'"),
        "B": ("no", "hipaa-safe-harbor", "lesson 02, 'HIPAA and GDPR in a page'"),
        "C": ("no", "gdpr-art-9-care", "lesson 02, 'HIPAA and GDPR in a page'"),
        "D": ("yes", "gdpr-recital-26", "lesson 02, 'HIPAA and GDPR in a page'"),
        "E": ("yes", "snomed-licence", "lesson 02, 'Five lists of codes'"),
        "F": ("no", "icd-10-main-condition", "lesson 02, 'Five lists of codes'"),
    }
    for letter, (answer, entry, heading) in right.items():
        assert tuple(map(str, _ruled[letter])) == (answer, entry), (
            f"{letter}: read the question and the entry again, and {heading}."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Who answers an alert? (5 points)
#
# Write `alert_report(events, stays, limit)`. It returns a **dict** with the keys `"last hour"` and `"earlier"`: alerts that fired
# from `06:00` to `06:59` or from `18:00` to `18:59`, and all others. Each value is a dict:
#
# - `"alerts"`: alerts
# - `"people"`: different people (`person_id` in `stays`) with such an alert
# - `"never"`: alerts that nobody acknowledged (`alert_acknowledged`, same `order_id`)
# - `"no_review"`: alerts to which no doctor came (`medical_review`)
# - `"in_time"`: alerts acknowledged within `limit` minutes (`limit` exactly counts)
# - `"share"`: `in_time` divided by `alerts`; `None` if there are no such alerts
#
# An alert has at most one acknowledgement and one review; a doctor may come without any acknowledgement.
#
# ```
# stay_id  time              event_type          order_id    alert_report(events, stays, 60)["last hour"]
# A1       2025-06-03T18:20  alert               R1          ->  {"alerts": 2, "people": 1, "never": 1,
# A1       2025-06-03T18:45  alert_acknowledged  R1               "no_review": 2, "in_time": 1, "share": 0.5}
# A1       2025-06-04T06:30  alert               R2
# ```


# %% answer="q6_alert_report"
def alert_report(events: pd.DataFrame, stays: pd.DataFrame, limit: float) -> dict:
    """Alerts and their answers, in the last hour of a shift and earlier."""

    ### BEGIN SOLUTION
    def times(kind):
        rows = events[events["event_type"] == kind]
        return dict(zip(rows["order_id"], pd.to_datetime(rows["time"]), strict=True))

    answered, reviewed = times("alert_acknowledged"), times("medical_review")
    alerts = events[events["event_type"] == "alert"].merge(
        stays[["stay_id", "person_id"]], on="stay_id", how="left"
    )
    alerts["time"] = pd.to_datetime(alerts["time"])
    alerts["waited"] = [
        (answered[order] - fired).total_seconds() / 60 if order in answered else float("nan")
        for order, fired in zip(alerts["order_id"], alerts["time"], strict=True)
    ]
    last = alerts["time"].dt.hour.isin([6, 18])
    report = {}
    for name, part in (("last hour", alerts[last]), ("earlier", alerts[~last])):
        in_time = int((part["waited"] <= limit).sum())
        report[name] = {
            "alerts": len(part),
            "people": int(part["person_id"].nunique()),
            "never": int(part["waited"].isna().sum()),
            "no_review": int((~part["order_id"].isin(reviewed)).sum()),
            "in_time": in_time,
            "share": in_time / len(part) if len(part) else None,
        }
    return report
    ### END SOLUTION


# %% test="q6_form" points=1 objective="02.3"
import numbers

_cells = [
    ["A1", "2025-06-03T18:20", "alert", "R1"],
    ["A1", "2025-06-03T18:45", "alert_acknowledged", "R1"],
    ["A1", "2025-06-03T19:05", "medical_review", "R1"],
    ["A2", "2025-06-03T12:00", "alert", "R2"],
    ["A2", "2025-06-03T12:10", "alert_acknowledged", "R2"],
    ["A2", "2025-06-03T12:40", "medical_review", "R2"],
]
_log = pd.DataFrame(_cells, columns=["stay_id", "time", "event_type", "order_id"]).assign(
    code="", value="", unit="", place="W2", actor="", note=""
)
_people = pd.DataFrame({"stay_id": ["A1", "A2"], "person_id": ["P1", "P2"]})
result = alert_report(_log, _people, 60)
assert isinstance(result, dict) and set(result) == {"last hour", "earlier"}, (
    "alert_report returns a dict with the keys 'last hour' and 'earlier'."
)
for _part in result.values():
    assert isinstance(_part, dict) and set(_part) == {
        "alerts",
        "people",
        "never",
        "no_review",
        "in_time",
        "share",
    }, "Each value is a dict with the six keys of the prompt."
    assert all(isinstance(_part[_key], numbers.Real) for _key in _part), "Here all six are numbers."
    assert int(_part["alerts"]) == 1 and abs(float(_part["share"]) - 1) < 1e-6, (
        "In this small log each part has one alert, and it was acknowledged in time."
    )


# %% test="q6_unanswered" points=1 objective="02.3"
# Hidden tests: alerts that nobody acknowledged.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    Q1 2025-06-01T06:20 alert R1 | Q1 2025-06-01T08:40 alert_acknowledged R1 | Q1 2025-06-01T09:00 medical_review R1
    Q2 2025-06-01T18:40 alert R2 | Q2 2025-06-01T19:50 medical_review R2
    Q3 2025-06-01T18:10 alert R3 | Q3 2025-06-01T18:30 alert_acknowledged R3 | Q3 2025-06-01T19:00 medical_review R3
    Q4 2025-06-01T03:10 alert R4 | Q4 2025-06-01T04:00 medical_review R4
    Q5 2025-06-01T23:50 alert R5 | Q5 2025-06-02T00:15 alert_acknowledged R5 | Q5 2025-06-02T00:40 medical_review R5"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    log = pd.DataFrame(cells, columns=["stay_id", "time", "event_type", "order_id"])
    log = log.assign(code="", value="", unit="", place="W9", actor="", note="").sample(frac=1, random_state=2)
    log.index = [i % 4 for i in range(len(log))]
    people = pd.DataFrame({"stay_id": ["Q5", "Q4", "Q3", "Q2", "Q1"], "person_id": list("edcba")})
    got = alert_report(log, people, 60)
    for part, alerts, never, in_time in (("last hour", 3, 1, 1), ("earlier", 2, 1, 1)):
        row = got[part]
        assert all(isinstance(row[key], numbers.Real) for key in ("alerts", "never", "in_time", "share")), (
            "Both parts have alerts here: their counts and their share are numbers."
        )
        assert int(row["alerts"]) == alerts, (
            "The number of alerts is wrong: one that nobody acknowledged is an alert too. Re-read lesson 02, 'What an alert costs'."
        )
        assert int(row["never"]) == never, (
            "'never' is wrong: a doctor who comes has not acknowledged the alert, and an empty join is a finding. Re-read "
            "lesson 02, 'What an alert costs'."
        )
        assert int(row["in_time"]) == in_time, (
            "'in_time' is wrong: an alert without an answer was not answered in zero minutes, a late one is not in time. Re-read "
            "lesson 02, 'What an alert costs'."
        )
        assert abs(float(row["share"]) - in_time / alerts) < 1e-3, (
            "The share has another denominator than all alerts: those without an answer stay in it. Re-read lesson 02, 'What "
            "an alert costs'."
        )
    cells = [
        ["Y1", "2025-06-01T10:00", "alert", "R1"],
        ["Y1", "2025-06-01T10:20", "alert", "R2"],
        ["Y1", "2025-06-01T10:30", "alert_acknowledged", "R2"],
    ]
    log = pd.DataFrame(cells, columns=["stay_id", "time", "event_type", "order_id"])
    log = log.assign(code="", value="", unit="", place="W9", actor="", note="")
    row = alert_report(log, pd.DataFrame({"stay_id": ["Y1"], "person_id": ["P1"]}), 60)["earlier"]
    assert (int(row["never"]), int(row["in_time"])) == (1, 1), (
        "Two alerts, one answer: it belongs to the alert with the same `order_id`. Read the prompt of item 6 again."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_people" points=1 objective="02.3"
# Hidden tests: people with several alerts and several stays.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    T1 2025-06-01T06:20 alert R1 | T1 2025-06-01T18:40 alert R2 | T1 2025-06-02T11:00 alert R3
    T1 2025-06-01T06:40 alert_acknowledged R1 | T1 2025-06-01T07:40 medical_review R1
    T2 2025-06-20T06:10 alert R4 | T2 2025-06-20T15:00 alert R5
    T3 2025-06-03T12:00 alert R6 | T3 2025-06-03T22:00 alert R7 | T3 2025-06-03T05:00 alert R8"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    log = pd.DataFrame(cells, columns=["stay_id", "time", "event_type", "order_id"])
    log = log.assign(code="", value="", unit="", place="W9", actor="", note="").sample(frac=1, random_state=4)
    people = pd.DataFrame({"stay_id": ["T3", "T9", "T2", "T1"], "person_id": ["P8", "P9", "P5", "P5"]})
    before, book = log.copy(), people.copy()
    got = alert_report(log, people, 60)
    assert log.equals(before) and people.equals(book), "A table that you were given has changed."
    for part, right in (("last hour", 1), ("earlier", 2)):
        value = got[part]["people"]
        assert isinstance(value, numbers.Real) and int(value) == right, (
            "'people' is wrong: somebody who comes back has two stays and is one person, an alert is not a person, and who had no "
            "such alert does not count. Re-read lesson 02, 'From the door to discharge'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_review" points=1 objective="02.3"
# Hidden tests: alerts to which no doctor came.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numbers

    rows = """
    U1 2025-06-01T06:20 alert R1 | U1 2025-06-01T06:40 alert_acknowledged R1
    U2 2025-06-01T18:40 alert R2 | U2 2025-06-01T18:50 alert_acknowledged R2 | U2 2025-06-01T19:20 medical_review R2
    U3 2025-06-01T12:00 alert R3 | U3 2025-06-01T12:10 alert_acknowledged R3
    U3 2025-06-01T13:00 alert R5 | U3 2025-06-01T13:05 alert_acknowledged R5 | U3 2025-06-01T13:20 medical_review R5
    U4 2025-06-01T20:00 alert R4 | U4 2025-06-01T20:10 alert_acknowledged R4"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    log = pd.DataFrame(cells, columns=["stay_id", "time", "event_type", "order_id"])
    log = log.assign(code="", value="", unit="", place="W9", actor="", note="").sample(frac=1, random_state=5)
    people = pd.DataFrame({"stay_id": ["U1", "U2", "U3", "U4"], "person_id": list("abcd")})
    got = alert_report(log, people, 60)
    for part, right in (("last hour", 1), ("earlier", 2)):
        value = got[part]["no_review"]
        assert isinstance(value, numbers.Real) and int(value) == right, (
            "'no_review' is wrong: that a nurse has pressed a button does not say that a doctor came, and each alert is looked "
            "up by its own order_id. Re-read lesson 02, 'Shifts and handover'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_edges" points=1 objective="02.3"
# Hidden tests: minutes at the edge of the hour and of the limit, and a log without alerts in one part.
### BEGIN HIDDEN TESTS
def _hidden_test():
    clocks = ["06:00", "06:59", "18:00", "18:59", "05:59", "07:00", "17:59", "19:00"]
    cells = []
    for i, clock in enumerate(clocks):
        fired = pd.Timestamp(f"2025-06-03T{clock}")
        later = fired + pd.Timedelta(minutes=45 if i % 2 else 46)
        cells += [[f"V{i}", fired, "alert", f"R{i}"], [f"V{i}", later, "alert_acknowledged", f"R{i}"],
                  [f"V{i}", later, "medical_review", f"R{i}"]]  # fmt: skip
    log = pd.DataFrame(cells, columns=["stay_id", "time", "event_type", "order_id"])
    log["time"] = log["time"].dt.strftime("%Y-%m-%dT%H:%M")
    log = log.assign(code="", value="", unit="", place="W9", actor="", note="")
    people = pd.DataFrame({"stay_id": [f"V{i}" for i in range(8)], "person_id": list("abcdefgh")})
    got = alert_report(log.sample(frac=1, random_state=6), people, 45)
    counts = [int(got[part]["alerts"]) for part in ("last hour", "earlier")]
    assert counts == [4, 4], (
        "An alert in the first or last minute of the hour before a handover is in the wrong part. Read the prompt of item 6 again."
    )
    in_time = [int(got[part]["in_time"]) for part in ("last hour", "earlier")]
    assert in_time == [2, 2], "45 minutes are within a limit of 45, and 46 are not."
    few = alert_report(log[log["stay_id"] == "V5"], people, 45)
    value = few["last hour"]["share"]
    assert int(few["last hour"]["alerts"]) == 0 and (
        value is None or (isinstance(value, float) and value != value)
    ), "Where there are no alerts there is no share: `None`."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The note on the report (4 points)
#
# Write `note_numbers(events, stays)`. It returns a **dict** of whole numbers about logs like `events`:
#
# - `"alerts"`: all alerts
# - `"late"`: alerts **not** acknowledged within `60` minutes, those never acknowledged among them
# - `"late_last_hour"`: those of them in the last hour of a shift, as in item 6
# - `"furosemide"`: stays with an order of furosemide, code `4603` (a drug that makes the kidneys pass more water, so that
#   breathing gets easier)
# - `"slow_dose"`: those of them whose first dose came more than `45` minutes after the first order, or never
#
# A mistake in items 2 and 6 is not counted again here: the test accepts the right number, or the one that your own functions
# find. Put `0` for what you cannot count yet.


# %% answer="q7_note_numbers"
def note_numbers(events: pd.DataFrame, stays: pd.DataFrame) -> dict:
    """The numbers that the note needs."""
    ### BEGIN SOLUTION
    report = alert_report(events, stays, 60)
    minutes = first_dose(events, "4603")
    late = {part: row["alerts"] - row["in_time"] for part, row in report.items()}
    return {
        "alerts": sum(row["alerts"] for row in report.values()),
        "late": sum(late.values()),
        "late_last_hour": late["last hour"],
        "furosemide": len(minutes),
        "slow_dose": sum(value is None or value > 45 for value in minutes.values()),
    }
    ### END SOLUTION


# %% test="q7_numbers" points=1 objective="02.5"
import numbers

_note = note_numbers(events, stays)
assert isinstance(_note, dict), "note_numbers returns a dict."
for _key in ("alerts", "late", "late_last_hour", "furosemide", "slow_dose"):
    assert isinstance(_note.get(_key), numbers.Integral), f"'{_key}' is not there, or is not a whole number."


# Hidden tests: the numbers of another log (right, or equal to what your own functions find).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib
    import numbers

    rows = """
    W1 2025-06-01T06:20 alert R1 | W1 2025-06-01T08:40 alert_acknowledged R1 | W1 2025-06-01T09:00 medical_review R1
    W2 2025-06-01T18:40 alert R2 | W2 2025-06-01T18:10 drug_order R9 4603 | W2 2025-06-01T20:30 drug_given R9 4603
    W3 2025-06-01T18:10 alert R3 | W3 2025-06-01T18:30 alert_acknowledged R3 | W3 2025-06-01T08:00 drug_order R10 4603
    W4 2025-06-01T03:10 alert R4 | W4 2025-06-01T08:00 drug_order R11 4603 | W4 2025-06-01T08:45 drug_given R11 4603
    W5 2025-06-01T23:50 alert R5 | W5 2025-06-02T00:15 alert_acknowledged R5 | W5 2025-06-01T21:00 drug_order R12 4603
    W5 2025-06-01T20:40 drug_given R12 4603 | W1 2025-06-01T06:10 drug_order R13 161 | W3 2025-06-02T12:00 alert R6
    W3 2025-06-02T13:01 alert_acknowledged R6 | W4 2025-06-03T12:00 alert R7 | W4 2025-06-03T12:21 alert_acknowledged R7"""
    cells = [row.split() for line in rows.split("\n") for row in line.split("|") if row.strip()]
    cells = [cell + [""] * (5 - len(cell)) for cell in cells]
    log = pd.DataFrame(cells, columns=["stay_id", "time", "event_type", "order_id", "code"])
    log = log.assign(value="", unit="", place="W9", actor="", note="").sample(frac=1, random_state=1)
    people = pd.DataFrame({"stay_id": ["W1", "W2", "W3", "W4", "W5"], "person_id": list("abcab")})
    right = {"alerts": 7, "late": 4, "late_last_hour": 2, "furosemide": 4, "slow_dose": 2}

    def reported(table):
        report = alert_report(table.copy(), people.copy(), 60)
        return {part: {key: int(row[key]) for key in ("alerts", "in_time")} for part, row in report.items()}

    own = {
        "alerts": lambda t: sum(row["alerts"] for row in reported(t).values()),
        "late": lambda t: sum(row["alerts"] - row["in_time"] for row in reported(t).values()),
        "late_last_hour": lambda t: reported(t)["last hour"]["alerts"] - reported(t)["last hour"]["in_time"],
        "furosemide": lambda t: len(first_dose(t.copy(), "4603")),
        "slow_dose": lambda t: sum(
            v is None or v != v or v > 45 for v in first_dose(t.copy(), "4603").values()
        ),
    }
    # a function that finds the same in a log with nothing to count has counted nothing
    nothing = log[log["event_type"] == "medical_review"]
    doses = ("furosemide", "slow_dose")

    def blind(key):
        if key in doses:
            return first_dose(log.copy(), "4603") == first_dose(nothing.copy(), "4603")
        return reported(log) == reported(nothing)

    got = note_numbers(log.copy(), people.copy())
    for key, number in right.items():
        accepted = {number}
        with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
            found, same = int(own[key](log)), False
            with contextlib.suppress(Exception):
                same = blind(key)
            if not same:
                accepted.add(found)
        reread = (
            "Re-read lesson 02, 'Ordered is not given'."
            if key in doses
            else "Re-read lesson 02, 'What an alert costs'."
        )
        assert isinstance(got.get(key), numbers.Integral) and int(got[key]) in accepted, (
            f"'{key}' is neither the right number nor what your own functions find in the log that they are given. Whoever was "
            f"never answered, or never treated, counts as late. Count, do not type. {reread}"
        )


_hidden_test()
### END HIDDEN TESTS

# %%
print(note_numbers(events, stays))
print(alert_report(events, stays, 60))

# %% [markdown]
# The draft says: *"On wards 2 and 3 alerts are acknowledged after `29` minutes (median), furosemide is given when it is ordered,
# and two patients have rheumatoid arthritis (RA)."* Write a **note** (`60` to `150` words) to its authors, in words that the
# nurses can read too. The cell above shows your numbers once items 2, 6 and 7 are answered. A person reads it, one point for
# each:
#
# 1. **Numbers:** two of your own numbers, each with "of how many".
# 2. **Words:** two ideas of the draft put right in plain words, such as what an order, a missing answer or an abbreviation is.
# 3. **What follows:** one change, who decides on it together with whom, and one thing that so few alerts cannot show.

# %% [markdown] written="q7_note" points=3 objective="02.5"
# ### BEGIN SOLUTION
# To the data team. Your median leaves out the alert that nobody answered. Of 12 alerts on wards 2 and 3, 4 were not
# acknowledged within an hour, one of them never; 3 of these 4 fired in the hour before the shifts change. A missing answer
# is not a quick answer. And an order is not a dose: in 4 of 9 stays furosemide was given more than 45 minutes after it was
# ordered. RA stands behind "sats" here and means room air, breathing without extra oxygen; nobody has arthritis on that
# ground. We propose that an alert goes to a named nurse who is not handing over and, where the signs ask for it, to the doctor
# at once; nurses and doctors of both wards decide that with us. Whether the handover is the cause, 12 alerts cannot show: the people whose
# alerts waited may also have been more ill.
# ### END SOLUTION
