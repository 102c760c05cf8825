# %% [markdown]
# # The score that moved
#
# Your hospital has bought a score from a large teaching hospital: the risk that a person who goes home today is back as
# an emergency within `30` days. At `30 %` and more a nurse calls the next morning. The seller writes: "AUC .80 in
# `60,000` people." The ward clerk writes: "Those who need an interpreter come back, and nobody had called them."
#
# You write the checks, so that they run on the next score too. A risk that is too low is a call that never comes; one
# that is too high is a nurse's morning.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Everybody here is invented. One row is one person and the first time they went home in that year: `risk` is the score
# on that day, `back` the outcome (1 or 0), `language` what the admission desk wrote down, or nothing.
#
# You write functions, because the hidden tests bring other hospitals, with other columns, groups and row labels (which
# may repeat). In every item `outcome` and `risk` are two columns of one table; outcomes are 0 and 1. **Never change
# what you are given**, and do not round. Intervals are 95 % intervals (`1.96`, or the more exact number).
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
#
# *New to the ward?* An interpreter translates between staff and patient; at home there is none when the questions come.

# %%
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.special import expit, logit
from sklearn.metrics import roc_auc_score

dice = np.random.default_rng(2023)
language = dice.choice(["ward's language", "interpreter", None], 2_400, p=[0.78, 0.17, 0.05])
risk = expit(dice.normal(-1.7, 1.3, 2_400))
here = expit(-0.15 + 0.72 * logit(risk) + 0.75 * (language == "interpreter"))
stays = pd.DataFrame(
    {
        "year": dice.choice([2024, 2025], 2_400),
        "language": language,
        "risk": risk,
        "back": (dice.random(2_400) < here).astype(int),
    }
)
print(f"AUC here: {roc_auc_score(stays['back'], stays['risk']):.2f}")
stays.head()

# %% [markdown]
# ## 1. Observed and expected (4 points)
#
# Write `o_to_e(outcome, risk)`: it returns a **dict** of six numbers.
#
# - `"n"`: people
# - `"events"`: people with the outcome
# - `"expected"`: the events that the risks promise
# - `"ratio"`: O/E
# - `"low"`, `"high"`: its interval, the ratio divided and multiplied by `exp(1.96 * sqrt((1 - events/n) / events))`
#
# Without any event `ratio` and `low` are 0 and `high` is `NaN`. Risks are shares from 0 to 1: if one is above 1 or below
# 0, **raise a `ValueError`** instead (somebody sent per cents).
#
# ```
# outcome 1, 0, 1, 0   risk 0.5, 0.25, 0.5, 0.25
# ->  n 4, events 2, expected 1.5, ratio 1.33, low 0.50, high 3.55
# ```


# %% answer="q1_o_to_e"
def o_to_e(outcome: pd.Series, risk: pd.Series) -> dict:
    """n, events, expected events, O/E and its interval."""
    ### BEGIN SOLUTION
    y, p = np.asarray(outcome, dtype=float), np.asarray(risk, dtype=float)
    if (p > 1).any() or (p < 0).any():
        raise ValueError("Give the risks as shares from 0 to 1, not in per cent.")
    n, events, expected = len(y), int(y.sum()), p.sum()
    ratio = events / expected
    if events == 0:
        return {"n": n, "events": 0, "expected": expected, "ratio": 0.0, "low": 0.0, "high": np.nan}
    reach = np.exp(1.96 * np.sqrt((1 - events / n) / events))
    low, high = ratio / reach, ratio * reach
    return {"n": n, "events": events, "expected": expected, "ratio": ratio, "low": low, "high": high}
    ### END SOLUTION


# %% test="q1_form" points=1 objective="23.1"
found = o_to_e(pd.Series([1, 0, 1, 0]), pd.Series([0.5, 0.5, 0.5, 0.5]))
assert isinstance(found, dict), "o_to_e returns a dict (end it with `return`)."
for key in ("n", "events", "expected", "ratio", "low", "high"):
    assert key in found, f"The dict has no '{key}'."
assert int(found["n"]) == 4 and abs(float(found["events"]) - 2) < 1e-9, "Of these four people two came back."
assert abs(float(found["ratio"]) - 1) < 1e-9, "Two came back and the risks promise two: the ratio is 1."


# %% test="q1_ratio" points=1 objective="23.1"
# Hidden tests: another hospital, where more or fewer come back than was promised.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(231)
    for n, shift in ((700, 0.6), (350, -0.5), (90, 0.3)):
        labels = dice.integers(0, 40, n)
        p = pd.Series(1 / (1 + np.exp(-dice.normal(-1.4, 1.1, n))), index=labels)
        y = pd.Series(
            (dice.random(n) < 1 / (1 + np.exp(-shift) * (1 - p.to_numpy()) / p.to_numpy())).astype(int),
            index=labels,
        )
        before = y.copy(), p.copy()
        got = o_to_e(y, p)
        assert y.equals(before[0]) and p.equals(before[1]), "What you were given has changed: work on a copy."
        observed, expected = sum(y.tolist()), sum(p.tolist())
        ratio = float(got["ratio"])
        assert int(got["n"]) == n and abs(float(got["events"]) - observed) < 1e-6, (
            "`n` is everybody, `events` those with the outcome: one of them is wrong."
        )
        assert abs(ratio - expected / observed) > 1e-3, (
            "You divide expected by observed events, the other way round than asked: then too few promised looks like "
            "too many. Re-read lesson 23, 'The order can be right and the numbers wrong'."
        )
        assert abs(float(got["expected"]) - expected) < 0.01 and abs(ratio - observed / expected) < 1e-3, (
            "Expected events, or the ratio, are wrong. What do all the risks promise together? The ratio is one of two "
            "sums, not a mean of ratios. Re-read lesson 23, 'The order can be right and the numbers wrong'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_interval" points=1 objective="23.1"
# Hidden tests: intervals of few and of many people; nobody with the outcome.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import math

    for events, n, each in ((9, 30, 0.25), (90, 300, 0.25), (640, 2000, 0.4), (3, 45, 0.1)):
        y, p = pd.Series([1] * events + [0] * (n - events)), pd.Series([each] * n)
        got = o_to_e(y, p)
        ratio, reach = float(got["ratio"]), math.exp(1.959964 * math.sqrt(1 / events - 1 / n))
        assert (
            abs(float(got["low"]) - ratio / reach) < 0.01 * ratio
            and abs(float(got["high"]) - ratio * reach) < 0.01 * ratio * reach
        ), (
            "The interval is not the one of the prompt: look at what stands under the root, at which n and which events "
            "enter, and at what is divided and multiplied. Re-read lesson 23, 'The order can be right and the numbers "
            "wrong'."
        )
    try:
        got = o_to_e(pd.Series([0] * 12), pd.Series([0.2] * 12))
    except (ArithmeticError, ValueError) as error:
        raise AssertionError(
            "Among these 12 people nobody has the outcome, and your function stops."
        ) from error
    assert abs(float(got["ratio"])) < 1e-9 and abs(float(got["low"])) < 1e-9 and pd.isna(got["high"]), (
        "Without any event `ratio` and `low` are 0 and `high` is NaN: no upper end can be given by this formula."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_percent" points=1 objective="23.1"
# Hidden tests: risks that somebody sent in per cent.
### BEGIN HIDDEN TESTS
def _hidden_test():
    y = pd.Series([1, 0, 0, 1, 0])
    for risks in ([30.0, 12.0, 4.0, 55.0, 9.0], [0.3, 0.1, 0.2, 1.6, 0.1], [0.3, -0.1, 0.2, 0.6, 0.1]):
        try:
            o_to_e(y, pd.Series(risks))
        except ValueError:
            continue
        raise AssertionError(
            f"The risks {risks} are no shares from 0 to 1, and your function takes them. "
            + ("With risks in per cent O/E is a hundred times too small. " if max(risks) > 2 else "")
            + "Read the prompt of item 1 again."
        )
    try:
        o_to_e(y, pd.Series([0.0, 1.0, 0.5, 0.5, 0.5]))
    except ValueError as error:
        raise AssertionError(
            "Your function refuses a risk of exactly 0 or exactly 1. Both are shares. Read the prompt of item 1 again."
        ) from error


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. For whom? (3 points)
#
# Write `by_group(table, outcome, risk, group)`; the last three are names of columns. It returns a **DataFrame with one row
# for each group**, its label in the index, and the six columns of `o_to_e`: `n`, `events`, `expected`, `ratio`, `low`,
# `high`. People whose group is empty make the row `"not recorded"` (no row when there are none). The rows' order is yours.
#
# ```
# ward  back  risk                n  events  expected  ratio  ...
# A        1   0.5   A            2       1       1.0    1.0
# A        0   0.5   not recorded 1       1       0.4    2.5
# -        1   0.4
# ```


# %% answer="q2_by_group"
def by_group(table: pd.DataFrame, outcome: str, risk: str, group: str) -> pd.DataFrame:
    """O/E of each group, the unrecorded included."""
    ### BEGIN SOLUTION
    labels = table[group].astype(object).where(table[group].notna(), "not recorded").to_numpy()
    rows = {name: o_to_e(part[outcome], part[risk]) for name, part in table.groupby(labels)}
    return pd.DataFrame.from_dict(rows, orient="index")
    ### END SOLUTION


# %% test="q2_form" points=1 objective="23.3"
small = pd.DataFrame({"ward": ["A", "A", "B", "B"], "back": [1, 0, 0, 1], "risk": [0.5, 0.5, 0.25, 0.25]})
groups = by_group(small, "back", "risk", "ward")
assert isinstance(groups, pd.DataFrame), "by_group returns a DataFrame."
for column in ("n", "events", "expected", "ratio", "low", "high"):
    assert column in groups.columns, (
        f"The column '{column}' is not there: a ratio without it cannot be judged."
    )
assert set(groups.index) == {"A", "B"}, (
    "There is one row for each group, with the group's label in the index."
)
assert int(groups.loc["A", "n"]) == 2, "Two people were on ward A."


# %% test="q2_not_recorded" points=1 objective="23.3"
# Hidden tests: people whose group nobody wrote down.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    dice = np.random.default_rng(232)
    table = pd.DataFrame(
        {
            "home": dice.choice(
                np.array(["alone", "with others", None], dtype=object), 300, p=[0.3, 0.5, 0.2]
            ),
            "p": dice.uniform(0.05, 0.6, 300),
            "came": dice.integers(0, 2, 300),
        },
        index=dice.integers(0, 9, 300),
    )
    before = table.copy()
    got = by_group(table, "came", "p", "home")
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    assert "not recorded" in list(got.index), (
        "People whose group is empty are in no row of your table. They go home too. Re-read lesson 23, 'For whom?'."
    )
    assert "n" in got.columns, (
        "The rows do not say how many people they are about. Re-read lesson 23, 'For whom?'."
    )
    counts = before["home"].fillna("not recorded").value_counts()
    assert {name: int(got.loc[name, "n"]) for name in counts.index} == counts.to_dict(), (
        "`n` is not the number of people of each group. Re-read lesson 23, 'For whom?'."
    )
    labels = before["home"].fillna("not recorded").to_numpy()
    for name in counts.index:
        part = before[labels == name]
        ways = [(part["came"].sum(), part["p"].sum(), part["came"].sum() / part["p"].sum())]
        with contextlib.suppress(Exception):  # a mistake of item 1 is not counted again
            own = o_to_e(part["came"], part["p"])
            ways.append((own["events"], own["expected"], own["ratio"]))
        mine = [float(got.loc[name, key]) for key in ("events", "expected", "ratio")]
        assert any(np.allclose(mine, [float(x) for x in way], rtol=0.001) for way in ways), (
            f"Events, expected events or ratio of the row '{name}' are not those of its own people. Re-read lesson 23, 'For "
            "whom?'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_interval" points=1 objective="23.3"
# Hidden tests: large, small and eventless groups (right, or equal to your own o_to_e).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib
    import math

    parts = {"north": (160, 700, 0.2), "south": (7, 20, 0.2), "island": (0, 6, 0.2)}
    table = pd.concat(
        [
            pd.DataFrame({"where": name, "y": [1] * k + [0] * (n - k), "risk": each})
            for name, (k, n, each) in parts.items()
        ]
    )
    got = by_group(table.sample(frac=1, random_state=1), "y", "risk", "where")
    for name, (k, n, each) in parts.items():
        assert name in list(got.index), (
            "A group without any event has no row: that nobody came back is a finding."
        )
        ratio = k / (n * each)
        reach = math.exp(1.959964 * math.sqrt(1 / k - 1 / n)) if k else 1.0
        accepted = [(ratio, ratio / reach, ratio * reach if k else math.nan)]
        with contextlib.suppress(Exception):
            part = table[table["where"] == name]
            own = o_to_e(part["y"], part["risk"])
            other = o_to_e(part["y"], part["risk"] * 0.5)
            if (
                not k or own["ratio"] != other["ratio"]
            ):  # a function that says the same of all has counted nothing
                accepted.append((own["ratio"], own["low"], own["high"]))
        mine = [float(got.loc[name, key]) for key in ("ratio", "low", "high")]
        assert any(np.allclose(mine, right, rtol=0.01, atol=1e-6, equal_nan=True) for right in accepted), (
            f"Ratio or interval of the group '{name}' ({k} events among {n} people) are not those of its own people: each "
            "group brings its own n, events and expected. Re-read lesson 23, 'For whom?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The level (3 points)
#
# Write `level(outcome, risk)`: it returns **three numbers, `(value, low, high)`**: the calibration intercept (the
# log-odds of the risk as an offset, slope held at 1) and its Wald interval. No risk is exactly 0 or 1, and both outcomes
# occur.
#
# ```
# 40 of 100 people come back, each was told 25 %   ->  (0.69, 0.29, 1.09)
# ```


# %% answer="q3_level"
def level(outcome: pd.Series, risk: pd.Series) -> tuple:
    """Calibration intercept with its interval."""
    ### BEGIN SOLUTION
    x = logit(np.asarray(risk, dtype=float))
    y = np.asarray(outcome, dtype=float)
    fit = sm.GLM(y, np.ones(len(y)), family=sm.families.Binomial(), offset=x).fit()
    return (fit.params[0], *fit.conf_int()[0])
    ### END SOLUTION


# %% test="q3_form" points=1 objective="23.2"
found = level(pd.Series([1] * 40 + [0] * 60), pd.Series([0.25] * 100))
assert not isinstance(found, (str, dict)) and len(found) == 3, (
    "level returns three numbers: value, low, high."
)
value, low, high = (float(number) for number in found)
assert low < value < high, "The interval goes from `low` to `high`, with the value inside."
assert value > 0, "40 of 100 came back who were told 25 %: more than was said."


# %% test="q3_value" points=2 objective="23.2"
# Hidden tests: other hospitals, where level and spread are both off.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    dice = np.random.default_rng(233)
    for n, a, b in ((900, 0.8, 0.6), (1500, -0.7, 1.5), (400, 0.3, 0.5)):
        x = dice.normal(-1.6, 1.3, n)
        labels = dice.integers(0, 50, n)
        y = pd.Series((dice.random(n) < sigmoid(a + b * x)).astype(int), index=labels)
        p = pd.Series(sigmoid(x), index=labels)
        before = y.copy(), p.copy()
        value, low, high = (float(number) for number in level(y, p))
        assert y.equals(before[0]) and p.equals(before[1]), "What you were given has changed: work on a copy."
        t = y.to_numpy()
        right = 0.0
        for _ in range(60):  # Newton's method, one unknown
            m = sigmoid(right + x)
            right += (t - m).sum() / (m * (1 - m)).sum()
        m = sigmoid(right + x)
        half = 1.959964 / (m * (1 - m)).sum() ** 0.5
        both, design = np.zeros(2), np.column_stack([np.ones(n), x])
        for _ in range(60):
            m = sigmoid(design @ both)
            both = both + np.linalg.solve(design.T @ (design * (m * (1 - m))[:, None]), design.T @ (t - m))
        assert abs(value - both[0]) > 0.02 or abs(right - both[0]) < 0.04, (
            "You fitted the intercept together with a slope: it tells what happens at a risk of 50 %, not whether the "
            "level is right. Re-read lesson 23, 'Level and spread'."
        )
        assert abs(value + right) > 0.02, (
            "The sign is turned round: what does it mean that more happens than was said?"
        )
        assert abs(value - right) < 0.01, (
            "The value is not the calibration intercept. What enters as the offset, on which scale, and what is estimated? "
            "Re-read lesson 23, 'Level and spread'."
        )
        assert abs(low - right + half) < 0.02 * half and abs(high - right - half) < 0.02 * half, (
            "The value is right and its interval is not: n and the risks decide how wide it is. Re-read lesson 23, 'Level "
            "and spread'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. The spread, and how to read it (4 points)
#
# Write `spread(outcome, risk)`: **three numbers, `(value, low, high)`**: the calibration slope and its Wald interval.
#
# ```
# everybody told 20 %: 3 of 10 came back; everybody told 80 %: 7 of 10   ->  value 0.61
# ```


# %% answer="q4_spread"
def spread(outcome: pd.Series, risk: pd.Series) -> tuple:
    """Calibration slope with its interval."""
    ### BEGIN SOLUTION
    x = sm.add_constant(logit(np.asarray(risk, dtype=float)))
    fit = sm.GLM(np.asarray(outcome, dtype=float), x, family=sm.families.Binomial()).fit()
    return (fit.params[1], *fit.conf_int()[1])
    ### END SOLUTION


# %% test="q4_form" points=1 objective="23.2"
found = spread(pd.Series(([1] * 3 + [0] * 7) + ([1] * 7 + [0] * 3)), pd.Series([0.2] * 10 + [0.8] * 10))
assert not isinstance(found, (str, dict)) and len(found) == 3, (
    "spread returns three numbers: value, low, high."
)
value, low, high = (float(number) for number in found)
assert low < value < high, "The interval goes from `low` to `high`, with the value inside."


# %% test="q4_value" points=2 objective="23.2"
# Hidden tests: other hospitals, with risks too extreme and not extreme enough.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def newton(design, t):
        found = np.zeros(design.shape[1])
        for _ in range(80):
            m = 1 / (1 + np.exp(-design @ found))
            inside = design.T @ (design * (m * (1 - m))[:, None])
            found = found + np.linalg.solve(inside, design.T @ (t - m))
        return found[1], np.linalg.inv(inside)[1, 1] ** 0.5

    dice = np.random.default_rng(234)
    for n, a, b in ((900, 0.2, 0.55), (1500, -0.4, 1.6), (500, 0.5, 0.7)):
        x = dice.normal(-1.4, 1.2, n)
        labels = dice.integers(0, 50, n)
        p = pd.Series(1 / (1 + np.exp(-x)), index=labels)
        y = pd.Series((dice.random(n) < 1 / (1 + np.exp(-a - b * x))).astype(int), index=labels)
        before = y.copy(), p.copy()
        value, low, high = (float(number) for number in spread(y, p))
        assert y.equals(before[0]) and p.equals(before[1]), "What you were given has changed: work on a copy."
        t, one = y.to_numpy(), np.ones(n)
        right, error = newton(np.column_stack([one, x]), t)
        on_risk, _ = newton(np.column_stack([one, p.to_numpy()]), t)
        line = np.polyfit(p.to_numpy(), t, 1)[0]
        assert abs(value - on_risk) > 0.02 and abs(value - line) > 0.005, (
            "You regress on the risk itself instead of its log-odds: then 1 has no meaning. Re-read lesson 23, 'Level and "
            "spread'."
        )
        assert abs(value - 1 / right) > 0.02, (
            "You regress the log-odds on something, or turn the slope round: the outcome is explained by the log-odds. "
            "Re-read lesson 23, 'Level and spread'."
        )
        assert abs(value - right) < 0.01, (
            "The value is not the calibration slope: which regression, of what, on what, with an intercept? Re-read "
            "lesson 23, 'Level and spread'."
        )
        half = 1.959964 * error
        assert abs(low - right + half) < 0.02 * half and abs(high - right - half) < 0.02 * half, (
            "The value is right and its interval is not. Re-read lesson 23, 'Level and spread'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `read_spread(slope)`. `slope` is three numbers as above; the result is one of three texts:
#
# - `"too extreme"` or `"not extreme enough"`, when the interval is wholly on one side of 1,
# - `"not shown"`, when the interval includes 1 or ends there.


# %% answer="q4_read_spread"
def read_spread(slope: tuple) -> str:
    """What a slope with its interval says about the risks."""
    ### BEGIN SOLUTION
    _, low, high = slope
    if high < 1:
        return "too extreme"
    return "not extreme enough" if low > 1 else "not shown"
    ### END SOLUTION


# %% test="q4_read" points=1 objective="23.2"
# One visible case, and hidden tests: other slopes.
assert read_spread((1.0, 0.8, 1.2)) == "not shown", "This interval includes 1."


### BEGIN HIDDEN TESTS
def _hidden_test():
    for slope in ((0.62, 0.5, 0.74), (0.2, -0.1, 0.5), (1.4, 1.1, 1.7), (3.0, 2.0, 4.0)):
        got = read_spread(slope)
        right = "too extreme" if slope[0] < 1 else "not extreme enough"
        other = "not extreme enough" if slope[0] < 1 else "too extreme"
        assert got != other, (
            f"A slope of {slope[0]} is read backwards. What must the log-odds be multiplied by to be right? Re-read lesson 23, 'Level "
            "and spread'."
        )
        assert got == right, f"The interval of {slope} is wholly on one side of 1."
    for slope in ((0.8, 0.55, 1.05), (1.3, 0.9, 1.7), (0.9, 0.8, 1.0), (1.2, 1.0, 1.4)):
        assert read_spread(slope) == "not shown", (
            f"The interval of {slope} includes 1 or ends there: the value alone decides nothing. Read the prompt of item 4 "
            "again."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. The points of the curve (3 points)
#
# Write `points(outcome, risk, k)`: sort people by risk, cut them into `k` groups of **equally many people** (one more or
# less when `k` does not divide them), and return a **DataFrame of `k` rows**, the lowest risks first. No two risks are
# equal. Columns, as shares from 0 to 1:
#
# - `n`: people in the group
# - `predicted`: mean risk
# - `observed`: share with the outcome
# - `low`, `high`: its Wilson interval (`statsmodels.stats.proportion.proportion_confint` has it)
#
# ```
# k=2, risk 0.1, 0.3, 0.2, 0.9   outcome 0, 0, 0, 1      n  predicted  observed   low  high
#                                                        2       0.15       0.0  0.00  0.66
#                                                        2       0.60       0.5  0.09  0.91
# ```


# %% answer="q5_points"
def points(outcome: pd.Series, risk: pd.Series, k: int) -> pd.DataFrame:
    """Mean risk and observed share, with interval, in k groups of equally many people."""
    ### BEGIN SOLUTION
    from statsmodels.stats.proportion import proportion_confint

    y, p = np.asarray(outcome), np.asarray(risk)
    rows = []
    for part in np.array_split(np.argsort(p), k):
        low, high = proportion_confint(y[part].sum(), len(part), method="wilson")
        rows.append([len(part), p[part].mean(), y[part].mean(), low, high])
    return pd.DataFrame(rows, columns=["n", "predicted", "observed", "low", "high"])
    ### END SOLUTION


# %% test="q5_form" points=1 objective="23.3"
table = points(pd.Series([0, 0, 0, 1]), pd.Series([0.1, 0.3, 0.2, 0.9]), 2)
assert isinstance(table, pd.DataFrame) and len(table) == 2, "points returns a DataFrame with `k` rows."
for column in ("n", "predicted", "observed", "low", "high"):
    assert column in table.columns, f"The column '{column}' is not there."
assert abs(float(table["observed"].iloc[1]) - 0.5) < 1e-9, (
    "Of the two people with the highest risks one came back."
)


# %% test="q5_sizes" points=1 objective="23.3"
# Hidden tests: risks of which most are low.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(235)
    for n, k in ((500, 10), (203, 4), (57, 5)):
        p = pd.Series(dice.beta(0.5, 6, n) * 0.9 + 0.0001, index=dice.integers(0, 20, n))
        y = pd.Series((dice.random(n) < p.to_numpy()).astype(int), index=p.index)
        got = points(y, p, k)
        assert len(got) == k and int(got["n"].sum()) == n, (
            "Groups or people are missing: everybody is in one of the `k` groups, and no group is empty. Re-read lesson 23, "
            "'The curve'."
        )
        sizes = [int(size) for size in got["n"]]
        assert max(sizes) - min(sizes) <= 1, (
            f"The {k} groups of {n} people have the sizes {sizes}. Cut by counting people, not by dividing the scale: most "
            "risks are low. Re-read lesson 23, 'The curve'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_values" points=1 objective="23.3"
# Hidden tests: predicted, observed and interval in other hospitals.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(236)
    z = 1.959964
    for n, k in ((400, 5), (60, 6)):
        p = pd.Series(dice.permutation(n) / (2.5 * n) + 0.002, index=dice.integers(0, 20, n))
        y = pd.Series((dice.random(n) < 0.8 * p.to_numpy()).astype(int), index=p.index)
        before = y.copy(), p.copy()
        got = points(y, p, k)
        assert y.equals(before[0]) and p.equals(before[1]), "What you were given has changed: work on a copy."
        pairs = sorted(zip(p.tolist(), y.tolist(), strict=True))
        m = n // k
        for row in range(k):
            part = pairs[row * m : (row + 1) * m]
            predicted, share = sum(a for a, _ in part) / m, sum(b for _, b in part) / m
            mine = got.iloc[row]
            assert abs(float(mine["predicted"]) - predicted) < 1e-3, (
                "`predicted` is the mean risk of the people in the group, lowest group first, as a share. Re-read lesson "
                "23, 'The curve'."
            )
            assert abs(float(mine["observed"]) - share) < 1e-3, (
                "`observed` is the share of the group that has the outcome: are outcome and risk still paired? Re-read "
                "lesson 23, 'The curve'."
            )
            middle = (share + z * z / (2 * m)) / (1 + z * z / m)
            half = z / (1 + z * z / m) * (share * (1 - share) / m + z * z / (4 * m * m)) ** 0.5
            assert (
                abs(float(mine["low"]) - middle + half) < 0.004
                and abs(float(mine["high"]) - middle - half) < 0.004
            ), (
                "`low` and `high` are not the Wilson interval of this group's own people. Re-read lesson 23, 'The curve'."
            )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Mend it, and judge it (5 points)
#
# Write `recalibrate(old_outcome, old_risk, new_risk)`. From the *old* people it learns `a` and `b`, so that the log-odds
# of their outcome are `a + b *` the log-odds of their risk (logistic recalibration). It returns the mended risks of the
# *new* people, as many numbers as `new_risk` has, in its order (a Series, an array or a list). New people have no outcome
# yet, and may be a single one.
#
# ```
# old people told 20 %: 3 of 10 came back; told 80 %: 7 of 10
# new people told 0.2, 0.5, 0.8  ->  0.3, 0.5, 0.7
# ```


# %% answer="q6_recalibrate"
def recalibrate(old_outcome: pd.Series, old_risk: pd.Series, new_risk: pd.Series):
    """Mended risks of new people, with level and spread learned from old ones."""
    ### BEGIN SOLUTION
    x = sm.add_constant(logit(np.asarray(old_risk, dtype=float)))
    a, b = sm.GLM(np.asarray(old_outcome, dtype=float), x, family=sm.families.Binomial()).fit().params
    return expit(a + b * logit(np.asarray(new_risk, dtype=float)))
    ### END SOLUTION


# %% test="q6_form" points=1 objective="23.4"
told, came = pd.Series([0.2] * 10 + [0.8] * 10), pd.Series([1] * 3 + [0] * 7 + [1] * 7 + [0] * 3)
mended = [float(number) for number in recalibrate(came, told, pd.Series([0.2, 0.5]))]
assert len(mended) == 2, "There is one mended risk for each new person."
assert abs(mended[0] - 0.3) < 0.005, (
    "Of ten people who were told 20 %, three came back: that is the mended risk."
)


# %% test="q6_new_people" points=2 objective="23.4"
# Hidden tests: other hospitals; new people with high risks; one new person alone.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    dice = np.random.default_rng(237)
    for n, a, b in ((800, 0.9, 0.6), (1200, -0.8, 1.4)):
        x, new = dice.normal(-1.2, 1.2, n), dice.normal(0.8, 1.6, 120)
        labels = dice.integers(0, 50, n)
        y = pd.Series((dice.random(n) < sigmoid(a + b * x)).astype(int), index=labels)
        p, q = pd.Series(sigmoid(x), index=labels), pd.Series(sigmoid(new), index=dice.integers(0, 9, 120))
        before = y.copy(), p.copy(), q.copy()
        got = np.array([float(number) for number in recalibrate(y, p, q)])
        assert all(one.equals(two) for one, two in zip((y, p, q), before, strict=True)), (
            "What you were given has changed: work on a copy."
        )
        t, design, found = y.to_numpy(), np.column_stack([np.ones(n), x]), np.zeros(2)
        for _ in range(60):
            m = sigmoid(design @ found)
            found = found + np.linalg.solve(design.T @ (design * (m * (1 - m))[:, None]), design.T @ (t - m))
        assert len(got) == 120, "There is one mended risk for each new person, in the order of `new_risk`."
        assert (got <= 1).all() and (got >= 0).all(), (
            "A mended risk is above 1 or below 0: a risk that is multiplied or shifted leaves the scale. Re-read lesson 23, "
            "'Mend it, and judge it on others'."
        )
        assert np.abs(got - np.clip(q.to_numpy() * t.sum() / sigmoid(x).sum(), 0, 1)).max() > 0.01, (
            "You multiply risks and cut them off at 1: that is no recalibration of the log-odds. Re-read lesson 23, 'Mend "
            "it, and judge it on others'."
        )
        shift = 0.0
        for _ in range(60):
            m = sigmoid(shift + x)
            shift += (t - m).sum() / (m * (1 - m)).sum()
        assert np.abs(got - sigmoid(shift + new)).max() > 0.01, (
            "You mend the level alone; the prompt asks for the spread too. Re-read lesson 23, 'Mend it, and judge it on "
            "others'."
        )
        assert np.abs(got - sigmoid(found[0] + found[1] * new)).max() < 0.01, (
            "The mended risks are not `a + b` times the log-odds, turned back into risks, with both learned from the old "
            "people. Re-read lesson 23, 'Mend it, and judge it on others'."
        )
        try:
            alone = [float(number) for number in recalibrate(y, p, q.iloc[:1])]
        except Exception as error:
            raise AssertionError(
                "With one new person alone your function stops: try it with `new_risk.iloc[:1]` (`add_constant` adds no "
                "constant to a single row)."
            ) from error
        assert len(alone) == 1 and abs(alone[0] - got[0]) < 0.005, (
            "A person alone gets another risk than in company: something is learned from the new people."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `trial(table, outcome, risk, teach)`; the last three are names of columns, `teach` is `True` for the people
# who teach and `False` for those who judge. It returns a **dict** about the people who **judge**:
#
# - `"n"`: their number
# - `"before"`: O/E of their risks as they are
# - `"after"`, `"low"`, `"high"`: O/E of their mended risks, with its interval
#
# A mistake in item 1 or in `recalibrate` is not counted again: the tests accept the right numbers, or those of your own
# functions.


# %% answer="q6_trial"
def trial(table: pd.DataFrame, outcome: str, risk: str, teach: str) -> dict:
    """O/E before and after a recalibration, among people who did not teach it."""
    ### BEGIN SOLUTION
    old, new = table[table[teach]], table[~table[teach]]
    mended = recalibrate(old[outcome], old[risk], new[risk])
    after = o_to_e(new[outcome], pd.Series(np.asarray(mended)))
    return {
        "n": len(new),
        "before": o_to_e(new[outcome], new[risk])["ratio"],
        "after": after["ratio"],
        "low": after["low"],
        "high": after["high"],
    }
    ### END SOLUTION


# %% test="q6_judges" points=2 objective="23.4"
# Visible: the form. Hidden tests: other hospitals, which changed between teaching and judging.
told, came = [0.2] * 10 + [0.8] * 10, [1] * 3 + [0] * 7 + [1] * 7 + [0] * 3
twice = pd.DataFrame({"came": [*came, *came], "told": [*told, *told], "old": [True] * 20 + [False] * 20})
result = trial(twice, "came", "told", "old")
assert isinstance(result, dict), "trial returns a dict."
for key in ("n", "before", "after", "low", "high"):
    assert key in result, f"The dict has no '{key}'."


### BEGIN HIDDEN TESTS
def _newton(x, t):
    """Level and spread of a logistic regression of t on x."""
    design, found = np.column_stack([np.ones(len(x)), x]), np.zeros(2)
    for _ in range(60):
        m = 1 / (1 + np.exp(-design @ found))
        found = found + np.linalg.solve(design.T @ (design * (m * (1 - m))[:, None]), design.T @ (t - m))
    return found


def _hidden_test():
    import contextlib
    import math

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def parts(y, p):
        ratio, reach = y.sum() / p.sum(), math.exp(1.959964 * math.sqrt(1 / y.sum() - 1 / len(y)))
        return ratio, ratio / reach, ratio * reach

    dice = np.random.default_rng(238)
    for n, a, b, drift in ((900, 0.1, 0.8, 0.5), (1100, -0.5, 1.2, -0.6)):
        x, teach = dice.uniform(-3.5, -0.2, n), dice.random(n) < 0.6
        y = (dice.random(n) < sigmoid(a + b * x + drift * ~teach)).astype(int)
        table = pd.DataFrame({"out": y, "score": sigmoid(x), "t": teach}, index=dice.integers(0, 30, n))
        before = table.copy()
        got = trial(table, "out", "score", "t")
        assert table.equals(before), "The table that you were given has changed: work on a copy."
        found = _newton(x[teach], y[teach])
        mended = sigmoid(found[0] + found[1] * x)
        assert abs(float(got["after"]) - 1) > 0.005, (
            "You judge the mended risks on the people who taught them: there O/E is 1 by construction, for any table. "
            "Re-read lesson 23, 'Mend it, and judge it on others'."
        )
        assert int(got["n"]) == int((~teach).sum()), (
            "`n` is not the number of people who judge: everybody else stays out of the judgement. Re-read lesson 23, 'Mend "
            "it, and judge it on others'."
        )
        right = {"before": [parts(y[~teach], sigmoid(x[~teach]))[0]], "after": [], "low": [], "high": []}
        ways = [mended[~teach]]
        with contextlib.suppress(Exception):  # not answered yet: only the right numbers count
            old, new = before[before["t"]], before[~before["t"]]
            ways.append(np.asarray(recalibrate(old["out"], old["score"], new["score"]), dtype=float))
        counted = False
        with contextlib.suppress(Exception):
            plain, halved = (o_to_e(new["out"], new["score"] * part)["ratio"] for part in (1, 0.5))
            counted = abs(plain - halved) > 1e-6  # a function that says the same of all has counted nothing
        for way in ways:
            found_here = [parts(y[~teach], way)]
            if counted:
                with contextlib.suppress(Exception):
                    own = o_to_e(new["out"], pd.Series(way, index=new.index))
                    found_here.append((own["ratio"], own["low"], own["high"]))
            for three in found_here:
                for key, number in zip(("after", "low", "high"), three, strict=True):
                    right[key].append(number)
        if counted:
            right["before"].append(plain)
        everybody = _newton(x, y)
        leaked = parts(y[~teach], sigmoid(everybody[0] + everybody[1] * x[~teach]))[0]
        assert abs(float(got["after"]) - leaked) > 0.005, (
            "People who judge have taught as well: their outcomes are in `a` and `b`. Re-read lesson 23, 'Mend it, and "
            "judge it on others'."
        )
        for key, accepted in right.items():
            assert any(abs(float(got[key]) - float(number)) <= 0.01 * abs(number) for number in accepted), (
                f"'{key}' is neither right nor what your own functions say about the people who judge. Re-read lesson 23, "
                "'Mend it, and judge it on others'."
            )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. What do you sign? (8 points)
#
# Eight sentences from the meeting. Write `claims()`: it returns a **dict** from each letter to the id of what is wrong
# with the sentence, or to `"holds"`. An id may be used more than once, or never.
#
# | | Sentence |
# |:---|:---|
# | A | "The AUC here is `.88`. So of people who are told `30 %`, about `30` in `100` come back." |
# | B | "O/E is `1.00` and our slope is `0.55` (`0.45` to `0.65`): the highest risks are too high and the lowest too low." |
# | C | "Next door the slope is `1.4` (`1.2` to `1.6`): there the score exaggerates." |
# | D | "We recalibrated with the `900` people of 2024. On these `900` O/E is `1.00`, so it works." |
# | E | "Cross-validated at the seller's hospital, the slope is `1.01`. So it fits here." |
# | F | "O/E of all people is `1.00` (`0.95` to `1.05`). So it is right for people who need an interpreter." |
# | G | "O/E of the `40` people from the islands is `1.3` (`0.6` to `2.8`). 1 is inside, so their risks are right." |
# | H | "With the interpreter as an input O/E is `1.00` with and without one. By age it may still be wrong." |
#
# Ids: `order` (says how risks are ranked, not how large they are), `backwards` (read the wrong way round), `same people`
# (judged on those who taught), `other place` (says nothing about this hospital), `average` (right on average is not right
# for a group), `too few` (cannot show that it is right), `holds`.


# %% answer="q7_claims"
def claims() -> dict:
    """For each letter what is wrong with the sentence, or "holds"."""
    ### BEGIN SOLUTION
    return {
        "A": "order",
        "B": "holds",
        "C": "backwards",
        "D": "same people",
        "E": "other place",
        "F": "average",
        "G": "too few",
        "H": "holds",
    }
    ### END SOLUTION


# %% test="q7_claims_numbers" points=1 objective="23.1"
# Visible: the form. Hidden tests: A, B, C and G.
said = claims()
ids = ("order", "backwards", "same people", "other place", "average", "too few", "holds")
assert isinstance(said, dict) and sorted(said) == list("ABCDEFGH"), (
    "claims returns a dict with the letters A to H."
)
assert all(isinstance(name, str) and name in ids for name in said.values()), (
    "Each value is one of the seven ids."
)


### BEGIN HIDDEN TESTS
def _hidden_test():
    said = claims()
    assert said["A"] == "order", (
        "A: what would the AUC be if every risk were halved? Re-read lesson 23, 'The order can be right and the numbers "
        "wrong'."
    )
    assert said["B"] == "holds" and said["C"] == "backwards", (
        "B or C: which way round is a slope read? Re-read lesson 23, 'Level and spread'."
    )
    assert said["G"] == "too few", "G: what else does this interval include? Re-read lesson 23, 'For whom?'."


_hidden_test()
### END HIDDEN TESTS


# %% test="q7_claims_people" points=1 objective="23.4"
# Hidden tests: D, E, F and H.
### BEGIN HIDDEN TESTS
def _hidden_test():
    said = claims()
    assert isinstance(said, dict) and all(isinstance(said.get(letter), str) for letter in "ABCDEFGH"), (
        "claims returns a dict with a text for each letter from A to H."
    )
    assert said["D"] == "same people", (
        "D: could O/E have come out otherwise on these 900? Re-read lesson 23, 'Mend it, and judge it on others'."
    )
    assert said["E"] == "other place", (
        "E: where do the people of this validation come from? Re-read lesson 23, 'Mend it, and judge it on others'."
    )
    assert said["F"] == "average", "F: who is in this one number? Re-read lesson 23, 'For whom?'."
    assert said["H"] == "holds", (
        "H: which averages does an input repair? Re-read lesson 23, 'Put income in, or race?'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `verdicts(table, outcome, risk, group)`: a **dict from each group**, `"not recorded"` included, to a dict with
# its `"n"`, its `"ratio"` (O/E) and a `"verdict"`. The hospital has set the limits; the first line that fits counts:
#
# 1. `"near"`: the whole interval of O/E lies from `0.8` to `1.25`
# 2. `"too low"`: the risks are too low, the whole interval is above 1
# 3. `"too high"`: the risks are too high, the whole interval is below 1
# 4. `"cannot tell"`: everything else, also when an end of the interval is missing
#
# The tests accept the right numbers, or those of your own `by_group`.


# %% answer="q7_verdicts"
def verdicts(table: pd.DataFrame, outcome: str, risk: str, group: str) -> dict:
    """n, O/E and what can be said of each group's risks."""
    ### BEGIN SOLUTION
    found = {}
    for name, row in by_group(table, outcome, risk, group).iterrows():
        if row["low"] >= 0.8 and row["high"] <= 1.25:
            verdict = "near"
        elif row["low"] > 1:
            verdict = "too low"
        elif row["high"] < 1:
            verdict = "too high"
        else:
            verdict = "cannot tell"
        found[name] = {"n": int(row["n"]), "ratio": float(row["ratio"]), "verdict": verdict}
    return found
    ### END SOLUTION


# %% test="q7_form" points=1 objective="23.5"
decided = verdicts(stays, "back", "risk", "language")
assert isinstance(decided, dict), "verdicts returns a dict."
assert {"interpreter", "ward's language"} <= set(decided), "There is one key for each group."
for name, row in decided.items():
    assert isinstance(row, dict) and {"n", "ratio", "verdict"} <= set(row), (
        f"'{name}' has a dict with three keys."
    )
    assert row["verdict"] in ("near", "too low", "too high", "cannot tell"), (
        f"'{name}': not one of the verdicts."
    )
assert int(decided["interpreter"]["n"]) == int((stays["language"] == "interpreter").sum()), (
    "`n` is the number of people in the group."
)


# %% test="q7_groups" points=2 objective="23.5"
# Hidden tests: other hospitals, with groups right, wrong, small, eventless and unrecorded.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib
    import math

    def judge(ratio, low, high):
        if low >= 0.8 and high <= 1.25:
            return "near"
        if low > 1:
            return "too low"
        return "too high" if high < 1 else "cannot tell"

    # events, people, risk of each; people of a group differ a little in risk, so that the order is good too
    parts = {
        "ground": (420, 1400, 0.3),
        "first": (150, 400, 0.25),
        "second": (90, 600, 0.22),
        "attic": (7, 25, 0.25),
        "tent": (0, 5, 0.2),
        "yard": (520, 1800, 0.27),
        "wing": (1150, 4000, 0.25),
        None: (66, 150, 0.28),
    }
    rows = []
    for name, (k, n, each) in parts.items():
        wiggle = np.where(np.arange(n) < k, 0.15, -0.15 * k / (n - k))
        rows.append(pd.DataFrame({"floor": name, "y": (np.arange(n) < k).astype(int), "p": each + wiggle}))
    table = pd.concat(rows).sample(frac=1, random_state=3)
    table["floor"] = table["floor"].astype(object).where(table["floor"].notna(), None)
    before = table.copy()
    got = verdicts(table, "y", "p", "floor")
    assert isinstance(got, dict), "verdicts returns a dict."
    assert table.equals(before), "The table that you were given has changed: work on a copy."
    own = None
    with contextlib.suppress(Exception):
        counted = by_group(table.copy(), "y", "p", "floor")
        halved = by_group(table.assign(p=table["p"] / 2), "y", "p", "floor")
        verdict = {judge(r["ratio"], r["low"], r["high"]) for _, r in counted.iterrows()}
        if len(verdict) > 2 and not np.allclose(
            counted["ratio"].astype(float), halved["ratio"].astype(float)
        ):
            own = counted  # a function that says the same of all has counted nothing
    for name, (k, n, _) in parts.items():
        label = "not recorded" if name is None else name
        if own is not None and label not in own.index and label not in got:
            continue  # lost in by_group, and counted there
        assert label in got, (
            f"The group '{label}' has no verdict: the score is used for its people too. Re-read lesson 23, 'For whom?'."
        )
        part = before[before["floor"].isna()] if name is None else before[before["floor"] == name]
        ratio = k / part["p"].sum()
        reach = math.exp(1.959964 * math.sqrt(1 / k - 1 / n)) if k else math.nan
        low, high = (ratio / reach, ratio * reach) if k else (0.0, math.nan)
        accepted = [(n, ratio, judge(ratio, low, high))]
        with contextlib.suppress(Exception):
            r = own.loc[label]
            accepted.append((int(r["n"]), float(r["ratio"]), judge(r["ratio"], r["low"], r["high"])))
        mine = got[label]
        assert any(int(mine["n"]) == a and abs(float(mine["ratio"]) - b) < 0.01 for a, b, _ in accepted), (
            f"`n` or `ratio` of '{label}' are neither right nor those of your own by_group. Re-read lesson 23, 'For whom?'."
        )
        allowed = [c for *_, c in accepted]
        assert mine["verdict"] in allowed or "cannot tell" not in allowed, (
            f"'{label}' has {n} people and its interval decides nothing: that 1 is inside does not make the risks right, and "
            "a ratio alone does not make them wrong. Re-read lesson 23, 'For whom?'."
        )
        swapped = {"too low": "too high", "too high": "too low"}
        assert mine["verdict"] in allowed or swapped.get(mine["verdict"]) not in allowed, (
            f"'{label}' is read the wrong way round: above 1 more happens than was predicted. Re-read lesson 23, 'The "
            "order can be right and the numbers wrong'."
        )
        assert mine["verdict"] in allowed, (
            f"The verdict on '{label}' does not follow from its own interval of O/E and the four lines of the prompt. A good "
            "order of risks, or a good average over all groups, is no verdict on a group. Re-read lesson 23, 'For whom?'."
        )


_hidden_test()
### END HIDDEN TESTS

# %%
verdict_table = pd.DataFrame(verdicts(stays, "back", "risk", "language")).T
print(verdict_table.assign(ratio=verdict_table["ratio"].astype(float).round(2)))
print(by_group(stays, "back", "risk", "language").round(2))
halves = trial(stays.assign(first=stays["year"] == 2024), "back", "risk", "first")
print({key: round(float(value), 2) for key, value in halves.items()})

# %% [markdown]
# Last, write the **note to the ward** (`60` to `150` words). The cell above shows your numbers. A person reads it, one point for each:
#
# 1. **For whom:** for which groups the risk may be told and used now and for which not, each with n and your O/E; the
#    numbers are those of the tables above.
# 2. **Harm:** who pays when a risk is too low and who when it is too high, in calls that nurses make or do not make.
# 3. **Next:** what you do before it goes live (mend, on whom; judge, on whom), and one thing that your numbers cannot show.

# %% [markdown] written="q7_note" points=3 objective="23.5"
# ### BEGIN SOLUTION
# The score sees too little here. For the 411 people who need an interpreter O/E is 1.70 (147 came back, 87 were promised):
# do not tell or use their risk. For the 1,878 who speak the ward's language it is 1.14, inside our limits, and usable with
# care. For the 111 whose language nobody wrote down it is 1.32, and nobody can tell: do not use it. Where a risk is too low
# a person waits at home for a call that never comes; where it is too high a nurse calls somebody who needs no call. Next
# we recalibrate on 2024 and judge on 2025: among 1,217 people O/E falls from 1.26 to 1.05 (0.96 to 1.15). That is one
# hospital and one average again: it does not show that those who need an interpreter are now told the truth. So we judge
# them apart, and write the language down.
# ### END SOLUTION
