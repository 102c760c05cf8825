"""The Cleveland heart-disease table, and a widely installed copy of it whose labels were changed.

The first comes out of the Orange3 package, which writes the categories as words; here they get UCI's own
column names and numbers back, so that the two files can be compared value by value. Nothing else changes:
numbers are passed on as the text they are. The copy comes out of scikit-lego and is passed on as it is,
with Unix line ends.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from curriculum.datasets.sources import WheelMember

SOURCES = {
    "orange": WheelMember(
        package="Orange3",
        version="3.40.0",
        member="Orange/datasets/heart_disease.tab",
        sha256="954e44e3d93a97682b5466c7ea166e16f376f8dd93deef5855f511734e4d6224",
    ),
    "scikit_lego": WheelMember(
        package="scikit-lego",
        version="0.9.10",
        member="sklego/data/hearts.zip",
        sha256="b991a8adcf0ee2564e024c9301ab05bafe5d7f57e99999d78c574863ec075561",
    ),
}

# Orange's column, UCI's name, and Orange's words with UCI's code (for `thal`: the copy's word).
COLUMNS: list[tuple[str, str, dict[str, str]]] = [
    ("age", "age", {}),
    ("gender", "sex", {"female": "0", "male": "1"}),
    ("chest pain", "cp", {"typical ang": "1", "atypical ang": "2", "non-anginal": "3", "asymptomatic": "4"}),
    ("rest SBP", "trestbps", {}),
    ("cholesterol", "chol", {}),
    ("fasting blood sugar > 120", "fbs", {}),
    ("rest ECG", "restecg", {"normal": "0", "ST-T abnormal": "1", "left vent hypertrophy": "2"}),
    ("max HR", "thalach", {}),
    ("exerc ind ang", "exang", {}),
    ("ST by exercise", "oldpeak", {}),
    ("slope peak exc ST", "slope", {"upsloping": "1", "flat": "2", "downsloping": "3"}),
    ("major vessels colored", "ca", {}),
    ("thal", "thal", {"normal": "normal", "fixed defect": "fixed", "reversable defect": "reversible"}),
    ("diameter narrowing", "target", {}),
]
UNKNOWN = "?"  # in both UCI's and Orange's file; an empty field here


def build(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """Both files as CSV bytes."""
    return {
        "cleveland.csv": cleveland(sources["orange"]),
        "hearts_copy.csv": hearts_copy(sources["scikit_lego"]),
    }


def cleveland(tab: bytes) -> bytes:
    """Orange's tab-separated table (three header lines) with UCI's names and codes, `?` left empty."""
    lines = tab.decode("utf-8").splitlines()
    names = lines[0].split("\t")
    assert names == [orange for orange, _, _ in COLUMNS], f"Orange's columns have changed: {names}"
    rows = [",".join(uci for _, uci, _ in COLUMNS)]
    for line in filter(None, lines[3:]):
        fields = zip(line.split("\t"), COLUMNS, strict=True)
        rows.append(",".join(_uci(value, words) for value, (_, _, words) in fields))
    return ("\n".join(rows) + "\n").encode("ascii")


def _uci(value: str, words: dict[str, str]) -> str:
    if value == UNKNOWN:
        return ""
    return words[value] if words else value


def hearts_copy(archive: bytes) -> bytes:
    """The only file in scikit-lego's zip archive, with Unix line ends (and one at the end)."""
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        content = zipped.read("heart.csv")
    return content.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
