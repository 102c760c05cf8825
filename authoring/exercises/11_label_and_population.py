# %% [markdown]
# # Who gets the call?
#
# You did not sign, and the vendor comes back with another score. It predicts **next year's visits to a doctor**:
# "a visit is nearer to need than a dollar, race is not an input, and the predictions are right." The score comes
# as whole visits. The programme still has places for one adult in ten.
#
# This time you write the checks down, so that they run on every score that is offered. Whoever is passed over by
# an unchecked score does not know that there was a list.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# The people are real (`datasets/rand_hie/datasheet.md` says who); "Black" is short for "of a
# household whose head was recorded as Black". You write functions, because the hidden tests bring other tables:
# other groups, other scores, row labels that need not be 0, 1, 2 ... and may repeat, in any order. No function
# may change the table it is given.
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
#
# *New to the ward?* Care management: a nurse calls, goes through the medicines, and books what is needed.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

hie = pd.read_csv("data/rand_hie.csv")
adults = hie[hie["child"] == 0].assign(ill=hie["hlthf"] + hie["hlthp"])
later = hie[["zper", "year", "mdvis"]].assign(year=hie["year"] - 1)
years = adults.merge(later, on=["zper", "year"], suffixes=("", "_next"))
INPUTS = ["xage", "female", "mhi", "disea", "physlm", "meddol", "inpdol", "totadm", "mdvis", "notmdvis"]
predicted = cross_val_predict(
    LinearRegression(), years[INPUTS], years["mdvis_next"], groups=years["zper"], cv=GroupKFold(5)
)
years["score"] = predicted.round().clip(min=0)
years[["zper", "year", "site", "plan", "coins", "black", "ill", "mdvis", "mdvis_next", "score"]].head()

# %% [markdown]
# ## 1. What was recorded? (3 points)
#
# Write `recorded(values, answers)`: a **Series of labels**, in the order and with the row labels of `values`.
# `answers` gives the values that the questionnaire knows, and the label of each. Every other value, and an empty
# cell, is `"not recorded"`: nobody gave it.
#
# ```
# recorded(pd.Series([1, 0.48, 0]), {0: "no", 1: "yes"})  ->  yes, not recorded, no
# ```


# %% answer="q1_recorded"
def recorded(values: pd.Series, answers: dict) -> pd.Series:
    """The label of each value that is an answer, else "not recorded"."""
    ### BEGIN SOLUTION
    return values.map(answers).astype(object).fillna("not recorded")
    ### END SOLUTION


# %% test="q1_form" points=1 objective="11.1"
labels = recorded(pd.Series([1, 0, 0], index=["c", "a", "b"]), {0: "no", 1: "yes"})
assert isinstance(labels, pd.Series), "recorded returns a Series (end it with `return`)."
assert list(labels.index) == ["c", "a", "b"], "The row labels are those of `values`, in the same order."
assert list(labels) == ["yes", "no", "no"], "Each answer becomes its label."


# %% test="q1_not_recorded" points=2 objective="11.1"
# Hidden tests: other questions, values that nobody gave, empty cells.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(111)
    cases = [
        ([0.0, 1.0, 0.02, 0.51, 0.97, np.nan], {0: "never", 1: "ever"}),
        ([1.0, 2.0, 3.0, 1.5, 2.49, 9.0], {1: "good", 2: "fair", 3: "poor"}),
        (["F", "M", "?", None], {"F": "women", "M": "men"}),
    ]
    for possible, answers in cases:
        mix = dice.choice(np.array(possible, dtype=object), 200)
        values = pd.Series(mix, index=dice.integers(0, 50, 200))
        values = values.astype(float) if not isinstance(possible[0], str) else values
        before = values.copy()
        got = recorded(values, dict(answers))
        assert values.equals(before), "The column that you were given has changed: work on a copy."
        assert len(got) == 200, "A row was lost: a person about whom nobody wrote anything is still a person."
        wanted = [answers.get(value, "not recorded") for value in before]
        for mine, right, value in zip(got, wanted, before, strict=True):
            assert mine == right or right != "not recorded", (
                f"The value {value} is no answer, and you made it '{mine}'. A fraction between two answers is a "
                "mean that somebody filled in; to round it, or to take it for a no, decides for a person whom "
                "nobody asked. Re-read lesson 11, 'Who is in it, and who is not'."
            )
            assert mine == right, f"The value {value} is an answer; its label is not '{mine}'."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Whom does the table know? (4 points)
#
# Write `composition(table, person, group, served)`: a **DataFrame with one row for each group in `served`** (the
# index), and one row `not recorded`. `served` gives each group's share of the people whom the programme will
# serve. `person` and `group` are column names; a person has one group in all rows. Columns:
#
# - `n`: different **people**
# - `share`: `n` divided by **all** people whose group is recorded, also those whose group is not in `served`
# - `low`, `high`: its 95 % Wilson interval (see the [glossary](../../notebooks/glossary.ipynb#cell-id=Wilson-interval)), not rounded
# - `served`: the share from `served`
#
# In the row `not recorded` (label `"not recorded"` or empty in the table) only `n` counts; leave the rest empty.
#
# ```
# zper  age             served                       n  share   low  high  served
#    7  under 65        {"under 65": 0.8,   under 65      2    1.0  0.34   1.0     0.8
#    7  under 65         "65 and over":     65 and over   0    0.0  0.00  0.66     0.2
#    8  under 65         0.2}               not recorded  1
#    9  not recorded
# ```


# %% answer="q2_composition"
def composition(table: pd.DataFrame, person: str, group: str, served: dict) -> pd.DataFrame:
    """n, share, low, high and served for each group of `served`, and n for `not recorded`."""
    ### BEGIN SOLUTION
    from statsmodels.stats.proportion import proportion_confint

    people = table.drop_duplicates(person)
    labels = people[group].astype(object).where(people[group].notna(), "not recorded")
    result = labels.value_counts().reindex(list(served), fill_value=0).rename("n").to_frame()
    known = (labels != "not recorded").sum()
    result["share"] = result["n"] / known
    result["low"], result["high"] = proportion_confint(result["n"], known, method="wilson")
    result["served"] = pd.Series(served)
    result.loc["not recorded", "n"] = (labels == "not recorded").sum()
    return result
    ### END SOLUTION


# %% test="q2_form" points=1 objective="11.2"
table = pd.DataFrame({"id": [1, 2, 3], "age": ["young", "young", "old"]})
result = composition(table, "id", "age", {"young": 0.5, "old": 0.5})
assert isinstance(result, pd.DataFrame), "composition returns a DataFrame."
for name in ("n", "share", "low", "high", "served"):
    assert name in result.columns, f"The column '{name}' is not there."
for name, people in {"young": 2, "old": 1, "not recorded": 0}.items():
    assert name in result.index, f"There is no row '{name}'."
    assert result.loc[name, "n"] == people, f"`n` of '{name}' is the number of people in it."


# %% test="q2_people" points=1 objective="11.2"
# Hidden tests: people with several rows.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(112)
    groups = dice.choice(["north", "south", "not recorded"], 90, p=[0.5, 0.3, 0.2])
    rows = np.repeat(np.arange(90), np.where(groups == "south", 5, dice.integers(1, 3, 90)))
    table = pd.DataFrame({"member": rows + 500, "region": groups[rows]}, index=dice.integers(0, 9, len(rows)))
    table = table.sample(frac=1, random_state=1)
    before = table.copy()
    got = composition(table, "member", "region", {"south": 0.4, "north": 0.6})
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    for name in ("north", "south"):
        assert name in got.index, f"There is no row '{name}', although `served` names that group."
        assert int(got.loc[name, "n"]) == int((groups == name).sum()), (
            "`n` counts rows, or rows were left out: a person who stayed for five years is one person. Re-read "
            "lesson 11, 'Who is in it, and who is not'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_absent" points=1 objective="11.2"
# Hidden tests: a group that is served and not in the table; people whose group nobody recorded.
### BEGIN HIDDEN TESTS
def _hidden_test():
    groups = ["18-44"] * 30 + ["45-64"] * 12 + ["not recorded"] * 5 + [None] * 2
    table = pd.DataFrame({"zper": range(49), "band": groups}).sample(frac=1, random_state=2)
    served = {"18-44": 0.45, "45-64": 0.3, "65 and over": 0.25}
    got = composition(table, "zper", "band", served)
    assert "65 and over" in got.index, (
        "A group that will be served has no row, because nobody of it is in the table: just the group that the "
        "reader must hear about. Re-read lesson 11, 'Who is in it, and who is not'."
    )
    row = got.loc["65 and over"]
    assert int(row["n"]) == 0 and abs(float(row["share"])) < 1e-9 and 0.04 < float(row["high"]) < 0.15, (
        "Nobody of this group is in the table: `n` and `share` are 0, and the interval still has a width."
    )
    assert int(got.loc["not recorded", "n"]) == 7, (
        "The row `not recorded` holds everybody whose group is not known, empty or labelled so. Re-read lesson "
        "11, 'Who is in it, and who is not'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_share" points=1 objective="11.2"
# Hidden tests: share and interval among the people whose group is recorded, small groups too.
### BEGIN HIDDEN TESTS
def _hidden_test():
    counts = {"village": 3, "town": 21, "city": 76}
    groups = [name for name, n in counts.items() for _ in range(n)] + ["not recorded"] * 60
    table = pd.DataFrame({"p": range(160), "home": groups}).sample(frac=1, random_state=3)
    served = {"city": 0.5, "town": 0.3, "village": 0.2}
    got = composition(table, "p", "home", served)
    z = 1.959964
    for name, k in counts.items():
        assert name in got.index, f"There is no row '{name}', although `served` names that group."
        share, low, high = (float(got.loc[name, column]) for column in ("share", "low", "high"))
        assert abs(share - k / 160) > 1e-6, (
            "You divide by everybody, with the people whose group nobody knows in the denominator: each group looks "
            "smaller than it is. Re-read lesson 11, 'Who is in it, and who is not'."
        )
        assert abs(share - k / 100) < 1e-3, (
            "`share` is a group's people divided by all people with a recorded group."
        )
        middle, half = (
            (k + z * z / 2) / (100 + z * z),
            z / (100 + z * z) * (k * (100 - k) / 100 + z * z / 4) ** 0.5,
        )
        assert abs(low - middle + half) < 0.002 and abs(high - middle - half) < 0.002, (
            "`low` and `high` are not the 95 % Wilson interval. Re-read lesson 11, 'Who is in it, and who is not'."
        )
        assert abs(float(got.loc[name, "served"]) - served[name]) < 1e-9, (
            "A share in `served` stands in another group's row."
        )
    fewer = composition(table, "p", "home", {"city": 0.6, "town": 0.4})
    assert abs(float(fewer.loc["town", "share"]) - 21 / 100) < 1e-3, (
        "A group that is in the table and not in `served` has left the denominator: its people are recorded too. Re-read "
        "lesson 11, 'Who is in it, and who is not'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Who is on the list? (4 points)
#
# Write `top_share(table, score, group, share)`: for each group its **share of the places**, as a Series or a dict.
# Places are `share` times all rows of `table` (the tests use whole numbers of places). They go to the highest
# scores.
#
# - Rows that tie for the last places draw lots: each counts with the same part of a place.
# - A row without a score gets no place.
# - Rows whose group is empty, or `"not recorded"`, make the group `not recorded`.
#
# Groups of the table without a place have the share 0. There are always more rows with a score than places, so the
# shares add up to 1.
#
# ```
# score  group       share=0.5: two places of four. 9 gets one. The three 4s share the other, a third each:
#     9  A           A has 1 + 1/3 of 2 places, B has 2/3 of 2
#     4  B
#     4  B           result: A 0.667, B 0.333
#     4  A
# ```


# %% answer="q3_top_share"
def top_share(table: pd.DataFrame, score: str, group: str, share: float) -> pd.Series:
    """Each group's share of the places, when the highest scores get them and ties are drawn by lot."""
    ### BEGIN SOLUTION
    scores = table[score].to_numpy(dtype=float)
    place = np.zeros(len(table))
    left = share * len(table)
    for value in sorted(set(scores[~np.isnan(scores)]), reverse=True):
        tied = scores == value
        taken = min(left, tied.sum())
        place[tied] = taken / tied.sum()
        left -= taken
    labels = table[group].astype(object).where(table[group].notna(), "not recorded").to_numpy()
    return pd.Series(place).groupby(labels).sum() / place.sum()
    ### END SOLUTION


# %% test="q3_form" points=1 objective="11.3"
table = pd.DataFrame({"score": [9.0, 7.0, 2.0, 1.0], "group": ["A", "B", "A", "A"]})
places = dict(top_share(table, "score", "group", 0.5))
assert set(places) == {"A", "B"}, "There is one number for each group."
assert abs(places["A"] - 0.5) < 1e-6 and abs(places["B"] - 0.5) < 1e-6, (
    "Two places for four rows: 9 (A) and 7 (B) get them, so each group has half of the places."
)


# %% test="q3_list" points=1 objective="11.3"
# Hidden tests: another score without ties; groups of different size; rows whose group nobody knows.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(113)
    kinds = np.array(["urban", "rural", None], dtype=object)
    table = pd.DataFrame(
        {"risk": dice.permutation(400) / 7, "home": dice.choice(kinds, 400, p=[0.6, 0.3, 0.1])},
        index=dice.integers(0, 30, 400),
    )
    table.loc[table["home"] == "rural", "risk"] *= 1.4
    table.iloc[0, 1] = "island"
    table.iloc[0, 0] = -1.0
    before = table.copy()
    got = {
        "not recorded" if pd.isna(k) else k: float(v)
        for k, v in dict(top_share(table, "risk", "home", 0.1)).items()
    }
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    listed = before.sort_values("risk").tail(40)["home"].fillna("not recorded").value_counts() / 40
    everybody = before["home"].fillna("not recorded").value_counts(normalize=True)
    assert "not recorded" in got, (
        "Rows whose group is empty are in no group of the result. Re-read lesson 11, 'Who is in it, and who is not'."
    )
    assert abs(got["rural"] - everybody["rural"]) > 1e-3, (
        "You give each group its share of the table. That the table is in proportion does not make the list so. "
        "Re-read lesson 11, 'A proportional sample does not mend a label'."
    )
    assert abs(sum(got.values()) - 1) < 1e-3, (
        "The shares do not add up to 1. A group's share of the places is not the part of the group that gets a "
        "place. Re-read lesson 11, 'Two labels, two lists'."
    )
    for name, right in listed.items():
        assert abs(got.get(name, 0) - right) < 1e-3, (
            "The places do not go to the highest scores of the whole table. Re-read lesson 11, 'Two labels, two lists'."
        )
    assert abs(got.get("island", 1)) < 1e-9, "A group without a place is left out: it has the share 0."


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_ties" points=1 objective="11.3"
# Hidden tests: whole-number scores with many ties, rows in several orders.
### BEGIN HIDDEN TESTS
def _hidden_test():
    score = [5] * 4 + [3] * 30 + [1] * 66
    kind = ["A", "A", "A", "B"] + ["A"] * 6 + ["B"] * 24 + ["A"] * 40 + ["B"] * 26
    table = pd.DataFrame({"visits": score, "kind": kind}, index=[i % 7 for i in range(100)])
    found = []
    for order in (table, table[::-1], table.sample(frac=1, random_state=5)):
        found.append(float(dict(top_share(order, "visits", "kind", 0.1))["A"]))
    assert max(found) - min(found) < 1e-3, (
        "The same people in another order give another list: ties were broken by the place in the table. Who stands "
        "first in a file has no better claim: re-read the first point of the list in item 3."
    )
    whole = 9 / 34
    assert abs(found[0] - whole) > 1e-3, (
        "Everybody who ties for the last place was taken, so the list is longer than the places there are: "
        "re-read the first point of the list in item 3."
    )
    assert abs(found[0] - (3 + 6 * 6 / 30) / 10) < 1e-3, (
        "Rows that tie for the last places do not share them equally: re-read the first point of the list in item 3."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_no_score" points=1 objective="11.3"
# Hidden tests: rows without a score.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "score": [8.0, 7.0, 6.0, 5.0, 4.0, 3.0] + [np.nan] * 14,
            "group": ["A", "B", "B", "B", "B", "A"] + ["A"] * 14,
        }
    ).sample(frac=1, random_state=6)
    got = dict(top_share(table, "score", "group", 0.2))
    assert abs(float(got["A"]) - 0.25) < 1e-3, (
        "Four places for 20 rows: a row without a score gets none, and is still one of the rows. (Some ways of sorting "
        "put empty scores on top, others drop the rows.)"
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Equal score, equal need? (3 points)
#
# Write `need_gap(table, score, need, group, pair, edges)`: **one number**, how much more need the first group of
# `pair` has than the second at the same score.
#
# - `edges=[2, 3, 5]` makes four bins of the score: below 2; 2 to below 3; 3 to below 5; 5 and above.
# - In each bin: mean `need` of the first group minus that of the second.
# - Average these differences, each weighted by the bin's rows of both groups together (the lesson gave each bin the same
#   weight). Bins in which either
#   group is missing do not count (at least one bin does); nor do rows of other groups, rows whose group is not recorded, or rows without a score or a need.
#
# ```
# need_gap(years, "score", "ill", "group", ("Black", "not Black"), [2, 3, 5])
# ```


# %% answer="q4_need_gap"
def need_gap(table: pd.DataFrame, score: str, need: str, group: str, pair: tuple, edges: list) -> float:
    """Mean need of pair[0] minus pair[1] within bins of the score, weighted by the rows in each bin."""
    ### BEGIN SOLUTION
    rows = table[table[group].isin(pair)].dropna(subset=[score, need])
    bins = np.digitize(rows[score], edges)
    means = rows.groupby([bins, rows[group].to_numpy()])[need].mean().unstack().reindex(columns=list(pair))
    difference = (means[pair[0]] - means[pair[1]]).dropna()
    weight = rows.groupby(bins).size().loc[difference.index]
    return float((difference * weight).sum() / weight.sum())
    ### END SOLUTION


# %% test="q4_form" points=1 objective="11.3"
table = pd.DataFrame(
    {"score": [1, 1, 6, 6], "ill": [1.0, 0.0, 1.0, 1.0], "group": ["A", "B", "A", "B"]}, index=[3, 3, 1, 0]
)
gap = need_gap(table, "score", "ill", "group", ("A", "B"), [5])
assert abs(float(gap) - 0.5) < 1e-6, (
    "Below 5 the first group has 1 more; from 5 on there is no difference; both bins have two rows: 0.5."
)
assert abs(float(need_gap(table, "score", "ill", "group", ("B", "A"), [5])) + 0.5) < 1e-6, (
    "The gap is the first group of `pair` minus the second."
)


# %% test="q4_equal_score" points=2 objective="11.3"
# Hidden tests: groups with quite different scores, bins without one group, other groups, gaps; need not 0 or 1.
### BEGIN HIDDEN TESTS
def _reference_gap(table, score, need, group, pair, edges):
    import itertools

    total, weights = 0.0, 0
    limits = [-np.inf, *edges, np.inf]
    for low, high in itertools.pairwise(limits):
        inside = table[(table[score] >= low) & (table[score] < high) & table[need].notna()]
        one, two = (inside.loc[(inside[group] == name).to_numpy(), need] for name in pair)
        if len(one) and len(two):
            total += (one.mean() - two.mean()) * (len(one) + len(two))
            weights += len(one) + len(two)
    return total / weights


def _hidden_test():
    dice = np.random.default_rng(114)
    n = 600
    group = dice.choice(
        np.array(["X", "Y", "Z", "not recorded", None], dtype=object), n, p=[0.25, 0.45, 0.1, 0.1, 0.1]
    )
    score = np.where(group == "X", dice.integers(0, 7, n), dice.integers(2, 12, n)).astype(float)
    need = (
        4.0 * score
        + np.where(group == "X", 6.0, 0.0)
        + np.where(group == "Y", 0.0, 5.0)
        + dice.normal(0, 1, n)
    )
    table = pd.DataFrame({"points": score, "days": need, "kind": group}, index=dice.integers(0, 60, n))
    before = table.copy()
    edges = [2, 4, 7, 10]
    got = float(need_gap(table, "points", "days", "kind", ("X", "Y"), list(edges)))
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    crude = before.loc[(before["kind"] == "X").to_numpy(), "days"].mean()
    crude -= before.loc[(before["kind"] == "Y").to_numpy(), "days"].mean()
    assert abs(got - crude) > 0.5, (
        "You compare the groups over all scores. The question is who is more ill at the *same* score. Re-read lesson "
        "11, 'Equal score, unequal need'."
    )
    two = before[np.isin(group.astype(str), ["X", "Y"])]
    below = _reference_gap(
        two.assign(points=two["points"] - 0.5), "points", "days", "kind", ("X", "Y"), edges
    )
    assert (
        abs(float(need_gap(two.copy(), "points", "days", "kind", ("X", "Y"), list(edges))) - below) > 0.1
    ), (
        "A score that is exactly on an edge went into the bin below it: a bin starts at its edge. Re-read lesson 11, 'Equal "
        "score, unequal need'."
    )
    rest = before.assign(kind=np.where(group == "X", "X", "Y"))
    assert abs(got - _reference_gap(rest, "points", "days", "kind", ("X", "Y"), edges)) > 0.1, (
        "Everybody who is not in the first group was taken for the second, people whose group nobody recorded among "
        "them. Re-read lesson 11, 'Who is in it, and who is not'."
    )
    assert abs(got - _reference_gap(before, "points", "days", "kind", ("X", "Y"), edges)) < 0.02, (
        "Within the bins the difference, or its weight, is wrong: a bin starts at its edge, and counts with its rows "
        "of both groups. Re-read lesson 11, 'Equal score, unequal need'."
    )
    holes = before.copy()
    holes.iloc[dice.permutation(n)[:120], 1] = np.nan
    holes.iloc[dice.permutation(n)[:60], 0] = np.nan
    got = float(need_gap(holes, "points", "days", "kind", ("X", "Y"), list(edges)))
    assert abs(got - _reference_gap(holes, "points", "days", "kind", ("X", "Y"), edges)) < 0.02, (
        "Rows without a score or without a need went into the gap: an empty cell is not a zero. Re-read lesson 11, "
        "'Who is in it, and who is not'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Draw people (4 points)
#
# Write `person_interval(table, person, figure, draws, seed)`: a **pair `(low, high)`**, the `2.5` and `97.5`
# percentiles of `figure(sample)` over `draws` samples. Each sample draws as many *people* as there are, with
# replacement: a person who is drawn comes with all rows, one who is drawn twice comes twice. `figure` is a function
# that takes such a table and returns a number. The same `seed` gives the same interval.


# %% answer="q5_interval"
def person_interval(table: pd.DataFrame, person: str, figure, draws: int, seed: int) -> tuple:
    """95 % interval of figure(table) from samples of people with all their rows."""
    ### BEGIN SOLUTION
    dice = np.random.default_rng(seed)
    rows = list(table.groupby(person).indices.values())
    found = []
    for _ in range(draws):
        drawn = dice.integers(len(rows), size=len(rows))
        found.append(figure(table.iloc[np.concatenate([rows[i] for i in drawn])]))
    low, high = np.quantile(found, [0.025, 0.975])
    return low, high
    ### END SOLUTION


# %% test="q5_form" points=1 objective="11.4"
table = pd.DataFrame({"zper": [1, 1, 2, 3], "ill": [0.0, 1.0, 0.0, 1.0]})
low, high = person_interval(table, "zper", lambda sample: sample["ill"].mean(), 50, 7)
assert 0 <= low < high <= 1, "The result is the pair (low, high), with low below high."
again = person_interval(table, "zper", lambda sample: sample["ill"].mean(), 50, 7)
assert np.allclose([low, high], again), "The same seed gives the same interval."


# %% test="q5_people" points=2 objective="11.4"
# Hidden tests: people with one to nine rows; what each sample holds.
### BEGIN HIDDEN TESTS
def _people_and_samples():
    dice = np.random.default_rng(115)
    rows = np.repeat([f"N{i}" for i in range(60)], dice.integers(1, 10, 60))
    table = pd.DataFrame(
        {"nr": rows, "pain": dice.normal(5, 1, len(rows))}, index=dice.integers(0, 20, len(rows))
    )
    table = table.sample(frac=1, random_state=7)
    own = table["nr"].value_counts()
    seen = []

    def figure(sample):
        seen.append(sample["nr"].value_counts())
        return float(sample["pain"].mean())

    before = table.copy()
    low, high = person_interval(table, "nr", figure, 120, 3)
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    return own, seen, float(low), float(high)


def _hidden_test():
    own, seen, *_ = _people_and_samples()
    samples = [counts for counts in seen if not counts.equals(own)]
    assert len(samples) >= 100, (
        "`figure` is not called on each of `draws` samples, or the samples are the table itself."
    )
    for counts in samples:
        assert ((counts % own.loc[counts.index]) == 0).all(), (
            "The samples hold some rows of a person and not the others: you draw rows. Rows of one person resemble "
            "each other, and an interval that takes them for new people is too narrow. Re-read lesson 11, 'What the "
            "score predicts'."
        )
    one = pd.DataFrame(
        {"nr": np.repeat(np.arange(80), 12), "x": np.repeat(np.random.default_rng(5).normal(0, 1, 80), 12)}
    )
    low, high = person_interval(one, "nr", lambda sample: float(sample["x"].mean()), 600, 11)
    width = (float(high) - float(low)) / (2 * 1.96 * one["x"].std(ddof=0) / 80**0.5)
    assert width > 0.65, (
        "The interval is too narrow for 80 people with 12 equal rows each: you draw rows, or something smaller than "
        "people. Re-read lesson 11, 'What the score predicts'."
    )
    assert width < 1.2, "The interval is wider than 2.5 to 97.5 per cent of the samples."


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_replacement" points=1 objective="11.4"
# Hidden tests: people drawn twice, and how many are drawn.
### BEGIN HIDDEN TESTS
def _hidden_test():
    own, seen, *_ = _people_and_samples()
    samples = [counts for counts in seen if not counts.equals(own)]
    assert len(samples) >= 100, (
        "`figure` is not called on each of `draws` samples, or the samples are the table itself."
    )
    drawn = [(counts / own.loc[counts.index]).round().astype(int) for counts in samples]
    assert all(times.max() >= 2 for times in drawn), (
        "Nobody comes twice in a sample: without replacement, or when people drawn twice come once, the interval is "
        "too narrow. Re-read lesson 11, 'What the score predicts', and the code there."
    )
    assert all(times.sum() == len(own) for times in drawn), (
        "A sample does not hold as many people as the table. Re-read lesson 11, 'What the score predicts', and the "
        "code there."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. What do you sign? (5 points)
#
# Write `review(table, inputs, gap)` for any table like `years` with the columns `zper`, `site`, `plan`, `coins`,
# `group`, `ill`, `score` and `mdvis_next` (next year's visits). `inputs` is the vendor's list of columns, `gap` a
# function: `gap(rows)` is the gap in need in these rows. It returns a **dict**:
#
# | key | content |
# |:---|:---|
# | `"sees_race"` | `bool`: `black` or `group` is in `inputs` (all that a search of the inputs can find) |
# | `"ratio"` | dict: for `Black` and `not Black`, the sum of `mdvis_next` divided by the sum of `score` |
# | `"gap"` | dict: `gap` of the rows of `all`, of the `free plan`, and of `sites 5 and 6` (three keys) |
# | `"people"` | dict with the same keys: one number each, different people of both groups together in these rows |
# | `"sign"` | `bool`: `True` exactly when all three gaps lie from `-0.05` to `0.05`, the limit that this programme set |
#
# On the free plan the family pays nothing for care; the datasheet says which column tells it.


# %% answer="q6_review"
def review(table: pd.DataFrame, inputs: list, gap) -> dict:
    """The checks of a score: what it sees, whether it is right on visits, and the gap in need at equal score."""
    ### BEGIN SOLUTION
    known = table[table["group"].isin(["Black", "not Black"])]
    parts = {
        "all": known,
        "free plan": known[known["plan"] == 11],
        "sites 5 and 6": known[known["site"].isin([5, 6])],
    }
    sums = known.groupby("group")[["mdvis_next", "score"]].sum()
    gaps = {name: gap(part) for name, part in parts.items()}
    return {
        "sees_race": bool({"black", "group"} & set(inputs)),
        "ratio": (sums["mdvis_next"] / sums["score"]).to_dict(),
        "gap": gaps,
        "people": {name: part["zper"].nunique() for name, part in parts.items()},
        "sign": all(abs(found) <= 0.05 for found in gaps.values()),
    }
    ### END SOLUTION


# %% test="q6_form" points=1 objective="11.4"
small = pd.DataFrame(
    {
        "zper": [500001, 500002, 600003, 600004],
        "site": [5, 5, 6, 6],
        "plan": 11,
        "coins": 0,
        "group": ["Black", "not Black", "Black", "not Black"],
        "ill": [1, 1, 0, 0],
        "score": [2, 2, 5, 5],
        "mdvis_next": [2, 2, 5, 5],
    }
)
checked = review(small, ["xage", "mdvis"], lambda rows: 0.0)
assert isinstance(checked, dict), "review returns a dict."
for key in ("sees_race", "ratio", "gap", "people", "sign"):
    assert key in checked, f"'{key}' is not there."
for key in ("gap", "people"):
    assert set(dict(checked[key])) == {"all", "free plan", "sites 5 and 6"}, f"'{key}' has three keys."
assert set(dict(checked["ratio"])) == {"Black", "not Black"}, (
    "'ratio' has one number for each of the two groups."
)
assert bool(checked["sees_race"]) is False, "Neither `black` nor `group` is among these inputs."


# %% test="q6_price_and_place" points=2 objective="11.4"
# Hidden tests: another table, in which the gap differs by plan and by site; people with several rows.
### BEGIN HIDDEN TESTS
def _another_study(seed, extra, visits):
    """700 people, 1 to 3 rows each; `extra` is the added share of ill Black adults in each part."""
    dice = np.random.default_rng(seed)
    n = 700
    plan = dice.choice([1, 5, 11, 13, 14], n, p=[0.15, 0.2, 0.3, 0.15, 0.2])
    site = dice.integers(1, 7, n)
    group = dice.choice(["Black", "not Black", "not recorded"], n, p=[0.35, 0.6, 0.05])
    part = np.select([plan == 11, site >= 5, np.isin(plan, [1, 13])], ["free", "south", "deductible"], "rest")
    score = dice.integers(0, 8, n)
    more = np.array([extra.get(name, 0.0) for name in part])
    ill = dice.random(n) < 0.12 + np.where(group == "Black", more, 0.0) if extra else score >= 5
    table = pd.DataFrame(
        {
            "zper": site * 100_000 + np.arange(n),
            "site": site,
            "plan": plan,
            "coins": np.select([plan == 5, plan == 14], [25, 95], 0),
            "group": group,
            "ill": ill.astype(int),
            "score": score,
            "mdvis_next": np.round(
                score * np.where(group == "Black", visits, 1.0) + dice.normal(0, 0.2, n), 1
            ),
        }
    )
    table = table.loc[np.repeat(np.arange(n), dice.integers(1, 4, n))]
    return table.sample(frac=1, random_state=seed)


def _parts(table):
    known = table[table["group"].isin(["Black", "not Black"])]
    return {"all": known, "free plan": known[known["plan"] == 11], "sites 5 and 6": known[known["site"] >= 5]}


def _gap(rows):
    """Share of ill Black minus other adults in bins of the score, weighted by their rows."""
    total, weights = 0.0, 0
    for _, inside in rows.groupby(np.digitize(rows["score"], [2, 3, 5])):
        one, two = (
            inside.loc[(inside["group"] == name).to_numpy(), "ill"] for name in ("Black", "not Black")
        )
        if len(one) and len(two):
            total += (one.mean() - two.mean()) * (len(one) + len(two))
            weights += len(one) + len(two)
    return total / weights


def _hidden_test():
    table = _another_study(116, {"free": 0.3, "south": 0.1, "deductible": -0.1}, 1.0)
    before = table.copy()
    got = review(table, ["xage", "mdvis"], _gap)
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    parts = _parts(before)
    no_fee = before[before["coins"].eq(0) & before["group"].isin(["Black", "not Black"])]
    assert int(got["people"]["free plan"]) not in (no_fee["zper"].nunique(), len(no_fee)), (
        "You took `coins` 0 for the free plan. It is 0 on the plans with an individual deductible too, where families "
        "pay a lot. Re-read lesson 11, 'Is it price? Is it place? Is it need?'."
    )
    for name, part in parts.items():
        assert int(got["people"][name]) != len(part), (
            "`people` counts rows. Re-read lesson 11, 'Who is in it, and who is not'."
        )
        assert int(got["people"][name]) == part["zper"].nunique(), (
            f"`people` of '{name}' is wrong: which rows belong to it, and which groups? Re-read lesson 11, 'Is it "
            "price? Is it place? Is it need?'."
        )
        assert abs(float(got["gap"][name]) - _gap(part)) < 1e-3, (
            f"The gap of '{name}' is not that of its rows. Re-read lesson 11, 'Is it price? Is it place? Is it need?'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_sign" points=2 objective="11.3"
# Hidden tests: scores right and wrong on visits, with and without a gap, with and without race as input.
### BEGIN HIDDEN TESTS
def _hidden_test():
    gap_everywhere = dict.fromkeys(["free", "south", "deductible", "rest"], 0.3)
    cases = [
        (117, gap_everywhere, 1.0, ["xage", "mdvis"]),
        (118, {"free": 0.35}, 0.7, ["xage", "black"]),
        (119, {}, 0.6, ["xage", "group"]),
        (120, {}, 1.0, ["mdvis", "xage"]),
    ]
    for seed, extra, visits, inputs in cases:
        table = _another_study(seed, extra, visits)
        right = all(abs(_gap(part)) <= 0.05 for part in _parts(table).values())
        got = review(table.copy(), list(inputs), _gap)
        sums = table.groupby("group")[["mdvis_next", "score"]].sum()
        for name in ("Black", "not Black"):
            ratio = sums.loc[name, "mdvis_next"] / sums.loc[name, "score"]
            assert abs(float(got["ratio"][name]) - ratio) < 1e-3, (
                "`ratio` is the sum of real visits divided by the sum of predicted ones, in each group. Re-read lesson "
                "11, 'What the score predicts'."
            )
        assert bool(got["sees_race"]) == bool({"black", "group"} & set(inputs)), (
            "`sees_race` does not say whether `black` or `group` is among the inputs."
        )
        assert right or not bool(got["sign"]), (
            "You sign a score with a gap in need. That it is right on visits in both groups, or that race is not among "
            "its inputs, says nothing about whom it passes over: the label decides. Re-read lesson 11, 'Two labels, "
            "two lists'."
        )
        assert bool(got["sign"]) == right, (
            "All three gaps are small, and you do not sign: the rule of this item looks at the gaps alone. Re-read "
            "lesson 11, 'Equal score, unequal need'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The record, and what you decide (7 points)
#
# Write `limits(table)` for any table like `years` with the columns `zper`, `group` and `xage`: a **text of 20 words or
# more** for the reader of the data. It holds three numbers, counted and not typed: different people; people whose group
# is not recorded; the highest age, cut to whole years. And it says who is not in the table.


# %% answer="q7_limits"
def limits(table: pd.DataFrame) -> str:
    """Who is in the table and who is not, with counts taken from the table."""
    ### BEGIN SOLUTION
    people = table.drop_duplicates("zper")
    unknown = people["group"].isna() | (people["group"] == "not recorded")
    return (
        f"{len(people)} adults of the 1970s at six US sites, none older than {int(table['xage'].max())}; for "
        f"{unknown.sum()} of them race was never recorded. Older people, other places and people outside the "
        "experiment are not in it; race is that of the head of the household."
    )
    ### END SOLUTION


# %% test="q7_limits_count" points=1 objective="11.5"
import re

text = limits(
    pd.DataFrame(
        {"zper": [3, 4, 5], "group": ["Black", "not Black", "not Black"], "xage": [33.4, 61.2, 47.0]}
    )
)
assert isinstance(text, str) and len(re.findall(r"\w+", text)) >= 20, "A text of 20 words or more."
assert len(set(re.findall(r"[a-z]{2,}", text.lower()))) >= 12, (
    "Write sentences, with words that say something."
)


# Hidden tests: another table, with people in several rows.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib
    import re

    dice = np.random.default_rng(121)
    rows = np.repeat(np.arange(137), dice.integers(1, 5, 137))
    group = np.array(["Black", "not Black", "not recorded"], dtype=object)[
        np.minimum(np.arange(137) // 45, 2)
    ]
    table = pd.DataFrame({"zper": rows + 3000, "group": group[rows], "xage": 20 + rows % 36 + 0.9})
    unknown = {int((group == "not recorded").sum())}
    with contextlib.suppress(Exception):  # a mistake in item 2 is not counted again
        own = composition(table.copy(), "zper", "group", {"Black": 0.5, "not Black": 0.5}).loc[
            "not recorded", "n"
        ]
        unknown.add(int(own))
    said = {float(number) for number in re.findall(r"\d+(?:\.\d+)?", limits(table).replace(",", ""))}
    assert len(said) <= 15, (
        "The text holds more numbers than a reader can use: say the three, and what they count."
    )
    assert 137 in said, (
        "The number of different people is not in the text: count people, not rows, and do not type. Re-read lesson "
        "11, 'Who is in it, and who is not'."
    )
    assert unknown & said, (
        "The number of people whose group is not recorded is not in the text (nor your item 2's)."
    )
    assert 55 in said, (
        "The highest age of this table, cut to whole years, is not in the text: count, do not type."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `croissant_record(path, person, who_not)`: the **Croissant record** of the CSV file at `path`, as a dict.
# mlcroissant builds it from parts, here for another file; `to_json()` of the last gives the dict.
#
# ```
# mlc.FileObject(id="ward.csv", name="ward.csv", content_url="ward.csv",
#                encoding_formats=["text/csv"], sha256="...")
# mlc.Field(id="ward/pain", name="pain", data_types=mlc.DataType.TEXT,
#           source=mlc.Source(file_object="ward.csv", extract=mlc.Extract(column="pain")))
# mlc.RecordSet(id="ward", name="ward", fields=[...])
# mlc.Metadata(name="ward", description="...", license="...", version="1.0.0",
#              creators=[mlc.Person(name="...")], date_published="2026-11-23",
#              cite_as="...", data_limitations="...",
#              distribution=[...], record_sets=[...])
# ```
#
# - `distribution`: the file, under its own name, with its true SHA-256 (hex text)
# - one record set, with a field for every column, in the file's order; `mlc.DataType.TEXT` will do
# - `description` holds the number of rows and of different people (column `person`), counted
# - `data_limitations` is `who_not`, word for word
#
# *New to checksums?* `hashlib.sha256(the_bytes).hexdigest()`; `Path(path).read_bytes()` reads the bytes of a file.


# %% answer="q7_record"
import hashlib
from pathlib import Path

import mlcroissant as mlc


def croissant_record(path: str, person: str, who_not: str) -> dict:
    """A Croissant record of one CSV file that names its people and its limits."""
    ### BEGIN SOLUTION
    file, table = Path(path), pd.read_csv(path)
    fields = [
        mlc.Field(
            id=f"{file.stem}/{column}",
            name=column,
            data_types=mlc.DataType.TEXT,
            source=mlc.Source(file_object=file.name, extract=mlc.Extract(column=column)),
        )
        for column in table.columns
    ]
    data = mlc.FileObject(
        id=file.name,
        name=file.name,
        content_url=file.name,
        encoding_formats=["text/csv"],
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )
    return mlc.Metadata(
        name=file.stem,
        description=f"{len(table)} years of {table[person].nunique()} people.",
        license="Public domain, as statsmodels states",
        creators=[mlc.Person(name="Joseph P. Newhouse")],
        date_published="2026-11-23",
        version="1.0.0",
        cite_as="Newhouse JP. RAND Health Insurance Experiment, 1974-1982.",
        data_limitations=who_not,
        distribution=[data],
        record_sets=[mlc.RecordSet(id=file.stem, name=file.stem, fields=fields)],
    ).to_json()
    ### END SOLUTION


# %% test="q7_valid" points=1 objective="11.5"
import json
import tempfile
from pathlib import Path

import mlcroissant as mlc

made = croissant_record("data/rand_hie.csv", "zper", "Nobody older than 64, nobody outside six places.")
assert isinstance(made, dict), "The record is a dict: end with `.to_json()` of the metadata."
with tempfile.TemporaryDirectory() as folder:
    Path(folder, "record.json").write_text(json.dumps(made, default=str), encoding="utf-8")
    read_back = mlc.Dataset(jsonld=str(Path(folder, "record.json"))).metadata
assert not list(read_back.issues.errors), (
    f"mlcroissant refuses the record: {list(read_back.issues.errors)[:2]}"
)
assert len(read_back.distribution) == 1 and len(read_back.record_sets) == 1, (
    "There is one file and one record set."
)


# %% test="q7_true" points=2 objective="11.5"
# Hidden tests: the record of another file says what is in that file, and reads it.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import hashlib
    import re

    dice = np.random.default_rng(122)
    table = pd.DataFrame(
        {
            "visit": range(213),
            "patient": [f"Q{i % 57}" for i in range(213)],
            "weight": np.where(dice.random(213) < 0.2, np.nan, 70.5),
            "note": "none",
        }
    )
    who_not = "No children, nobody from the eastern ward, and nobody who was seen at home."
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clinic_2027.csv"
        table.to_csv(path, index=False)
        true = hashlib.sha256(path.read_bytes()).hexdigest()
        made = croissant_record(str(path), "patient", who_not)
        Path(folder, "record.json").write_text(json.dumps(made, default=str), encoding="utf-8")
        dataset = mlc.Dataset(jsonld=str(Path(folder, "record.json")))
        data, fields = dataset.metadata.distribution[0], dataset.metadata.record_sets[0].fields
        assert data.sha256 == true, (
            "The checksum in the record is not that of the file it was given: nobody could tell a changed copy. "
            "Re-read lesson 11, 'The record that goes with it'."
        )
        assert [field.name for field in fields] == list(table.columns), (
            "The fields are not the columns of the file it was given, in the file's order."
        )
        try:
            rows = len(list(dataset.records(dataset.metadata.record_sets[0].id)))
        except Exception:
            rows = None
        assert rows == 213, (
            "Read with the record, the file does not give its rows: look at `content_url`, at each field's source "
            "and at its type."
        )
    said = {int(number) for number in re.findall(r"\d+", str(dataset.metadata.description).replace(",", ""))}
    assert {213, 57} <= said and len(said) <= 15, (
        "`description` does not hold the number of rows and of different people in the file: a record may be valid "
        "and empty. Count, do not type. Re-read lesson 11, 'The record that goes with it'."
    )
    kept = dataset.metadata.data_limitations
    kept = kept if isinstance(kept, str) else " ".join(kept or [])
    assert who_not in kept, (
        "`data_limitations` does not say who is not in the data, word for word. A record without it is valid, and "
        "tells the reader nothing that protects anybody. Re-read lesson 11, 'The record that goes with it'."
    )


_hidden_test()
### END HIDDEN TESTS

# %%
years["group"] = recorded(years["black"], {0: "not Black", 1: "Black"})
years["age at the start"] = np.where(years.groupby("zper")["xage"].transform("min") < 45, "18-44", "45-64")
PAIR = ("Black", "not Black")


def gap(rows):
    return need_gap(rows, "score", "ill", "group", PAIR, [2, 3, 5])


print(limits(years), "\n")
print("Share of the rows:  ", years["group"].value_counts(normalize=True).round(3).to_dict())
print("Share of the places:", pd.Series(top_share(years, "score", "group", 0.1)).round(3).to_dict())
interval = 100 * np.array(person_interval(years, "zper", gap, 200, 11))
print("Gap in need, 95 % interval, in 100 people:", interval.round(1))
checked = review(years, INPUTS, gap)
print(
    "Real to predicted visits:",
    pd.Series(checked["ratio"]).round(2).to_dict(),
    " sign:",
    checked["sign"],
    "\n",
)
by_part = {"gap in 100": 100 * pd.Series(checked["gap"]), "people": pd.Series(checked["people"])}
print(pd.DataFrame(by_part).round(1), "\n")
# The plan that wants the score serves these ages (invented shares):
composition(years, "zper", "age at the start", {"18-44": 0.45, "45-64": 0.33, "65 and over": 0.22}).round(3)

# %% [markdown]
# Last, write the **decision note** (`60` to `150` words) to the nurse manager, who has no Python. The cell above shows your
# numbers once all items are answered. A person reads it, one point for each:
#
# 1. **Finding:** the gap in need at an equal score with its interval and its size on the free plan or at sites 5 and 6,
#    in words a nurse understands; and why "right on visits" does not answer it.
# 2. **People:** who will be served and is not in the data, or whose group nobody recorded, with a count or share.
# 3. **Decision:** sign or not, who carries the harm if you are wrong, and what must be asked of patients or measured
#    before the first call. (Felt health is one view of need: say so.)

# %% [markdown] written="q7_note" points=3 objective="11.5"
# ### BEGIN SOLUTION
# We do not sign. At the same score 22 in 100 more Black than other adults were in fair or poor health (95 % interval
# 18 to 27), and 23 in 100 more on the free plan, so price does not explain it. That the predicted visits are about right
# does not help: people who cannot get to a doctor make few visits, and the score learns to expect few. Nobody of 65 or
# more is in the data, but they are 22 % of those we serve, and for 47 people race was never recorded. If we are wrong,
# somebody ill waits uncalled and never hears of the list. Before the first call, ask every member how they are, and
# whether they could get care when they needed it. How people feel is one view of need, not the whole of it; let
# patients and nurses say what should count.
# ### END SOLUTION
