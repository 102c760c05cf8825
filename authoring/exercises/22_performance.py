# %% [markdown]
# # Who will be back in a bed?
#
# A health plan has nurses who visit people at home, so that fewer end up in hospital. It is offered a score: "who will
# be admitted next year: **88 % accurate**". Next month another plan, with older members, wants the same report about its
# own people.
#
# You write the functions behind such a report, and then the note that the nurses will read. If a figure in it is wrong,
# they knock at the wrong doors, and somebody who could have stayed at home does not.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# The people are real: adults of the experiment that lesson 11 looked at, in the United States of the 1970s
# (`datasets/rand_hie/datasheet.md`). A row is a **year of a person**; `back` is 1 if the person was admitted in the
# next year, whether or not before; years with no next year are left out (`3,618` of `12,087`). The hidden tests bring other tables: other scores, other prevalences, row labels that need not be 0, 1, 2 ...
# and may repeat. No function may change what it is given.
#
# Shares are numbers from 0 to 1, never percentages. *New to functions?* Write under the line that says what it does, and
# end with `return` and your result. *New to the ward?* To be admitted is to get a bed in a hospital.

# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

hie = pd.read_csv("data/rand_hie.csv")
later = hie[["zper", "year", "totadm"]].assign(year=hie["year"] - 1)
years = hie[hie["child"] == 0].merge(later, on=["zper", "year"], suffixes=("", "_next"))
years["back"] = (years["totadm_next"] > 0).astype(int)
INPUTS = ["xage", "female", "mhi", "physlm", "mdvis", "notmdvis", "totadm", "hlthf", "hlthp"]
scorer = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
folds = {"groups": years["zper"], "cv": GroupKFold(5), "method": "predict_proba"}
years["risk"] = cross_val_predict(scorer, years[INPUTS], years["back"], **folds)[:, 1]
print(
    len(years), "years of", years["zper"].nunique(), "people;", f"{1 - years['back'].mean():.0%} not admitted"
)

# %% [markdown]
# ## 1. Four counts, four rates (4 points)
#
# Write `counts(outcome, risk, threshold)`. `outcome` (1 or 0) and `risk` are two Series of the same table; a risk **at or
# above** the threshold is an alarm. The result is a **dict**:
#
# - `"tp"`, `"fp"`, `"fn"`, `"tn"`: true alarms, false alarms, missed, rightly silent; whole numbers
# - `"sensitivity"`, `"specificity"`, `"ppv"`, `"npv"`: shares, not rounded. Where nobody is in the
#   denominator, `float("nan")`.
#
# ```
# outcome  1    0    0    threshold 0.2  ->  tp 1, fp 1, fn 0, tn 1
# risk    0.3  0.4  0.1                      sensitivity 1.0, specificity 0.5
#                                            ppv 0.5, npv 1.0
# ```


# %% answer="q1_counts"
def counts(outcome: pd.Series, risk: pd.Series, threshold: float) -> dict:
    """The four counts at a threshold, and the four rates."""
    ### BEGIN SOLUTION
    alarm, ill = risk >= threshold, outcome == 1
    tp, fp = int((alarm & ill).sum()), int((alarm & ~ill).sum())
    fn, tn = int((~alarm & ill).sum()), int((~alarm & ~ill).sum())

    def share(part, whole):
        return part / whole if whole else float("nan")

    return {
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "tn": tn,
        "sensitivity": share(tp, tp + fn),
        "specificity": share(tn, tn + fp),
        "ppv": share(tp, tp + fp),
        "npv": share(tn, tn + fn),
    }
    ### END SOLUTION


# %% test="q1_form" points=1 objective="22.1"
import numbers

four = counts(pd.Series([1, 1, 0, 0]), pd.Series([0.9, 0.3, 0.8, 0.2]), 0.5)
assert isinstance(four, dict), "counts returned no dict: end it with `return` and the dict."
for key in ("tp", "fp", "fn", "tn"):
    assert isinstance(four.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
    assert int(four[key]) == 1, f"One person of each kind is here, and '{key}' is {four[key]}."
for key in ("sensitivity", "specificity", "ppv", "npv"):
    assert isinstance(four.get(key), numbers.Real), f"'{key}' is not there, or is not a number."
    assert abs(float(four[key]) - 0.5) < 1e-9, f"'{key}' is one of two here, and yours is {four[key]}."


# %% test="q1_rates" points=1 objective="22.1"
# Hidden tests: other tables, other thresholds.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(221)
    for n, prevalence, threshold in ((400, 0.1, 0.13), (300, 0.6, 0.72), (500, 0.03, 0.031)):
        outcome = (dice.random(n) < prevalence).astype(int)
        outcome[:4] = [1, 1, 0, 0]
        risk = np.clip(dice.normal(threshold, 0.1, n) + 0.05 * outcome, 0.001, 0.999)
        risk[:4] = [threshold + 0.02, threshold - 0.02] * 2
        labels = dice.integers(0, 60, n)
        table = pd.DataFrame({"y": outcome, "p": risk}, index=labels)
        before = table.copy()
        got = counts(table["y"], table["p"], threshold)
        assert table.equals(before), "The columns that you were given have changed."
        tally = {"tp": 0, "fp": 0, "fn": 0, "tn": 0}
        for y, p in zip(outcome, risk, strict=True):
            tally[("t" if (p >= threshold) == (y == 1) else "f") + ("p" if p >= threshold else "n")] += 1
        for key, number in tally.items():
            assert int(got[key]) == number, (
                f"'{key}' is wrong at a threshold of {threshold}: check which people it counts (alarm or none, with or without the "
                "outcome), and that the alarm begins at the threshold given, not at another. Re-read lesson 22, 'Four counts'."
            )
        tp, fp, fn, tn = tally.values()
        of_whom = {
            "sensitivity": (tp, tp + fn),
            "specificity": (tn, tn + fp),
            "ppv": (tp, tp + fp),
            "npv": (tn, tn + fn),
        }
        for key, (part, whole) in of_whom.items():
            assert abs(float(got[key]) - part / whole) < 1e-6, (
                f"The counts are right and '{key}' is not: ask of whom it is the share, and divide by these people. Re-read "
                "lesson 22, 'Four counts'."
            )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_threshold" points=1 objective="22.1"
# Hidden tests: risks that lie on the threshold.
### BEGIN HIDDEN TESTS
def _hidden_test():
    points = pd.Series([7, 3, 5, 5, 5, 4, 6, 5])
    outcome = pd.Series([1, 0, 1, 0, 1, 0, 0, 0])
    got = counts(outcome, points, 5)
    four = [int(got[key]) for key in ("tp", "fp", "fn", "tn")]
    assert four != [1, 1, 2, 4], (
        "People whose score lies exactly on the threshold are counted on the wrong side: read in the prompt where an alarm "
        "begins. Re-read lesson 22, 'Four counts'."
    )
    assert four == [3, 3, 0, 2], (
        "The four counts are wrong for whole points, with a threshold of 5 points: who is counted where? Re-read lesson 22, "
        "'Four counts'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_empty" points=1 objective="22.1"
# Hidden tests: no alarm at all, everybody alarmed, nobody ill.
### BEGIN HIDDEN TESTS
def _hidden_test():
    outcome, risk = (
        pd.Series([1, 0, 0, 1], index=[2, 2, 5, 5]),
        pd.Series([0.1, 0.2, 0.3, 0.2], index=[2, 2, 5, 5]),
    )
    cases = (
        ("no alarm", outcome, 0.9, "ppv", {"sensitivity": 0, "specificity": 1, "npv": 0.5}),
        ("only alarms", outcome, 0.05, "npv", {"sensitivity": 1, "specificity": 0, "ppv": 0.5}),
        (
            "nobody with the outcome",
            outcome * 0,
            0.25,
            "sensitivity",
            {"specificity": 0.75, "ppv": 0, "npv": 1},
        ),
        ("everybody with the outcome", outcome * 0 + 1, 0.25, "specificity", {"sensitivity": 0.25, "ppv": 1}),
    )
    for name, y, threshold, empty, others in cases:
        got = counts(y, risk, threshold)
        assert float(got[empty]) != float(got[empty]), (
            f"With {name} '{empty}' is a share of no people: such a share is unknown, and neither 0 nor 1. Re-read item 1."
        )
        for key, value in others.items():
            assert abs(float(got[key]) - value) < 1e-9, (
                f"With {name} '{key}' has a denominator, and is wrong."
            )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. To another place (4 points)
#
# Write `carry(sensitivity, specificity, prevalence)`: a **dict** with `"ppv"` and `"npv"` where the outcome is as common as
# `prevalence`, if sensitivity and specificity stay the same.
#
# All three are shares. A number below 0 or above 1 is a percentage or a mistake: `raise ValueError("...")` with a sentence
# that says so. Where there is no alarm, `"ppv"` is `float("nan")`; where nobody is without one, `"npv"` is.
#
# ```
# carry(0.9, 0.8, 0.5)  ->  {"ppv": 0.818..., "npv": 0.888...}
# ```


# %% answer="q2_carry"
def carry(sensitivity: float, specificity: float, prevalence: float) -> dict:
    """PPV and NPV at another prevalence."""
    ### BEGIN SOLUTION
    for share in (sensitivity, specificity, prevalence):
        if not 0 <= share <= 1:
            raise ValueError(f"Give shares from 0 to 1; {share} looks like a percentage.")
    true, false = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    missed, quiet = (1 - sensitivity) * prevalence, specificity * (1 - prevalence)
    return {
        "ppv": true / (true + false) if true + false else float("nan"),
        "npv": quiet / (quiet + missed) if quiet + missed else float("nan"),
    }
    ### END SOLUTION


# %% test="q2_form" points=1 objective="22.2"
there = carry(0.75, 0.75, 0.5)
assert isinstance(there, dict) and {"ppv", "npv"} <= set(there), (
    "carry returned no dict, or 'ppv' or 'npv' is not in it."
)
for key in ("ppv", "npv"):
    assert isinstance(there[key], numbers.Real), f"'{key}' is not a number."
    assert abs(float(there[key]) - 0.75) < 1e-9, (
        f"'{key}' is {there[key]}, though half are ill and both rates are 0.75."
    )


# %% test="q2_ppv" points=1 objective="22.2"
# Hidden tests: the alarms in rare and common disease.
### BEGIN HIDDEN TESTS
def _hidden_test():
    # Gulshan et al. 2016, doi:10.1001/jama.2016.17216, sensitive point in EyePACS-1
    got = [float(carry(0.975, 0.934, p)["ppv"]) for p in (0.02, 0.08, 0.3)]
    assert max(got) - min(got) > 0.05, (
        "The PPV is the same at every prevalence, as if it belonged to the test. Re-read lesson 22, 'Does it travel?'."
    )
    dice = np.random.default_rng(222)
    for sens, spec, prev in [
        (0.975, 0.934, 0.02),
        (0.4, 0.99, 0.001),
        *dice.uniform(0.02, 0.98, (30, 3)).tolist(),
    ]:
        ill, well = 1e6 * prev, 1e6 * (1 - prev)
        right = sens * ill / (sens * ill + (1 - spec) * well)
        assert abs(float(carry(sens, spec, prev)["ppv"]) - right) < 1e-6, (
            "The PPV is wrong: how many of a million people are ill there, and how many true and false alarms do they and "
            "the well give? Re-read lesson 22, 'Does it travel?'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_npv" points=1 objective="22.2"
# Hidden tests: the silence in rare and common disease, and the edges.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(223)
    for sens, spec, prev in [(0.5, 0.9, 0.9), *dice.uniform(0.02, 0.98, (30, 3)).tolist()]:
        ill, well = 1e6 * prev, 1e6 * (1 - prev)
        right = spec * well / (spec * well + (1 - sens) * ill)
        assert abs(float(carry(sens, spec, prev)["npv"]) - right) < 1e-6, (
            "The NPV is wrong. It is about the people *without* an alarm: count who is well among them. It does not follow from "
            "the PPV. Re-read lesson 22, 'Four counts' and 'Does it travel?'."
        )
    try:
        none, every = carry(0, 1, 0.3), carry(1, 0, 0.3)
    except ValueError:
        return  # a 1 that is refused is counted in the next test
    assert float(none["ppv"]) != float(none["ppv"]), "Without any alarm there is no PPV: it is nan."
    assert float(every["npv"]) != float(every["npv"]), (
        "With an alarm for everybody there is no NPV: it is nan."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_percent" points=1 objective="22.2"
# Hidden tests: percentages instead of shares.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for ones in ((1, 0.5, 0.5), (0.5, 1, 0.5), (0.9, 0.8, 1)):
        nearly = [min(share, 1 - 1e-9) for share in ones]
        try:  # against your own PPV a hair below 1: a wrong formula is not counted again
            jump = abs(float(carry(*ones)["ppv"]) - float(carry(*nearly)["ppv"]))
        except ValueError:
            jump = 1
        assert jump < 1e-6, "1 is a share like any other: it means all. Re-read item 2."
    for wrong in (
        (97.5, 93.4, 8),
        (0.975, 0.934, 8),
        (97.5, 0.934, 0.08),
        (0.9, 93.4, 0.1),
        (0.9, 0.9, -0.1),
    ):
        try:
            result = carry(*wrong)
        except ValueError:
            continue
        except Exception as error:
            raise AssertionError(
                f"carry{wrong} stopped with {type(error).__name__}; the prompt asks for ValueError."
            ) from None
        raise AssertionError(
            f"carry{wrong} gave {result}: a percentage or an impossible number was used as if it were a share, and nobody "
            "noticed. Re-read item 2."
        )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Say it in people (3 points)
#
# Write `in_people(sensitivity, specificity, prevalence, of)`: a **dict of whole numbers** about `of` people:
# `"ill"`, `"well"`, `"found"`, `"missed"`, `"false"` (alarms for the well), `"quiet"` (no alarm for the well), `"alarms"`.
#
# They must add up: ill + well = `of`; found + missed = ill; false + quiet = well; found + false = alarms. And each of
# the first six is at most 1 away from the exact number, such as sensitivity x prevalence x `of` for `"found"`.
#
# ```
# in_people(0.8, 0.9, 0.1, 100)  ->  ill 10, well 90, found 8, missed 2, false 9, quiet 81, alarms 17
# ```


# %% answer="q3_in_people"
def in_people(sensitivity: float, specificity: float, prevalence: float, of: int) -> dict:
    """Whole people, in numbers that add up."""
    ### BEGIN SOLUTION
    ill = round(prevalence * of)
    well = of - ill
    found = round(sensitivity * ill)
    false = round((1 - specificity) * well)
    return {
        "ill": ill,
        "well": well,
        "found": found,
        "missed": ill - found,
        "false": false,
        "quiet": well - false,
        "alarms": found + false,
    }
    ### END SOLUTION


# %% test="q3_form" points=1 objective="22.1"
hundred = in_people(0.5, 0.75, 0.2, 100)
assert isinstance(hundred, dict), "in_people returned no dict."
easy = {"ill": 20, "well": 80, "found": 10, "missed": 10, "false": 20, "quiet": 60, "alarms": 30}
for key, number in easy.items():
    assert isinstance(hundred.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
    assert int(hundred[key]) == number, f"'{key}' is wrong, and nothing had to be rounded here."


# %% test="q3_adds_up" points=1 objective="22.1"
# Hidden tests: numbers that have to be rounded.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(224)
    for _ in range(300):
        of = int(dice.choice([50, 100, 1000, 1639]))
        sens, spec, prev = dice.uniform(0.02, 0.98, 3).tolist()
        got = {k: int(v) for k, v in in_people(sens, spec, prev, of).items()}
        # rounding too early is counted in the next test
        assert abs(got["ill"] - prev * of) < 1.01 + 0.06 * of, (
            "'ill' is far from the share of the people that was given. Re-read item 3."
        )
        sums = (
            (got["ill"] + got["well"], of),
            (got["found"] + got["missed"], got["ill"]),
            (got["false"] + got["quiet"], got["well"]),
            (got["found"] + got["false"], got["alarms"]),
        )
        for part, whole in sums:
            assert part == whole, (
                "The people do not add up: when each number is rounded alone, somebody is lost or counted twice. Re-read lesson "
                "22, 'Say it in people'."
            )
        assert min(got.values()) >= 0, "A number of people is below 0."


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_numbers" points=1 objective="22.1"
# Hidden tests: how far each number is from the exact one.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(225)
    for of in (100, 1000, 20_000, 100_000):
        for sens, spec, prev in dice.uniform(0.02, 0.98, (50, 3)).tolist():
            got = in_people(sens, spec, prev, of)
            exact = {
                "ill": prev * of,
                "well": (1 - prev) * of,
                "found": sens * prev * of,
                "missed": (1 - sens) * prev * of,
                "false": (1 - spec) * (1 - prev) * of,
                "quiet": spec * (1 - prev) * of,
            }
            for key, number in exact.items():
                assert abs(int(got[key]) - number) < 1.01, (
                    f"'{key}' of {of:,} people is more than 1 away from the exact number: it is a share of other people, or "
                    "something was rounded too early. Re-read lesson 22, 'Say it in people'."
                )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Pairs (4 points)
#
# Write `auc(outcome, score)`: the AUC as a number. `outcome` (1 or 0) and `score` are two Series of the same table;
# a score may be any number, higher for a person who is thought to be more at risk. Where there is nobody of one kind,
# there is no pair: `float("nan")`.
#
# ```
# outcome  1  1  0  0
# score    8  3  5  1   ->  3 of 4 pairs: 0.75
# ```


# %% answer="q4_auc"
def auc(outcome: pd.Series, score: pd.Series) -> float:
    """The share of pairs in which the one with the outcome has the higher score."""
    ### BEGIN SOLUTION
    ill, well = score[outcome == 1].to_numpy(), score[outcome == 0].to_numpy()
    if not len(ill) or not len(well):
        return float("nan")
    return float((ill[:, None] > well).mean() + (ill[:, None] == well).mean() / 2)
    ### END SOLUTION


# %% test="q4_form" points=1 objective="22.3"
area = auc(pd.Series([0, 1, 1, 0]), pd.Series([0.2, 0.9, 0.6, 0.4]))
assert isinstance(area, numbers.Real), "auc returned no number: end it with `return` and the number."
assert abs(float(area) - 1) < 1e-9, (
    f"The AUC is {area}, though both people with the outcome score higher than both without."
)


# %% test="q4_pairs" points=1 objective="22.3"
# Hidden tests: other scores, also useless ones and one that is the wrong way round.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(226)
    for n, prevalence, lift in ((120, 0.1, 1.5), (80, 0.5, 0.0), (90, 0.4, -1.2)):
        y = (dice.random(n) < prevalence).astype(int)
        y[:2] = [0, 1]
        score = dice.normal(0, 1, n) + lift * y
        table = pd.DataFrame({"y": y, "s": score}, index=dice.integers(0, 9, n))
        before = table.copy()
        got = float(auc(table["y"], table["s"]))
        assert table.equals(before), "The columns that you were given have changed."
        won = [
            a > b
            for a, ya in zip(score, y, strict=True)
            if ya
            for b, yb in zip(score, y, strict=True)
            if not yb
        ]
        assert abs(got - sum(won) / len(won)) < 1e-6, (
            "The AUC is wrong. It has no threshold and is no share of people put right: take every pair of a person with and a "
            "person without the outcome. A score the wrong way round stays below a half. Re-read lesson 22, 'What AUC says'."
        )
    one_kind = auc(pd.Series([1, 1, 1]), pd.Series([0.1, 0.2, 0.3]))
    assert float(one_kind) != float(one_kind), (
        "Without people of both kinds there is no pair: the result is nan."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_ties" points=1 objective="22.3"
# Hidden tests: a score of a few points, with many ties.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(227)
    for points in (1, 2, 4):
        y = dice.integers(0, 2, 60)
        y[:2] = [0, 1]
        score = dice.integers(0, points, 60) + (y if points > 1 else 0)
        worth = [
            1.0 if a > b else 0.5 if a == b else 0.0
            for a, ya in zip(score, y, strict=True) if ya for b, yb in zip(score, y, strict=True) if not yb
        ]  # fmt: skip
        assert abs(float(auc(pd.Series(y), pd.Series(score))) - np.mean(worth)) < 1e-6, (
            "Pairs with the same score are counted wrongly: neither of the two is ahead, so such a pair is neither won nor "
            "lost. Re-read lesson 22, 'What AUC says'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_order" points=1 objective="22.3"
# Hidden tests: the same order on another scale.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(228)
    y = pd.Series(dice.integers(0, 2, 70))
    risk = pd.Series(dice.uniform(0.05, 0.9, 70)) + 0.05 * y
    scales = (risk, risk / 10, 100 * risk - 300, np.log(risk))
    areas = [float(auc(y, s)) for s in scales]
    assert all(0.3 < area < 0.9 for area in areas) and max(areas) - min(areas) < 1e-6, (
        "The AUC changes when all scores move to another scale in the same order, or is impossible here. It looks at who is higher and "
        "at nothing else. Re-read lesson 22, 'What AUC says'."
    )
    apart = pd.Series([1, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    assert abs(float(auc(apart, 0.6 + 0.2 * apart)) - 1) < 1e-9, (
        "Everybody with the outcome is above everybody without, though all are above a half: the AUC is perfect, whatever a "
        "threshold would make of it. Re-read lesson 22, 'What AUC says'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. How sure? (5 points)
#
# Write two functions. Both return a **pair `(low, high)`**, a 95 % interval, not rounded.
#
# First `share_interval(k, n)`: Wilson's interval for `k` of `n` people; for `n = 0` both are `float("nan")`. (A library
# function is welcome.)
#
# ```
# share_interval(38, 55)  ->  (0.559..., 0.797...)
# ```


# %% answer="q5_share"
def share_interval(k: int, n: int) -> tuple:
    """95 % Wilson interval of k out of n."""
    ### BEGIN SOLUTION
    if n == 0:
        return float("nan"), float("nan")
    z, p = 1.959964, k / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    return max(0.0, float(middle - reach)), min(1.0, float(middle + reach))
    ### END SOLUTION


# %% [markdown]
# Then `person_interval(table, person, figure, draws, dice)`: the `2.5` and `97.5` per cent points of `figure` in `draws` samples.
# A sample draws as many people as the table has, with replacement; whoever is drawn comes with **all rows, as often as
# drawn**. `person` is the column that tells people apart, `figure` a function that takes such a table and returns a number,
# `dice` NumPy's generator (`np.random.default_rng(...)`), from which all that is drawn comes. Samples in which the figure is
# `nan` do not count. *Too slow?* Collect each person's rows once, before the loop.


# %% answer="q5_interval"
def person_interval(table: pd.DataFrame, person: str, figure, draws: int, dice) -> tuple:
    """95 % interval of figure(table) from samples of people with all their rows."""
    ### BEGIN SOLUTION
    rows = list(table.groupby(person).indices.values())
    found = []
    for _ in range(draws):
        chosen = dice.integers(len(rows), size=len(rows))
        found.append(figure(table.iloc[np.concatenate([rows[i] for i in chosen])]))
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)
    ### END SOLUTION


# %% test="q5_form" points=1 objective="22.4"
for k, n in ((5, 10), (30, 60)):
    low, high = share_interval(k, n)
    assert 0 < low < 0.5 < high < 1, (
        f"The interval of {k} in {n} leaves out the share itself, or reaches 0 or 1."
    )
pairs = pd.DataFrame(
    {"who": ["a", "a", "b", "c", "d"], "x": [1.0, 1.0, 0.0, 1.0, 0.0]}, index=[1, 1, 1, 2, 2]
)
low, high = person_interval(pairs, "who", lambda t: t["x"].mean(), 40, np.random.default_rng(5))
assert 0 <= low < high <= 1, "The two ends are not a lower and an upper one, here two shares."


# %% test="q5_edges" points=1 objective="22.4"
# Hidden tests: none, all, few, nobody.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for n in (5, 22, 400):
        low, high = map(float, share_interval(0, n))
        assert abs(low) < 1e-9 and high > 0.005, (
            f"None of {n} people gives an interval without width, or one that begins elsewhere than at 0: not to have seen it does not "
            "prove that it cannot happen. Re-read lesson 22, 'How sure?'."
        )
        low, high = map(float, share_interval(n, n))
        assert abs(high - 1) < 1e-9 and low < 0.995, (
            f"All of {n} people gives an interval without width, or one that ends elsewhere than at 1. Re-read lesson 22, 'How sure?'."
        )
    low, high = map(float, share_interval(0, 0))
    assert low != low and high != high, "Of no people nothing is known: both ends are nan."
    for k, n in ((0, 8), (8, 8), (1, 12), (136, 481), (7, 9)):
        p, z = k / n, 1.959964
        roots = np.sort(np.roots([1 + z**2 / n, -(2 * p + z**2 / n), p**2]).real)
        assert np.allclose(np.asarray(share_interval(k, n), float), roots, atol=1e-3), (
            "This is not Wilson's interval at 95 %. Re-read lesson 22, 'Four counts'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_people" points=1 objective="22.4"
# Hidden tests: people whose rows are alike.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(229)
    value = dice.normal(50, 10, 90)
    table = pd.DataFrame({"nr": np.repeat(np.arange(90), 9), "x": np.repeat(value, 9)})
    table.index = dice.integers(0, 7, len(table))
    table = table.sample(frac=1, random_state=2)
    before = table.copy()
    low, high = map(
        float, person_interval(table, "nr", lambda t: t["x"].mean(), 500, np.random.default_rng(1))
    )
    assert table.equals(before), "The table that you were given has changed."
    ratio = (high - low) / (2 * 1.96 * value.std() / np.sqrt(90))
    assert ratio > 0.6, (
        "The interval is too narrow for 90 people with nine equal rows each: rows were drawn as if each were a new person, or "
        "the ends are not those of 95 %. Re-read lesson 22, 'How sure?'."
    )
    assert ratio < 1.3, "The interval is wider than the middle 95 % of the samples."


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_often" points=1 objective="22.4"
# Hidden tests: whoever is drawn twice.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame({"nr": list("aabbbcdddd"), "x": range(10)}, index=[0, 0, 1, 1, 1, 2, 2, 2, 2, 2])
    size = {"a": 2, "b": 3, "c": 1, "d": 4}
    seen = []

    def figure(sample):
        times = sample["nr"].value_counts()
        seen.append({who: times.get(who, 0) / rows for who, rows in size.items()})
        assert list(sample.columns) == ["nr", "x"], "The sample has other columns than the table."
        return float(sample["x"].mean())

    person_interval(table, "nr", figure, 200, np.random.default_rng(3))
    assert len(seen) >= 200, "The figure was computed in fewer samples than `draws` asks for."
    seen = seen[-200:]
    assert all(times == int(times) for one in seen for times in one.values()), (
        "Somebody came with some of the rows: whoever is drawn brings all of them. Re-read lesson 22, 'How sure?'."
    )
    assert max(max(one.values()) for one in seen) >= 2 and all(sum(one.values()) == 4 for one in seen), (
        "A sample of four people has to hold four, and whoever is drawn twice comes twice. Re-read lesson 22, 'How sure?'."
    )
    assert len({tuple(one.values()) for one in seen}) > 10, "The same few samples come again and again."


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_missing" points=1 objective="22.4"
# Hidden tests: a figure that some samples do not have.
### BEGIN HIDDEN TESTS
def _hidden_test():
    table = pd.DataFrame(
        {
            "nr": np.repeat(np.arange(12), 2),
            "ill": [1] * 2 + [0] * 22,
            "x": np.repeat(np.linspace(0.3, 1.0, 12), 2),
        }
    )
    found = []

    def among_the_ill(sample):
        found.append(float(sample["x"].mean()) if (sample["ill"] == 1).any() else float("nan"))
        return found[-1]

    dice = np.random.default_rng(4)
    before = dice.bit_generator.state
    low, high = map(float, person_interval(table, "nr", among_the_ill, 400, dice))
    assert np.isnan(found).any(), (
        "None of the samples lacks people with the outcome: are people drawn with replacement?"
    )
    assert low == low and high == high, (
        "Some samples have no such people and give nan; they made the whole interval nan. Re-read item 5."
    )
    assert low > 0.25, (
        "Every sample that has the figure is above this lower end: was a sample without it counted as 0? It says nothing, and "
        "does not count. Re-read item 5."
    )
    assert dice.bit_generator.state != before, (
        "The generator that you were given was not used. Re-read item 5."
    )
    assert 400 <= len(found) <= 900, "`draws` says how many samples to take. Re-read item 5."
    outer, inner = np.nanquantile(found, [0.015, 0.985]), np.nanquantile(found, [0.035, 0.965])
    assert outer[0] <= low <= inner[0] and inner[1] <= high <= outer[1], (
        "The ends are not the 2.5 and 97.5 per cent points of the samples that have the figure. Re-read item 5."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. How many people? (3 points)
#
# Write `people_needed(phi, width)`: how large must a validation be, so that the 95 % interval of O/E has the given width when
# O/E is 1? The interval goes from `exp(-1.96 SE)` to `exp(1.96 SE)`, and `phi` is the share with the event. The result is a
# **dict of whole numbers**, rounded up: `"people"`, and `"events"`, those expected among them. For a `phi` that is not
# between 0 and 1 (both excluded), or a width of 0 or less, `raise ValueError("...")`.
#
# ```
# people_needed(0.1, 0.5)  ->  {"people": 565, "events": 57}
# ```


# %% answer="q6_people_needed"
def people_needed(phi: float, width: float) -> dict:
    """People and expected events for an interval of O/E of this width."""
    ### BEGIN SOLUTION
    if not 0 < phi < 1 or width <= 0:
        raise ValueError("phi is a share between 0 and 1, and a width is above 0.")
    se = np.arcsinh(width / 2) / 1.96
    people = int(np.ceil((1 - phi) / (phi * se**2)))
    return {"people": people, "events": int(np.ceil(people * phi))}
    ### END SOLUTION


# %% test="q6_form" points=1 objective="22.4"
need = people_needed(0.5, 0.5)
assert isinstance(need, dict), "people_needed returned no dict."
for key in ("people", "events"):
    assert isinstance(need.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
assert 62 <= int(need["people"]) <= 64, (
    f"With phi 0.5 and a width of 0.5 it is not {need['people']} people but 63."
)


# %% test="q6_people" points=1 objective="22.4"
# Hidden tests: rare and common events, narrow and wide intervals.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for phi in (0.018, 0.108, 0.35, 0.8):
        for width in (0.1, 0.2, 0.4, 1.0):
            got = int(people_needed(phi, width)["people"])
            low, high = 0.0, 10.0
            for _ in range(80):  # the SE by halving, whatever the formula
                se = (low + high) / 2
                low, high = (se, high) if np.exp(1.96 * se) - np.exp(-1.96 * se) < width else (low, se)
            right = (1 - phi) / (phi * se**2)
            assert abs(got - right) < 2 + 0.01 * right, (
                f"The number of people is wrong for a share of {phi} and a width of {width}. Is it people that you count, or those "
                "with the event? Is the width that of the whole interval? Re-read lesson 22, 'How many people does it take?'."
            )
    assert int(people_needed(0.8, 1.0)["people"]) == 5, (
        "Round up: it takes a little more than four people here (phi 0.8, width 1), and four are too few. Re-read item 6."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_events" points=1 objective="22.4"
# Hidden tests: the events among them, and inputs that make no sense.
### BEGIN HIDDEN TESTS
def _hidden_test():
    for phi in (0.018, 0.108, 0.35, 0.8):
        got = people_needed(phi, 0.25)
        assert (
            int(got["people"]) > int(got["events"])
            and abs(int(got["events"]) - int(got["people"]) * phi) <= 1.01
        ), (
            "The events are not the share phi of the people. Re-read lesson 22, 'How many people does it take?'."
        )
    for wrong in ((0, 0.2), (1, 0.2), (10.8, 0.2), (0.1, 0), (0.1, -0.2)):
        try:
            people_needed(*wrong)
        except ValueError:
            continue
        raise AssertionError(f"people_needed{wrong} makes no sense, and nobody was told. Re-read item 6.")


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. The report (7 points)
#
# A vendor sends figures; each is a dict with a `"name"`: `auc`, `sensitivity`, `specificity`, `ppv`, `npv`, `accuracy` or `f1`.
# Write `headlines(figures)`: a **list of the names that may stand in a report**, in the order given. The rules of the house:
#
# 1. Every figure needs `"n"`, `"low"` and `"high"`.
# 2. A figure for which somebody had to draw a line between alarm and silence also needs `"threshold"` and `"why"`, whatever the threshold is.
# 3. A figure that changes with prevalence even when the ill and the well are sorted just as before also needs `"prevalence"`.
# 4. A share of **all** people, which a model makes high by never ringing when few are ill, or one number that leaves out the
#    true negatives and weighs both errors as nobody chose, never stands.
#
# `None`, an empty text or a key that is not there is not given; the number 0 is given.
#
# ```
# [{"name": "auc", "n": 900, "low": 0.7, "high": 0.8},
#  {"name": "sensitivity", "n": 90, "low": 0.6}]        ->  ["auc"]
# ```


# %% answer="q7_headlines"
def headlines(figures: list) -> list:
    """Names of the figures that may stand in a report."""
    ### BEGIN SOLUTION
    asked = {
        "auc": ["n", "low", "high"],
        "sensitivity": ["n", "low", "high", "threshold", "why"],
        "specificity": ["n", "low", "high", "threshold", "why"],
        "ppv": ["n", "low", "high", "threshold", "why", "prevalence"],
        "npv": ["n", "low", "high", "threshold", "why", "prevalence"],
    }
    return [
        one["name"]
        for one in figures
        if one["name"] in asked and all(one.get(key) not in (None, "") for key in asked[one["name"]])
    ]
    ### END SOLUTION


# %% test="q7_form" points=1 objective="22.5"
may = headlines([{"name": "auc", "n": 120, "low": 0.6, "high": 0.8}, {"name": "auc", "n": 120, "low": 0.6}])
assert isinstance(may, list), "headlines returned no list."
assert may == ["auc"], (
    f"Your list is {may}: the first AUC has all that it needs, the second half an interval."
)


# %% test="q7_never" points=1 objective="22.5"
# Hidden tests: figures with everything that anybody could ask for.
### BEGIN HIDDEN TESTS
def _hidden_test():
    full = {
        "n": 480,
        "low": 0.6,
        "high": 0.8,
        "threshold": 0.1,
        "why": "visits that we can make",
        "prevalence": 0.11,
    }
    names = ["f1", "auc", "ppv", "accuracy", "npv", "specificity", "sensitivity"]
    got = list(headlines([{"name": name, **full} for name in names]))
    assert "accuracy" not in got and "f1" not in got, (
        "A figure stands in your report that a model which finds nobody can have too, or that has neither of the two properties. "
        "Re-read lesson 22, 'One number for all of it?'."
    )
    assert got == ["auc", "ppv", "npv", "specificity", "sensitivity"], (
        "A figure that has all that it needs was left out, or the order has changed. Re-read item 7."
    )
    assert list(headlines([])) == [], "Of no figures, none stands."


_hidden_test()
### END HIDDEN TESTS


# %% test="q7_context" points=1 objective="22.5"
# Hidden tests: figures with one thing left out.
### BEGIN HIDDEN TESTS
def _hidden_test():
    full = {
        "n": 480,
        "low": 0.0,
        "high": 0.8,
        "threshold": 0.5,
        "why": "agreed with the nurses",
        "prevalence": 0.11,
    }
    bare = {key: full[key] for key in ("n", "low", "high")}
    before = [
        {"name": "auc", **bare},
        {"name": "sensitivity", **full},
        {"name": "specificity", **full, "prevalence": None},
    ]
    given = [dict(one) for one in before]
    assert list(headlines(given)) == ["auc", "sensitivity", "specificity"], (
        "A figure was refused that has all it needs: an interval may begin at 0, an AUC has no threshold, and sensitivity and "
        "specificity do not follow prevalence by arithmetic. Re-read lesson 22, 'Does it travel?' and 'What AUC says'."
    )
    assert given == before, "The figures that you were given have changed."
    assert list(headlines([{"name": "ppv", **full, "threshold": 0, "prevalence": 0}])) == ["ppv"], (
        "The number 0 is given: it is not nothing. Re-read item 7."
    )
    for name in ("sensitivity", "specificity", "ppv", "npv"):
        for nothing in (None, ""):
            assert not headlines([{"name": name, **full, "why": nothing}]), (
                "A threshold stands there and nobody says why; 0.5 is a choice like any other. Re-read lesson 22, 'Four counts'."
            )
        assert not headlines([{"name": name, **full, "threshold": None}]), (
            "A rate at a threshold stands without its threshold."
        )
    for name in ("ppv", "npv"):
        assert not headlines([{"name": name, **full, "prevalence": None}]), (
            "A predictive value stands without the prevalence where it holds. Re-read lesson 22, 'Does it travel?'."
        )
    for name in ("auc", "sensitivity", "specificity", "ppv", "npv"):
        for key in ("n", "low", "high"):
            less = {k: v for k, v in full.items() if k != key}
            assert not headlines([{"name": name, **less}]), (
                f"A figure stands without '{key}'. Re-read item 7."
            )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# Then write `note_numbers(table, person, threshold, elsewhere)` for tables like `years` (`back`, `risk`): a **dict** with
#
# - `"people"`: different people; `"years"`: rows
# - `"alarms"`, `"found"`, `"missed"`: years with an alarm, rightly alarmed, missed
# - `"ppv"`, and `"ppv_elsewhere"`: carried to a plan where the share `elsewhere` is admitted
#
# A mistake in items 1 and 2 is not counted again here, unless they stop with an error: the tests accept the right number, or
# the one that your own functions find in the table that they are given.


# %% answer="q7_note"
def note_numbers(table: pd.DataFrame, person: str, threshold: float, elsewhere: float) -> dict:
    """The numbers of the note, counted from the table."""
    ### BEGIN SOLUTION
    four = counts(table["back"], table["risk"], threshold)
    return {
        "people": table[person].nunique(),
        "years": len(table),
        "alarms": four["tp"] + four["fp"],
        "found": four["tp"],
        "missed": four["fn"],
        "ppv": four["ppv"],
        "ppv_elsewhere": carry(four["sensitivity"], four["specificity"], elsewhere)["ppv"],
    }
    ### END SOLUTION


# %% test="q7_numbers" points=1 objective="22.5"
# Hidden tests: the note of another plan (right, or equal to your own functions' numbers).
### BEGIN HIDDEN TESTS
def _hidden_test():
    import contextlib

    dice = np.random.default_rng(2210)
    tables = []
    for n, share in ((180, 0.2), (140, 0.45)):
        risk = dice.beta(2, 6, n)
        back = (dice.random(n) < share / 2 + risk / 2).astype(int)
        tables.append(
            pd.DataFrame(
                {"pid": dice.integers(0, 70, n), "back": back, "risk": risk}, index=dice.integers(0, 5, n)
            )
        )
    own = []
    for table, threshold, elsewhere in zip(tables, (0.21, 0.33), (0.04, 0.3), strict=True):
        held = table.copy()
        got = note_numbers(held, "pid", threshold, elsewhere)
        assert held.equals(table), "The table that you were given has changed."
        alarm, back = table["risk"].to_numpy() >= threshold, table["back"].to_numpy() == 1
        tp, fp, fn, tn = (
            (alarm & back).sum(),
            (alarm & ~back).sum(),
            (~alarm & back).sum(),
            (~alarm & ~back).sum(),
        )
        sens, spec = tp / (tp + fn), tn / (tn + fp)
        there = sens * elsewhere / (sens * elsewhere + (1 - spec) * (1 - elsewhere))
        right = {"alarms": tp + fp, "found": tp, "missed": fn, "ppv": tp / (tp + fp), "ppv_elsewhere": there}
        assert int(got["people"]) == table["pid"].nunique() and int(got["years"]) == len(table), (
            "'people' or 'years' is wrong: a person has several rows. Re-read lesson 22, 'How sure?'."
        )
        accepted = {key: [float(value)] for key, value in right.items()}
        with contextlib.suppress(Exception):  # an item that is not answered yet: only the right number counts
            four = counts(table["back"], table["risk"], threshold)
            own.append(tuple(four[key] for key in ("tp", "fp", "fn")))
            if len(own) == len(set(own)):  # a function that finds the same in every table has counted nothing
                accepted["alarms"].append(float(four["tp"] + four["fp"]))
                accepted["found"].append(float(four["tp"]))
                accepted["missed"].append(float(four["fn"]))
                accepted["ppv"].append(float(four["ppv"]))
                accepted["ppv_elsewhere"].append(
                    float(carry(four["sensitivity"], four["specificity"], elsewhere)["ppv"])
                )
            else:
                accepted = {key: [float(value)] for key, value in right.items()}
        with contextlib.suppress(Exception):
            accepted["ppv_elsewhere"].append(float(carry(sens, spec, elsewhere)["ppv"]))
        for key, values in accepted.items():
            assert any(abs(float(got[key]) - value) < 1e-6 for value in values), (
                f"'{key}' is neither the right number nor what your own functions find in the table that they are given. Count, do "
                "not type. Re-read lesson 22, 'Four counts' and 'Does it travel?'."
            )


_hidden_test()
### END HIDDEN TESTS

# %%
four = counts(years["back"], years["risk"], 0.15)
print(note_numbers(years, "zper", 0.15, 0.25))
print("At 0.15, of 1000:", in_people(four["sensitivity"], four["specificity"], years["back"].mean(), 1000))
print(
    f"Never ringing is right in {1 - years['back'].mean():.0%}; the oldest person is {years['xage'].max():.0f}"
)
alarms = years.loc[years["risk"] >= 0.15, ["zper", "back"]]  # the PPV looks at no other years
print(f"PPV {four['ppv']:.2f}: {len(alarms)} alarms of {alarms['zper'].nunique()} people")
print(f"AUC {auc(years['back'], years['risk']):.2f}: {len(years)} years of {years['zper'].nunique()} people")
scored = years[["zper", "back", "risk"]]
ends = [
    person_interval(table, "zper", figure, 150, np.random.default_rng(22))
    for table, figure in (
        (alarms, lambda t: t["back"].mean()),
        (scored, lambda t: roc_auc_score(t["back"], t["risk"])),
    )
]
print("95 % intervals of PPV and AUC:", np.round(ends, 2).tolist())

# %% [markdown]
# Last, write the **note to the nurses** (`80` to `180` words), who can make about as many visits as there are alarms at 0.15.
# The cell above shows your numbers once the items are answered. A person reads it, one point for each:
#
# 1. **What it does:** of 1,000 years of people like these, how many alarms, how many of them right, how many admissions
#    missed, in numbers that add up; and what is wrong with "88 % accurate".
# 2. **How sure, and about whom:** the AUC in words and the PPV, each with its interval and the people behind it, and who they
#    are.
# 3. **Elsewhere:** what the PPV would be where a quarter is admitted, what that takes for granted, why it may not hold for
#    older members, and what should be done before the score is used there.

# %% [markdown] written="q7_note_text" points=3 objective="22.5"
# ### BEGIN SOLUTION
# Of 1,000 years of people like these, 121 are followed by an admission. At 0.15 the score rings for 194: 43 of them are
# admitted, 151 are not, and it misses 78. "88 % accurate" is what anybody has who never rings. Take two years, one
# followed by an admission and one not: in 66 % of such pairs (95 % interval 64 to 68 %; 8,469 years of 3,381 people) the
# first has the higher score. 22 % of the alarms are right (20 to 24 %; 1,641 alarms of 989 people). The intervals draw people
# and take score and threshold as given. These are adults, none older than 63, in the United States of the 1970s. Where a
# quarter is admitted, 41 % of the alarms would be right, if sensitivity and specificity stayed the same. Age is in the
# score: among older members it will ring more often, also for those who are not admitted. Count there first, among enough
# people, and agree on the line with those who make the visits.
# ### END SOLUTION
