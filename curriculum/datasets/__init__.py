"""The datasets: made by recipes that anybody can run again, and checked to the byte.

Each folder `datasets/<name>/` holds

- `recipe.py` (source): `SOURCES` and `build(sources)`, which returns the finished files as bytes; the recipe of a
  synthetic dataset calls a generator in `curriculum/generators/` and takes a `seed`;
- `dataset.yml` (source): what each column means, who is in the data, the licence;
- `datasheet.md` (source, but for its tables of columns);
- the data files and `croissant.json` (products). The checksum of each file stands in `croissant.json`
  and nowhere else.

| module | what it does |
|---|---|
| `recipes` | make, rebuild, compare, verify |
| `sources` | files inside published packages |
| `lazyload`, `text` | R's tables; CSV that is the same everywhere |
| `description` | `dataset.yml`, and whether the data agrees |
| `records`, `croissant`, `datasheet`, `listing` | what is written about a dataset |
"""

from __future__ import annotations

from curriculum.datasets.description import RecordError, about
from curriculum.datasets.recipes import build, make, names_of, rebuild, recipe_of, refresh, verify
from curriculum.datasets.sources import PACKAGES, DebianMember, SourceError, WheelMember

__all__ = [
    "PACKAGES",
    "DebianMember",
    "RecordError",
    "SourceError",
    "WheelMember",
    "about",
    "build",
    "make",
    "names_of",
    "rebuild",
    "recipe_of",
    "refresh",
    "verify",
]
