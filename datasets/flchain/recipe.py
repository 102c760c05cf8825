"""flchain: serum free light chains of 7,874 residents of Olmsted County, sampled 1995 to 2003, followed until 2009.

The data frame `flchain` of R's survival package, every value and every row in its order. Only the form changes:
R's binary format becomes CSV, a missing value an empty field.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.lazyload import SURVIVAL, read_table
from curriculum.datasets.text import csv_bytes

SOURCES = SURVIVAL


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The data frame as CSV."""
    return {"flchain.csv": csv_bytes(read_table(sources["rdx"], sources["rdb"], "flchain"))}
