"""What acting on a risk is worth."""

from __future__ import annotations

from numpy.typing import ArrayLike

from curriculum.validation.inputs import outcome_and_risk


def net_benefit(outcome: ArrayLike, risk: ArrayLike, threshold: float) -> float:
    """Net benefit of acting on everybody whose risk is at or above a threshold.

    TP/n - FP/n x t/(1 - t), in true positives for each person: a false alarm costs t/(1 - t) of what a true one is
    worth (Vickers, van Calster and Steyerberg, Diagnostic and Prognostic Research 2019;3:18,
    doi:10.1186/s41512-019-0064-7). Acting on everybody is a risk of 1 for all, on nobody a risk of 0 (always 0).

    Parameters
    ----------
    outcome, risk : array-like, shape (n,)
        0 or 1, and the predicted risk of each row.
    threshold : float
        Above 0 and below 1.

    Raises
    ------
    ValueError
        See `inputs.outcome_and_risk`; also for a threshold that is not between 0 and 1.
    """
    if not 0 < threshold < 1:
        raise ValueError(f"The threshold is a risk between 0 and 1, such as 0.1 for 10 %, not {threshold}.")
    y, p = outcome_and_risk(outcome, risk)
    act = p >= threshold
    true, false = (act & (y == 1)).mean(), (act & (y == 0)).mean()
    return float(true - false * threshold / (1 - threshold))
