"""Seven DICOM files with fictitious patients on the pixels of two public samples; see `curriculum/generators/dicom.py`."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember
from curriculum.generators import dicom

SOURCES = {
    "CT": WheelMember(
        package="pydicom",
        version="3.0.2",
        member="pydicom/data/test_files/CT_small.dcm",
        sha256="3dd31e5cc835b3f2cdd46c9da1982f59251e78518fefa8163d914631c66437d6",
    ),
    "MR": WheelMember(
        package="pydicom",
        version="3.0.2",
        member="pydicom/data/test_files/MR_small.dcm",
        sha256="3f27d1c22f1a66e80d7bb7c911e8610fd0bb70325a76746a7adb1c0ddefcf2bb",
    ),
}
SEED = dicom.SEED


def build(sources: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The seven files, the list of what is planted, and the actions of the Basic Profile."""
    return dicom.generate(sources, seed)
