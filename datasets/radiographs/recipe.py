"""SYNTHETIC: drawings like chest films with a tag in the corner; see `curriculum/generators/radiographs.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.generators import radiographs

SOURCES: dict[str, object] = {}  # made here, out of no other data
SEED = radiographs.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The finished files. `sources` is empty: nothing is read."""
    return radiographs.generate(seed)
