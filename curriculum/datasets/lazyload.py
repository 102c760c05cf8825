"""Data frames out of an R package's lazy-load database, without R.

R keeps the data sets of a package in two files: `Rdata.rdx`, an index of names with offset and length, and
`Rdata.rdb`, the objects one after the other, each compressed. The package `rdata` reads the objects.
Source: R Internals, section 1.6 (serialization formats) and R's own `makeLazyLoad.R` and `lazyload.c`.
"""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import lzma
import warnings
import zlib
from typing import TYPE_CHECKING, Any

from curriculum.datasets.sources import DebianMember, SourceError

if TYPE_CHECKING:
    import pandas as pd

_STEM = "usr/lib/R/library/survival/data/Rdata"
# The data of R's survival package 3.5-3, as Debian 12 distributes it (LGPL 2 or later).
SURVIVAL = {
    "rdx": DebianMember(
        package="r-cran-survival",
        version="3.5-3-1",
        member=f"{_STEM}.rdx",
        sha256="11265b8ae52a2c61c49a12ce9de24c62684cbfeae0a0e689d9a64cd43f1ce799",
    ),
    "rdb": DebianMember(
        package="r-cran-survival",
        version="3.5-3-1",
        member=f"{_STEM}.rdb",
        sha256="2e74547bf2b9773c47411e26f7f2ad4efea118ba70579174192102f5d5b4e36d",
    ),
}


def read_table(index: bytes, database: bytes, name: str) -> pd.DataFrame:
    """The data frame `name` out of a lazy-load database.

    Parameters
    ----------
    index, database : bytes
        The bytes of `Rdata.rdx` and of `Rdata.rdb`.
    name : str
        The object's name in R, such as "flchain".

    Returns
    -------
    DataFrame
        One row a row of the data frame, R's column names; factors are categorical, R's NA is missing.

    Raises
    ------
    SourceError
        When `rdata` is not installed, or the database has no object of that name.
    """
    if importlib.util.find_spec("rdata") is None:
        raise SourceError(
            f"The R table {name} cannot be read: the package rdata is not installed.",
            "Install the data extra: `pip install -e .[data]`.",
        )
    plain = zlib.decompress(index) if index[:1] == b"x" else gzip.decompress(index)
    places = _converted(plain)["variables"]
    if name not in places:
        raise SourceError(
            f"The database holds no table {name}.", f"It holds: {', '.join(sorted(places))}. Mend the recipe."
        )
    offset, length = (int(value) for value in places[name])
    return _converted(_object(database[offset : offset + length]))


def _converted(serialised: bytes) -> Any:
    """What R wrote with `serialize`, as Python and pandas objects."""
    import rdata

    with (
        warnings.catch_warnings()
    ):  # the bytes carry no file header, and rdata says that it assumes the right one
        warnings.filterwarnings("ignore", message="Unknown file type: assumed RDS")
        return rdata.conversion.convert(rdata.parser.parse_data(serialised))


def _object(record: bytes) -> bytes:
    """One object: 4 bytes of length, then zlib; or a letter (2 for bzip2, Z for LZMA2) and the compressed body."""
    kind, body = record[4:5], record[5:]
    if kind == b"2":
        return bz2.decompress(body)
    if kind == b"Z":
        filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 27}]
        return lzma.decompress(body, format=lzma.FORMAT_RAW, filters=filters)
    return zlib.decompress(record[4:])
