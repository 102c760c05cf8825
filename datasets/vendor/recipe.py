"""SYNTHETIC: twelve months of a bought-in early-warning score at one made-up hospital; see `curriculum/generators/vendor.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.generators import vendor

SOURCES: dict[str, object] = {}  # made here, out of no other data
SEED = vendor.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The finished files. `sources` is empty: nothing is read."""
    return vendor.generate(seed)
