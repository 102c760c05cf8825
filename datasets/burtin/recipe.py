"""Burtin 1951: how much of three antibiotics it takes to stop sixteen kinds of bacteria.

The file `burtin.json` of the package vega_datasets, written as CSV: same rows, same order, same columns. Numbers
are written as the text that stands in the JSON (0.001 stays 0.001, 870 stays 870).
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "vega_datasets": WheelMember(
        package="vega_datasets",
        version="0.9.0",
        member="vega_datasets/_data/burtin.json",
        sha256="443a3c2dc37f86dc26259e5ab1b4719180ccc811260f390b15518f05bbbbaf24",
    ),
}
COLUMNS = ["Bacteria", "Penicillin", "Streptomycin", "Neomycin", "Gram_Staining", "Genus"]


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The JSON list of bacteria as CSV, numbers as the text they are."""
    rows = json.loads(sources["vega_datasets"], parse_float=str, parse_int=str)
    assert all(list(row) == COLUMNS for row in rows), "The columns of burtin.json have changed."
    lines = [",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows)]
    return {"burtin.csv": ("\n".join(lines) + "\n").encode("ascii")}
