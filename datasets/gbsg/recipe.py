"""GBSG: 686 women with node-positive breast cancer, German Breast Cancer Study Group, 1984 to 1989.

The women of a trial of hormone therapy and chemotherapy whose prognostic variables were complete, as R's package survival
carries them. Every value is passed on as it stands there, in the package's order.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.lazyload import SURVIVAL, read_table
from curriculum.datasets.text import csv_bytes

SOURCES = SURVIVAL


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table as CSV bytes."""
    return {"gbsg.csv": csv_bytes(read_table(sources["rdx"], sources["rdb"], "gbsg"))}
