"""What the tests of the single datasets share: the tables, and what the datasheets say about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "datasets"


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """`table(name, file=None, **options)`: a committed table, read by pandas; `file` is `<name>.csv` when left out."""

    def read(name: str, file: str | None = None, **options: object) -> pd.DataFrame:
        return pd.read_csv(FOLDER / name / (file or f"{name}.csv"), **options)

    return read


@pytest.fixture(scope="session")
def says() -> Callable[..., None]:
    """`says(name, *fragments)`: the datasheet states these fragments, which hold figures computed from the data."""

    def check(name: str, *fragments: str) -> None:
        text = (FOLDER / name / "datasheet.md").read_text(encoding="utf-8")
        plain = " ".join(text.replace("*", "").split())
        missing = [fragment for fragment in fragments if fragment not in plain]
        assert not missing, f"datasets/{name}/datasheet.md does not say: {missing}"

    return check
