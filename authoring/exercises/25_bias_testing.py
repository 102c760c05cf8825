# %% [markdown]
# # Whose visit is missing?
#
# A hospital wants to send a nurse to some of its patients at home. A score will decide: the risk of coming back unplanned
# within `30` days of discharge, and a visit from `0.2` on. Language is not an input, "so it cannot matter". So far the score
# runs silently; nobody has had a visit because of it.
#
# The safety board asks for an audit before Monday, and other hospitals will send their tables. Whoever comes back without a
# visit will never know that a line was drawn. You will.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Everybody here is invented. You write functions, because the hidden tests bring other hospitals: other groups, shares and
# orders of rows, with row labels that may repeat. **Never change a table that you are given.** In every table
# `readmitted` is 1, 0, or empty when nobody knows; `risk` is the predicted risk; `visited` is 1 where the
# score would send the nurse, else 0.
#
# `language` is what the desk typed as the preferred language; empty when nobody asked. It says in which language somebody
# would rather be spoken to, as far as anybody asked, and nothing else about a person.
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
#
# *New to the ward?* A readmission is a second stay soon after the first: some are bad luck, some a discharge that went wrong.

# %%
import numpy as np
import pandas as pd


def hospital(seed, people):
    dice = np.random.default_rng(seed)
    language = dice.choice(["English", "Spanish", "Vietnamese", ""], people, p=[0.66, 0.24, 0.02, 0.08])
    insurance = dice.choice(["private", "public"], people)
    ill = dice.normal(size=people)
    # invented: discharge talks and papers in English only, fewer follow-up calls that are understood
    no_interpreter = 0.6 * (language == "Spanish") + 0.4 * ((language == "Spanish") & (insurance == "public"))
    row = np.repeat(np.arange(people), 1 + dice.poisson(0.35, people))  # a row for each stay
    risk = 1 / (1 + np.exp(2 - 0.95 * ill[row] - 0.3 * dice.normal(size=len(row))))
    back = (dice.random(len(row)) < 1 / (1 + np.exp(2 - 1.1 * ill - no_interpreter))[row]).astype(float)
    back[dice.random(len(row)) < np.where(language == "Spanish", 0.14, 0.05)[row]] = np.nan
    table = {"patient": row + 1, "language": language[row], "insurance": insurance[row], "risk": risk}
    stays = pd.DataFrame(table).assign(visited=(risk >= 0.2).astype(int), readmitted=back)
    return stays.replace({"language": {"": None}})


stays = hospital(27, 1_400)
first = stays.drop_duplicates("patient")  # one row for each person: the first stay
ckd = pd.read_csv("data/ckd_epi.csv")
print(len(stays), "stays of", len(first), "people")
stays.head(4)

# %% [markdown]
# ## 1. The audit (5 points)
#
# Write `audit(table, group, min_n, min_events)` for tables with one row for each person. `group` names a column. It returns
# a **DataFrame** with a row for each value of that column, named by it, and a row `"not recorded"` for the people whose cell is
# empty. Columns:
#
# - `n`: people; `unknown`: those whose `readmitted` is empty. **Everything below is about the people whose outcome is known.**
# - `events`: people readmitted; `base_rate`: their share; `selected`: share visited
# - `fnr`: the false-negative rate of the visit; `fnr_low`, `fnr_high`: its `95` % interval by Wilson (z is `1.96`)
# - `o_to_e`: readmissions divided by the sum of the risks
# - `enough`: `True` when at least `min_n` people with a known outcome **and** at least `min_events` events are there
#
# A group that is not enough keeps its row, and its four figures from `fnr` to `o_to_e` are `NaN`.
#
# ```
# 60 people, 10 of them unknown; of 50 people 20 came back, 8 of these without a visit; sum of risks 25
# min_n 50, min_events 20  ->  n 60, unknown 10, events 20, base_rate 0.4, fnr 0.4, o_to_e 0.8, enough True
# ```


# %% answer="q1_audit"
def audit(table: pd.DataFrame, group: str, min_n: int, min_events: int) -> pd.DataFrame:
    """A row for each recorded group, and one for those not recorded."""
    ### BEGIN SOLUTION
    names = table[group].astype(object).where(table[group].notna(), "not recorded")
    rows = {}
    for name in names.unique():
        people = table[(names == name).to_numpy()]
        known = people[people["readmitted"].notna()]
        back = known[known["readmitted"] == 1]
        row = {"n": len(people), "unknown": len(people) - len(known), "events": len(back)}
        row["base_rate"] = known["readmitted"].mean()
        row["selected"] = known["visited"].mean()
        row |= {"fnr": np.nan, "fnr_low": np.nan, "fnr_high": np.nan, "o_to_e": np.nan}
        row["enough"] = len(known) >= min_n and len(back) >= min_events
        if row["enough"]:
            p, n, z = (back["visited"] == 0).mean(), len(back), 1.96
            middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
            row["fnr"] = p
            row["fnr_low"], row["fnr_high"] = (
                (middle - half) / (1 + z**2 / n),
                (middle + half) / (1 + z**2 / n),
            )
            row["o_to_e"] = len(back) / known["risk"].sum()
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index").astype({"enough": bool})
    ### END SOLUTION


# %% test="q1_form" points=1 objective="25.1"
small = pd.DataFrame(
    {
        "unit": ["A"] * 10 + ["B"] * 3,
        "readmitted": [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0],
        "visited": [1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        "risk": [0.5] * 10 + [0.1] * 3,
    }
)
result = audit(small, "unit", 5, 2)
assert isinstance(result, pd.DataFrame), "audit returns a DataFrame (end it with `return`)."
for column in [
    "n",
    "unknown",
    "events",
    "base_rate",
    "selected",
    "fnr",
    "fnr_low",
    "fnr_high",
    "o_to_e",
    "enough",
]:
    assert column in result.columns, f"The column '{column}' is not there."
assert {"A", "B"} <= set(result.index), "Each unit has a row, named by it: A, and B too."
assert abs(float(result.loc["A", "fnr"]) - 0.25) < 1e-6, (
    "In unit A 4 people came back, one of them without a visit."
)
assert bool(result.loc["A", "enough"]), "Unit A has enough people and events for these limits."


# %% test="q1_rates" points=1 objective="25.1"
# Hidden tests: another hospital, with everything known.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(251)
    n = 700
    table = pd.DataFrame(
        {
            "sprache": dice.choice(["Deutsch", "Türkisch", "Polnisch"], n, p=[0.5, 0.3, 0.2]),
            "risk": dice.uniform(0.02, 0.7, n).round(3),
            "patient": range(n),
        },
        index=dice.integers(0, 50, n),
    )
    table["visited"] = (table["risk"] > 0.3).astype(int)
    table["readmitted"] = (dice.random(n) < table["risk"]).astype(int)
    before = table.copy()
    got = audit(table, "sprache", 30, 10)
    assert table.equals(before), "The table that you were given has changed: work on a new one."
    assert {"Deutsch", "Türkisch", "Polnisch"} <= set(got.index), "A group of this hospital has no row."
    for name in ("Deutsch", "Türkisch", "Polnisch"):
        rows = before[(before["sprache"] == name).to_numpy()]
        y, v = rows["readmitted"].to_numpy(), rows["visited"].to_numpy()
        row = got.loc[name]
        assert int(row["n"]) == len(y) and int(row["events"]) == y.sum(), (
            "The people or the events of a group are counted wrongly."
        )
        missed, false = ((y == 1) & (v == 0)).sum(), ((y == 0) & (v == 1)).sum()
        fnr = missed / y.sum()
        for wrong, says in (
            (missed / (v == 0).sum(), "was divided by the people without a visit"),
            (missed / len(y), "was divided by everybody"),
            (false / (y == 0).sum(), "is the false-positive rate: it looks at people who did not come back"),
            (1 - fnr, "is the sensitivity"),
        ):
            assert abs(float(row["fnr"]) - wrong) > 1e-6 or abs(wrong - fnr) < 1e-6, (
                f"Your false-negative rate {says}. Of whom is it a share? Re-read lesson 25, 'The tool, and what it leaves out'."
            )
        assert abs(float(row["fnr"]) - fnr) < 1e-3, (
            "The false-negative rate is wrong. Of whom is it a share? Re-read lesson 25, 'The tool, and what it leaves out'."
        )
        k, z = y.sum(), 1.96
        root = z * np.sqrt(fnr * (1 - fnr) / k + z * z / (4 * k * k))
        ends = [(fnr + z * z / (2 * k) + s * root) / (1 + z * z / k) for s in (-1, 1)]
        assert np.allclose([float(row["fnr_low"]), float(row["fnr_high"])], ends, atol=2e-3), (
            "The interval is not Wilson's for this share: check which people it is a share of, and the formula. Re-read lesson "
            "25, 'The tool, and what it leaves out'."
        )
        assert abs(float(row["base_rate"]) - y.mean()) < 1e-3, (
            "The base rate is the share of a group that came back. Re-read lesson 25, 'The tool, and what it leaves out'."
        )
        assert abs(float(row["selected"]) - v.mean()) < 1e-3, (
            "`selected` is the share of a group that was visited."
        )
        assert abs(float(row["o_to_e"]) - y.sum() / rows["risk"].sum()) < 5e-3, (
            "Observed over expected is wrong: how many came back, and how many did the risks announce? Re-read lesson 25, "
            "'The tool, and what it leaves out'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_unrecorded" points=1 objective="25.1"
# Hidden tests: people whose group nobody wrote down.
### BEGIN HIDDEN TESTS
def _hidden_test():
    n = 90
    table = pd.DataFrame(
        {
            "tongue": (["Welsh", None, "English"] * 30),
            "readmitted": ([1, 1, 0, 0, 1, 0, 0, 0, 1] * 10),
            "visited": ([1, 0, 0, 0, 1, 0, 1, 0, 0] * 10),
            "risk": 0.25,
        },
        index=[7] * n,
    )
    got = audit(table.copy(), "tongue", 20, 5)
    assert "not recorded" in got.index, (
        "People whose group is empty have no row: the score decides about them too. Re-read lesson 25, 'Rules "
        "before looking'."
    )
    assert int(got["n"].sum()) == n and len(got) == 3, (
        "Everybody stands in exactly one row of the audit, also those whose group is empty. Re-read lesson 25, 'Rules before "
        "looking'."
    )
    row, rows = got.loc["not recorded"], table[table["tongue"].isna().to_numpy()]
    back = rows[(rows["readmitted"] == 1).to_numpy()]
    assert int(row["n"]) == 30 and int(row["events"]) == len(back), (
        "The people who are not recorded are counted wrongly, or merged with others."
    )
    assert bool(row["enough"]) and abs(float(row["fnr"]) - (back["visited"] == 0).mean()) < 1e-3, (
        "There are enough people without a recorded group here: they get the same figures as everybody."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_follow_up" points=1 objective="25.2"
# Hidden tests: outcomes that nobody knows.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(252)
    n = 400
    table = pd.DataFrame({"site": dice.choice(["north", "south"], n), "risk": dice.uniform(0.05, 0.6, n)})
    table["visited"] = (table["risk"] > 0.25).astype(int)
    table["readmitted"] = (dice.random(n) < table["risk"]).astype(float)
    lost = dice.random(n) < np.where(table["site"] == "south", 0.4, 0.05)
    table.loc[lost, "readmitted"] = np.nan
    got = audit(table.copy(), "site", 20, 5)
    assert {"north", "south"} <= set(got.index), "A group of this hospital has no row."
    for name in ("north", "south"):
        rows = table[table["site"] == name]
        known, row = rows.dropna(subset=["readmitted"]), got.loc[name]
        assert int(row["n"]) == len(rows) and int(row["unknown"]) == len(rows) - len(known), (
            "`n` counts everybody in the group, `unknown` those whose outcome nobody knows. Somebody was dropped or is "
            "counted wrongly."
        )
        assert abs(float(row["base_rate"]) - known["readmitted"].mean()) < 1e-3, (
            "The base rate is wrong where outcomes are missing: whoever was lost to follow-up is not known to be well. "
            "Re-read lesson 25, 'An audit that finds nothing'."
        )
        assert abs(float(row["o_to_e"]) - known["readmitted"].sum() / known["risk"].sum()) < 5e-3, (
            "Expected events were added up over other people than the observed ones: both are about those whose outcome is "
            "known. Re-read lesson 25, 'An audit that finds nothing'."
        )
        assert abs(float(row["selected"]) - known["visited"].mean()) < 1e-3, (
            "`selected` is about the people whose outcome is known, as the prompt says."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_enough" points=1 objective="25.1"
# Hidden tests: groups at the limits.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def block(name, known, events, lost=0):
        back = [1.0] * events + [0.0] * (known - events) + [np.nan] * lost
        return pd.DataFrame({"g": name, "readmitted": back, "visited": 0, "risk": 0.3})

    parts = [block("just", 40, 15), block("rare", 200, 14), block("few", 39, 30), block("lost", 30, 15, 20)]
    table = pd.concat([*parts, block("tiny", 3, 1)]).sample(frac=1, random_state=3)
    got = audit(table.copy(), "g", 40, 15)
    assert set(got.index) >= {"just", "rare", "few", "lost", "tiny"}, (
        "A group that is too small has vanished: it is named, and left without a verdict. Re-read lesson 25, 'Rules before "
        "looking'."
    )
    assert bool(got.loc["just", "enough"]), "Exactly at both limits is enough: the prompt says *at least*."
    assert not bool(got.loc["rare", "enough"]), (
        "A group with many people and too few events was judged: the rate of missed events rests on events. Re-read lesson "
        "25, 'Rules before looking'."
    )
    assert not bool(got.loc["few", "enough"]) and not bool(got.loc["tiny", "enough"]), (
        "A group with too few people was judged. Re-read lesson 25, 'Rules before looking'."
    )
    assert not bool(got.loc["lost", "enough"]), (
        "People whose outcome nobody knows were counted towards the minimum."
    )
    for name in ("rare", "few", "tiny", "lost"):
        assert got.loc[name, ["fnr", "fnr_low", "fnr_high", "o_to_e"]].astype(float).isna().all(), (
            "A group that is too small shows a rate: somebody will read it as a finding. Re-read lesson 25, 'Rules before "
            "looking'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Where two groups meet (3 points)
#
# Write `crossed(table, columns, min_n, min_events)`: the same question for every combination of the values of two or more
# columns. An empty cell is the value `"not recorded"`. It returns a **DataFrame** with a row for each combination of values that
# occur in their column, **also of those to which nobody belongs**. A row is named by the values in the order of
# `columns`, joined by `" & "`. Columns:
#
# - `n`: people with a known outcome; `events`; `enough` as in item 1
# - `o_to_e` with `low` and `high`: O/E divided and multiplied by `exp(1.96 * sqrt((1 - O / n) / O))`; all three `NaN` when it is
#   not enough. `O` is `events`; `min_events` is at least 1.
#
# ```
# columns ["sex", "ward"], values f, m and A, B  ->  rows "f & A", "f & B", "m & A", "m & B"
# ```


# %% answer="q2_crossed"
def crossed(table: pd.DataFrame, columns: list, min_n: int, min_events: int) -> pd.DataFrame:
    """O/E for each combination of groups, with its interval, where there are enough people and events."""
    ### BEGIN SOLUTION
    from itertools import product

    known = table["readmitted"].notna().to_numpy()
    names = [table[c].astype(object).where(table[c].notna(), "not recorded").to_numpy() for c in columns]
    back, risk = table["readmitted"].to_numpy(), table["risk"].to_numpy()
    rows = {}
    for values in product(*(pd.unique(column) for column in names)):
        inside = known.copy()
        for column, value in zip(names, values, strict=True):
            inside &= column == value
        n, events = int(inside.sum()), int(back[inside].sum())
        row = {"n": n, "events": events, "o_to_e": np.nan, "low": np.nan, "high": np.nan}
        row["enough"] = n >= min_n and events >= min_events
        if row["enough"]:
            ratio, reach = events / risk[inside].sum(), np.exp(1.96 * np.sqrt((1 - events / n) / events))
            row |= {"o_to_e": ratio, "low": ratio / reach, "high": ratio * reach}
        rows[" & ".join(values)] = row
    return pd.DataFrame.from_dict(rows, orient="index")
    ### END SOLUTION


# %% test="q2_form" points=1 objective="25.1"
wards = pd.DataFrame(
    {
        "sex": ["f", "f", "m", "m"] * 5,
        "ward": ["A", "B", "A", "A"] * 5,
        "readmitted": [1, 0, 0, 1] * 5,
        "risk": [0.5, 0.2, 0.1, 0.4] * 5,
    }
)
result = crossed(wards, ["sex", "ward"], 5, 5)
assert isinstance(result, pd.DataFrame), "crossed returns a DataFrame."
for column in ("n", "events", "o_to_e", "low", "high", "enough"):
    assert column in result.columns, f"The column '{column}' is not there."
assert "f & A" in result.index and "m & A" in result.index, "Rows are named like 'f & A'."
assert abs(float(result.loc["f & A", "o_to_e"]) - 2) < 1e-6, (
    "In 'f & A' 5 came back and the risks add up to 2.5: O/E is 2."
)


# %% test="q2_figures" points=1 objective="25.1"
# Hidden tests: another hospital.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(253)
    n = 900
    table = pd.DataFrame(
        {
            "pay": dice.choice(["own", "state"], n),
            "tongue": dice.choice(["Gaelic", "English"], n),
            "risk": dice.uniform(0.05, 0.4, n),
        },
        index=dice.integers(0, 9, n),
    )
    extra = np.where((table["pay"] == "own") == (table["tongue"] == "Gaelic"), 1.6, 0.6)
    table["readmitted"] = (dice.random(n) < table["risk"] * extra).astype(float)
    table.iloc[::11, table.columns.get_loc("readmitted")] = np.nan
    before = table.copy()
    got = crossed(table, ["tongue", "pay"], 50, 10)
    assert table.equals(before), "The table that you were given has changed."
    for tongue in ("Gaelic", "English"):
        for pay in ("own", "state"):
            rows = before[((before["tongue"] == tongue) & (before["pay"] == pay)).to_numpy()]
            rows = rows[rows["readmitted"].notna().to_numpy()]
            name = f"{tongue} & {pay}"
            assert name in got.index, "A row is named by the values in the order of `columns`."
            row, o = got.loc[name], rows["readmitted"].sum()
            assert int(row["n"]) == len(rows) and int(row["events"]) == o, (
                "People or events of a combination are counted wrongly: `n` is the people with *both* values and a known "
                "outcome. Re-read lesson 25, 'Where two groups meet'."
            )
            ratio = o / rows["risk"].sum()
            assert abs(float(row["o_to_e"]) - ratio) < 5e-3, (
                "O/E of a combination is wrong: events over the sum of the risks, both of the people with *both* values and a "
                "known outcome. Re-read lesson 25, 'Where two groups meet'."
            )
            reach = np.exp(1.96 * np.sqrt((1 - o / len(rows)) / o))
            assert np.allclose(
                [float(row["low"]), float(row["high"])], [ratio / reach, ratio * reach], atol=0.01
            ), "The interval of O/E is not the one of the prompt."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_named" points=1 objective="25.1"
# Hidden tests: combinations that are small, empty or not recorded.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "a": ["x"] * 60 + ["y"] * 8 + [None] * 30,
            "b": ["p"] * 40 + ["q"] * 20 + ["p"] * 8 + ["q"] * 30,
            "readmitted": [1.0, 0.0] * 49,
            "risk": 0.4,
        }
    )
    got = crossed(table.copy(), ["a", "b"], 15, 10)
    assert "not recorded & q" in got.index, (
        "People with an empty cell are in no row. Re-read lesson 25, 'Where two groups meet'."
    )
    assert "y & p" in got.index, (
        "A combination that is too small has vanished: it is named. Re-read lesson 25, 'Where two groups meet'."
    )
    assert {"y & q", "not recorded & p"} <= set(got.index) and len(got) == 6, (
        "There is a row for each combination of the values that occur, also where nobody belongs to it."
    )
    for name, n, enough in (
        ("x & p", 40, 1),
        ("x & q", 20, 1),
        ("not recorded & q", 30, 1),
        ("y & p", 8, 0),
        ("y & q", 0, 0),
    ):
        assert int(got.loc[name, "n"]) == n and bool(got.loc[name, "enough"]) == bool(enough), (
            "`n` or `enough` of a combination is wrong: at least so many people *and* so many events. Re-read lesson 25, 'Rules "
            "before looking'."
        )
        assert pd.isna(got.loc[name, "o_to_e"]) == (not enough), (
            "A figure stands where there is not enough to judge, or is missing where there is."
        )
    table = pd.DataFrame(
        {
            "a": ["x"] * 60 + ["y"] * 12,
            "b": ["p"] * 40 + ["q"] * 20 + ["p"] * 12,
            "c": "k",
            "readmitted": [1.0] * 4 + [0.0] * 36 + [1.0] * 15 + [0.0] * 5 + [1.0] * 12,
            "risk": 0.4,
        }
    )
    table.loc[len(table)] = ["z", "p", "k", np.nan, 0.4]
    got = crossed(table, ["a", "b", "c"], 15, 10)
    assert {"z & p & k", "z & q & k", "x & q & k"} <= set(got.index) and len(got) == 6, (
        "There is a row for each combination of the values in *all* the columns, also of a value whose outcomes nobody knows."
    )
    assert not bool(got.loc["x & p & k", "enough"]), (
        "Many people and too few events were judged. Re-read lesson 25, 'Rules before looking'."
    )
    assert not bool(got.loc["y & p & k", "enough"]), (
        "Enough events and too few people were judged. Re-read lesson 25, 'Rules before looking'."
    )
    figures = got.loc[["x & p & k", "y & p & k", "z & q & k"], ["o_to_e", "low", "high"]].astype(float)
    assert figures.isna().all().all(), (
        "A figure stands where there is not enough to judge: O/E and both ends are empty there."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. A gap, or cannot tell? (4 points)
#
# Write `gap(table, group, compared, reference, draws, seed)` for tables in which **a person may have several rows** (`patient` tells
# people apart; a person is in one group). Take the rows with a known outcome. It returns a **dict**:
#
# - `"gap"`: FNR of the group `compared` minus FNR of the group `reference`. With `reference` `None` the comparison is with the
#   rest: everybody whose group is **recorded** and is another.
# - `"low"`, `"high"`: the `2.5` and `97.5` percentiles of that difference in `draws` samples that draw people, with all their rows
#   and as often as drawn; `seed` starts your random numbers. Samples in which a group has no event do not count.
# - `"verdict"`: `"gap"` when the interval lies above 0 or below 0, else (also when it ends at 0) `"cannot tell"`
#
# ```
# FNR of the compared 0.5, of the reference 0.3, interval -0.1 to 0.4
# ->  {"gap": 0.2, "low": -0.1, "high": 0.4, "verdict": "cannot tell"}
# ```


# %% answer="q3_gap"
def gap(table: pd.DataFrame, group: str, compared: str, reference: str | None, draws: int, seed: int) -> dict:
    """Difference in false-negative rate, with an interval that draws people, and a verdict."""
    ### BEGIN SOLUTION
    known = table[table["readmitted"].notna() & table[group].notna()]
    if reference is not None:
        known = known[known[group].isin([compared, reference])]
    inside = (known[group] == compared).to_numpy()
    back, missed = (known["readmitted"] == 1).to_numpy(), (known["visited"] == 0).to_numpy()

    def difference(rows):
        mine, other = rows[back[rows] & inside[rows]], rows[back[rows] & ~inside[rows]]
        return missed[mine].mean() - missed[other].mean() if len(mine) and len(other) else np.nan

    dice = np.random.default_rng(seed)
    people = list(known.groupby("patient").indices.values())
    found = []
    for _ in range(draws):
        drawn = dice.integers(len(people), size=len(people))
        found.append(difference(np.concatenate([people[i] for i in drawn])))
    low, high = np.nanquantile(found, [0.025, 0.975])
    value = difference(np.arange(len(known)))
    verdict = "gap" if low > 0 or high < 0 else "cannot tell"
    return {"gap": float(value), "low": float(low), "high": float(high), "verdict": verdict}
    ### END SOLUTION


# %% test="q3_form" points=1 objective="25.2"
two = pd.DataFrame(
    {
        "patient": range(80),
        "unit": ["A", "B"] * 40,
        "readmitted": 1,
        "visited": [1, 1, 0, 1, 1, 0, 0, 0] * 10,
        "risk": 0.3,
    }
)
result = gap(two, "unit", "A", "B", 200, 1)
assert isinstance(result, dict) and {"gap", "low", "high", "verdict"} <= set(result), (
    "gap returns a dict with the keys gap, low, high and verdict."
)
assert abs(float(result["gap"])) < 1e-6, (
    "In A and in B half of the people who came back had no visit: the gap is 0."
)
assert float(result["low"]) < 0 < float(result["high"]), (
    "With 40 people in each unit the interval reaches to both sides of 0."
)
assert result["verdict"] == "cannot tell", (
    "An interval that holds 0 does not show a gap, nor that there is none."
)


# %% test="q3_against_whom" points=1 objective="25.2"
# Hidden tests: against a group, and against the rest.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def block(name, events, missed, well):
        back = [1.0] * events + [0.0] * well + [np.nan] * 9
        visit = [0] * missed + [1] * (events - missed) + [1] * well + [0] * 9
        return pd.DataFrame({"g": name, "readmitted": back, "visited": visit, "risk": 0.3})

    parts = [block("a", 60, 42, 20), block("b", 90, 27, 30), block("c", 30, 12, 50), block(None, 40, 36, 5)]
    table = pd.concat(parts).sample(frac=1, random_state=7)
    table["patient"] = range(len(table))
    before = table.copy()
    got = gap(table, "g", "a", "b", 100, 3)
    assert table.equals(before), "The table that you were given has changed."
    assert abs(float(got["gap"]) - (42 / 60 - 27 / 90)) < 1e-3, (
        "The difference between two named groups is wrong: FNR of `compared` minus FNR of `reference`, each among its own "
        "people who came back. Re-read lesson 25, 'Is it a gap?'."
    )
    value = float(gap(table.copy(), "g", "a", None, 100, 3)["gap"])
    right, with_all, with_empty = 0.7 - 39 / 120, 0.7 - 117 / 220, 0.7 - 75 / 160
    for wrong in (with_all, 0.7 - 81 / 180):
        assert abs(value - wrong) > 1e-3, (
            "The group is compared with everybody, itself among them: that hides part of the gap. Re-read lesson 25, 'Is it a "
            "gap?'."
        )
    assert abs(value - with_empty) > 1e-3, (
        "People whose group nobody recorded were put into the rest: they may belong to either side."
    )
    assert abs(value - right) < 1e-3, (
        "The difference from the rest is wrong: who is in the rest? Re-read lesson 25, 'Is it a gap?'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_people" points=1 objective="25.2"
# Hidden tests: people with several stays.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(254)
    n, stays_each = 120, 5
    person = pd.DataFrame(
        {"patient": [f"P{i}" for i in range(n)], "g": ["x", "y"] * (n // 2), "readmitted": 1.0}
    )
    person["visited"] = (dice.random(n) < np.where(person["g"] == "x", 0.5, 0.6)).astype(int)
    person["risk"] = 0.3
    table = pd.concat([person] * stays_each).sample(frac=1, random_state=2)
    v, x = person["visited"].to_numpy(), (person["g"] == "x").to_numpy()
    spread = []
    for _ in range(4000):
        drawn = dice.integers(n, size=n)
        inside = x[drawn]
        spread.append(v[drawn][~inside].mean() - v[drawn][inside].mean())
    low, high = np.quantile(spread, [0.025, 0.975])
    got = gap(table, "g", "x", "y", 1000, 5)
    width = (float(got["high"]) - float(got["low"])) / (high - low)
    assert not 0.38 < width < 0.55, (
        "Your interval is much too narrow: five stays of one person were taken for five people. Re-read lesson 25, 'Is it a "
        "gap?'."
    )
    assert width > 0.87, (
        "Your interval is too narrow: draw as many people as there are, with replacement, and whoever is drawn twice comes "
        "twice. Re-read lesson 25, 'Is it a gap?'."
    )
    assert width < 1.17, (
        "Your interval is too wide: is it a 95 % interval, of as many people as the table has?"
    )
    assert abs(float(got["low"]) - low) < 0.06 and abs(float(got["high"]) - high) < 0.06, (
        "Your interval is not where percentiles of redrawn people lie. Re-read lesson 25, 'Is it a gap?'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_verdict" points=1 objective="25.2"
# Hidden tests: clear gaps, and intervals around 0.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def table(missed_a, missed_b, k):
        visit = [0] * missed_a + [1] * (k - missed_a) + [0] * missed_b + [1] * (k - missed_b)
        return pd.DataFrame(
            {
                "patient": range(2 * k),
                "g": ["a"] * k + ["b"] * k,
                "readmitted": 1.0,
                "visited": visit,
                "risk": 0.2,
            }
        )

    assert gap(table(70, 30, 100), "g", "a", "b", 300, 1)["verdict"] == "gap", (
        "Of 100 people 70 were missed here and 30 there: the interval lies above 0."
    )
    assert gap(table(30, 70, 100), "g", "a", "b", 300, 1)["verdict"] == "gap", (
        "An interval that lies below 0 is a gap too: the other group is missed more often."
    )
    said = gap(table(12, 10, 20), "g", "a", "b", 300, 1)["verdict"]
    assert said != "no gap", (
        "An interval that holds 0 was read as 'no gap': it holds large gaps too. Re-read lesson 25, 'Is it a gap?'."
    )
    assert said == "cannot tell", (
        "With 12 and 10 of 20 missed the interval holds 0; the verdict is one of the two in the prompt. Re-read lesson 25, 'Is it "
        "a gap?'."
    )

    def unequal(missed_a, a, missed_b, b):
        visit = [0] * missed_a + [1] * (a - missed_a) + [0] * missed_b + [1] * (b - missed_b)
        rows = {"patient": range(a + b), "g": ["a"] * a + ["b"] * b, "readmitted": 1.0, "visited": visit}
        return pd.DataFrame(rows).assign(risk=0.2)

    edge = gap(unequal(2, 40, 0, 40), "g", "a", "b", 300, 1)
    assert edge["verdict"] == "cannot tell", (
        "An interval that ends at 0 is not above 0. Re-read the prompt of item 3."
    )
    edge = gap(unequal(0, 40, 2, 40), "g", "a", "b", 300, 1)
    assert edge["verdict"] == "cannot tell", (
        "An interval that ends at 0 is not below 0. Re-read the prompt of item 3."
    )
    well = pd.DataFrame({"patient": range(900, 960), "g": "a", "readmitted": 0.0, "visited": 0, "risk": 0.2})
    few = gap(pd.concat([unequal(1, 2, 30, 60), well]), "g", "a", "b", 200, 1)
    assert np.isfinite([float(few["low"]), float(few["high"])]).all(), (
        "The interval is not a number: samples in which a group has no event do not count."
    )
    one = gap(unequal(12, 20, 10, 20), "g", "a", "b", 1, 1)
    assert abs(float(one["low"]) - float(one["high"])) < 1e-9, (
        "`draws` says how many samples: one sample has no spread."
    )
    mixed = unequal(37, 80, 31, 90)
    same, again, other = (
        [gap(mixed.copy(), "g", "a", "b", 20, s)[k] for k in ("low", "high")] for s in (4, 4, 5)
    )
    assert np.allclose(same, again) and not np.allclose(same, other), (
        "`seed` starts the random numbers: the same one gives the same interval, another one another."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Base rates and case mix (3 points)
#
# Write `fpr_from(base_rate, ppv, fnr)`: the false-positive rate that a group must have, a **number**, from its base rate, positive
# predictive value and false-negative rate. Base rate is above 0 and below 1, `ppv` above 0.
#
# Write `expected_auc(risk)`: the AUC to expect in a group **if its risks are right**, a **number**. `risk` is a Series or an array.
# Weigh each ordered pair of two different people by the chance that the first comes back and the second does not; the AUC is the
# weighted share of pairs in which the first has the higher risk, equal risks counting one half. (An average over many replays
# comes close enough.)
#
# ```
# fpr_from(0.5, 0.5, 0)  ->  1.0            expected_auc([0.2, 0.2, 0.2, 0.2])  ->  0.5
# ```


# %% answer="q4_fpr"
def fpr_from(base_rate: float, ppv: float, fnr: float) -> float:
    """The false-positive rate that follows from the other three."""
    ### BEGIN SOLUTION
    return base_rate / (1 - base_rate) * (1 - ppv) / ppv * (1 - fnr)
    ### END SOLUTION


# %% answer="q4_auc"
def expected_auc(risk) -> float:
    """The AUC of a group in which every predicted risk is right."""
    ### BEGIN SOLUTION
    p = np.asarray(risk, dtype=float)
    weight = np.outer(p, 1 - p)
    np.fill_diagonal(weight, 0)
    higher = (p[:, None] > p[None, :]) + 0.5 * (p[:, None] == p[None, :])
    return float((weight * higher).sum() / weight.sum())
    ### END SOLUTION


# %% test="q4_form" points=1 objective="25.3"
import numbers

value = fpr_from(0.5, 0.5, 0.4)
assert isinstance(value, numbers.Real), "fpr_from returns a number."
assert abs(value - 0.6) < 1e-9, (
    "With half of the people affected, a PPV of .5 and an FNR of .4, the FPR is .6."
)
value = expected_auc(pd.Series([0.3] * 40))
assert isinstance(value, numbers.Real), "expected_auc returns a number."
assert abs(value - 0.5) < 0.02, "Where everybody has the same risk nobody can be ranked: .5."


# %% test="q4_identity" points=1 objective="25.3"
# Hidden tests: four counts of other groups, and the published example.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(255)
    for _ in range(20):
        tp, fp, fn, tn = (int(k) for k in dice.integers(3, 400, 4))
        p, ppv, fnr = (tp + fn) / (tp + fp + fn + tn), tp / (tp + fp), fn / (tp + fn)
        got = float(fpr_from(p, ppv, fnr))
        assert abs(got - fp / (fp + tn)) < 1e-6, (
            "The false-positive rate does not follow from these counts: it depends on the base rate too. Re-read lesson 25, 'Why "
            "the measures cannot agree'."
        )
    # Chouldechova 2017, Big Data 5(2):153-163
    assert (
        abs(float(fpr_from(0.1, 0.5, 0.3)) - 0.078) < 1e-3
        and abs(float(fpr_from(0.3, 0.5, 0.3)) - 0.3) < 1e-3
    ), (
        "Two groups with the same PPV and FNR and other base rates have other false-positive rates. Re-read lesson 25, 'Why the "
        "measures cannot agree'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_case_mix" points=1 objective="25.3"
# Hidden tests: a wide and a narrow group.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(256)
    for mean, sd, decimals in ((-1.5, 1.5, 6), (-1.5, 0.4, 6), (0.3, 1.0, 1), (-2.5, 0.8, 6)):
        risk = (1 / (1 + np.exp(-dice.normal(mean, sd, 350)))).round(decimals).clip(0.02, 0.98)
        order = np.sort(risk)
        up = down = all_pairs = 0.0
        for p in order:
            well = 1 - order
            up += p * (well[order < p].sum() + 0.5 * (well[order == p].sum() - (1 - p)))
            all_pairs += p * (well.sum() - (1 - p))
            down += p
        right = up / all_pairs
        given = pd.Series(risk, index=dice.integers(0, 5, len(risk)))
        got = float(expected_auc(given))
        assert abs(got - right) < 0.015, (
            "The AUC to expect is wrong for one of the groups: a narrow spread of risks gives a low one, although every risk is "
            "right; equal risks count one half. Re-read lesson 25, 'Case mix, or bias?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Who crosses the line? (4 points)
#
# The board's next agenda item: the kidney formula. `ckd` holds both equations, one row for each year and sex:
#
# `eGFR = scale * min(Scr / kappa, 1) ** alpha * max(Scr / kappa, 1) ** beta * age_base ** age * sex_factor`
#
# with creatinine `Scr` in mg/dL. The equation of 2009 was multiplied by `black_factor` for people **recorded as Black**, and for
# nobody else; that of 2021 knows no race.
#
# Write `egfr(creatinine, unit, age, sex, year, recorded_black)`: a **number**. `unit` is `"mg/dL"` or `"umol/L"`
# (1 mg/dL is `88.4` umol/L), `sex` `"female"` or `"male"`, `year` `2009` or `2021`, `recorded_black` `True` or `False`.
#
# ```
# man of 60, 3.5 mg/dL:  2009, not recorded as Black 17.9;  2009, recorded as Black 20.8;  2021 19.2
# ```


# %% answer="q5_egfr"
def egfr(creatinine: float, unit: str, age: float, sex: str, year: int, recorded_black: bool) -> float:
    """Kidney function in mL/min/1.73 m2 by the equation of a year."""
    ### BEGIN SOLUTION
    row = ckd[(ckd["year"] == year) & (ckd["sex"] == sex)].iloc[0]
    ratio = creatinine / (88.4 if unit == "umol/L" else 1) / row["kappa"]
    value = row["scale"] * min(ratio, 1) ** row["alpha"] * max(ratio, 1) ** row["beta"]
    value *= row["age_base"] ** age * row["sex_factor"]
    return float(value * (row["black_factor"] if year == 2009 and recorded_black else 1))
    ### END SOLUTION


# %% test="q5_form" points=1 objective="25.4"
value = egfr(3.5, "mg/dL", 60, "male", 2009, False)
assert isinstance(value, numbers.Real), "egfr returns a number."
assert abs(value - 17.9) < 0.06, (
    "Check against the printed example: a man of 60 with 3.5 mg/dL has 17.9 by 2009."
)
assert abs(egfr(3.5, "mg/dL", 60, "male", 2021, False) - 19.2) < 0.06, "By 2021 he has 19.2."


# %% test="q5_units" points=1 objective="25.4"
# Hidden tests: women and men, both units, healthy and failing kidneys.
### BEGIN HIDDEN TESTS
def _right(scr, age, sex, year, black):
    k = {"female": 0.7, "male": 0.9}[sex]
    if year == 2009:
        a, b, scale, base, woman = {"female": -0.329, "male": -0.411}[sex], -1.209, 141, 0.993, 1.018
    else:
        a, b, scale, base, woman = {"female": -0.241, "male": -0.302}[sex], -1.2, 142, 0.9938, 1.012
    value = scale * min(scr / k, 1) ** a * max(scr / k, 1) ** b * base**age
    return value * (woman if sex == "female" else 1) * (1.159 if black and year == 2009 else 1)


def _hidden_test():
    for scr, age, sex in ((0.6, 34, "female"), (1.9, 71, "female"), (0.8, 25, "male"), (4.2, 55, "male")):
        for year in (2009, 2021):
            right = _right(scr, age, sex, year, False)
            assert abs(float(egfr(scr, "mg/dL", age, sex, year, False)) - right) < 0.01 * right, (
                "The equation is wrong for one of the people: look at min and max, at the row for the sex, and at the age, which is "
                "an exponent. Re-read lesson 25, 'The instrument and the formula'."
            )
            assert abs(float(egfr(scr * 88.4, "umol/L", age, sex, year, False)) - right) < 0.01 * right, (
                "The same blood in umol/L gives another kidney: change the unit before the equation. Re-read the prompt of item 5."
            )
    for value, unit, scr, age, sex in (
        (22, "mg/dL", 22, 40, "male"),
        (21, "umol/L", 21 / 88.4, 81, "female"),
    ):
        right = _right(scr, age, sex, 2021, False)
        assert abs(float(egfr(value, unit, age, sex, 2021, False)) - right) < 0.01 * right, (
            "A very high or a very low value was read in the wrong unit: `unit` says which it is, the size of the number does not. "
            "Re-read the prompt of item 5."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_race" points=1 objective="25.4"
# Hidden tests: the coefficient of 2009, and where it has no place.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for scr, age, sex in ((1.2, 50, "male"), (2.8, 44, "female"), (0.6, 70, "female")):
        with_it = float(egfr(scr, "mg/dL", age, sex, 2009, True))
        without = float(egfr(scr, "mg/dL", age, sex, 2009, False))
        assert abs(without / _right(scr, age, sex, 2009, False) - 1.159) > 0.005, (
            "The coefficient of 2009 was used for somebody who is not recorded as Black. Re-read lesson 25, 'The instrument and the "
            "formula'."
        )
        assert abs(with_it / without - 1.159) < 0.005, (
            "By 2009 somebody recorded as Black had another value than somebody who was not, by the coefficient: this audit needs what "
            "the laboratory reported then. Re-read lesson 25, 'The instrument and the formula'."
        )
        now = [float(egfr(scr, "mg/dL", age, sex, 2021, black)) for black in (True, False)]
        assert abs(now[0] / now[1] - 1) < 0.001, (
            "The equation of 2021 gave somebody recorded as Black another value: it knows no race. Re-read lesson 25, 'The instrument "
            "and the formula'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# A person may wait for a kidney when the eGFR is **at or below** a line. Write `moved(table, line)`: a **Series** of texts, in the order
# and with the row labels of `table` (columns `creatinine`, `unit`, `age`, `sex`, `recorded_black`: `True`, `False`, or empty, and then the
# laboratory used no [coefficient](../../notebooks/glossary.ipynb#cell-id=coefficient)). It compares what was reported by 2009 with 2021:
#
# - `"may wait now"`: above the line then, at or below it now; `"may not wait now"`: the other way round; `"same"`: neither
#
# A mistake in `egfr` is not counted again here, as long as it gives a number.
#
# ```
# line 20, man of 60, 3.5 mg/dL:  recorded as Black -> "may wait now";  not recorded as Black -> "same"
# ```


# %% answer="q5_moved"
def moved(table: pd.DataFrame, line: float) -> pd.Series:
    """Who may wait, or may no longer wait, when the equation changes."""
    ### BEGIN SOLUTION
    texts = []
    for row in table.itertuples():
        black = row.recorded_black is not None and row.recorded_black == True  # noqa: E712
        then = egfr(row.creatinine, row.unit, row.age, row.sex, 2009, black) <= line
        now = egfr(row.creatinine, row.unit, row.age, row.sex, 2021, black) <= line
        texts.append("same" if then == now else "may wait now" if now else "may not wait now")
    return pd.Series(texts, index=table.index)
    ### END SOLUTION


# %% test="q5_line" points=1 objective="25.4"
some = pd.DataFrame(
    {"creatinine": [3.5, 3.5], "unit": "mg/dL", "age": 60, "sex": "male", "recorded_black": [True, False]}
)
assert isinstance(moved(some, 20), pd.Series) and len(moved(some, 20)) == 2, (
    "moved returns a Series with a text for each row."
)


### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(257)
    n = 300
    scr = dice.uniform(2.6, 4.2, n)
    table = pd.DataFrame(
        {
            "creatinine": scr,
            "unit": "mg/dL",
            "age": dice.integers(30, 80, n),
            "sex": dice.choice(["female", "male"], n),
            "recorded_black": pd.Series(dice.choice([0, 1, 2], n))
            .map({0: False, 1: True, 2: None})
            .astype(object),
        }
    )
    in_umol = np.arange(n) % 3 == 0
    table["creatinine"] = np.where(in_umol, scr * 88.4, scr)
    table["unit"] = np.where(in_umol, "umol/L", "mg/dL")
    table.index = dice.integers(0, 20, n)
    before = table.copy()
    got = moved(table, 20)
    assert table.equals(before), "The table that you were given has changed."
    got = list(got)

    def texts(line, of):
        result = []
        for row in before.itertuples():
            black = row.recorded_black is True
            then, now = (of(row, year, black) for year in (2009, 2021))
            result.append(
                "same"
                if (then <= line) == (now <= line)
                else "may wait now"
                if now <= line
                else "may not wait now"
            )
        return result

    right = texts(20, lambda r, year, black: _right(
        r.creatinine / (88.4 if r.unit == "umol/L" else 1), r.age, r.sex, year, black))  # fmt: skip
    own = texts(20, lambda r, year, black: float(egfr(r.creatinine, r.unit, r.age, r.sex, year, black)))
    if len(set(own)) < 2:  # a formula that tells nobody apart has not been answered
        own = right
    if got not in (right, own):
        swap = {"may wait now": "may not wait now", "may not wait now": "may wait now", "same": "same"}
        assert got not in ([swap[t] for t in right], [swap[t] for t in own]), (
            "The line is read the wrong way round: a lower eGFR is a worse kidney, and opens the list. Re-read lesson 25, 'The "
            "instrument and the formula'."
        )
        raise AssertionError(
            "For some people the text is wrong: use what was reported then (with the coefficient only for people recorded as Black), "
            "the value of 2021, and at or below the line. Re-read lesson 25, 'The instrument and the formula'."
        )
    right, own = (
        texts(24, of)
        for of in (
            lambda r, year, black: _right(
                r.creatinine / (88.4 if r.unit == "umol/L" else 1), r.age, r.sex, year, black
            ),
            lambda r, year, black: float(egfr(r.creatinine, r.unit, r.age, r.sex, year, black)),
        )
    )
    if len(set(own)) < 2:
        own = right
    assert list(moved(before.copy(), 24)) in (right, own), (
        "With another line other people move, and here somebody has the wrong text: use `line`."
    )
    one = pd.DataFrame(
        {"creatinine": [3.5], "unit": "mg/dL", "age": 60, "sex": "male", "recorded_black": [False]}
    )
    line = float(egfr(3.5, "mg/dL", 60, "male", 2021, False))
    then = float(egfr(3.5, "mg/dL", 60, "male", 2009, False))
    assert list(moved(one, line)) == ["same" if then <= line else "may wait now"], (
        "Exactly on the line is enough to wait: the prompt says at or below."
    )
    assert list(moved(one, then)) == ["same" if line <= then else "may not wait now"], (
        "Exactly on the line was enough to wait by 2009 too: the prompt says at or below."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. A repair and its price (4 points)
#
# The vendor offers thresholds of its own for each group, so that each finds the same share of its readmissions. Write
# `repair(tune, judge, group, target, common, min_events)`. Thresholds are set on the people in `tune`, and judged on **other** people, in `judge`;
# here every outcome is known, and a row is a person. Before, a visit goes to everybody with a risk at or above `common`; after, to everybody at
# or above the threshold of the group:
#
# - the **highest** risk at which at least `target` of the group's people in `tune` who came back are at or above it (it is the risk of one of
#   them; forgive a shortfall below `1e-9`)
# - but `common` for people whose group is not recorded, and for groups with fewer than `min_events` events in `tune`
#
# It returns a **DataFrame** with a row for each group in `judge`, and `"not recorded"`; columns `threshold`; `calls_before`, `calls_after`: visits;
# `found_before`, `found_after`: visits to people who came back; `false_before`, `false_after`: visits to people who did not.
#
# ```
# risks of the people in tune who came back: 0.9, 0.5, 0.4, 0.2;  target 0.75  ->  threshold 0.4
# ```


# %% answer="q6_repair"
def repair(
    tune: pd.DataFrame, judge: pd.DataFrame, group: str, target: float, common: float, min_events: int
) -> pd.DataFrame:
    """Thresholds for each group, and what they give and take on other people."""
    ### BEGIN SOLUTION
    lines = {}
    for name, risks in tune[tune["readmitted"] == 1].groupby(group)["risk"]:
        if len(risks) >= min_events:
            needed = max(int(np.ceil(target * len(risks) - 1e-9)), 1)
            lines[name] = np.sort(risks.to_numpy())[::-1][needed - 1]
    names = judge[group].astype(object).where(judge[group].notna(), "not recorded").to_numpy()
    risk, back = judge["risk"].to_numpy(), judge["readmitted"].to_numpy()
    rows = {}
    for name in pd.unique(names):
        inside, line = names == name, lines.get(name, common)
        row = {"threshold": line}
        for when, cut in (("before", common), ("after", line)):
            called = inside & (risk >= cut)
            row["calls_" + when] = int(called.sum())
            row["found_" + when] = int((called & (back == 1)).sum())
            row["false_" + when] = int((called & (back == 0)).sum())
        rows[name] = row
    return pd.DataFrame.from_dict(rows, orient="index")
    ### END SOLUTION


# %% test="q6_form" points=1 objective="25.5"
old = pd.DataFrame({"g": ["a"] * 5, "risk": [0.9, 0.5, 0.4, 0.2, 0.3], "readmitted": [1, 1, 1, 1, 0]})
new = pd.DataFrame({"g": ["a"] * 4, "risk": [0.8, 0.45, 0.35, 0.1], "readmitted": [1, 1, 0, 0]})
result = repair(old, new, "g", 0.75, 0.6, 2)
assert isinstance(result, pd.DataFrame), "repair returns a DataFrame."
for column in [
    "threshold",
    "calls_before",
    "calls_after",
    "found_before",
    "found_after",
    "false_before",
    "false_after",
]:
    assert column in result.columns, f"The column '{column}' is not there."
assert abs(float(result.loc["a", "threshold"]) - 0.4) < 1e-9, (
    "Three of the four are at or above 0.4, as in the example."
)
assert int(result.loc["a", "calls_after"]) == 2, "In `judge` two people are at or above 0.4."


# %% test="q6_thresholds" points=1 objective="25.5"
# Hidden tests: other groups, small ones, and people not recorded.
### BEGIN HIDDEN TESTS
def _tables():
    dice = np.random.default_rng(258)
    tables = []
    for n, level in ((900, 0.0), (700, -0.6)):
        g = dice.choice(["ja", "nein", "selten", ""], n, p=[0.45, 0.4, 0.03, 0.12]).astype(object)
        risk = 1 / (1 + np.exp(1.3 - dice.normal(size=n) - level))
        back = (dice.random(n) < np.clip(risk * np.where(g == "nein", 1.6, 1.0), 0, 0.95)).astype(int)
        table = pd.DataFrame({"g": g, "risk": risk, "readmitted": back}, index=dice.integers(0, 40, n))
        tables.append(table.replace({"g": {"": None}}))
    return tables


def _lines(tune, target, common, least):
    lines = {"not recorded": common}
    for name in ("ja", "nein", "selten"):
        risks = sorted(
            tune["risk"][((tune["g"] == name) & (tune["readmitted"] == 1)).to_numpy()], reverse=True
        )
        lines[name] = common
        if len(risks) >= least:
            lines[name] = next(r for i, r in enumerate(risks) if (i + 1) / len(risks) >= target - 1e-9)
    return lines


def _at_the_line():
    risks = [0.9, 0.5, 0.4, 0.2, 0.3, 0.7, 0.6]
    tune = pd.DataFrame({"g": ["a"] * 5 + ["b"] * 2, "risk": risks, "readmitted": [1, 1, 1, 1, 0, 1, 1]})
    risks = [0.9, 0.5, 0.45, 0.35, 0.45]
    judge = pd.DataFrame({"g": ["a"] * 4 + ["b"], "risk": risks, "readmitted": [1, 1, 0, 0, 1]})
    return tune, judge


def _hidden_test():
    tune, judge = _tables()
    before = tune.copy(), judge.copy()
    got = repair(tune, judge, "g", 0.7, 0.3, 25)
    assert tune.equals(before[0]) and judge.equals(before[1]), "A table that you were given has changed."
    right = _lines(tune, 0.7, 0.3, 25)
    assert {"ja", "nein"} <= set(got.index), "A group of this hospital has no row."
    assert "not recorded" in got.index and abs(float(got.loc["not recorded", "threshold"]) - 0.3) < 1e-9, (
        "People whose group is not recorded have no row, or another threshold than the common one. Re-read lesson 25, "
        "'One repair and its price'."
    )
    assert "selten" in got.index and abs(float(got.loc["selten", "threshold"]) - 0.3) < 1e-9, (
        "A threshold was set on a handful of events: such a group keeps the common one. Re-read lesson 25, 'One repair and its price'."
    )
    for name in ("ja", "nein"):
        assert abs(float(got.loc[name, "threshold"]) - right[name]) < 1e-6, (
            "A threshold is wrong: it is the highest risk that still finds the wanted share *of the group's people in `tune` who came "
            "back*. Re-read lesson 25, 'One repair and its price'."
        )
    got = repair(*_at_the_line(), "g", 0.5, 0.45, 3)
    assert abs(float(got.loc["a", "threshold"]) - 0.5) < 1e-9, (
        "`target` is given, and was half of those who came back: at or above the threshold, the person at it counts."
    )
    assert abs(float(got.loc["b", "threshold"]) - 0.45) < 1e-9, (
        "`common` and `min_events` are given: a group with fewer events keeps that threshold."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_other_people" points=1 objective="25.5"
# Hidden tests: judged on other people than those it was set on.
### BEGIN HIDDEN TESTS
def _hidden_test():
    tune, judge = _tables()
    got = repair(tune.copy(), judge.copy(), "g", 0.7, 0.3, 25)
    lines = _lines(tune, 0.7, 0.3, 25)
    assert {"ja", "nein"} <= set(got.index), "A group of this hospital has no row."

    def found(table, name):
        inside = (
            (table["g"] == name) & (table["risk"] >= lines[name]) & (table["readmitted"] == 1)
        ).to_numpy()
        return int(inside.sum())

    for name in ("ja", "nein"):
        value = int(got.loc[name, "found_after"])
        assert value != found(tune, name), (
            "The repair was judged on the people it was set on: there it looks good by construction. Re-read lesson 25, 'One repair and "
            "its price'."
        )
        assert value == found(judge, name), (
            "`found_after` is wrong: people in `judge` who came back and are at or above the threshold of their group. Re-read lesson 25, "
            "'One repair and its price'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_price" points=1 objective="25.5"
# Hidden tests: what it gives and takes, group by group.
### BEGIN HIDDEN TESTS
def _hidden_test():
    tune, judge = _tables()
    got = repair(tune.copy(), judge.copy(), "g", 0.7, 0.3, 25)
    lines = _lines(tune, 0.7, 0.3, 25)
    assert set(got.index) >= set(lines), (
        "A group is missing from the table: whoever pays for a repair, or is left as before, has a row too. Re-read lesson 25, 'One "
        "repair and its price'."
    )
    names = judge["g"].where(judge["g"].notna(), "not recorded").to_numpy()
    risk, back = judge["risk"].to_numpy(), judge["readmitted"].to_numpy()
    for name, line in lines.items():
        for when, cut in (("before", 0.3), ("after", line)):
            called = (names == name) & (risk >= cut)
            for what, right in (
                ("calls", called),
                ("found", called & (back == 1)),
                ("false", called & (back == 0)),
            ):
                assert int(got.loc[name, f"{what}_{when}"]) == right.sum(), (
                    f"`{what}_{when}` is wrong for a group. Count in `judge`, at or above the threshold that holds. Re-read lesson 25, 'One "
                    "repair and its price'."
                )
    got = repair(*_at_the_line(), "g", 0.5, 0.45, 3)
    calls = [int(got.loc[name, c]) for name in "ab" for c in ("calls_before", "calls_after")]
    assert calls == [3, 2, 1, 1], (
        "The visits are wrong where risks lie exactly at the threshold (*at* or above), or another `common` was used."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The verdict (7 points)
#
# Eight sentences from drafts of audits. Write `sentences()`: a **dict** from each letter to the word that says what is wrong with it. Each word
# is used once; one sentence may stand.
#
# | | Sentence |
# |:---|:---|
# | A | "Language is not an input, so the score treats everybody alike." |
# | B | "`18` % of each group get a visit, so the visits are shared fairly." (`9` % of the one group come back, `27` % of the other.) |
# | C | "Both groups have a PPV of `.5` and an FNR of `.3`, but FPRs of `.08` and `.30`: the score is careless with the second." |
# | D | "The FNR is `.40` in both groups, so a miss costs both the same." (The one group is phoned on day 2 anyway; for the other there is no interpreter.) |
# | E | "Both people of this group who came back would have had a visit: for them the score does not fail." |
# | F | "The difference in FNR is `.06`, 95 % interval `-.05` to `.17`: there is no gap." |
# | G | "AUC `.66` in people over `75` and `.80` in all, so the score is biased against older people." (Right risks would give `.66` there.) |
# | H | "O/E is `1.38` (`1.19` to `1.60`): more of these people came back than the score said." |
#
# Words: `"blind"` (an input left out proves nothing), `"parity"` (equal shares of visits, unequal need), `"base rate"` (it must differ when base
# rates do), `"harm"` (equal rates, unequal consequences), `"too few"`, `"unsure"` (not shown is not absent), `"case mix"`, `"stands"`.


# %% answer="q7_sentences"
def sentences() -> dict:
    """For each sentence, what is wrong with it."""
    ### BEGIN SOLUTION
    return {
        "A": "blind",
        "B": "parity",
        "C": "base rate",
        "D": "harm",
        "E": "too few",
        "F": "unsure",
        "G": "case mix",
        "H": "stands",
    }
    ### END SOLUTION


# %% test="q7_equal" points=1 objective="25.3"
read = sentences()
assert isinstance(read, dict) and sorted(read) == list("ABCDEFGH"), (
    "sentences returns a dict with the letters A to H."
)
words = ["base rate", "blind", "case mix", "harm", "parity", "stands", "too few", "unsure"]
assert sorted(str(word) for word in read.values()) == words, "Each of the eight words is used once."


### BEGIN HIDDEN TESTS
def _hidden_test():
    read = sentences()
    assert read["A"] == "blind", (
        "A: in the lesson family income was no input either. For whom were the risks wrong? Re-read lesson 25, 'The tool, and what it leaves out'."
    )
    assert read["B"] == "parity", (
        "B: the visits are equal; is the need? Re-read lesson 25, 'Why the measures cannot agree'."
    )
    assert read["D"] == "harm", (
        "D: the rates are equal; what happens next to a person who was missed? Re-read lesson 25, 'One repair and its price'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q7_reading" points=1 objective="25.3"
# Hidden tests: sentences C, E, F, G and H.
### BEGIN HIDDEN TESTS
def _hidden_test():
    read = {letter: str(word) for letter, word in sentences().items()}
    assert read.get("C") == "base rate", (
        "C: what else differs between the groups? Re-read lesson 25, 'Why the measures cannot agree'."
    )
    assert read.get("E") == "too few", (
        "E: how many people is it about? Re-read lesson 25, 'Rules before looking'."
    )
    assert read.get("F") == "unsure", "F: what does the interval allow? Re-read lesson 25, 'Is it a gap?'."
    assert read.get("G") == "case mix", (
        "G: compare with the AUC to expect. Re-read lesson 25, 'Case mix, or bias?'."
    )
    assert read.get("H") == "stands", (
        "H: what does O/E say? Re-read lesson 25, 'The tool, and what it leaves out'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `audit_report(stays, compared, reference)` for tables like `stays`: a **dict** of numbers that go into your report.
#
# - from each person's **first row** in the table: `"people"`; `"unknown"`: people whose outcome nobody knows; `"not_recorded"`: people whose
#   `language` is empty
# - from your `audit` of these first rows by `language`, with `50` people and `20` events: `"too_few"`: the **list** of groups that are not enough;
#   `"o_to_e"`: O/E of the group `compared`
# - from your `gap` of **all** rows by `language`, `300` draws, seed `25`: `"gap"`, `"low"`, `"high"` and `"verdict"`
#
# A mistake in items 1 and 3 is not counted again here: the tests accept the right number, or what your own functions find.


# %% answer="q7_report"
def audit_report(stays: pd.DataFrame, compared: str, reference: str) -> dict:
    """The numbers of the audit report, counted from the table."""
    ### BEGIN SOLUTION
    first = stays.drop_duplicates("patient")
    table = audit(first, "language", 50, 20)
    return {
        "people": len(first),
        "unknown": int(first["readmitted"].isna().sum()),
        "not_recorded": int(first["language"].isna().sum()),
        "too_few": sorted(table.index[~table["enough"]]),
        "o_to_e": float(table.loc[compared, "o_to_e"]),
        **gap(stays, "language", compared, reference, 300, 25),
    }
    ### END SOLUTION


# %% test="q7_form" points=1 objective="25.5"
report = audit_report(stays, "Spanish", "English")
assert isinstance(report, dict), "audit_report returns a dict."
for key in ("people", "unknown", "not_recorded", "too_few", "o_to_e", "gap", "low", "high", "verdict"):
    assert key in report, f"'{key}' is not there."
assert report["people"] == stays["patient"].nunique(), (
    "`people` is the number of different people in the table."
)
assert isinstance(report["too_few"], list), "`too_few` is a list of names."


# %% test="q7_numbers" points=1 objective="25.5"
# Hidden tests: the report of another hospital (right, or equal to your own functions' numbers).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    dice = np.random.default_rng(259)
    n = 700
    language = dice.choice(["Polish", "Irish", "Urdu", ""], n, p=[0.3, 0.55, 0.03, 0.12]).astype(object)
    risk = dice.uniform(0.05, 0.5, n)
    back = (dice.random(n) < risk * np.where(language == "Polish", 1.5, 1)).astype(float)
    back[dice.random(n) < 0.1] = np.nan
    table = pd.DataFrame(
        {"patient": np.arange(n) + 900, "language": language, "risk": risk, "readmitted": back}
    )
    table["visited"] = (risk > 0.3).astype(int)
    again = table.sample(250, random_state=3).assign(readmitted=1.0, visited=0, risk=0.9)
    table = pd.concat([table, again]).replace({"language": {"": None}})
    first = table.drop_duplicates("patient")

    def facts(rows):
        known = rows[rows["readmitted"].notna().to_numpy()]
        names = known["language"].where(known["language"].notna(), "not recorded")
        few = []
        for name in rows["language"].where(rows["language"].notna(), "not recorded").unique():
            inside = known[(names == name).to_numpy()]
            if len(inside) < 50 or inside["readmitted"].sum() < 20:
                few.append(name)
        mine = known[(names == "Polish").to_numpy()]
        return sorted(few), mine["readmitted"].sum() / mine["risk"].sum()

    few, ratio = facts(first)
    known = table[table["readmitted"].eq(1).to_numpy()]
    fnr = {
        k: (known["visited"][(known["language"] == k).to_numpy()] == 0).mean() for k in ("Polish", "Irish")
    }
    got = audit_report(table.copy(), "Polish", "Irish")
    numbers_of_people = {
        "people": n,
        "unknown": int(first["readmitted"].isna().sum()),
        "not_recorded": int(first["language"].isna().sum()),
    }
    for key, right in numbers_of_people.items():
        assert int(got[key]) == right, (
            f"'{key}' is wrong: count people by their first row, not stays. Count, do not type. Re-read the prompt of item 7."
        )
    own_few, own_ratio, own_gap = few, ratio, None
    with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
        own = audit(first.copy(), "language", 50, 20)
        if int(own.loc["Polish", "n"]) == (first["language"] == "Polish").sum():  # it has counted
            own_few, own_ratio = (
                sorted(own.index[~own["enough"].astype(bool)]),
                float(own.loc["Polish", "o_to_e"]),
            )
    with contextlib.suppress(Exception):
        mirrored = float(gap(table.copy(), "language", "Irish", "Polish", 50, 25)["gap"])
        found = gap(table.copy(), "language", "Polish", "Irish", 300, 25)
        if abs(mirrored + float(found["gap"])) < 1e-6 and mirrored:
            own_gap = found
    assert sorted(got["too_few"]) in (few, own_few), (
        "'too_few' names other groups than the audit does. Re-read lesson 25, 'Rules before looking'."
    )
    assert any(abs(float(got["o_to_e"]) - value) < 5e-3 for value in (ratio, own_ratio)), (
        "'o_to_e' is neither the right number nor what your own audit finds among the first rows."
    )
    values = [fnr["Polish"] - fnr["Irish"]] + ([float(own_gap["gap"])] if own_gap else [])
    assert any(abs(float(got["gap"]) - value) < 1e-3 for value in values), (
        "'gap' is neither the right number nor what your own function finds among all rows."
    )
    if own_gap:
        assert (
            abs(float(got["low"]) - float(own_gap["low"])) < 0.03
            and abs(float(got["high"]) - float(own_gap["high"])) < 0.03
        ), "The interval in the report is not the one that your own function gives."
        assert got["verdict"] == own_gap["verdict"], (
            "The verdict in the report is not the one that your own function gives."
        )
    else:
        assert float(got["low"]) < float(got["gap"]) < float(got["high"]), (
            "The interval does not hold the gap."
        )


_hidden_test()
### END HIDDEN TESTS

# %%
print(audit_report(stays, "Spanish", "English"), "\n")
print(audit(first, "language", 50, 20).round(2).to_string(), "\n")
print(crossed(first, ["language", "insurance"], 50, 20).round(2).to_string(), "\n")
known = first[first["readmitted"].notna()]
half = known["patient"] % 2 == 0
print(repair(known[half], known[~half], "language", 0.6, 0.2, 20).round(2).to_string())

# %% [markdown]
# Last, write the **audit report** (`80` to `180` words) for the board. The cell above shows your numbers once items 1 to 6 and the report are
# answered. A person reads it, one point for each:
#
# 1. **Finding:** one measure by language with its n and interval; the gap in FNR with its interval and the right verdict; and what the crossed table
#    adds or cannot say.
# 2. **People:** what `language` records and who wrote it down; who is not recorded, too few or lost, with counts; words that put people first.
# 3. **Verdict:** approve, approve with conditions, or reject; who carries the harm; and what the repair gives and takes from **each** group on other
#    people.

# %% [markdown] written="q7_audit_report" points=3 objective="25.5"
# ### BEGIN SOLUTION
# Verdict: approve with conditions. The desk types the preferred language, no more. Of 1,400 people 114 were not asked and 86
# are lost to follow-up. Those not asked (10 readmissions) and people who prefer Vietnamese (19 people, 2 readmissions) are too
# few for a verdict. Of those who prefer Spanish (361, less 43 lost) 29 % came back, 1.85 times as many as announced; with public
# insurance 2.24 times (1.82 to 2.76; 158 people). For English it is 17 % and 1.11 times. Both would be visited equally often, 26 %.
# The FNR differs by .09 (-.02 to .20): we cannot tell. People who prefer Spanish carry the harm: their risk is shown too low.
# Thresholds by language find, on other people, 20 readmissions instead of 17 for Spanish (29 false visits, not 24), 55 instead of
# 46 for English (109, not 73), and change nothing for the others. So they give least where the risk is most wrong. Condition:
# recalibrate by language on new data, ask everybody, measure again by insurance.
# ### END SOLUTION
