"""SYNTHETIC: the discharge register of a made-up hospital; see `curriculum/generators/identifiers.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.generators import identifiers

SOURCES: dict[str, object] = {}  # made here, out of no other data
SEED = identifiers.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The five finished tables. `sources` is empty: nothing is read."""
    return identifiers.generate(seed)
