"""SYNTHETIC: 16 fictitious patients as FHIR R4 bundles; see `curriculum/generators/fhir.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.generators import fhir

SOURCES: dict[str, object] = {}  # made here, out of no other data
SEED = fhir.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The finished files. `sources` is empty: nothing is read."""
    return fhir.generate(seed)
