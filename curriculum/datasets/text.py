"""Tables as CSV bytes that do not depend on the version of pandas or on the system."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

import pandas as pd


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """A data frame as CSV: one header line, Unix line ends, no index.

    A missing value is an empty field. Whole numbers have no ".0", also in a column with gaps; other numbers are
    written with the fewest digits that read back as the same number. Categories are written as their labels,
    True and False as 1 and 0.

    Raises
    ------
    ValueError
        When a text is not plain ASCII, so that every program reads the same.
    """
    columns = (map(_text, frame[name].tolist()) for name in frame.columns)
    return rows_bytes(frame.columns, zip(*columns, strict=True))


def rows_bytes(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV: one header line, Unix line ends, quotes only where a value needs them.

    Raises
    ------
    ValueError
        When a text is not plain ASCII.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    try:
        return out.getvalue().encode("ascii")
    except UnicodeEncodeError as error:
        raise ValueError(f"Not plain ASCII: {error.object[error.start - 20 : error.end + 20]!r}") from None


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
