"""transplant: 815 people on the waiting list for a liver at one centre, 1990 to 1999, and how their wait ended.

The data frame `transplant` of R's survival package, every value and every row in its order. Only the form
changes: R's binary format becomes CSV, a missing value an empty field.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.lazyload import SURVIVAL, read_table
from curriculum.datasets.text import csv_bytes

SOURCES = SURVIVAL


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The data frame as CSV."""
    return {"transplant.csv": csv_bytes(read_table(sources["rdx"], sources["rdb"], "transplant"))}
