"""Three medical pictures for lessons on image quality: a retina, a detail with microaneurysms, a stained tissue.

The files stand in the package scikit-image and are passed on byte by byte.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember


def _picture(file: str, sha256: str) -> WheelMember:
    return WheelMember(package="scikit-image", version="0.26.0", member=f"skimage/data/{file}", sha256=sha256)


SOURCES = {
    "retina.jpg": _picture("retina.jpg", "38a07f36f27f095e818aea7b96d34202c05176d30253c66733f2e00379e9e0e6"),
    "microaneurysms.png": _picture(
        "microaneurysms.png", "a1e1be59aa447f8ce082f7fa809997ab369a2b137cb6c4202abc647c7ccf6456"
    ),
    "ihc.png": _picture("ihc.png", "f8dd1aa387ddd1f49d8ad13b50921b237df8e9b262606d258770687b0ef93cef"),
}


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The three files, unchanged."""
    return dict(sources)
