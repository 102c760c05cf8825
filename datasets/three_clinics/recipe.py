"""SYNTHETIC: visits of fictitious people at three made-up clinics; see `curriculum/generators/three_clinics.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.generators import three_clinics

SOURCES: dict[str, object] = {}  # made here, out of no other data
SEED = three_clinics.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The finished file. `sources` is empty: nothing is read."""
    return three_clinics.generate(seed)
