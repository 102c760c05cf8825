"""Deaths in the British army in the Crimean War: a widely installed file, and the table it should be compared with.

`crimea.csv` is the file `crimea.json` of the package vega_datasets, written as CSV: same rows, same order, the
columns in the order date, wounds, other, disease in which that file gives them. No number is changed.

`nightingale.csv` is typed in below from the table that Florence Nightingale printed (A Contribution to the Sanitary
History of the British Army during the Late War with Russia, 1859), as the data set Nightingale of the R package
HistData gives it: strength of the army and deaths from three causes. Rates are not typed in, they can be computed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "vega_datasets": WheelMember(
        package="vega_datasets",
        version="0.9.0",
        member="vega_datasets/_data/crimea.json",
        sha256="92e4928821e7665d7bca4cc21e0fa86e80417d5c08faadbe316ee8933e2b5459",
    ),
}
COLUMNS = ["date", "wounds", "other", "disease"]
PRINTED = """\
date,army,disease,wounds,other
1854-04-01,8571,1,0,5
1854-05-01,23333,12,0,9
1854-06-01,28333,11,0,6
1854-07-01,28722,359,0,23
1854-08-01,30246,828,1,30
1854-09-01,30290,788,81,70
1854-10-01,30643,503,132,128
1854-11-01,29736,844,287,106
1854-12-01,32779,1725,114,131
1855-01-01,32393,2761,83,324
1855-02-01,30919,2120,42,361
1855-03-01,30107,1205,32,172
1855-04-01,32252,477,48,57
1855-05-01,35473,508,49,37
1855-06-01,38863,802,209,31
1855-07-01,42647,382,134,33
1855-08-01,44614,483,164,25
1855-09-01,47751,189,276,20
1855-10-01,46852,128,53,18
1855-11-01,37853,178,33,32
1855-12-01,43217,91,18,28
1856-01-01,44212,42,2,48
1856-02-01,43485,24,0,19
1856-03-01,46140,15,0,35
"""


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The package's numbers as CSV, and the printed table."""
    return {"crimea.csv": crimea(sources["vega_datasets"]), "nightingale.csv": PRINTED.encode("ascii")}


def crimea(content: bytes) -> bytes:
    """The JSON list of months as CSV; every number is a whole number and stays one."""
    rows = json.loads(content)
    assert all(list(row) == COLUMNS for row in rows), "The columns of crimea.json have changed."
    lines = [",".join(COLUMNS), *(",".join(str(row[name]) for name in COLUMNS) for row in rows)]
    return ("\n".join(lines) + "\n").encode("ascii")
