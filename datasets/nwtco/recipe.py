"""nwtco: 4,028 children with Wilms tumour, each tumour read by the local hospital and by a central pathologist.

The data frame `nwtco` of R's survival package, every value and every row in its order. Only the form changes:
R's binary format becomes CSV, and TRUE and FALSE of `in.subcohort` become 1 and 0.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.lazyload import SURVIVAL, read_table
from curriculum.datasets.text import csv_bytes

SOURCES = SURVIVAL


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The data frame as CSV."""
    return {"nwtco.csv": csv_bytes(read_table(sources["rdx"], sources["rdb"], "nwtco"))}
