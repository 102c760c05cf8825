# %% [markdown]
# # Five years after surgery
#
# A breast clinic in Rotterdam sees each woman again when the report on her tumour is there. A start-up offers a score for
# "risk of dying within five years", to be shown at that visit. The clinic's nurses have a rule of their own: they count
# the [lymph nodes](../../notebooks/glossary.ipynb#cell-id=lymph-node) with tumour. Before anybody sees a number, the clinic
# asks you for a comparison that is fair.
#
# If the score looks better than it is, women are told a risk that is not theirs, and choose a treatment by it.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# The women in `cohort` are real: surgery from 1978 to 1993 (`year`), followed for years. `dtime` counts days from surgery to
# death or to the last news, `death` is 1 for dead. (The clock starts at surgery, some days before the visit; how many, the
# file does not say.)
#
# You write functions, because other clinics will send their tables: the hidden tests are those tables, with other names
# of columns, other orders, and row labels that need not be 0, 1, 2 ... and may repeat. **Never change a table that you are
# given.**
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
# *New to the ward?* `pgr` and `er` are hormone receptors measured in the tumour, `grade` how unlike healthy tissue it looks.

# %%
import numpy as np
import pandas as pd

cohort = pd.read_csv("data/rotterdam.csv")
HORIZON = 1826  # five years, in days
FIRST_TEST_YEAR = 1990
NUMBERS = ["age", "nodes", "pgr", "er"]
WORDS = ["size", "grade"]
print(len(cohort), "women")
cohort.head(3)

# %% [markdown]
# ## 1. Yes, no, or not known (4 points)
#
# Write `outcome_by(table, horizon, days, event)`. `days` and `event` are names of columns: days from time zero to the
# event or to the last news, and 1 (event) or 0 (none seen). It returns a **Series** with the rows and labels of `table`:
#
# - `1.0`: the event came on day `horizon` or before
# - `0.0`: no event on day `horizon` or before, and watched until that day or longer
# - `NaN`: not known
#
# Nothing is empty in these two columns. Day 0 is a day like any other.
#
# ```
# horizon 100   days  event     result
#                 40      1       1.0
#                250      0       0.0
#                 40      0       NaN
# ```


# %% answer="q1_outcome"
def outcome_by(table: pd.DataFrame, horizon: int, days: str, event: str) -> pd.Series:
    """1.0 for yes by the horizon, 0.0 for no, NaN for not known."""
    ### BEGIN SOLUTION
    yes = table[event].eq(1) & table[days].le(horizon)
    no = table[days].ge(horizon) & ~yes
    return pd.Series(np.select([yes, no], [1.0, 0.0], np.nan), index=table.index)
    ### END SOLUTION


# %% test="q1_form" points=1 objective="21.1"
five = pd.DataFrame({"t": [700, 900, 800, 1000, 10], "e": [0, 0, 0, 1, 0]}, index=["a", "b", "b", "c", "d"])
result = outcome_by(five, 600, "t", "e")
assert isinstance(result, pd.Series), "outcome_by returns a Series (end it with `return`)."
assert len(result) == 5 and list(result.index) == ["a", "b", "b", "c", "d"], (
    "The result does not have the rows and labels of the table, in its order."
)
values = [float("nan") if pd.isna(value) else float(value) for value in result]
assert values[:3] == [0.0, 0.0, 0.0], "The first three were watched past the horizon without an event."
assert values != list(five["e"]), "This is the column of events itself, without a horizon."


# %% test="q1_late_events" points=1 objective="21.1"
# Hidden tests: events after the horizon.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(211)
    for horizon in (365, 2_000):
        late = [*dice.integers(horizon + 1, 4 * horizon, 30), horizon - 50, horizon - 80]
        table = pd.DataFrame(
            {"relapse": [*dice.permutation([1] * 20 + [0] * 10), 1, 0], "t": late}, index=[7] * 32
        )
        before = table.copy()
        got = [float("nan") if pd.isna(v) else float(v) for v in outcome_by(table, horizon, "t", "relapse")]
        assert table.equals(before), "The table that you were given has changed: work on a new one."
        assert len(got) == 32, "Rows are missing from the result, or there are more than in the table."
        assert all(value == 0.0 for value in got[:30]), (
            "Somebody who was watched past the horizon, and had no event until then, is not 0 in your result. An event on a "
            "later day is not an event within the horizon. Re-read lesson 21, 'Until when?'."
        )
        assert got[30:] != [0.0, 0.0], (
            "Somebody with an event within the horizon and somebody lost before it get 0, like all the others: nobody is told "
            "apart. Re-read lesson 21, 'Until when?'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_not_known" points=1 objective="21.1"
# Hidden tests: people who were lost from sight.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame({"gone": [0, 1, 599, 300, 4_000], "fell": [0, 0, 0, 0, 0]}, index=[2, 2, 0, 1, 1])
    got = [float("nan") if pd.isna(v) else float(v) for v in outcome_by(table.copy(), 600, "gone", "fell")]
    assert len(got) == 5, (
        "Rows have left the result: whoever is not known stays in it as NaN, so that the report can count them. Re-read "
        "lesson 21, 'Until when?'."
    )
    assert all(value != value for value in got[:4]), (
        "Somebody without an event, whom nobody watched until the horizon, has an outcome in your result. No news is not "
        "good news. Re-read lesson 21, 'Until when?'."
    )
    assert got[4] == 0.0, "Whoever was watched long past the horizon without an event is not unknown."


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_early_events" points=1 objective="21.1"
# Hidden tests: early events, and events on the very day.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame({"stop": [3, 0, 730, 729, 90, 730, 900, 8], "dead": [1, 1, 1, 1, 1, 0, 1, 0]})
    table.index = [5, 5, 5, 1, 1, 0, 0, 2]
    got = [float("nan") if pd.isna(v) else float(v) for v in outcome_by(table.copy(), 730, "stop", "dead")]
    assert len(got) == 8, (
        "Somebody was left out, perhaps with an early event: that event is the outcome. Re-read lesson 21, 'Until when?'."
    )
    assert got != list(table["dead"]), (
        "This is the column of events itself, without a horizon. Re-read lesson 21, 'Until when?'."
    )
    assert [got[0], got[1], got[3], got[4]] == [1.0] * 4, (
        "An early event (day 0 too) is not 1 in your result: dying early is the outcome, and no reason to be left out. "
        "Re-read lesson 21, 'Until when?'."
    )
    assert got[2] == 1.0 and got[5] == 0.0, (
        "Somebody whose last day is the horizon itself is wrong: the prompt of item 1 says what counts on that day."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. What was known, and what tells too much (4 points)
#
# A codebook has a row for each column of a table: its name (`column`) and the day on which a value can be read first
# (`known_day`), counted from time zero; `-3` is three days before, `0.25` is six hours
# after time zero, and that is later; empty is nobody knows. Write `usable(codebook)`: it
# returns a **list** of the names that can be read at time zero or before, in the order of the codebook. What nobody can
# date is not usable.
#
# ```
# codebook  column     known_day      usable(codebook)  ->  ["age", "stage"]
#           age                0
#           discharge          9
#           stage             -3
# ```


# %% answer="q2_usable"
def usable(codebook: pd.DataFrame) -> list:
    """Names of columns that can be read at time zero."""
    ### BEGIN SOLUTION
    return codebook.loc[codebook["known_day"] <= 0, "column"].tolist()
    ### END SOLUTION


# %% test="q2_usable_form" points=1 objective="21.2"
names = usable(pd.DataFrame({"column": ["weight", "sex"], "known_day": [-2.0, -400.0]}))
assert isinstance(names, list), "usable returns a list."
assert names == ["weight", "sex"], "Both were known before time zero; keep the order of the codebook."


# %% test="q2_time_zero" points=1 objective="21.2"
# Hidden tests: another codebook.
### BEGIN HIDDEN TESTS
def _hidden_test():
    days = {
        "sodium": 0,
        "cause": 411,
        "ward": -1,
        "result": 0.25,
        "code": np.nan,
        "died": 30,
        "smoker": -900,
        "left": 1,
    }
    book = pd.DataFrame(
        {"known_day": days.values(), "unit": "-", "column": days.keys()}, index=[4, 4, 4, 1, 1, 0, 0, 9]
    )
    got = usable(book.copy())
    assert not {"cause", "died", "left", "result"} & set(got), (
        "A column that nobody can read until after time zero is in your list. A few hours later is later. Re-read lesson 21, "
        "'What was known that day?'."
    )
    assert "code" not in got, (
        "A column that nobody can date is in your list. Read the prompt of item 2 again, and lesson 21, 'What was known "
        "that day?'."
    )
    assert {"ward", "smoker", "sodium"} <= set(got), (
        "A column that can be read before time zero, or on that day, is missing from your list."
    )
    assert list(got) == ["sodium", "ward", "smoker"], "The list is not in the order of the codebook."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Not every codebook has dates. Write `told_by_filled(table, outcome)`: **how well does a filled cell tell the
# outcome?** It returns a **dict** from the name of every column other than `outcome` to an AUC: the score is 1 where the
# cell is filled, 0 where it is empty. If the AUC is below `0.5`, give one minus it: an empty cell tells as well as a filled
# one. The column `outcome` holds 1, 0 or NaN; rows with NaN are left out. Both 1 and 0 occur.
#
# ```
# table  y  cause  sex     told_by_filled(table, "y")  ->  {"cause": 1.0, "sex": 0.5}
#        1  "I21"   f
#        0  None    m
#        0  None    f
# ```


# %% answer="q2_filled"
def told_by_filled(table: pd.DataFrame, outcome: str) -> dict:
    """AUC of being filled for each column, in whichever direction it tells."""
    ### BEGIN SOLUTION
    from sklearn.metrics import roc_auc_score

    known = table.dropna(subset=[outcome])
    found = {}
    for column in known.columns.drop(outcome):
        auc = roc_auc_score(known[outcome], known[column].notna())
        found[column] = max(auc, 1 - auc)
    return found
    ### END SOLUTION


# %% test="q2_filled_form" points=1 objective="21.2"
four = pd.DataFrame({"y": [1.0, 1.0, 0.0, 0.0], "letter": ["x", "x", None, None], "age": [50, 60, 70, 80]})
told = told_by_filled(four, "y")
assert isinstance(told, dict), "told_by_filled returns a dict."
assert set(told) == {"letter", "age"}, "The keys are the names of all columns except the outcome."
assert abs(float(told["letter"]) - 1) < 1e-9, "Only those with the outcome have a letter here: an AUC of 1."


# %% test="q2_told" points=1 objective="21.2"
# Hidden tests: another table, gaps in both directions, outcomes that are not known.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(212)
    n = 90
    y = dice.permutation([1.0] * 25 + [0.0] * 50 + [np.nan] * 15)
    table = pd.DataFrame(
        {
            "lab": np.where(dice.random(n) < np.where(y == 1, 0.3, 0.7), 1.0, np.nan),
            "dead": y,
            "note": np.where(y == 0, None, "seen"),
            "home": np.where(y == 1, None, "yes"),
            "age": dice.normal(60, 9, n),
        },
        index=dice.integers(0, 5, n),
    )  # fmt: skip
    before = table.copy()
    got = told_by_filled(table, "dead")
    assert table.equals(before), "The table that you were given has changed."
    events, others = table[table["dead"] == 1], table[table["dead"] == 0]
    for column in ("age", "note", "home", "lab"):
        share, share_others = events[column].notna().mean(), others[column].notna().mean()
        right = 0.5 + abs(share - share_others) / 2
        assert column in got, (
            f"There is no '{column}' in the dict: every column counts, also one without a gap."
        )
        auc = float(got[column])
        assert abs(auc - (1 - right)) > 1e-6 or abs(right - 0.5) < 1e-6, (
            "A column that is empty for those with the outcome tells it too: your AUC is on the wrong side of 0.5. "
            "Re-read lesson 21, 'What was known that day?'."
        )
        assert abs(auc - right) < 1e-6, (
            f"The AUC of being filled is wrong for '{column}'. Look at what is scored (filled or empty, not the value), and "
            "at rows whose outcome is not known. Re-read lesson 21, 'What was known that day?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Who is judged (6 points)
#
# A table can hold several rows of a person. Write `split_people(table, person, share, seed)`: it draws `share` of the
# **people** at random for the test (rounded to a whole number of people, up or down as you like), the rest train. It
# returns a **tuple of two DataFrames**, `(train, test)`, in which each row of `table` stands once, with all its columns.
# `person` is the name of the column that tells people apart. The same `seed` gives the same split, another `seed` another.
# The order of rows does not matter.
#
# Tables come sorted, by age or by date. Each person must have the same chance.


# %% answer="q3_people"
def split_people(table: pd.DataFrame, person: str, share: float, seed: int) -> tuple:
    """Train and test with different people, drawn at random."""
    ### BEGIN SOLUTION
    people = table[person].unique()
    drawn = np.random.default_rng(seed).permutation(len(people))[: round(share * len(people))]
    chosen = table[person].isin(people[drawn])
    return table[~chosen], table[chosen]
    ### END SOLUTION


# %% test="q3_people_form" points=1 objective="21.3"
ten = pd.DataFrame({"who": list("aabbccddee"), "row": range(10)})
parts = split_people(ten, "who", 0.4, seed=1)
assert isinstance(parts, tuple) and len(parts) == 2, "split_people returns a tuple of two: (train, test)."
assert all(isinstance(part, pd.DataFrame) for part in parts), "Train and test are DataFrames."
assert sorted([*parts[0]["row"], *parts[1]["row"]]) == list(range(10)), (
    "Each row of the table stands once, in train or in test."
)


# %% test="q3_apart" points=1 objective="21.3"
# Hidden tests: people with many rows.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(213)
    who = np.repeat([f"P{i}" for i in range(80)], dice.integers(1, 7, 80))
    table = pd.DataFrame({"visit": range(len(who)), "mrn": who}).sample(frac=1, random_state=4)
    table.index = dice.integers(0, 9, len(table))
    before = table.copy()
    for share, seed in ((0.25, 3), (0.5, 8)):
        train, test = split_people(table, "mrn", share, seed)
        assert table.equals(before), "The table that you were given has changed."
        assert sorted([*train["visit"], *test["visit"]]) == list(range(len(table))), (
            "Rows were lost or stand in the split twice."
        )
        assert not set(train["mrn"]) & set(test["mrn"]), (
            "Somebody has rows in train and in test: the model is judged on people it has met. Draw people, not rows. "
            "Re-read lesson 21, 'Whom has it met before?'."
        )
        assert abs(test["mrn"].nunique() - 80 * share) <= 1, (
            "The test does not hold the asked share of people (the first of the two is train)."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_random" points=1 objective="21.3"
# Hidden tests: sorted tables.
### BEGIN HIDDEN TESTS
def _hidden_test():
    n = 300
    table = pd.DataFrame({"pid": np.repeat(range(n), 2), "age": np.repeat(np.linspace(95, 20, n), 2)})
    means, chosen = [], []
    for seed in range(12):
        _, test = split_people(table.copy(), "pid", 0.3, seed)
        means.append(float(test["age"].mean()))
        chosen.append(frozenset(int(p) for p in test["pid"]))
    _, again = split_people(table.copy(), "pid", 0.3, 5)
    assert frozenset(int(p) for p in again["pid"]) == chosen[5], "The same seed gave another split."
    assert abs(np.mean(means) - table["age"].mean()) < 4, (
        "The table is sorted by age, and your test is far younger or older than everybody. Position is not chance. Re-read "
        "lesson 21, 'Whom has it met before?', and the prompt of item 3."
    )
    assert len(set(chosen)) == 12, "Another seed gave the same test: the people are not drawn by the seed."
    count = pd.Series([p for people in chosen for p in people]).value_counts()
    assert len(count) > 270, "Some people were never drawn in twelve splits: does each have the same chance?"


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# A score will be used on **later and new** people. Write `split_time(table, person, year, first_test_year)`: it returns
# `(train, test)` again, a tuple of two DataFrames.
#
# - `train`: every row of a year before `first_test_year`
# - `test`: the rows of `first_test_year` and later, of people who have **no row in train**
#
# `person` and `year` are names of columns. A later row of somebody who is in train stands in neither part.


# %% answer="q3_time"
def split_time(table: pd.DataFrame, person: str, year: str, first_test_year: int) -> tuple:
    """Train on earlier years, test on later years of new people."""
    ### BEGIN SOLUTION
    early = table[year] < first_test_year
    train = table[early]
    return train, table[~early & ~table[person].isin(train[person])]
    ### END SOLUTION


# %% test="q3_time_form" points=1 objective="21.3"
five = pd.DataFrame({"who": list("abcde"), "when": [2001, 2009, 2002, 2010, 2008]})
parts = split_time(five, "who", "when", 2005)
assert isinstance(parts, tuple) and all(isinstance(part, pd.DataFrame) for part in parts), (
    "split_time returns a tuple of two DataFrames: (train, test)."
)
assert sorted(parts[0]["who"]) == ["a", "c"] and sorted(parts[1]["who"]) == ["b", "d", "e"], (
    "Two of the five rows are from before 2005, and nobody comes twice."
)


# %% test="q3_cut" points=1 objective="21.3"
# Hidden tests: the year of the cut.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(214)
    for cut in (2012, 2015):
        table = pd.DataFrame(
            {"season": dice.integers(2008, 2019, 120), "id": range(120)}, index=dice.integers(0, 7, 120)
        )
        train, test = split_time(table.copy(), "id", "season", cut)
        at_the_cut = set(table.loc[table["season"] == cut, "id"])
        assert not at_the_cut & set(train["id"]), (
            "Rows of the first test year are in train: the cut is off by one. Re-read lesson 21, 'The baseline'."
        )
        assert at_the_cut <= set(test["id"]), (
            "Rows of the first test year are not in test: the cut is off by one. Re-read lesson 21, 'The baseline'."
        )
        assert len(train) == (table["season"] < cut).sum() and len(test) == (table["season"] >= cut).sum(), (
            "Everybody here has one row, and train and test together do not hold all of them once."
        )
        assert train["season"].max() < test["season"].min(), (
            "A later row is in train, or an earlier one in test."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_come_back" points=1 objective="21.3"
# Hidden tests: people who come back.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {"pid": ["a", "b", "a", "c", "d", "c", "e", "e", "b"], "y": [1999, 2003, 2004, 2004, 1998, 2005, 1997, 1999, 2006],
         "row": range(9)},
        index=list("xxyyzzxyz"),
    )  # fmt: skip
    train, test = split_time(table.copy(), "pid", "y", 2000)
    assert not set(train["pid"]) & set(test["pid"]), (
        "Somebody's earlier row trains the model that is judged on the later one. Re-read lesson 21, 'Whom has it met "
        "before?'."
    )
    assert sorted(train["row"]) == [0, 4, 6, 7], (
        "Train does not hold all rows from before the first test year."
    )
    assert sorted(test["row"]) == [1, 3, 5, 8], (
        "Test does not hold all later rows of new people: several rows of a person may all be in it."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Nothing learned from the test (5 points)
#
# Write `risks(train, test, numbers, words, outcome)`: it trains on `train` and returns the predicted risk of **every row
# of `test`**, in its order (a Series or an array). `numbers` and `words` are lists of columns, neither of them empty.
#
# - an empty number gets the median of the training rows; numbers are then standardised (`StandardScaler`)
# - each word becomes a column of 0 and 1; an **empty word is a word of its own**; a word that did not occur in training has
#   no column (all zeros)
# - the model is `LogisticRegression(C=1e6, max_iter=1000)`
# - training rows whose outcome is `NaN` are left out of all of this. `test` need not have the column `outcome` at all
#
# scikit-learn has what you need: `SimpleImputer`, `OneHotEncoder(handle_unknown="ignore")`, `make_column_transformer`,
# `make_pipeline`. A word can be a number in the file (`grade`): `2` and `2.0` are the same word. An empty one is `None` or
# `NaN`.


# %% answer="q4_risks"
def risks(train: pd.DataFrame, test: pd.DataFrame, numbers: list, words: list, outcome: str):
    """Risks of the test rows from a pipeline that has seen the training rows only."""
    ### BEGIN SOLUTION
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    def columns_of(table):
        text = table[words].astype(object)
        return table[numbers].join(text.where(text.notna(), np.nan))

    train, test = train.reset_index(drop=True), test.reset_index(drop=True)
    known = train.dropna(subset=[outcome])
    prepare = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
        (OneHotEncoder(handle_unknown="ignore"), words),
    )
    model = make_pipeline(prepare, LogisticRegression(C=1e6, max_iter=1000))
    return model.fit(columns_of(known), known[outcome]).predict_proba(columns_of(test))[:, 1]
    ### END SOLUTION


# %% test="q4_form" points=1 objective="21.4"
easy = pd.DataFrame({"x": [1.0, 2, 3, 4, 5, 6, 7, 8], "w": list("abababab"), "y": [0.0, 0, 1, 0, 1, 0, 1, 1]})
easy["grade"] = [2, 2, 3, 3, 3, 3, 2, 2]
new = pd.DataFrame({"x": [1.5, 7.5], "w": ["a", "b"], "grade": [2, 3]}, index=[9, 9])
result = risks(easy, new, ["x"], ["w", "grade"], "y")
assert len(result) == 2, "There is one risk for each row of test."
low, high = (float(value) for value in result)
assert 0 <= low < high <= 1, "Risks lie between 0 and 1, and the second row has the higher one here."


# %% test="q4_train_only" points=2 objective="21.4"
# Hidden tests: other people in the test must not change anybody's risk.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from sklearn.linear_model import LogisticRegression

    dice = np.random.default_rng(215)
    n = 400
    x = dice.lognormal(3.8, 0.6, n)
    z = dice.normal(0, 1, n)
    town = dice.choice(["n", "s"], n)
    y = (dice.random(n) < 1 / (1 + np.exp(-(x - 55) / 20 - z))).astype(float)
    x[dice.random(n) < 0.3] = np.nan
    train = pd.DataFrame({"z": z, "town": town, "y": y, "x": x}, index=dice.integers(0, 9, n))
    test = pd.DataFrame(
        {"x": [np.nan, 44.0, 61.0, np.nan], "z": [0.2, 1.0, -1.0, -0.5], "town": list("nsns")},
        index=[1, 1, 0, 3],
    )
    older = pd.DataFrame({"x": np.full(600, 95.0), "z": np.full(600, 4.0), "town": "s"})
    before = (train.copy(), test.copy())
    alone = [float(v) for v in risks(train, test, ["x", "z"], ["town"], "y")]
    assert train.equals(before[0]) and test.equals(before[1]), "A table that you were given has changed."
    crowd = [float(v) for v in risks(train.copy(), pd.concat([test, older]), ["x", "z"], ["town"], "y")]
    assert len(alone) == 4 and len(crowd) == 604, "There is not one risk for each row of test."
    assert np.allclose(alone, crowd[:4], atol=0.01), (
        "Four people's risks change when other people are tested with them: something was learned from the test (a median, a "
        "mean, a scale). Re-read lesson 21, 'What did it learn from the people it is tested on?'."
    )
    centre = np.nanmedian(x)
    columns = np.column_stack([np.where(np.isnan(x), centre, x), z, town == "s"])
    mean, scale = columns.mean(axis=0), columns.std(axis=0)
    model = LogisticRegression(C=1e6, max_iter=1000).fit((columns - mean) / scale, y)
    filled = np.column_stack([test["x"].fillna(centre), test["z"], test["town"] == "s"])
    right = model.predict_proba((filled.astype(float) - mean) / scale)[:, 1]
    assert np.allclose(alone, right, atol=0.02), (
        "The risks are not those of the model in the prompt of item 4. Look at what fills an empty number, and at which rows "
        "the model was trained on. Re-read lesson 21, 'What did it learn from the people it is tested on?'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_gaps" points=1 objective="21.4"
# Hidden tests: words that nobody recorded, words never seen.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(216)
    n = 600
    home = dice.choice(["flat", "house", "none"], n, p=[0.4, 0.4, 0.2])
    x = dice.normal(0, 1, n)
    y = (dice.random(n) < np.select([home == "flat", home == "house"], [0.2, 0.3], 0.7)).astype(float)
    train = pd.DataFrame({"home": pd.Series(home).where(home != "none", None), "x": x, "y": y})
    test = pd.DataFrame({"home": ["flat", None, "house", "boat", None], "x": 0.0}, index=[3, 3, 3, 1, 0])
    got = [float(v) for v in risks(train.copy(), test.copy(), ["x"], ["home"], "y")]
    assert len(got) == 5, (
        "Somebody whose word is empty or new has no risk: the model must judge everybody who comes. Re-read lesson 21, 'The "
        "baseline'."
    )
    rate = y[home == "none"].mean()
    assert abs(got[1] - rate) < 0.1 and abs(got[4] - rate) < 0.1, (
        "People whose word is empty get the risk of others: rows with a gap were dropped in training, or the gap was filled "
        "with a word or with nothing, or words were numbered as if they had an order. That nobody recorded it tells something "
        "here. Re-read lesson 21, 'The baseline'."
    )
    assert abs(got[0] - y[home == "flat"].mean()) < 0.1 and abs(got[2] - y[home == "house"].mean()) < 0.1, (
        "The risks of people whose word is known are not those of the training rows (or words were numbered as if they had an "
        "order)."
    )
    from sklearn.linear_model import LogisticRegression

    each = np.column_stack([(x - x.mean()) / x.std(), *(home == word for word in ("flat", "house", "none"))])
    exact = LogisticRegression(C=1e6, max_iter=1000).fit(each, y)
    nobody = exact.predict_proba([[-x.mean() / x.std(), 0, 0, 0]])[0, 1]
    assert abs(got[3] - nobody) < 0.09, (
        "A word that did not occur in training gets the risk of another word, or of an empty one. Each word of training has "
        "a column, and a new word is zero in all of them: see the prompt of item 4."
    )
    graded = pd.DataFrame({"grade": dice.choice([2, 3], n), "x": x})
    graded["y"] = (dice.random(n) < np.where(graded["grade"] == 2, 0.2, 0.7)).astype(float)
    new = pd.DataFrame({"grade": [2, 3], "x": [0.0, 0.0]})
    more = pd.DataFrame({"grade": [2, 3, np.nan], "x": [0.0, 0.0, 0.0]})
    alone, together = (
        [float(v) for v in risks(graded.copy(), rows, ["x"], ["grade"], "y")] for rows in (new, more)
    )
    assert np.allclose(alone, together[:2], atol=0.01), (
        "A grade of 2 became another word because somebody else's grade is empty. See the prompt of item 4, and re-read lesson "
        "21, 'What did it learn from the people it is tested on?'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_not_known" points=1 objective="21.4"
# Hidden tests: training outcomes that are not known.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(217)
    n = 500
    x = dice.normal(0, 1, n)
    y = (dice.random(n) < 1 / (1 + np.exp(-x))).astype(float)
    y[(x > 0.3) & (dice.random(n) < 0.5)] = np.nan
    train = pd.DataFrame({"x": x, "stage": dice.choice([1, 2], n), "late": y}, index=[0] * n)
    test = pd.DataFrame({"stage": [1, 2, 3], "x": [1.5, 0.0, np.nan]})
    got = np.array([float(v) for v in risks(train.copy(), test.copy(), ["x"], ["stage"], "late")])
    known = train.dropna(subset=["late"]).reset_index(drop=True)
    right = np.array([float(v) for v in risks(known, test.assign(late=np.nan), ["x"], ["stage"], "late")])
    called_no = known[["x", "late"]].to_numpy()
    steep = called_no[(called_no[:, 0] > 1) & (called_no[:, 0] < 2), 1].mean()
    assert len(got) == 3 and np.allclose(got, right, atol=0.01), (
        "Risks change when training rows with an outcome that is not known are taken away: they were used for something. "
        "Not known is neither yes nor no. Re-read lesson 21, 'Until when?'."
    )
    assert abs(got[0] - steep) < 0.15, (
        "The risk is far from what happened to people with such values in training."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. The rule to beat (5 points)
#
# The nurses' rule is "high risk from so many nodes on". Write `nurse_rule(train, test, column, outcome)`: it returns, for
# every row of `test` in its order, `1` where the value in `column` is **at or above the cut**, else `0` (a Series or an
# array). The cut is the value that occurs in `column` of **train** for which sensitivity plus specificity is greatest there;
# if several are equal, the lowest of them.
#
# - **sensitivity**: of the training rows with outcome 1, the share at or above the cut; **specificity**: of those with 0, the
#   share not at or above it
# - rows whose outcome is `NaN` are left out; an empty value is never at or above a cut (`0`)
# - `test` need not have the column `outcome`
#
# ```
# train  nodes  y        test  nodes      nurse_rule(train, test, "nodes", "y")  ->  0, 1, 1
#            0  0                  2      (at or above 3 both shares are 1)
#            2  0                  3
#            3  1                  9
# ```


# %% answer="q5_rule"
def nurse_rule(train: pd.DataFrame, test: pd.DataFrame, column: str, outcome: str):
    """1 for test rows at or above the best cut of the training rows, else 0."""
    ### BEGIN SOLUTION
    known = train.dropna(subset=[outcome])
    value, yes = known[column], known[outcome] == 1
    cuts = sorted(value.dropna().unique())

    def worth(cut):
        return round((value[yes] >= cut).mean() + 1 - (value[~yes] >= cut).mean(), 9)

    return (test[column] >= max(cuts, key=worth)).astype(int)
    ### END SOLUTION


# %% test="q5_rule_form" points=1 objective="21.4"
small = pd.DataFrame({"n": [0, 0, 1, 4, 5, 6], "y": [0.0, 0, 0, 1, 1, 1]})
fired = nurse_rule(small, pd.DataFrame({"n": [0, 8, 1]}), "n", "y")
assert [int(value) for value in fired] == [0, 1, 0], (
    "Everybody with the outcome has 4 or more in train: of 0, 8 and 1 only 8 is at or above such a cut."
)


# %% test="q5_rule_cut" points=1 objective="21.4"
# Hidden tests: train and test with different best cuts.
### BEGIN HIDDEN TESTS
def _hidden_test():
    train = pd.DataFrame(
        {"late": [0.0] * 8 + [1.0] * 8 + [np.nan] * 6, "falls": [0, 0, 1, 1, 2, 2, 2, 5, 3, 3, 4, 4, 5, 6, 0, np.nan] + [9] * 6},
        index=[4] * 22,
    )  # fmt: skip
    test = pd.DataFrame(
        {"falls": [2, 3, 7, 6, 0, np.nan, 5], "late": [0.0, 0, 1, 0, 0, 0, 0]}, index=[1, 1, 2, 2, 0, 0, 0]
    )
    right = [0, 1, 1, 1, 0, 0, 1]
    got = [int(v) for v in nurse_rule(train.copy(), test.copy(), "falls", "late")]
    assert len(got) == 7, "There is not one answer for each row of test."
    assert got != [0, 0, 1, 0, 0, 0, 0], (
        "The cut was chosen where it is judged: it fits the test better than a nurse could know. Choose it in train. Re-read "
        "lesson 21, 'What did it learn from the people it is tested on?'."
    )
    assert got[5] == 0, "An empty value is not at or above any cut."
    assert got == right, (
        "The rule has another cut than the training rows give (or does not fire at the cut itself). Read the prompt of item 5 "
        "again: which rows count, and what is greatest?"
    )
    tied = pd.DataFrame(
        {"score": [10] * 20 + [20] * 10 + [80] * 10 + [10, 20, 80, 80], "fell": [0.0] * 40 + [1.0] * 4}
    )
    new = pd.DataFrame({"score": [10, 20, 50, 80, 19]})
    assert [int(v) for v in nurse_rule(tied, new, "score", "fell")] == [0, 1, 1, 1, 0], (
        "Where few have the outcome and two cuts are equally good, the rule has another cut than the training rows give. Read "
        "the prompt of item 5 again: what is greatest, which of equals is taken, and from which rows?"
    )
    blind = [int(v) for v in nurse_rule(train.copy(), test[["falls"]].copy(), "falls", "late")]
    assert blind == right, (
        "Without the outcome of the test rows the rule says something else: it must not need it."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now the comparison. Write `against_rule(table, model, rule, outcome, person, draws, seed)`: `model`, `rule`, `outcome` and
# `person` are names of columns of `table`. It returns a **dict**:
#
# - `"auc_model"`, `"auc_rule"`: the AUC of each, over rows whose outcome is known
# - `"difference"`: the model's minus the rule's
# - `"low"`, `"high"`: the 2.5th and 97.5th percentile of the difference over `draws`
#   [bootstrap](../../notebooks/glossary.ipynb#cell-id=bootstrap) samples
#
# Do not round. In each sample as many **people** as there are in those rows are drawn with replacement; a person comes
# with all rows, as often as drawn. A sample with only one kind of outcome is drawn again. `seed` starts the random
# numbers.


# %% answer="q5_against"
def against_rule(
    table: pd.DataFrame, model: str, rule: str, outcome: str, person: str, draws: int, seed: int
) -> dict:
    """AUC of model and rule, and their difference with an interval that draws people."""
    ### BEGIN SOLUTION
    from sklearn.metrics import roc_auc_score

    known = table.dropna(subset=[outcome])
    y, score, fired = (known[name].to_numpy(dtype=float) for name in (outcome, model, rule))
    rows = list(known.groupby(person).indices.values())
    dice = np.random.default_rng(seed)
    differences = []
    while len(differences) < draws:
        i = np.concatenate([rows[k] for k in dice.integers(len(rows), size=len(rows))])
        if 0 < y[i].mean() < 1:
            differences.append(roc_auc_score(y[i], score[i]) - roc_auc_score(y[i], fired[i]))
    auc_model, auc_rule = roc_auc_score(y, score), roc_auc_score(y, fired)
    low, high = np.percentile(differences, [2.5, 97.5])
    return {
        "auc_model": auc_model,
        "auc_rule": auc_rule,
        "difference": auc_model - auc_rule,
        "low": low,
        "high": high,
    }
    ### END SOLUTION


# %% test="q5_against_form" points=1 objective="21.4"
dice = np.random.default_rng(1)
sixty = pd.DataFrame({"pid": range(60), "y": dice.permutation([1.0] * 25 + [0.0] * 35)})
sixty["risk"] = sixty["y"] + dice.normal(0, 0.2, 60)
sixty["fired"] = dice.integers(0, 2, 60)
found = against_rule(sixty, "risk", "fired", "y", "pid", draws=60, seed=1)
assert isinstance(found, dict), "against_rule returns a dict."
for key in ("auc_model", "auc_rule", "difference", "low", "high"):
    assert key in found and np.isfinite(float(found[key])), f"'{key}' is not there, or is not a number."
assert 0.95 < float(found["auc_model"]) <= 1, "This model is nearly always right: an AUC close to 1."


# %% test="q5_difference" points=1 objective="21.4"
# Hidden tests: another table, outcomes that are not known.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(218)
    for better in (0.4, 1.6):
        y = dice.permutation([1.0] * 60 + [0.0] * 140 + [np.nan] * 50)
        event = np.nan_to_num(y, nan=0.0)
        table = pd.DataFrame(
            {
                "simple": (event + dice.normal(0, 1, 250) > 0.5).astype(int),
                "complex": better * event + dice.normal(0, 1, 250),
                "id": dice.permutation(250),
                "fell": y,
            },
            index=dice.integers(0, 9, 250),
        )
        before = table.copy()
        got = {k: float(v) for k, v in against_rule(table, "complex", "simple", "fell", "id", 80, 3).items()}
        assert table.equals(before), "The table that you were given has changed."
        yes, no = table[table["fell"] == 1], table[table["fell"] == 0]
        right = {}
        for name in ("complex", "simple"):
            gap = yes[name].to_numpy()[:, None] - no[name].to_numpy()[None, :]
            right[name] = (gap > 0).mean() + (gap == 0).mean() / 2
        assert abs(got["auc_model"] - right["complex"]) < 2e-3, (
            "The AUC of the model is wrong. Look at rows whose outcome is not known: they are neither yes nor no. Re-read "
            "lesson 21, 'Until when?'."
        )
        assert abs(got["auc_rule"] - right["simple"]) < 2e-3, (
            "The AUC of the rule is wrong: it is judged on the same rows as the model. Re-read lesson 21, 'Whom has it met "
            "before?'."
        )
        assert abs(got["difference"] - (right["complex"] - right["simple"])) < 2e-3, (
            "The difference is not model minus rule: a model is compared with what people can do without it. Re-read lesson "
            "21, 'The baseline'."
        )
        assert got["low"] < got["difference"] < got["high"], (
            "The difference does not lie inside its interval here."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_interval" points=1 objective="21.4"
# Hidden tests: people with many rows.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(219)

    def people_in(n, each, noise, shared):
        y = dice.permutation([1.0] * (n // 2) + [0.0] * (n - n // 2))
        card = y + dice.normal(0, 1.5, n)
        if shared:  # nearly the same as the card
            risk = card + dice.normal(0, 0.3, n)
        else:
            risk, card = y + dice.normal(0, 0.7, n), (card > 0.5).astype(float)
        one = pd.DataFrame({"who": range(n), "y": y, "risk": risk, "card": card})
        table = one.loc[np.repeat(range(n), each)].sample(frac=1, random_state=2)
        table["risk"] += dice.normal(0, noise, len(table))
        return table.set_axis(dice.integers(0, 5, len(table)))

    def ends(table):
        """Both ends from 20,000 draws of people, by counting which of their pairs are won."""
        by = [rows for _, rows in table.groupby("who")]
        kind = np.array([rows["y"].iloc[0] for rows in by])
        won = 0
        for column, sign in (("risk", 1), ("card", -1)):
            values = np.array([rows[column] for rows in by])
            yes, no = values[kind == 1][:, None, :, None], values[kind == 0][None, :, None, :]
            won = won + sign * ((yes > no) + (yes == no) / 2).mean(axis=(2, 3))
        times = np.random.default_rng(1).multinomial(len(by), np.full(len(by), 1 / len(by)), size=20_000)
        yes, no = times[:, kind == 1], times[:, kind == 0]
        return np.percentile(((yes @ won) * no).sum(axis=1) / (yes.sum(axis=1) * no.sum(axis=1)), [2.5, 97.5])

    def both(table, draws, seed):
        got = against_rule(table.copy(), "risk", "card", "y", "who", draws, seed)
        return float(got["low"]), float(got["high"])

    many = people_in(70, 9, 0.05, shared=False)
    low, high = ends(many)
    got = both(many, 200, 7)
    assert got[1] - got[0] > 0.6 * (high - low), (
        "The interval is far too narrow: each person has nine rows here that say nearly the same. Draw people, with all their "
        "rows, as often as they are drawn. Re-read lesson 21, 'Whom has it met before?'."
    )
    assert got[1] - got[0] < 1.6 * (high - low), (
        "The interval is far too wide: take the 2.5th and the 97.5th percentile of the differences."
    )
    assert abs(got[0] - low) < 0.06 and abs(got[1] - high) < 0.06, (
        "The interval is not that of the difference between model and rule in samples of people."
    )
    near = people_in(60, 2, 0.0, shared=True)
    low, high = ends(near)
    got = both(near, 800, 3)
    assert got[1] - got[0] < 1.6 * (high - low), (
        "The model says nearly what the card says here, and your interval for the difference is far too wide. Take both AUCs "
        "from the same sample, subtract, and then look at the percentiles of the differences. Re-read lesson 21, 'Whom has it "
        "met before?'."
    )
    assert 0.88 < (got[1] - got[0]) / (high - low) < 1.15, (
        "The interval of many samples is too narrow or too wide: which percentiles are asked for, and of how many samples?"
    )
    assert both(near, 12, 5) == both(near, 12, 5), "The same seed gave another interval."
    assert both(near, 12, 5) != both(near, 12, 6), (
        "Another seed gave the same interval: the seed is not used."
    )
    single = both(near, 1, 5)
    assert abs(single[0] - single[1]) < 1e-9, (
        "One sample has one difference: more samples than `draws` were drawn."
    )
    few = pd.DataFrame({"who": range(30), "y": [1.0] * 2 + [0.0] * 28, "risk": dice.normal(0, 1, 30),
                        "card": dice.integers(0, 2, 30)})  # fmt: skip
    try:
        rare = both(few, 60, 2)
    except (ValueError, ZeroDivisionError):
        rare = (np.nan, np.nan)
    assert np.isfinite(rare).all(), (
        "With two events among thirty people some samples hold no event at all, and then your interval is no number. The "
        "prompt of item 5 says what is done with such a sample."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. The report (6 points)
#
# Write `report(table)` for tables with the columns of `cohort`. It uses `HORIZON`, `FIRST_TEST_YEAR`, `NUMBERS` and
# `WORDS`, and your functions of items 1 and 3 to 5, in this order: the outcome (`dtime`, `death`); the split by time
# (`pid`, `year`); the model's risks for the test rows; the nurses' rule on `nodes`; then count and judge rows whose outcome is
# known. It returns a **dict**:
#
# - `"train"`, `"train_events"`, `"test"`, `"test_events"`: women whose outcome is known, and those of them who died in time
# - `"not_known_train"`, `"not_known_test"`: women whose outcome is not known
# - `"auc_model"`, `"auc_rule"`, `"difference"`, `"low"`, `"high"`: as in item 5, with `draws=100` and `seed=21`
#   (few, so that it runs quickly; a real report takes `1000` or more)
# - `"auc_count"`, `"low_count"`, `"high_count"`: item 5 once more, with the count `nodes` itself in place of the rule: its AUC,
#   and the interval of model minus count
#
# A mistake in an earlier item is not counted again: the tests accept the right number, or the one that your own functions
# find (when no outcome is shown to them in the test).


# %% answer="q6_report"
def report(table: pd.DataFrame) -> dict:
    """What a committee must know about a comparison, counted from the table."""
    ### BEGIN SOLUTION
    rows = table.assign(y=outcome_by(table, HORIZON, "dtime", "death"))
    train, test = split_time(rows, "pid", "year", FIRST_TEST_YEAR)
    judged = test.assign(
        model=np.asarray(risks(train, test, NUMBERS, WORDS, "y")),
        rule=np.asarray(nurse_rule(train, test, "nodes", "y")),
    )
    count = against_rule(judged, "model", "nodes", "y", "pid", draws=100, seed=21)
    return {
        "train": int(train["y"].notna().sum()),
        "train_events": int(train["y"].sum()),
        "test": int(test["y"].notna().sum()),
        "test_events": int(test["y"].sum()),
        "not_known_train": int(train["y"].isna().sum()),
        "not_known_test": int(test["y"].isna().sum()),
        **against_rule(judged, "model", "rule", "y", "pid", draws=100, seed=21),
        "auc_count": count["auc_rule"],
        "low_count": count["low"],
        "high_count": count["high"],
    }
    ### END SOLUTION


# %% test="q6_form" points=1 objective="21.5"
try:
    told = report(cohort)
except ValueError as error:
    raise AssertionError(
        f"report(cohort) stopped: {error} If that is about a single class, item 1 leaves nobody with the outcome, or nobody "
        "without it. Otherwise the fault is in the function that the error names."
    ) from None
assert isinstance(told, dict), "report returns a dict."
for key in ("train", "train_events", "test", "test_events", "not_known_train", "not_known_test"):
    assert key in told and float(told[key]) == int(told[key]), (
        f"'{key}' is not there, or is not a whole number."
    )
for key in ("auc_model", "auc_rule", "difference", "low", "high", "auc_count", "low_count", "high_count"):
    assert key in told and np.isfinite(float(told[key])), f"'{key}' is not there, or is not a number."
assert told["train_events"] < told["train"] and told["test_events"] < told["test"], (
    "There are more events than women."
)


# %% test="q6_counts" points=1 objective="21.5"
# Hidden tests: the report of another clinic (right, or equal to your own functions' numbers).
### BEGIN HIDDEN TESTS
def _clinic(seed, n):
    dice = np.random.default_rng(seed)
    year = dice.integers(1984, 1996, n)
    found = dice.poisson(2.5, n)
    nodes = found + 3 * (year >= 1990)  # more are looked at, and more are found, in later years
    t = dice.exponential(9_000 / (1 + found), n).astype(int) + 1
    stop = dice.integers(300, 5_000, n)
    table = pd.DataFrame(
        {"pid": dice.permutation(n), "year": year, "age": dice.integers(30, 90, n), "meno": 1,
         "size": dice.choice(["<=20", "20-50", ">50"], n), "grade": dice.choice([2, 3], n), "nodes": nodes,
         "pgr": dice.integers(0, 300, n), "er": dice.integers(0, 300, n), "hormon": 0, "chemo": 0,
         "rtime": np.minimum(t, stop), "recur": 0, "dtime": np.minimum(t, stop), "death": (t <= stop).astype(int)},
        index=dice.integers(0, 20, n),
    )  # fmt: skip
    return table


def _own(table):
    rows = table.copy()
    rows["y"] = list(outcome_by(table.copy(), HORIZON, "dtime", "death"))
    train, test = split_time(rows, "pid", "year", FIRST_TEST_YEAR)
    train, test = train.copy(), test.copy()
    return train, test


def _report(table):
    try:
        return report(table)
    except ValueError as error:
        raise AssertionError(
            f"report stopped with the table of another clinic: {error} If that is about a single class, item 1 leaves nobody "
            "with the outcome, or nobody without it. Otherwise the fault is in the function that the error names."
        ) from None


def _hidden_test():
    import contextlib

    table, other = _clinic(220, 500), _clinic(221, 420)
    early = table["year"] < FIRST_TEST_YEAR
    yes = (table["death"] == 1) & (table["dtime"] <= HORIZON)
    no = ~yes & (table["dtime"] >= HORIZON)
    right = {}
    for name, part in (("train", early), ("test", ~early)):
        right[name] = int((part & (yes | no)).sum())
        right[f"{name}_events"] = int((part & yes).sum())
        right[f"not_known_{name}"] = int((part & ~yes & ~no).sum())

    def counts(rows):
        found = {}
        for name, part in zip(("train", "test"), _own(rows), strict=True):
            found[name] = int(part["y"].notna().sum())
            found[f"{name}_events"] = int(part["y"].sum())
            found[f"not_known_{name}"] = int(part["y"].isna().sum())
        return found

    accepted = {key: {number} for key, number in right.items()}
    with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
        mine, elsewhere = counts(table), counts(other)
        for key in accepted:
            # functions that find the same everywhere have counted nothing; nobody not known anywhere is no reason
            if mine[key] != elsewhere[key] or key.startswith("not_known"):
                accepted[key].add(mine[key])
    before = table.copy()
    got = _report(table)
    assert table.equals(before), "The table that you were given has changed."
    for key, numbers in accepted.items():
        assert int(got[key]) in numbers, (
            f"'{key}' is neither the right number nor what your own functions find in the table that they are given. Count, do "
            "not type, and keep women apart whose outcome is not known. Re-read lesson 21, 'Write it so that others can "
            "judge'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_performance" points=1 objective="21.5"
# Hidden tests: the judgement on another clinic (right, or equal to your own functions' numbers).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    table, other = _clinic(222, 600), _clinic(223, 500)

    def reference(rows):
        yes = (rows["death"] == 1) & (rows["dtime"] <= HORIZON)
        known = rows[yes | (rows["dtime"] >= HORIZON)]
        y = yes[yes | (rows["dtime"] >= HORIZON)].to_numpy()
        early = (known["year"] < FIRST_TEST_YEAR).to_numpy()
        columns = known[["age", "nodes", "pgr", "er"]].to_numpy(dtype=float)
        for column in ("size", "grade"):
            for value in sorted(known[column].unique())[1:]:
                columns = np.column_stack([columns, known[column] == value])
        columns = (columns - columns[early].mean(axis=0)) / columns[early].std(axis=0)
        fit = LogisticRegression(C=1e6, max_iter=1000).fit(columns[early], y[early])
        model = roc_auc_score(y[~early], fit.predict_proba(columns[~early])[:, 1])
        nodes = known["nodes"].to_numpy()
        worth = {
            cut: round((nodes[early & y] >= cut).mean() - (nodes[early & ~y] >= cut).mean(), 9)
            for cut in sorted(set(nodes[early]))
        }
        rule = roc_auc_score(y[~early], nodes[~early] >= max(worth, key=worth.get))
        count = roc_auc_score(y[~early], nodes[~early])
        return {"auc_model": model, "auc_rule": rule, "difference": model - rule, "auc_count": count}

    def own(rows):
        train, test = _own(rows)
        unseen = test.drop(columns="y")
        test["model"] = np.asarray(risks(train.copy(), unseen.copy(), NUMBERS, WORDS, "y"), dtype=float)
        test["rule"] = np.asarray(nurse_rule(train.copy(), unseen.copy(), "nodes", "y"), dtype=float)
        count = against_rule(test, "model", "nodes", "y", "pid", draws=100, seed=21)
        count = {"auc_count": count["auc_rule"], "low_count": count["low"], "high_count": count["high"]}
        return {**against_rule(test, "model", "rule", "y", "pid", draws=100, seed=21), **count}

    accepted = {key: [float(number)] for key, number in reference(table).items()}
    ends = {}
    with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
        mine, elsewhere = own(table), own(other)
        for key in accepted:
            if abs(float(mine[key]) - float(elsewhere[key])) > 1e-9:
                accepted[key].append(float(mine[key]))
        ends = {
            key: float(mine[key])
            for key in ("low", "high", "low_count", "high_count")
            if mine[key] != elsewhere[key]
        }
    got = {key: float(value) for key, value in _report(table.copy()).items()}
    for key, numbers in accepted.items():
        assert any(abs(got[key] - number) < 0.01 for number in numbers), (
            f"'{key}' is neither the right number nor what your own functions find in the table that they are given (the test "
            "without its outcome). Judge the rows of the test, with model and rule side by side. Re-read lesson 21, 'The baseline'."
        )
    for key, number in ends.items():
        assert abs(got[key] - number) < 0.03, f"'{key}' is not what your own function of item 5 finds."
    assert got["low"] <= got["difference"] <= got["high"], "The difference does not lie in its interval."


_hidden_test()
### END HIDDEN TESTS

# %%
from statsmodels.duration.survfunc import SurvfuncRight

told = report(cohort)
for key, number in told.items():
    print(key, round(float(number), 3))
everybody = told["test"] + told["not_known_test"]
print(f"model minus the count of nodes: {told['auc_model'] - told['auc_count']:.3f}")
print(f"died within {HORIZON} days, in the test, those not known")
print(f"- left out: {told['test_events'] / told['test']:.1%}")
print(f"- called alive: {told['test_events'] / everybody:.1%}")
print(f"- called dead: {(told['test_events'] + told['not_known_test']) / everybody:.1%}")
later = cohort[cohort["year"] >= FIRST_TEST_YEAR]
curve = SurvfuncRight(later["dtime"], later["death"])
print(f"- Kaplan-Meier: {1 - curve.surv_prob[curve.surv_times <= HORIZON][-1]:.1%} of {len(later)} women")

# %% [markdown]
# Last, write the **paragraph for the clinic's committee** (`100` to `180` words). The cell above shows your numbers. A
# person reads it, one point for each:
#
# 1. **What was compared:** who (women and years), time zero, outcome and horizon, how train and test were split, with the
#    numbers of women and of deaths in the test.
# 2. **What is not known:** how many women in the test have no known outcome, what was done with them, and what that does to
#    the result.
# 3. **What follows:** model against rule with the difference and its interval, and also against the count itself (a yes or no
#    throws ranking away); what the intervals do not cover, and what you advise.

# %% [markdown] written="q6_paragraph" points=3 objective="21.5"
# ### BEGIN SOLUTION
# We compared a logistic regression (age, nodes, receptors, size, grade) with the nurses' rule. Time zero is surgery; the visit
# is some days later. The outcome is death from any cause within 1,826 days. The model learned from 1,906 women operated on
# from 1978 to 1989 (514 deaths; a real clinic would have it only at the end of 1994) and was judged on 931 of 1990 to 1993
# (239 deaths); nobody is in both. Another 133 of 1,064 women of those years were alive when last heard of. We left them out, so
# 25.7 % died instead of 23.5 % (Kaplan-Meier; bounds 22.5 to 35.0 %): risks for patients would need a survival model. The AUC
# was 0.748 for the model, 0.676 for the rule (three nodes or more), difference 0.072 (0.045 to 0.094). A yes or no throws
# ranking away: against the count itself (0.709) the gain is 0.039 (0.011 to 0.058). The intervals leave out another training
# set, another clinic and today's treatments. We advise: no risks yet; check calibration, then whether any decision would change.
# ### END SOLUTION
