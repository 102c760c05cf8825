"""RAND Health Insurance Experiment: 20,190 years of 5,912 people at six places in the United States.

The whole table that the package statsmodels keeps beside its loader (the loader itself gives only 10 columns).
Nine columns that are computed from others are left out, and every number is rounded to two decimals; nothing is
cleaned, filled or sorted. Means that stand where somebody's race, illness or limitation was unknown stay in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "statsmodels": WheelMember(
        package="statsmodels",
        version="0.15.0",
        member="statsmodels/datasets/randhie/src/randhie.csv",
        sha256="fe64f3c8e987779daa6052dd756d9ce277e025330f5549126c7c2f6a3c9c5541",
    ),
}
# Logarithms, products, thresholds and functions of plan, coins, mdeoff, pioff, num, income and meddol.
COMPUTED = ("fchild", "lfam", "lpi", "logc", "fmde", "linc", "lnum", "lnmeddol", "binexp")
CENT = Decimal("0.01")


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table without the computed columns, numbers with at most two decimals, Unix line ends."""
    rows = csv.DictReader(io.StringIO(sources["statsmodels"].decode("ascii"), newline=""))
    kept = [name for name in rows.fieldnames or () if name not in COMPUTED]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(kept)
    writer.writerows([rounded(row[name]) for name in kept] for row in rows)
    return {"rand_hie.csv": out.getvalue().encode("ascii")}


def rounded(text: str) -> str:
    """A number as text with at most two decimals and no trailing zeros; an empty field stays empty."""
    if not text:
        return ""
    short = format(Decimal(text).quantize(CENT, ROUND_HALF_EVEN), "f")
    return short.rstrip("0").rstrip(".")
