"""hearts: every figure that its datasheet states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from curriculum.datasets import description

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "datasets"
FINDINGS = [
    "age",
    "sex",
    "cp",
    "trestbps",
    "chol",
    "fbs",
    "restecg",
    "thalach",
    "exang",
    "oldpeak",
    "slope",
    "ca",
    "thal",
]


@pytest.fixture(scope="module")
def cleveland() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "hearts/cleveland.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def copy() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "hearts/hearts_copy.csv", dtype=str, keep_default_na=False)


def test_who_is_in_it_is_counted(cleveland: pd.DataFrame) -> None:
    """The figures in the `who` line of the list."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    sex, age = cleveland.sex.value_counts(), cleveland.age.astype(int)
    assert f"{sex['1']} men and {sex['0']} women, aged {age.min()} to {age.max()}" in text


# The last column, `num`, of processed.cleveland.data in the UCI repository, row by row (Janosi et al. 1989,
# https://doi.org/10.24432/C52P4X, CC BY 4.0). Orange's file keeps only whether it is above 0.
UCI_GRADES = (
    "0210003021002000100000134000030210003130400014040000201111002010221021031110100300030000000300012300"
    "0000302123110220003234031033000000004310010101400000043111200400000010301041010032001002120312030001"
    "0000033301040310000000031000320210032100000202213001000000010300422210102010001020302420001022103112310"
)


def _columns(name: str, file: str) -> list[description.Column]:
    return description.columns(FOLDER / name, description.about(FOLDER / name), file)


def test_cleveland_is_the_published_table(cleveland: pd.DataFrame, says: Callable[..., None]) -> None:
    assert cleveland.shape == (303, 14) and list(cleveland.columns) == [*FINDINGS, "target"]
    grades = pd.Series([int(digit) for digit in UCI_GRADES])
    assert list(grades.value_counts().sort_index()) == [
        164,
        55,
        36,
        35,
        13,
    ]  # as UCI's description counts them
    assert (grades.gt(0).astype(int).astype(str) == cleveland.target).all()
    says(
        "hearts",
        f"{(cleveland.target == '1').sum()} of 303 patients in `cleveland.csv` have the disease ({(cleveland.target == '1').mean() * 100:.1f} %)",
    )


def test_the_copy_moved_the_threshold(
    cleveland: pd.DataFrame, copy: pd.DataFrame, says: Callable[..., None]
) -> None:
    assert not cleveland.duplicated(FINDINGS).any() and not copy.duplicated(FINDINGS).any()
    both = cleveland.assign(grade=list(UCI_GRADES)).merge(copy, on=FINDINGS, suffixes=("", "_copy"))
    changed = both[both.target != both.target_copy]
    ill = both[both.target == "1"]
    assert set(changed.target) == {"1"}
    assert (both.target_copy == both.grade.astype(int).ge(2).astype(int).astype(str)).all()
    assert set(changed.grade) == {"1"} == set(ill[ill.target_copy == "0"].grade)
    says(
        "hearts",
        f"{len(changed)} labels changed. {len(both)} rows stand in both files. {len(ill)} of them have the disease",
        f"{len(changed)} of these {len(ill)} are labelled 0 in the copy, {(ill.target_copy == '1').sum()} are labelled 1",
        f"in `hearts_copy.csv` it is {(copy.target == '1').sum()} of 303 ({(copy.target == '1').mean() * 100:.1f} %)",
    )


def test_the_copy_left_out_the_gaps(
    cleveland: pd.DataFrame, copy: pd.DataFrame, says: Callable[..., None]
) -> None:
    matched = cleveland.merge(copy[FINDINGS], on=FINDINGS, how="left", indicator=True)
    gone = matched[matched["_merge"] == "left_only"]
    gap = gone.eq("")
    assert gap.any(axis=1).all() and cleveland.eq("").any(axis=1).sum() == len(gone) == 6
    assert (gone.target == "1").sum() == 2 and not copy.eq("").any(axis=None)
    says(
        "hearts",
        f"the 6 with a gap: {gap.ca.sum()} without `ca`, {gap.thal.sum()} without `thal`. Two of them have",
    )


def test_the_copy_counts_six_patients_twice(
    cleveland: pd.DataFrame, copy: pd.DataFrame, says: Callable[..., None]
) -> None:
    matched = copy.merge(cleveland[FINDINGS], on=FINDINGS, how="left", indicator=True)
    added = matched[matched["_merge"] == "left_only"].drop(columns="_merge")
    nine = [name for name in FINDINGS if name not in ("cp", "restecg", "slope", "thal")]
    assert not cleveland.duplicated(nine).any() and copy.duplicated(nine).sum() == len(added) == 6
    twins = added.merge(cleveland, on=nine, suffixes=("_copy", ""))
    assert len(twins) == 6 and set(twins.target) == {"1"} and set(twins.target_copy) == {"0"}
    assert len(twins.merge(copy, on=FINDINGS)) == 6  # each twin stands in the copy under its own codes too
    for name in ("cp", "restecg", "slope", "thal"):
        assert (twins[name] != twins[f"{name}_copy"]).all()
    assert "0" in set(added.cp) and {"1", "2"} < set(added.thal)
    says(
        "hearts", "6 patients counted twice", "All 6 have the disease and carry the label 0", "makes 60 rows"
    )


def test_the_copy_has_another_order(
    cleveland: pd.DataFrame, copy: pd.DataFrame, says: Callable[..., None]
) -> None:
    same_place = (cleveland[FINDINGS] == copy[FINDINGS]).all(axis=1).sum()
    says("hearts", f"Both files have 303 rows and 14 columns, and {same_place} rows stand in the same place")
