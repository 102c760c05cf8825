"""Wisconsin Diagnostic Breast Cancer: 569 fine needle aspirates, measured on digital images of cell nuclei.

scikit-learn's copy of the UCI table. Its file has no column names: the first line holds the number of rows, the
number of features and the names of the two classes. Here that line is replaced by the names that scikit-learn's
`load_breast_cancer` gives the columns, with `_` for a space. Every value is passed on as the text that stands there.
"""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "scikit_learn": WheelMember(
        package="scikit-learn",
        version="1.9.1",
        member="sklearn/datasets/data/breast_cancer.csv",
        sha256="fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed",
    ),
}
FEATURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave_points",
    "symmetry",
    "fractal_dimension",
)
COLUMNS = (
    *(f"mean_{feature}" for feature in FEATURES),
    *(f"{feature}_error" for feature in FEATURES),
    *(f"worst_{feature}" for feature in FEATURES),
    "target",
)
COUNTS = "569,30,malignant,benign"  # the source's first line: rows, features, what target 0 and target 1 mean


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The table with one line of column names instead of the line of counts, and Unix line ends."""
    first, *rows = sources["scikit_learn"].decode("ascii").splitlines()
    assert first == COUNTS, f"The first line of breast_cancer.csv has changed: {first}"
    return {"wdbc.csv": ("\n".join([",".join(COLUMNS), *rows]) + "\n").encode("ascii")}
