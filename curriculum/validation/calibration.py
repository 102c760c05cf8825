"""Whether predicted risks mean what they say: on average, in their spread, and along the whole scale.

Definitions follow Van Calster et al., BMC Medicine 2019;17:230, doi:10.1186/s12916-019-1466-7.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm
from numpy.typing import ArrayLike, NDArray
from patsy import build_design_matrices, dmatrix
from scipy.stats import norm

from curriculum.validation.inputs import Estimate, outcome_and_risk


def observed_to_expected(outcome: ArrayLike, risk: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Observed events divided by the sum of the predicted risks (calibration in the large); 1 is right.

    The interval is exp(ln(O/E) +/- z sqrt((1 - O/n) / O)): it takes E as known and the rows as independent
    (Riley et al., Statistics in Medicine 2021;40:4230-4251, doi:10.1002/sim.9025).

    Parameters
    ----------
    outcome, risk : array-like, shape (n,)
        0 or 1, and the predicted risk of each row.
    confidence : float
        Level of the interval.

    Returns
    -------
    Estimate
        `value`, `low`, `high`; with no events 0, 0 and nan, because the formula gives no upper end.

    Raises
    ------
    ValueError
        See `inputs.outcome_and_risk`; also when all risks are 0.
    """
    y, p = outcome_and_risk(outcome, risk)
    if not p.sum():
        raise ValueError("All risks are 0, so nothing was expected and there is no ratio.")
    ratio = float(y.sum() / p.sum())
    if not ratio:
        return Estimate(0.0, 0.0, float("nan"))
    reach = np.exp(norm.ppf(0.5 + confidence / 2) * np.sqrt((1 - y.mean()) / y.sum()))
    return Estimate(ratio, float(ratio / reach), float(ratio * reach))


def calibration_intercept(outcome: ArrayLike, risk: ArrayLike, confidence: float = 0.95) -> Estimate:
    """How far all risks are off on the scale of log-odds: a in logit P(y = 1) = a + logit(p), the slope held at 1.

    0 is right; above 0, more happens than was predicted. The interval is Wald's.

    Parameters, Returns and Raises as in `calibration_slope`.
    """
    y, log_odds = _both_kinds(outcome, risk)
    fit = sm.GLM(y, np.ones_like(y), family=sm.families.Binomial(), offset=log_odds).fit()
    return _estimate(fit, 0, confidence)


def calibration_slope(outcome: ArrayLike, risk: ArrayLike, confidence: float = 0.95) -> Estimate:
    """Whether the risks are spread as they should be: b in logit P(y = 1) = a + b logit(p).

    1 is right; below 1 they are too extreme (high ones too high, low ones too low), above 1 not extreme enough.

    Parameters
    ----------
    outcome, risk : array-like, shape (n,)
        0 or 1, and the predicted risk of each row, above 0 and below 1.
    confidence : float
        Level of the Wald interval.

    Returns
    -------
    Estimate
        `value`, `low`, `high`.

    Raises
    ------
    ValueError
        See `inputs.outcome_and_risk`; also for risks of exactly 0 or 1, whose log-odds are infinite, and when
        everybody or nobody has the event.
    """
    y, log_odds = _both_kinds(outcome, risk)
    fit = sm.GLM(y, sm.add_constant(log_odds, has_constant="add"), family=sm.families.Binomial()).fit()
    return _estimate(fit, 1, confidence)


def smoothed_calibration(
    outcome: ArrayLike,
    risk: ArrayLike,
    at: ArrayLike | None = None,
    df: int = 3,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The calibration curve: observed risk as a smooth function of the predicted one, with a pointwise band.

    Logistic regression of the outcome on a natural cubic spline of logit(p).

    Parameters
    ----------
    outcome, risk : array-like, shape (n,)
        0 or 1, and the predicted risk of each row, above 0 and below 1.
    at : array-like, shape (m,), optional
        Predicted risks at which to read the curve; 100 between the 1st and 99th percentile when left out. Do not go
        beyond the risks that occur: there the curve is drawn, not measured.
    df : int
        Degrees of freedom of the spline, 3 or more.
    confidence : float
        Level of the band.

    Returns
    -------
    pandas.DataFrame, shape (m, 4)
        `predicted`, `observed`, `low`, `high`, all from 0 to 1.

    Raises
    ------
    ValueError
        As in `calibration_slope`, for `at` too.
    """
    y, log_odds = _both_kinds(outcome, risk)
    grid = np.quantile(log_odds, [0.01, 0.99])
    points = np.linspace(*grid, 100) if at is None else _log_odds(np.asarray(at, dtype=float).ravel())
    basis = dmatrix(f"cr(x, df={df}) - 1", {"x": log_odds})
    fit = sm.GLM(y, np.asarray(basis), family=sm.families.Binomial()).fit()
    there = build_design_matrices([basis.design_info], {"x": points})[0]
    read = fit.get_prediction(np.asarray(there)).summary_frame(alpha=1 - confidence)
    return pd.DataFrame(
        {
            "predicted": 1 / (1 + np.exp(-points)),
            "observed": read["mean"].to_numpy(),
            "low": read["mean_ci_lower"].to_numpy(),
            "high": read["mean_ci_upper"].to_numpy(),
        }
    )


def _both_kinds(outcome: ArrayLike, risk: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    y, p = outcome_and_risk(outcome, risk)
    if y.min() == y.max():
        raise ValueError("Everybody or nobody has the event: calibration needs people of both kinds.")
    return y, _log_odds(p)


def _log_odds(p: NDArray[np.float64]) -> NDArray[np.float64]:
    if ((p <= 0) | (p >= 1)).any():
        raise ValueError(
            "A risk of exactly 0 or 1 claims certainty and has no finite log-odds: look at these rows first."
        )
    return np.log(p / (1 - p))


def _estimate(fit, position: int, confidence: float) -> Estimate:
    low, high = fit.conf_int(alpha=1 - confidence)[position]
    return Estimate(float(fit.params[position]), float(low), float(high))
