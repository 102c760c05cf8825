"""What every figure here is computed from: an outcome of 0 and 1, and a predicted risk, row by row."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Estimate(NamedTuple):
    """A figure and the ends of its interval."""

    value: float
    low: float
    high: float


def outcome_and_risk(outcome: ArrayLike, risk: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both as arrays of floats, shape (n,), paired by position.

    Raises
    ------
    ValueError
        When they differ in length, one is empty or has gaps, an outcome is not 0 or 1, or a risk is not in 0 to 1.
    """
    y, p = np.asarray(outcome, dtype=float).ravel(), np.asarray(risk, dtype=float).ravel()
    if len(y) != len(p) or not len(y):
        raise ValueError(
            f"There are {len(y)} outcomes and {len(p)} risks: give one of each for every row, and at least one row."
        )
    if np.isnan(y).any() or np.isnan(p).any():
        raise ValueError(
            f"{int(np.isnan(y).sum())} outcomes and {int(np.isnan(p).sum())} risks are missing. Decide what to do with "
            "these rows, and say so, before you compute."
        )
    if not np.isin(y, (0, 1)).all():
        raise ValueError("An outcome is neither 0 nor 1: 1 is a person with the event, 0 one without.")
    if (p < 0).any() or (p > 1).any():
        raise ValueError(
            "A risk is below 0 or above 1: give probabilities, not percentages, points or log-odds."
        )
    return y, p
