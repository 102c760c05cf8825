"""RAND Health Insurance Experiment: 20,190 years of 5,912 people at six places in the United States.

The whole table that the package statsmodels keeps beside its loader (the loader itself gives only 10 columns).
Nine columns that are computed from others are left out, and ten more to keep the file small; numbers are rounded
to two decimals or fewer; nothing is cleaned, filled or sorted. Means that stand where somebody's race, illness or
limitation was unknown stay in.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from curriculum.datasets.sources import WheelMember
from curriculum.datasets.text import rows_bytes

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
# Four kinds of cost, psychotherapy visits, the offer to the family, a filled-in copy of ghindx, two flags: out for size.
FOR_SIZE = (
    "outpdol", "drugdol", "suppdol", "mentdol", "mentvis", "mdeoff", "pioff", "xghindx", "tookphys", "inpmis",
)  # fmt: skip
# Two for the rest. mhi needs two: one would make its filled-in 81.35 the same as a measured 81.4.
DECIMALS = {"income": 0, "xage": 1, "disea": 1, "ghindx": 1}


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table without the columns left out, numbers with at most two decimals, Unix line ends."""
    rows = csv.DictReader(io.StringIO(sources["statsmodels"].decode("ascii"), newline=""))
    kept = [name for name in rows.fieldnames or () if name not in {*COMPUTED, *FOR_SIZE}]
    made = ([rounded(row[name], DECIMALS.get(name, 2)) for name in kept] for row in rows)
    return {"rand_hie.csv": rows_bytes(kept, made)}


def rounded(text: str, decimals: int) -> str:
    """A number as text with at most so many decimals and no trailing zeros; an empty field stays empty."""
    if not text:
        return ""
    short = format(Decimal(text).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN), "f")
    return short.rstrip("0").rstrip(".") if decimals else short
