"""The statistics of a validation against other software, published figures and what must be true of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from dcurves import dca
from scipy.optimize import minimize
from scipy.special import expit, logit
from sklearn.linear_model import LogisticRegression
from statsmodels.stats.proportion import proportion_confint

from curriculum import validation as v


@pytest.fixture(scope="module")
def people():
    """5,000 people whose true log-odds are 0.3 + 0.8 times what the model says."""
    dice = np.random.default_rng(5)
    said = dice.normal(-1.5, 1.1, 5000)
    return dice.binomial(1, expit(0.3 + 0.8 * said)), expit(said)


def minus_log_likelihood(y, log_odds):
    return -(y * log_odds - np.logaddexp(0, log_odds)).sum()


def test_the_slope_is_what_another_optimiser_finds(people):
    y, p = people
    found = minimize(lambda ab: minus_log_likelihood(y, ab[0] + ab[1] * logit(p)), [0, 1], tol=1e-10).x
    slope = v.calibration_slope(y, p)
    assert slope.value == pytest.approx(found[1], abs=1e-4)
    model = LogisticRegression(C=1e12, tol=1e-10).fit(logit(p)[:, None], y)
    assert slope.value == pytest.approx(model.coef_[0, 0], abs=1e-3)
    assert slope.low < 0.8 < slope.high < 1  # the truth is inside, no spread at all is not


def test_the_intercept_holds_the_slope_at_one(people):
    y, p = people
    found = minimize(lambda a: minus_log_likelihood(y, a[0] + logit(p)), [0], tol=1e-10).x[0]
    intercept = v.calibration_intercept(y, p)
    assert intercept.value == pytest.approx(found, abs=1e-4)
    # the defining property: with this shift as many events are expected as were observed
    assert expit(logit(p) + intercept.value).sum() == pytest.approx(y.sum(), rel=1e-6)
    # and not the intercept of the fit that moves the slope as well
    both = minimize(lambda ab: minus_log_likelihood(y, ab[0] + ab[1] * logit(p)), [0, 1], tol=1e-10).x
    assert abs(intercept.value - both[0]) > 0.1


def test_right_risks_are_found_right():
    dice = np.random.default_rng(6)
    inside = {"slope": 0, "intercept": 0, "ratio": 0}
    for _ in range(200):
        p = expit(dice.normal(-1, 1, 800))
        y = dice.binomial(1, p)
        slope, intercept, ratio = (
            v.calibration_slope(y, p),
            v.calibration_intercept(y, p),
            v.observed_to_expected(y, p),
        )
        inside["slope"] += slope.low <= 1 <= slope.high
        inside["intercept"] += intercept.low <= 0 <= intercept.high
        inside["ratio"] += ratio.low <= 1 <= ratio.high
    assert all(180 <= count <= 200 for count in inside.values()), inside


def test_observed_to_expected_and_the_published_formula():
    # 60 events among 600 people, 50 expected: SE(ln O/E) = sqrt((1 - 0.1) / 60)
    y, p = np.repeat([1, 0], [60, 540]), np.full(600, 50 / 600)
    ratio = v.observed_to_expected(y, p)
    reach = np.exp(1.959964 * np.sqrt(0.9 / 60))
    assert ratio == pytest.approx((1.2, 1.2 / reach, 1.2 * reach), rel=1e-6)
    none = v.observed_to_expected([0, 0, 0], [0.1, 0.2, 0.3])
    assert none.value == none.low == 0 and np.isnan(none.high)


def test_the_curve_finds_the_truth_and_its_band_holds_it(people):
    y, p = people
    at = np.array([0.05, 0.1, 0.2, 0.4])
    curve = v.smoothed_calibration(y, p, at=at)
    truth = expit(0.3 + 0.8 * logit(at))
    assert list(curve.columns) == ["predicted", "observed", "low", "high"]
    assert curve["predicted"].to_numpy() == pytest.approx(at)
    assert (curve["low"] < truth).all() and (truth < curve["high"]).all()
    assert (curve["observed"] - truth).abs().max() < 0.03
    whole = v.smoothed_calibration(y, p)
    assert len(whole) == 100 and whole["predicted"].is_monotonic_increasing
    assert whole["predicted"].iloc[0] >= p.min() and whole["predicted"].iloc[-1] <= p.max()


def test_net_benefit_is_that_of_dcurves(people):
    y, p = people
    thresholds = [0.02, 0.1, 0.25, 0.5, 0.8]
    theirs = dca(pd.DataFrame({"y": y, "p": p}), "y", ["p"], thresholds=thresholds)
    theirs = theirs.set_index(["model", "threshold"])["net_benefit"]
    for t in thresholds:
        assert v.net_benefit(y, p, t) == pytest.approx(theirs["p", t], abs=1e-9)
        assert v.net_benefit(y, np.ones_like(p), t) == pytest.approx(theirs["all", t], abs=1e-9)
        assert v.net_benefit(y, np.zeros_like(p), t) == 0


def test_net_benefit_of_a_published_table(root):
    """Wong 2021, in true positives for each 1,000 stays: the figures of the datasheet of `published`."""
    wong = pd.read_csv(root / "datasets/published/wong_2021.csv").set_index("item")["value"]
    counts = wong[["true_positive", "false_positive", "false_negative", "true_negative"]].astype(int)
    y, alert = np.repeat([1, 0, 1, 0], counts), np.repeat([1, 1, 0, 0], counts)
    got = [round(1000 * v.net_benefit(y, alert, t), 1) for t in (0.05, 0.10, 0.15)]
    assert got == [13.5, 4.2, -6.2]
    assert round(1000 * v.net_benefit(y, np.ones_like(y), 0.05), 1) == 17.2


def test_drawing_people_is_wider_than_drawing_their_rows():
    dice = np.random.default_rng(7)
    person = np.repeat(np.arange(200), 5)
    table = pd.DataFrame({"person": person, "ill": np.repeat(dice.binomial(1, 0.3, 200), 5)})
    people = v.bootstrap_interval(table, lambda t: t["ill"].mean(), "person", seed=1).loc[0]
    rows = v.bootstrap_interval(table, lambda t: t["ill"].mean(), seed=1).loc[0]
    assert people["value"] == rows["value"] == table["ill"].mean()
    # five equal rows a person: the true interval is sqrt(5) times that of the rows, and that of 200 people
    assert (people["high"] - people["low"]) / (rows["high"] - rows["low"]) == pytest.approx(
        np.sqrt(5), rel=0.15
    )
    low, high = proportion_confint(table["ill"].sum() / 5, 200)
    assert (people["low"], people["high"]) == pytest.approx((low, high), abs=0.015)


def test_the_same_seed_gives_the_same_interval_and_a_group_may_be_missing_from_a_draw():
    table = pd.DataFrame({"group": ["a"] * 30 + ["b"] * 2, "x": np.arange(32.0)})
    first, again = (
        v.bootstrap_interval(table, lambda t: t.groupby("group")["x"].mean(), seed=3) for _ in range(2)
    )
    pd.testing.assert_frame_equal(first, again)
    assert list(first.index) == ["a", "b"] and first.notna().all(axis=None)
    other = v.bootstrap_interval(table, lambda t: t.groupby("group")["x"].mean(), seed=4)
    assert not first.equals(other)


@pytest.mark.parametrize(
    ("outcome", "risk", "said"),
    [
        ([0, 1], [0.1], "2 outcomes and 1 risks"),
        ([], [], "at least one row"),
        ([0, None], [0.1, 0.2], "1 outcomes and 0 risks are missing"),
        ([0, 2], [0.1, 0.2], "neither 0 nor 1"),
        ([0, 1], [10, 20], "not percentages"),
    ],
)
def test_what_cannot_be_used_is_named(outcome, risk, said):
    for figure in (v.observed_to_expected, v.calibration_slope, lambda y, p: v.net_benefit(y, p, 0.1)):
        with pytest.raises(ValueError, match=said):
            figure(outcome, risk)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: v.calibration_slope([0, 1], [0.0, 0.5]), "claims certainty"),
        (lambda: v.calibration_intercept([1, 1], [0.4, 0.5]), "both kinds"),
        (lambda: v.smoothed_calibration([0, 1], [0.4, 0.5], at=[1.0]), "claims certainty"),
        (lambda: v.observed_to_expected([0, 1], [0, 0]), "nothing was expected"),
        (lambda: v.net_benefit([0, 1], [0.4, 0.5], 10), "not 10"),
        (lambda: v.bootstrap_interval(pd.DataFrame({"x": []}), len), "no rows"),
        (lambda: v.bootstrap_interval(pd.DataFrame({"x": [1]}), len, "who"), "no column 'who'"),
        (lambda: v.bootstrap_interval(pd.DataFrame({"who": [None, 1]}), len, "who"), "whose are they"),
    ],
)
def test_errors_say_what_is_wrong(call, said):
    with pytest.raises(ValueError, match=said):
        call()
