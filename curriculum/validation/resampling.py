"""Intervals that draw people, not rows."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd


def bootstrap_interval(
    table: pd.DataFrame,
    figure: Callable[[pd.DataFrame], float | pd.Series],
    cluster: str | None = None,
    draws: int = 500,
    seed: int = 0,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """A figure of a table with a percentile bootstrap interval that draws whole people (or wards, or families).

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 8 and 13. The figure is computed
    anew in each drawn table; a model that was fitted before is not fitted anew, so the interval does not hold the
    uncertainty of the fit.

    Parameters
    ----------
    table : pandas.DataFrame, shape (n, k)
    figure : callable
        Takes a table like this one and returns a number or a Series of numbers.
    cluster : str, optional
        Column that tells people apart; a person who is drawn comes with all rows, as often as drawn. Rows are drawn
        when left out.
    draws : int
        Tables drawn.
    seed : int
        Seed of numpy's generator.
    confidence : float
        Level of the interval.

    Returns
    -------
    pandas.DataFrame
        `value`, `low`, `high`, a row for each number (one row named 0 for a single one). Draws in which a number is
        missing, because a group was not drawn, do not count for that number.

    Raises
    ------
    ValueError
        For an empty table, a column that is not there, or a person without a number.
    """
    if not len(table):
        raise ValueError("The table has no rows, so there is nothing to draw from.")
    if cluster is not None and cluster not in table.columns:
        raise ValueError(f"There is no column {cluster!r} to tell people apart.")
    if cluster is not None and table[cluster].isna().any():
        raise ValueError(f"{table[cluster].isna().sum()} rows have nothing in {cluster!r}: whose are they?")
    owner = np.arange(len(table)) if cluster is None else table[cluster].to_numpy()
    rows_of = list(pd.Series(owner).groupby(owner).indices.values())
    value = figure(table)
    single = not isinstance(value, pd.Series)
    dice = np.random.default_rng(seed)
    drawn = []
    for _ in range(draws):
        chosen = dice.integers(len(rows_of), size=len(rows_of))
        again = figure(table.iloc[np.concatenate([rows_of[i] for i in chosen])])
        drawn.append(pd.Series([again]) if single else again)
    whole = pd.Series([value]) if single else value
    samples = pd.DataFrame(drawn).reindex(columns=whole.index)
    tail = (1 - confidence) / 2
    return pd.DataFrame({"value": whole, "low": samples.quantile(tail), "high": samples.quantile(1 - tail)})
