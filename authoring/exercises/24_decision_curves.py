# %% [markdown]
# # The bell in bay four
#
# A ward for older people has bought a falls alarm. In every shift it gives each person a risk; from .20 on a bell rings,
# and a nurse goes, stays, walks along to the toilet. In bay four it rang for two months. Some of the people who fell
# had never had a bell.
#
# The ward council (two nurses, a physiotherapist, a patient's daughter) decides on Thursday: bell, no bell, or company for
# everybody. You bring the numbers. A wrong one leaves somebody on the floor, or a whole bay without a nurse.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Everybody here is invented, drawn by the next cell. You write functions rather than numbers, because other wards will
# send their tables: the hidden tests are those tables, with other row labels (which may repeat), another order of
# columns, other shares of falls. No cell is empty. **Never change a table that you are given.**
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
# *New to the ward?* A shift is eight hours. Scores after a fall are not in the log, so a bell always comes before the fall.

# %%
import numpy as np
import pandas as pd


def invent_ward(seed: int, people: int) -> pd.DataFrame:
    """One row for each stay and shift; a person may have several stays."""
    dice = np.random.default_rng(seed)
    rows, number = [], 0
    for person in range(people):
        frail = dice.normal(-2.6, 1.1)
        part = "fit" if person < people // 3 else "judge"
        for _ in range(1 + dice.binomial(2, 0.15)):
            number += 1
            fell = int(dice.random() < 1 / (1 + np.exp(-frail)))
            seen = frail + (0.9 if part == "judge" else 0.3) * dice.normal()
            start = int(dice.integers(0, 170))
            for shift in range(start, start + 1 + int(dice.poisson(3))):
                risk = round(1 / (1 + np.exp(-seen - 0.3 * dice.normal())), 3)
                rows.append((f"S{number:04}", f"P{person:03}", shift, part, risk, int(risk >= 0.2), fell))
    return pd.DataFrame(rows, columns=["stay", "person", "shift", "part", "risk", "rang", "fell"])


log = invent_ward(seed=24, people=400)
key = ["stay", "person", "part", "fell"]
stays = log.groupby(key, as_index=False)["risk"].max()  # the highest risk of the stay
print(f"{len(log)} scores, {len(stays)} stays, {stays['person'].nunique()} people")
print(f"stays with a fall: {stays['fell'].sum()}")
log.head(3)

# %% [markdown]
# ## 1. From harms to a threshold (3 points)
#
# Write `threshold(needless, right)`: the council would accept `needless` needless walks for `right` right ones. It returns
# the **risk from which on a walk is worth it**, as a number between 0 and 1. Both are above 0 and need not be whole.
#
# ```
# threshold(19, 1)  ->  0.05
# threshold(30, 2)  ->  0.0625
# ```


# %% answer="q1_threshold"
def threshold(needless: float, right: float) -> float:
    """The risk at which a walk is just worth it."""
    ### BEGIN SOLUTION
    return right / (right + needless)
    ### END SOLUTION


# %% test="q1_form" points=1 objective="24.1"
import numbers

result = threshold(1, 1)
assert isinstance(result, numbers.Real), "threshold returns a number (end it with `return`)."
assert 0 < result <= 1, "A risk lies between 0 and 1."


# %% test="q1_harms" points=2 objective="24.1"
# Hidden tests: other councils.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for needless, right in ((9, 1), (99, 1), (24, 1), (3, 2), (50, 4), (0.5, 1), (1, 1), (7.5, 2.5)):
        got = float(threshold(needless, right))
        acts = needless + right
        if needless != right:
            assert abs(got - needless / acts) > 1e-6, (
                "Upside down: your threshold rises when people accept more needless walks. Re-read lesson 24, 'From harms "
                "to a threshold'."
            )
        assert abs(got - right / needless) > 1e-6, (
            "That is the weight of a needless walk (the odds), not the risk. Of how many walks is the right one a part? "
            "Re-read lesson 24, 'From harms to a threshold'."
        )
        assert abs(got - right / acts) < 1e-6, (
            "For some councils the threshold is wrong. Re-read lesson 24, 'From harms to a threshold'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Net benefit by hand (4 points)
#
# Write `net_benefit(fell, risk, t)`: the **net benefit for each stay** (not for a thousand) of walking to whoever has a risk
# **at or above** `t`. `fell` and `risk` are Series, one value for each stay, in the same order; pair them by position.
# Nothing is missing; `t` is above 0 and below 1. If nobody reaches `t`, it is 0.
#
# ```
# fell  1, 1, 0, 0, 0     risk  .9, .2, .5, .4, .1     net_benefit(fell, risk, 0.5)  ->  0.0
# ```


# %% answer="q2_net_benefit"
def net_benefit(fell: pd.Series, risk: pd.Series, t: float) -> float:
    """True walks minus weighted needless walks, for each stay."""
    ### BEGIN SOLUTION
    fell, risk = np.asarray(fell), np.asarray(risk)
    act = risk >= t
    true, false = (act & (fell == 1)).mean(), (act & (fell == 0)).mean()
    return float(true - false * t / (1 - t))
    ### END SOLUTION


# %% test="q2_form" points=1 objective="24.2"
import numbers

result = net_benefit(pd.Series([1, 1, 0, 1]), pd.Series([0.9, 0.8, 0.7, 0.6]), 0.5)
assert isinstance(result, numbers.Real), "net_benefit returns a number."
assert abs(result - 0.5) < 1e-9, (
    "All four are above .5, and at .5 a needless walk costs as much as a right one is worth: 3/4 - 1/4 = 0.5."
)


# %% test="q2_weight" points=1 objective="24.2"
# Hidden tests: what a needless walk costs, where everybody has a walk.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(241)
    for t, n, share in ((0.05, 80, 0.2), (0.25, 60, 0.5), (0.6, 50, 0.7), (0.1, 90, 0.05)):
        index = dice.integers(0, 9, n)
        fell = pd.Series((dice.random(n) < share).astype(int), index=index)
        risk = pd.Series(dice.uniform(0.65, 0.95, n), index=index)
        got, falls = float(net_benefit(fell.copy(), risk.copy(), t)), int(fell.sum())
        upside_down = (falls - (n - falls) * (1 - t) / t) / n
        assert abs(got - upside_down) > 1e-6, (
            "The weight is upside down: at a low threshold a needless walk must cost little. Re-read lesson 24, 'Net benefit "
            "by hand'."
        )
        assert abs(got - (falls - (n - falls) * t / (1 - t)) / n) < 1e-6, (
            "Everybody is above the threshold here, and your net benefit is wrong: check what a needless walk costs at this "
            "threshold. Re-read lesson 24, 'Net benefit by hand'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_everybody_counts" points=1 objective="24.2"
# Hidden tests: few of many have a walk.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(242)
    for n, cut in ((200, 0.9), (120, 0.7), (75, 0.97)):
        fell = pd.Series((dice.random(n) < 0.4).astype(int), index=dice.integers(0, 20, n))
        risk = pd.Series(np.where(dice.random(n) > cut, 0.8, 0.1), index=dice.integers(0, 20, n))
        before = fell.copy(), risk.copy()
        try:
            got = float(net_benefit(fell, risk, 0.5))
        except (LookupError, ValueError, pd.errors.IndexingError) as error:
            raise AssertionError(
                "net_benefit stops where the row labels of the two Series differ; pair by position, for example with "
                f"`.to_numpy()`. ({error})"
            ) from error
        assert fell.equals(before[0]) and risk.equals(before[1]), "A Series that you were given has changed."
        pairs = list(zip(fell, risk, strict=True))
        true = sum(f == 1 and r > 0.5 for f, r in pairs)
        false = sum(f == 0 and r > 0.5 for f, r in pairs)
        if true != false:
            assert abs(got - (true - false) / (true + false)) > 1e-6, (
                "You divided by those who had a walk: net benefit counts for each stay, with a bell or without. Re-read "
                "lesson 24, 'Net benefit by hand'."
            )
        assert abs(got - (true - false) / n) < 1e-6, (
            "Where few have a walk your net benefit is wrong: check whom you count, and that you pair by position. Re-read "
            "lesson 24, 'Net benefit by hand'."
        )
    nobody = net_benefit(pd.Series([1, 0, 0]), pd.Series([0.1, 0.2, 0.3]), 0.9)
    assert abs(float(nobody)) < 1e-9, "Nobody reaches the threshold: see the prompt of item 2."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_at_threshold" points=1 objective="24.2"
# Hidden tests: stays with exactly this risk.
### BEGIN HIDDEN TESTS
def _hidden_test():
    cases = [
        ([1, 1, 1, 0, 0, 1, 0], [0.5, 0.5, 0.75, 0.75, 0.5, 0.5, 0.9], (4 - 3) / 7),
        ([0, 0, 1, 0, 1], [0.5, 0.5, 0.6, 0.5, 0.8], (2 - 3) / 5),
    ]
    for fell, risk, right in cases:
        got = net_benefit(pd.Series(fell, index=[3] * len(fell)), pd.Series(risk), 0.5)
        assert abs(float(got) - right) < 1e-6, (
            "Some stays have exactly the risk of the threshold here, and they are counted wrongly. Read the prompt of item 2 "
            "again, and lesson 24, 'A whole decision curve'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Bell, everybody or nobody (5 points)
#
# Another ward sends only counts of stays: bell and fall (`tp`), bell and no fall (`fp`), fall without a bell (`fn`),
# neither (`tn`). Write `best_choice(tp, fp, fn, tn, t)`: it returns the **text** `"bell"`, `"everybody"` or `"nobody"`,
# whichever has the highest net benefit at the threshold `t`. No two are equal in the tests.
#
# ```
# best_choice(30, 70, 10, 890, 0.10)  ->  "bell"
# ```


# %% answer="q3_best_choice"
def best_choice(tp: int, fp: int, fn: int, tn: int, t: float) -> str:
    """The choice with the highest net benefit."""
    ### BEGIN SOLUTION
    weight = t / (1 - t)
    benefit = {"bell": tp - fp * weight, "everybody": tp + fn - (fp + tn) * weight, "nobody": 0.0}
    return max(benefit, key=benefit.get)
    ### END SOLUTION


# %% test="q3_form" points=1 objective="24.3"
choice = best_choice(30, 70, 10, 890, 0.10)
assert isinstance(choice, str), "best_choice returns a text."
assert choice in ("bell", "everybody", "nobody"), "The text is 'bell', 'everybody' or 'nobody'."


# %% test="q3_everybody" points=1 objective="24.3"
# Hidden tests: low thresholds and middle ones.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for tp, fp, fn, tn, t in (
        (30, 70, 40, 860, 0.02),
        (12, 50, 30, 108, 0.1),
        (300, 900, 450, 9_000, 0.01),
        (12, 50, 30, 108, 0.2),
    ):
        got = best_choice(tp, fp, fn, tn, t)
        assert isinstance(got, str) and got in ("bell", "everybody", "nobody"), (
            "best_choice returns 'bell', 'everybody' or 'nobody', whatever the counts."
        )
        assert got != "nobody", (
            "At this low threshold a needless walk costs little, so 'nobody' is not best. Check the weight, and that each of "
            "the three is compared with both others. Re-read lesson 24, 'From harms to a threshold'."
        )
        assert got == "everybody", (
            "A bell that is better than doing nothing is not yet the best choice: it has a second rival, which needs no "
            "model. Re-read lesson 24, 'Two ways to count, two wrong answers' and 'Net benefit by hand'."
        )
    for tp, fp, fn, tn, t in ((30, 70, 40, 860, 0.12), (30, 70, 10, 890, 0.10), (60, 40, 60, 140, 0.4)):
        got = best_choice(tp, fp, fn, tn, t)
        assert isinstance(got, str) and got == "bell", (
            "With these counts and this threshold the bell beats both rivals. A walk to everybody finds every fall, and has "
            "its needless walks to pay for as well. Re-read lesson 24, 'Net benefit by hand'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_nobody" points=1 objective="24.3"
# Hidden tests: high thresholds and middle ones.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for tp, fp, fn, tn, t in (
        (30, 70, 40, 860, 0.35),
        (12, 50, 30, 108, 0.25),
        (12, 50, 30, 108, 0.215),
        (5, 95, 3, 900, 0.1),
        (50, 40, 5, 9, 0.8),
    ):
        got = best_choice(tp, fp, fn, tn, t)
        assert isinstance(got, str) and got == "nobody", (
            "At this threshold the needless walks of your choice weigh more than its right ones. Finding falls is not yet a "
            "benefit. Re-read lesson 24, 'Two ways to count, two wrong answers' and 'Net benefit by hand'."
        )
    for tp, fp, fn, tn, t in ((30, 70, 40, 860, 0.2), (5, 95, 3, 900, 0.04)):
        got = best_choice(tp, fp, fn, tn, t)
        assert isinstance(got, str) and got == "bell", (
            "With these counts and this threshold the bell beats both rivals. Re-read lesson 24, 'Net benefit by hand'."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Now write `worth_between(tp, fp, fn, tn)`: the **pair** of thresholds `(low, high)` between which the bell is the best of
# the three, or `None` where there is no such threshold (that is, where `low` would not be below `high`). There are always
# stays with a bell and stays without.
#
# ```
# worth_between(10, 40, 5, 45)   ->  (0.1, 0.2)
# worth_between(5, 95, 20, 80)   ->  None
# ```


# %% answer="q3_worth_between"
def worth_between(tp: int, fp: int, fn: int, tn: int) -> tuple | None:
    """The thresholds between which the bell is worth it."""
    ### BEGIN SOLUTION
    low, high = fn / (fn + tn), tp / (tp + fp)
    return (low, high) if low < high else None
    ### END SOLUTION


# %% test="q3_between_form" points=1 objective="24.3"
pair = worth_between(10, 40, 5, 45)
assert isinstance(pair, tuple | list) and len(pair) == 2, "worth_between returns a pair here."
assert 0 <= pair[0] < pair[1] <= 1, "Both are risks, the lower one first."


# %% test="q3_between" points=1 objective="24.3"
# Hidden tests: other wards.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for tp, fp, fn, tn in ((60, 240, 30, 670), (3, 97, 1, 899), (40, 10, 20, 30), (8, 12, 0, 80)):
        got = worth_between(tp, fp, fn, tn)
        assert got is not None, "For this ward there are thresholds at which the bell is the best choice."
        low, high = float(got[0]), float(got[1])
        assert 0 <= low < high <= 1, "Both limits are risks between 0 and 1, the lower one first."
        shifted = 1e-4
        edges = ((low, "everybody"), (high, "nobody"))
        for edge, rival in edges:
            inside = edge + shifted if rival == "everybody" else edge - shifted
            outside = edge - shifted if rival == "everybody" else edge + shifted
            for t, better in ((inside, "bell"), (outside, rival)):
                if not 0 < t < 1:
                    continue
                w = t / (1 - t)
                benefit = {"bell": tp - fp * w, "everybody": tp + fn - (fp + tn) * w, "nobody": 0.0}
                assert max(benefit, key=benefit.get) == better, (
                    "At one of your two limits the best choice does not change. Who has a fall although there was no bell, "
                    "and who has one when there was? Re-read lesson 24, 'Net benefit by hand'."
                )
    for counts in ((5, 95, 20, 80), (0, 50, 10, 40), (20, 80, 20, 80)):
        got = worth_between(*counts)
        tie = counts[0] == counts[2]  # here rounding may put 1 - NPV a hair below the PPV
        assert got is None or (tie and abs(got[0] - got[1]) < 1e-9), (
            "For this ward the bell is the best choice at no threshold: those without a bell fall as often as those with "
            "one, or more often. Re-read the prompt of item 3."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. A stay counts once (4 points)
#
# Write `load(log)` for logs like the one above (columns `stay`, `person`, `rang`, `fell` and others). `rang` is 1 where a
# bell rang; `fell` is 1 in all rows of a stay with a fall. It returns a **dict**:
#
# - `"bells"`: how often a bell rang
# - `"stays"`: different stays with at least one bell
# - `"true"`: those of them with a fall
# - `"stays_per_true"`: `stays` divided by `true`, or `None` if no stay with a bell has a fall
#
# A person who comes twice has two stays.
#
# ```
# log   stay  person  rang  fell      load(log)  ->  {"bells": 3, "stays": 2, "true": 1, "stays_per_true": 2.0}
#       S1    P1      1     1
#       S1    P1      1     1
#       S2    P1      1     0
#       S3    P2      0     1
# ```


# %% answer="q4_load"
def load(log: pd.DataFrame) -> dict:
    """Bells, stays with a bell, those with a fall, and stays for each true one."""
    ### BEGIN SOLUTION
    rang = log[log["rang"] == 1]
    once = rang.drop_duplicates("stay")
    true = int(once["fell"].sum())
    return {
        "bells": len(rang),
        "stays": len(once),
        "true": true,
        "stays_per_true": len(once) / true if true else None,
    }
    ### END SOLUTION


# %% test="q4_form" points=1 objective="24.4"
import numbers

little = pd.DataFrame({"stay": ["S1", "S2"], "person": ["P1", "P2"], "rang": [1, 0], "fell": [1, 0]})
found = load(little)
assert isinstance(found, dict), "load returns a dict."
for key in ("bells", "stays", "true"):
    assert isinstance(found.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
assert isinstance(found.get("stays_per_true"), numbers.Real), (
    "'stays_per_true' is not there, or is not a number."
)
assert found["bells"] == 1, "One bell rang."


# %% test="q4_repeats" points=2 objective="24.4"
# Hidden tests: stays with many bells, people with two stays.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(244)
    rows = []
    for number in range(90):
        fell = int(dice.random() < 0.3)
        for _ in range(dice.integers(1, 7)):
            rows.append((fell, f"Z{number}", int(dice.random() < 0.4), f"N{number // 2}", dice.random()))
    table = pd.DataFrame(rows, columns=["fell", "stay", "rang", "person", "risk"]).sample(
        frac=1, random_state=3
    )
    table.index = [i % 11 for i in range(len(table))]
    before = table.copy()
    got = load(table)
    assert table.equals(before), "The log that you were given has changed."
    alarmed = {stay: fell for fell, stay, rang, *_ in rows if rang}
    bells = sum(row[2] for row in rows)
    assert int(got["bells"]) == bells, "'bells' counts each bell, also the second of the same stay."
    assert int(got["stays"]) != bells, (
        "Each bell was counted as another stay: whoever had three bells is one patient. Re-read lesson 24, 'A stay counts "
        "once'."
    )
    assert int(got["stays"]) == len(alarmed), (
        "'stays' is wrong: a stay with a bell counts once, and somebody who comes again has another stay. Re-read lesson "
        "24, 'A stay counts once'."
    )
    assert int(got["true"]) == sum(alarmed.values()), (
        "'true' is wrong: it counts stays, with a bell and with a fall. Re-read lesson 24, 'A stay counts once'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_ratio" points=1 objective="24.4"
# Hidden tests: stays for each true one, in logs without repeats.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def of(bells, true, quiet):
        n = bells + quiet
        return pd.DataFrame(
            {
                "stay": [f"S{i}" for i in range(n)],
                "fell": [1] * true + [0] * (bells - true) + [1] * quiet,
                "person": [f"P{i}" for i in range(n)],
                "rang": [1] * bells + [0] * quiet,
            }
        )

    for bells, true, quiet in ((40, 5, 12), (9, 6, 1), (30, 30, 3)):
        got = load(of(bells, true, quiet))["stays_per_true"]
        if bells != true:
            assert abs(float(got) - true / bells) > 1e-6, (
                "Upside down: that is the share of bells that are right, not the stays for each right one. Re-read lesson "
                "24, 'A stay counts once'."
            )
        assert abs(float(got) - bells / true) < 1e-6, (
            "'stays_per_true' divides stays with a bell by those of them with a fall. Re-read lesson 24, 'A stay counts once'."
        )
    assert load(of(7, 0, 2))["stays_per_true"] is None, "No right bell: see the prompt of item 4."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. What the ward can answer (4 points)
#
# The team can take on `per_shift` stays in a shift, on average. So for a whole log it has **`per_shift` times the number
# of different shifts** places (not always a whole number; shifts that are not in the log do not count). **A stay takes one
# place**, however often its bell would ring.
#
# Write `level_for_budget(log, per_shift)` (columns `stay`, `shift`, `risk`, `fell`). The bell rings for everybody whose
# risk is at or above a level, also for all who tie there. The result is a **dict**:
#
# - `"level"`: the lowest of the stays' highest risks at which no more stays ring than there are places; `None` if there
#   is none
# - `"stays"`: different stays with a bell at this level (0 for `None`)
# - `"missed"`: different stays with a fall and without a bell at this level
#
# ```
# log   stay  shift  risk  fell      level_for_budget(log, 0.5)   (2 shifts, so 1 place)
#       S1    1      .30   0         ->  {"level": 0.4, "stays": 1, "missed": 1}
#       S1    2      .40   0
#       S2    2      .20   1
# ```


# %% answer="q5_level"
def level_for_budget(log: pd.DataFrame, per_shift: float) -> dict:
    """The lowest level that the team can answer, and what it misses."""
    ### BEGIN SOLUTION
    places = per_shift * log["shift"].nunique()
    highest = log.groupby("stay").agg(risk=("risk", "max"), fell=("fell", "max"))
    falls = int(highest["fell"].sum())
    for level in sorted(highest["risk"].unique()):
        rung = highest[highest["risk"] >= level]
        if len(rung) <= places + 1e-9:
            return {"level": float(level), "stays": len(rung), "missed": falls - int(rung["fell"].sum())}
    return {"level": None, "stays": 0, "missed": falls}
    ### END SOLUTION


# %% test="q5_form" points=1 objective="24.4"
import numbers

little = pd.DataFrame(
    {"stay": ["S1", "S2", "S3"], "shift": [1, 1, 1], "risk": [0.3, 0.2, 0.1], "fell": [1, 0, 0]}
)
found = level_for_budget(little, 3)
assert isinstance(found, dict), "level_for_budget returns a dict."
assert isinstance(found.get("level"), numbers.Real), "'level' is not there, or is not a number."
for key in ("stays", "missed"):
    assert isinstance(found.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
assert found["stays"] == 3 and found["missed"] == 0, "Three places for three stays: everybody has a bell."


# %% test="q5_stays" points=1 objective="24.4"
# Hidden tests: stays with several scores above the level.
### BEGIN HIDDEN TESTS
def _hidden_test():
    rows = []
    for number in range(30):  # stays of one to six scores, no two risks alike
        for score in range(1 + number % 6):
            rows.append(
                (
                    0.9 - number * 0.02 - score * 0.001,
                    f"T{number}",
                    7 + 3 * ((number * 2 + score) % 20),  # twenty shifts, with gaps in their numbers
                    int(number % 3 == 0),
                )
            )
    table = pd.DataFrame(rows, columns=["risk", "stay", "shift", "fell"]).sample(frac=1, random_state=8)
    table.index = [i % 7 for i in range(len(table))]
    before = table.copy()
    for per_shift, places in ((0.5, 10), (0.25, 5), (1.0, 20)):
        got = level_for_budget(table, per_shift)
        assert table.equals(before), "The log that you were given has changed."
        assert int(got["stays"]) == places, (
            f"There are {places} places and no ties, and your level uses more or fewer of them. A stay takes one place, "
            "however many of its scores are above the level; places are for all shifts of the log together, and shifts that "
            "are not in it do not count. Re-read lesson 24, 'What a ward can answer'."
        )
        level = float(got["level"])
        assert len({row[1] for row in rows if row[0] >= level - 1e-9}) == places, (
            "Your level does not ring for the stays that you report. Read the prompt of item 5 again."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_ties" points=1 objective="24.4"
# Hidden tests: stays with the same risk at the edge of the budget.
### BEGIN HIDDEN TESTS
def _hidden_test():
    def of(risks):
        n = len(risks)
        return pd.DataFrame({"fell": [0] * n, "risk": risks, "stay": [f"U{i}" for i in range(n)], "shift": 7})

    cases = [
        (of([0.1, 0.5, 0.5, 0.5, 0.8, 0.9]), 3.0, 0.8, 2),
        (of([0.3, 0.3, 0.6, 0.6, 0.7, 0.2]), 3.0, 0.6, 3),
        (of([0.3, 0.3, 0.6, 0.6, 0.7, 0.2]), 2.5, 0.7, 1),
    ]
    for table, per_shift, level, rung in cases:
        got = level_for_budget(table.copy(), per_shift)
        assert (
            got["level"] is not None and abs(float(got["level"]) - level) < 1e-6 and int(got["stays"]) == rung
        ), (
            "Several stays have the same risk at the edge of the budget. All of them ring or none does, and the stays must "
            "not exceed the places. Re-read lesson 24, 'What a ward can answer'."
        )
    got = level_for_budget(of([0.4, 0.4, 0.4]), 2.0)
    assert got["level"] is None and int(got["stays"]) == 0, (
        "More stays tie at the highest risk than there are places: see the prompt of item 5."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_missed" points=1 objective="24.4"
# Hidden tests: falls without a bell.
### BEGIN HIDDEN TESTS
def _hidden_test():
    stay = ["A", "A", "A", "B", "C", "C", "D", "E", "F", "F"]
    risk = [0.1, 0.9, 0.2, 0.8, 0.3, 0.25, 0.28, 0.05, 0.15, 0.12]
    fell = [1, 1, 1, 0, 1, 1, 1, 0, 1, 1]
    table = pd.DataFrame({"risk": risk, "fell": fell, "shift": 3, "stay": stay}, index=list("aabbccddee"))
    for per_shift, missed in ((2.0, 3), (3.5, 2), (6.0, 0)):
        got = level_for_budget(table.copy(), per_shift)
        assert int(got["missed"]) == missed, (
            "'missed' is wrong: it counts different stays with a fall none of whose scores reached the level. Re-read lesson "
            "24, 'What a ward can answer'."
        )
    tied = pd.DataFrame({"stay": ["A", "B"], "shift": 1, "risk": [0.4, 0.4], "fell": [1, 0]})
    got = level_for_budget(tied, 1.0)
    assert got["level"] is not None or int(got["missed"]) == 1, (  # the level itself: q5_ties
        "Where there is no level nobody has a bell, so each stay with a fall is missed: see the prompt of item 5."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. How sure is the gain? (4 points)
#
# Write `gain_over_everybody(stays, t, draws, seed)` for tables like `stays` (one row for each stay: `person`, `part`,
# `risk`, `fell`). The rows with `part` `"fit"` trained the model: judge it on the rows with `"judge"` alone. The gain
# is the **net benefit of the bell that rings from `t` on, minus that of walking to everybody**, for each stay. The
# result is a **dict** with `"value"`, and `"low"` and `"high"`, a 95 % interval (percentiles) from `draws` bootstrap
# tables that draw **people**, each with all their stays, as often as drawn (as many people as there are; numpy's
# `default_rng(seed)`).
#
# You may use your `net_benefit`. With `300` draws it should take a few seconds at most.


# %% answer="q6_gain"
def gain_over_everybody(stays: pd.DataFrame, t: float, draws: int, seed: int) -> dict:
    """Net benefit of the bell minus that of everybody, with an interval that draws people."""
    ### BEGIN SOLUTION
    judged = stays[stays["part"] == "judge"]
    fell, risk = judged["fell"].to_numpy(), judged["risk"].to_numpy()
    rows = list(judged.groupby("person").indices.values())

    def gain(chosen):
        y, p = fell[chosen], risk[chosen]
        return net_benefit(y, p, t) - net_benefit(y, np.ones(len(y)), t)

    dice = np.random.default_rng(seed)
    samples = []
    for _ in range(draws):
        drawn = dice.integers(len(rows), size=len(rows))
        samples.append(gain(np.concatenate([rows[i] for i in drawn])))
    low, high = np.quantile(samples, [0.025, 0.975])
    return {"value": gain(np.arange(len(judged))), "low": float(low), "high": float(high)}
    ### END SOLUTION


# %% test="q6_form" points=1 objective="24.3"
import numbers

found = gain_over_everybody(stays, 0.5, 20, 1)
assert isinstance(found, dict), "gain_over_everybody returns a dict."
for key in ("value", "low", "high"):
    assert isinstance(found.get(key), numbers.Real), f"'{key}' is not there, or is not a number."
assert found["low"] < found["high"], "The low end of the interval lies below the high end."


# %% test="q6_rival" points=1 objective="24.2"
# Hidden tests: the gain itself, all rows judged; the seed and the draws.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    dice = np.random.default_rng(246)
    for n, share, t in ((150, 0.3, 0.5), (90, 0.6, 0.2), (60, 0.1, 0.08)):
        index = dice.integers(0, 5, n)
        table = pd.DataFrame({"risk": dice.random(n) * min(1, 3 * t), "part": "judge"}, index=index)
        table["fell"] = (dice.random(n) < share).astype(int)
        table["person"] = [f"P{int(i**0.5)}" for i in range(n)]  # one stay, three, five
        before = table.copy()
        got = gain_over_everybody(table, t, 5, 3)
        assert table.equals(before), "The table that you were given has changed."
        value, w = float(got["value"]), t / (1 - t)
        falls, pairs = table["fell"], list(zip(table["fell"], table["risk"], strict=True))
        bell = sum((1 if f else -w) for f, r in pairs if r >= t) / n
        everybody = sum((1 if f else -w) for f in falls) / n
        accepted = [bell - everybody]
        with contextlib.suppress(
            Exception
        ):  # item 2 is not answered yet, or stops: only the right number counts
            own = float(net_benefit(falls.copy(), table["risk"].copy(), t))
            own_everybody = float(net_benefit(falls.copy(), table["risk"] * 0 + 1, t))
            if own != own_everybody:  # a function that says the same of both has counted nothing
                accepted.append(own - own_everybody)
        right = any(abs(value - a) < 1e-6 for a in accepted)
        assert right or abs(value - bell) > 1e-6, (
            "That is the gain over doing nothing. The rival here is a walk to everybody. Re-read lesson 24, 'A whole decision "
            "curve'."
        )
        assert right, (
            "'value' is not the net benefit of the bell minus that of walking to everybody, for each stay, at the threshold "
            "that was asked for. Re-read lesson 24, 'Net benefit by hand' and 'A whole decision curve'."
        )
    again, other = gain_over_everybody(table, t, 5, 3), gain_over_everybody(table, t, 5, 4)
    assert again["low"] == got["low"] and other["low"] != got["low"], (
        "The same seed gives the same interval, another seed another."
    )
    one = gain_over_everybody(table, t, 1, 3)
    assert abs(one["low"] - one["high"]) < 1e-9, (
        "'draws' says how many tables are drawn; one draw has no width."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_people" points=1 objective="24.3"
# Hidden tests: people with several stays that are alike.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    dice = np.random.default_rng(247)
    people = 30
    many = dice.integers(3, 10, people)  # stays of each person, all alike
    kind = dice.integers(0, 4, people)
    one = pd.DataFrame({"person": [f"K{i}" for i in range(people)], "fell": kind % 2, "part": "judge"})
    one["risk"] = np.where(kind > 1, 0.9, 0.1)
    table = one.loc[one.index.repeat(many)].sample(frac=1, random_state=4)
    got = gain_over_everybody(table.copy(), 0.5, 1_500, 11)
    # at .5: what a stay without a walk gains or loses against a walk to everybody
    without = np.where(one["risk"] < 0.5, np.where(one["fell"] == 1, -1.0, 1.0), 0.0)
    drawn = dice.integers(people, size=(20_000, people))
    again = (without * many)[drawn].sum(axis=1) / many[drawn].sum(axis=1)
    narrow, wide = 0.915, 1.17
    with contextlib.suppress(Exception):  # a mistake in item 2 is not counted again
        fell, risk, alike = one["fell"], one["risk"], np.arange(people)

        def own(rows):
            f, p = fell[rows], risk[rows]
            return float(net_benefit(f, p, 0.5)) - float(net_benefit(f, p * 0 + 1, 0.5))

        if abs(own(alike.repeat(many)) - (without * many).sum() / many.sum()) > 1e-6:
            found = np.array([own(rows.repeat(many[rows])) for rows in drawn[:600]])
            if found.std() > 1e-6:
                again, narrow, wide = found, 0.84, 1.22
    low, high = np.quantile(again, [0.025, 0.975])
    width = float(got["high"] - got["low"]) / float(high - low)
    assert width > narrow, (
        "The interval is too narrow. The stays of one person are alike: draw people, each with all their stays, and as often "
        "as drawn. Or the ends are not the 2.5th and 97.5th percentile. Re-read lesson 24, 'A whole decision curve', and "
        "lesson 11, 'What the score predicts'."
    )
    assert width < wide, (
        "The interval is wider than drawing as many people as there are gives, each with all their stays, or the ends are "
        "not the 2.5th and 97.5th percentile."
    )
    assert abs((float(got["high"]) + float(got["low"])) / 2 - (high + low) / 2) < 0.2 * (high - low), (
        "The interval does not lie around the gain."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_unseen" points=1 objective="24.3"
# Hidden tests: a model that looks better on the people it was trained on.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(251)
    n = 120
    part = np.where(np.arange(n) % 3 == 0, "judge", "fit")
    fell = (dice.random(n) < 0.4).astype(int)
    risk = np.where(
        part == "fit", np.where(fell == 1, 0.95, 0.05), np.where(dice.random(n) < 0.5, 0.95, 0.05)
    )
    table = pd.DataFrame(
        {"part": part, "fell": fell, "risk": risk, "person": [f"P{i % 60}" for i in range(n)]}
    )
    judged = table[table["part"] == "judge"]
    got = gain_over_everybody(table.copy(), 0.5, 100, 5)
    only = gain_over_everybody(judged.copy(), 0.5, 100, 5)
    assert abs(float(got["value"]) - float(only["value"])) < 1e-6, (
        "People on whom the model was trained are in your gain; they make it look better than it is. Read the prompt of item "
        "6 again, and lesson 24, 'A whole decision curve'."
    )
    turned = gain_over_everybody(judged.assign(fell=1 - judged["fell"]), 0.5, 100, 5)
    assert abs(float(got["value"]) - float(turned["value"])) > 1e-6, (
        "'value' stays the same when those who fell and those who did not change places: compute it from the table."
    )
    assert abs(float(got["low"]) - float(only["low"])) < 0.15, (
        "People on whom the model was trained are in your interval. Read the prompt of item 6 again."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. A page for the ward council (6 points)
#
# Write `council(log, stays, needless, per_shift)` for tables like those above. It returns a **dict**:
#
# - `"threshold"`: the threshold for a council that accepts `needless` needless walks for one right one
# - `"judged"`: rows of `stays` with `part` `"judge"` (a whole number)
# - `"bell"`: the bell as it is set (it rings from .20 on); `"reset"`: a bell that rings from the threshold on;
#   `"everybody"`. Each is a net benefit **for a thousand judged stays**, weighed with *this* threshold
# - `"stays_per_true"`: from the whole log, as it rang
# - `"level"` and `"missed"`: from the whole log, for what the team can answer
#
# A mistake in items 1 to 5 is not counted again here: the tests accept the right number, or the one that your own functions
# find. Put `0` for what you cannot compute yet, but `0.1` for the threshold.


# %% answer="q7_council"
def council(log: pd.DataFrame, stays: pd.DataFrame, needless: float, per_shift: float) -> dict:
    """What the council must know, computed from the tables."""
    ### BEGIN SOLUTION
    t = threshold(needless, 1)
    judged = stays[stays["part"] == "judge"]
    budget = level_for_budget(log, per_shift)
    return {
        "threshold": t,
        "judged": len(judged),
        "bell": 1000 * net_benefit(judged["fell"], (judged["risk"] >= 0.2) * 1.0, t),
        "reset": 1000 * net_benefit(judged["fell"], judged["risk"], t),
        "everybody": 1000 * net_benefit(judged["fell"], pd.Series(1.0, judged.index), t),
        "stays_per_true": load(log)["stays_per_true"],
        "level": budget["level"],
        "missed": budget["missed"],
    }
    ### END SOLUTION


# %% test="q7_elements" points=1 objective="24.5"
import numbers

page = council(log, stays, needless=12, per_shift=0.5)
assert isinstance(page, dict), "council returns a dict."
for key in ("threshold", "judged", "bell", "reset", "everybody", "stays_per_true", "missed"):
    assert isinstance(page.get(key), numbers.Real), f"'{key}' is not there, or is not a number."
assert "level" in page and isinstance(page["level"], numbers.Real | None), (
    "'level' is not there, or is neither a number nor None."
)
assert page["judged"] == (stays["part"] == "judge").sum(), "`judged` counts the rows with part 'judge'."


# %% test="q7_threshold" points=1 objective="24.1"
# Hidden tests: two councils look at the same ward.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    other = invent_ward(seed=2410, people=60)
    table = other.groupby(["stay", "person", "part", "fell"], as_index=False)["risk"].max()
    for needless in (4, 30):
        got = float(council(other.copy(), table.copy(), needless, 0.5)["threshold"])
        accepted = [1 / (1 + needless)]
        with contextlib.suppress(Exception):  # item 1 is not answered yet: only the right number counts
            if threshold(2, 1) != threshold(50, 1):
                accepted.append(float(threshold(needless, 1)))
        assert any(abs(got - a) < 1e-6 for a in accepted), (
            "Your threshold is not the one that this council's harms ask for. It does not come from the curve, and not from "
            "the bell as it was set. Re-read lesson 24, 'The threshold comes first'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q7_numbers" points=1 objective="24.5"
# Hidden tests: the page of another ward (right, or equal to your own functions' numbers).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    other = invent_ward(seed=2411, people=90).sample(frac=1, random_state=2)
    other.index = [i % 13 for i in range(len(other))]
    table = other.groupby(["stay", "person", "part", "fell"], as_index=False)["risk"].max()
    needless, per_shift = 6, 0.2
    got = council(other.copy(), table.copy(), needless, per_shift)
    t = float(got["threshold"])
    assert 0 < t < 1, "Your threshold is no risk between 0 and 1, so nothing else can be checked: see item 1."
    judged = table[table["part"] == "judge"]
    pairs = list(zip(judged["fell"], judged["risk"], strict=True))
    n, w = len(pairs), t / (1 - t)
    highest = {s: (r, f) for s, r, f in zip(table["stay"], table["risk"], table["fell"], strict=True)}
    rang = [f for r, f in highest.values() if r >= 0.2]
    places = per_shift * len(set(other["shift"]))
    level = min(x for x in set(other["risk"]) if sum(r >= x for r, _ in highest.values()) <= places + 1e-9)
    right = {
        "judged": n,
        "bell": 1000 * sum((1 if f else -w) for f, r in pairs if r >= 0.2) / n,
        "reset": 1000 * sum((1 if f else -w) for f, r in pairs if r >= t) / n,
        "everybody": 1000 * sum((1 if f else -w) for f, r in pairs) / n,
        "stays_per_true": len(rang) / sum(rang),
        "level": level,
        "missed": sum(f for r, f in highest.values() if r < level),
    }
    fell, risk = judged["fell"], judged["risk"]
    rings = (risk >= 0.2) * 1.0
    all_ring = other.assign(rang=1, fell=1)
    own = {  # what the learner's functions say of this ward, and of a quite different one
        "bell": lambda: [1000 * net_benefit(fell.copy(), r.copy(), t) for r in (rings, risk * 0)],
        "reset": lambda: [1000 * net_benefit(fell.copy(), r.copy(), t) for r in (risk, risk * 0)],
        "everybody": lambda: [1000 * net_benefit(fell.copy(), risk * 0 + x, t) for x in (1, 0)],
        "stays_per_true": lambda: [load(table.copy())["stays_per_true"] for table in (other, all_ring)],
        "level": lambda: [level_for_budget(other.copy(), p)["level"] for p in (per_shift, 1_000)],
        "missed": lambda: [level_for_budget(other.copy(), p)["missed"] for p in (per_shift, 1_000)],
    }
    for key, number in right.items():
        accepted = [float(number)]
        with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
            here, there = own[key]()
            if here != there:  # a function that says the same of both has counted nothing
                accepted.append(float("nan") if here is None else float(here))
        value = float("nan") if got[key] is None else float(got[key])
        found = any(abs(value - a) < 1e-6 or (value != value and a != a) for a in accepted)
        assert found or key not in ("bell", "reset"), (
            f"'{key}' is neither the right number nor what your own functions find. Compute, do not type. From "
            "which risk on does this bell ring, and which threshold says what its needless walks cost? Two questions: read the prompt of item 7 again, also for "
            "the part and the unit. Re-read lesson 24, 'Net benefit by hand'."
        )
        assert found, (
            f"'{key}' is neither the right number nor what your own functions find in the tables that they are given. "
            "Compute, do not type; and read the prompt of item 7 again for the part, the unit and the table. Re-read lesson 24, "
            "'What a ward can answer'."
        )


_hidden_test()
### END HIDDEN TESTS

# %%
for name, value in council(log, stays, needless=12, per_shift=0.5).items():
    print(f"{name:15}", value if value is None else round(value, 3))
as_set = stays.assign(risk=(stays["risk"] >= 0.2) * 1.0)
for name, table in {"as it is set": as_set, "from the threshold on": stays}.items():
    gain = gain_over_everybody(table, threshold(12, 1), 300, 24)
    print(f"gain over everybody, {name}:", *(f"{key} {1000 * number:.1f}" for key, number in gain.items()))
rings = (stays["risk"] >= threshold(12, 1)).sum()
print(
    f"stays that ring from the threshold on: {rings} of {len(stays)}; places: {0.5 * log['shift'].nunique():.0f}"
)
print("as it rang:", load(log), "; stays with a fall:", stays["fell"].sum())

# %% [markdown]
# Last, write the **page for the ward council** (`80` to `160` words). They accept `12` needless walks for a right one, and can
# take on one stay every other shift. The cell above shows your numbers once all items are answered. A person reads
# it, one point for each:
#
# 1. **Harms and rivals:** the threshold and where it comes from, and the bell *as it is set* against everybody *and* nobody,
#    with the gain, its interval and how many stays it stands on.
# 2. **Load and people:** bells, stays and right ones kept apart; what the team's level would leave unanswered, and who carries that.
# 3. **Verdict:** what the council should do, under which condition, and one thing that these numbers do not know.

# %% [markdown] written="q7_page" points=3 objective="24.5"
# ### BEGIN SOLUTION
# You accept twelve needless walks for a right one: a walk is worth it from a risk of 7.7 % on. Weighed so, on 334
# stays of people new to the model, for a thousand stays: as it is set the bell has 17.2, everybody 14.0, nobody 0: a
# gain over everybody of 3.2 (95 % interval -23.0 to 28.3), not shown. From 7.7 % on it would have 37.7 (gain 23.7,
# 12.8 to 35.9), but would ring in 299 of 517 stays, and the team has 87 places. In the whole log it rang 380 times in
# 133 stays, 20 with a fall, one in 6.7. Your places need 25.3 % and leave 39 of 52 falls without a bell; patients
# carry that. We advise: do not keep it as it is; let it ring from 7.7 % on once nurses are there; until then say who
# is missed. We do not know whether a walk prevents a fall.
# ### END SOLUTION
