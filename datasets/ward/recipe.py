"""SYNTHETIC: an event log of fictitious adults in one made-up hospital; see `curriculum/generators/ward.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.generators import ward

SOURCES: dict[str, object] = {}  # made here, out of no other data
SEED = ward.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The finished files. `sources` is empty: nothing is read."""
    return ward.generate(seed)
