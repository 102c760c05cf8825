"""Rotterdam: 2,982 women operated on for breast cancer from 1978 to 1993, followed to recurrence and death.

Royston and Altman took the table from the Rotterdam tumour bank to develop a prognostic model; Therneau put it into R's
package survival. Every value is passed on as it stands there, in the package's order; times in days stay whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.lazyload import SURVIVAL, read_table
from curriculum.datasets.text import csv_bytes

SOURCES = SURVIVAL


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table as CSV bytes."""
    return {"rotterdam.csv": csv_bytes(read_table(sources["rdx"], sources["rdb"], "rotterdam"))}
