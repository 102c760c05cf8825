"""NHEFS: 1,629 people who smoked around 1971, followed until 1992.

The table that Hernan and Robins cut out of the public-use files of the NHANES I Epidemiologic Follow-up Study
for their book *Causal Inference: What If*, as the package causallib carries it. Every value is passed on as the
text that stands there: only the line ends become Unix line ends. Nothing is cleaned.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "causallib": WheelMember(
        package="causallib",
        version="0.10.0",
        member="causallib/datasets/data/nhefs/NHEFS.csv",
        sha256="1b8b59aa8588d6cc61de73ab49a3096c4efa18b2b28127c1cd63c9262e3b475a",
    ),
}


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table with Unix line ends."""
    return {"nhefs.csv": sources["causallib"].replace(b"\r\n", b"\n")}
