"""ACTG 175: 2,139 people with HIV in a randomised trial of four treatments.

The extract of the trial that the R package speff2trial published, as the package lifelines carries it. The first
column of that file is only the number of the row and has no name: it is left out. The letters NA become an empty
field. Every other value is passed on as the text that stands there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "lifelines": WheelMember(
        package="lifelines",
        version="0.30.3",
        member="lifelines/datasets/ACTG175.csv",
        sha256="56fba31fa0d7bfbff9667b7149fd96a97c352e72aa582871a62a935e812f0e07",
    ),
}
MISSING = "NA"  # in the source; an empty field here


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table without the unnamed row numbers, gaps as empty fields."""
    header, *rows = csv.reader(io.StringIO(sources["lifelines"].decode("ascii"), newline=""))
    assert header[0] == "" and [row[0] for row in rows] == [str(n + 1) for n in range(len(rows))], (
        "The first column of ACTG175.csv is not the number of the row any more."
    )
    lines = [",".join("" if value == MISSING else value for value in row[1:]) for row in (header, *rows)]
    return {"actg175.csv": ("\n".join(lines) + "\n").encode("ascii")}
