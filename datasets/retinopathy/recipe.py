"""Retinopathy: 197 people with high-risk diabetic retinopathy, one eye treated with a laser, the other not.

Half of the high-risk patients of the Diabetic Retinopathy Study, drawn at random, as R's package survival carries them:
two rows a person, the treated eye first. Every value is passed on as it stands there.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.lazyload import SURVIVAL, read_table
from curriculum.datasets.text import csv_bytes

SOURCES = SURVIVAL


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table as CSV bytes."""
    return {"retinopathy.csv": csv_bytes(read_table(sources["rdx"], sources["rdb"], "retinopathy"))}
