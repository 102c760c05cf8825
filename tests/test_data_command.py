"""`curriculum data`: what a person sees in the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from curriculum import datasets
from curriculum.cli import app

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with two datasets only, which a test may break; the command is called inside it."""
    for name in ("hearts", "three_clinics"):
        shutil.copytree(ROOT / "datasets" / name, tmp_path / "datasets" / name)
    shutil.copy(ROOT / "datasets/README.md", tmp_path / "datasets")
    shutil.copy(ROOT / "syllabus.yml", tmp_path)
    (tmp_path / "authoring").mkdir()  # by which a course folder is known
    assert datasets.refresh(tmp_path) == []
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*words: str) -> tuple[int, str]:
    """The exit code of `curriculum data ...` and all that it prints, on one line."""
    result = CliRunner().invoke(app, ["data", *words])
    return result.exit_code, " ".join(result.output.split())


def test_list_names_every_dataset(course: Path) -> None:
    code, text = said("list")
    assert code == 0 and "hearts 26 kB Patients sent for coronary angiography" in text
    assert "three_clinics 15 kB SYNTHETIC" in text and "curriculum data info NAME" in text


def test_info_answers_the_questions_that_come_first(course: Path) -> None:
    code, text = said("info", "hearts")
    assert code == 0
    for part in ("Who is in it: 303 patients", "Who is not:", "Licence: CC BY 4.0", "datasheet.md"):
        assert part in text
    assert 'pd.read_csv("datasets/hearts/cleveland.csv")' in text and "Serum cholesterol (mg/dL)" in text


@pytest.mark.parametrize(
    "words", [("info", "pima"), ("rebuild", "pima"), ("make", "pima", "--seed", "1", "--to", "x")]
)
def test_an_unknown_name(course: Path, words: tuple[str, ...]) -> None:
    code, text = said(*words)
    assert code == 2 and "There is no dataset called pima. The datasets are: hearts, three_clinics." in text


def test_verify_names_the_file_and_the_remedy(course: Path) -> None:
    assert said("verify")[0] == 0
    path = course / "datasets/hearts/cleveland.csv"
    path.write_bytes(path.read_bytes().replace(b"63,1,1,145", b"63,1,1,154", 1))
    code, text = said("verify")
    assert code == 1 and "datasets/hearts/cleveland.csv: Is not the file" in text and "git checkout" in text


def test_a_column_that_is_gone(course: Path) -> None:
    path = course / "datasets/three_clinics/three_clinics.csv"
    path.write_bytes(b"\n".join(line.rpartition(b",")[0] for line in path.read_bytes().splitlines()) + b"\n")
    assert "three_clinics.csv: Is not the file that croissant.json records" in said("verify")[1]
    code, text = said("rebuild", "three_clinics", "--check")
    assert code == 1 and "smoker" in text and "[line 1]" in text
    assert said("rebuild", "three_clinics")[0] == 0 and said("verify")[0] == 0


def test_make_another_edition(course: Path) -> None:
    code, text = said("make", "three_clinics", "--seed", "7", "--to", "other")
    assert code == 0 and "wrote other/three_clinics.csv" in text
    made = (course / "other/three_clinics.csv").read_bytes()
    assert (
        made.count(b"\n") == 241
        and made != (course / "datasets/three_clinics/three_clinics.csv").read_bytes()
    )

    code, text = said("make", "three_clinics", "--seed", "8", "--to", "other")
    assert code == 2 and "is there already, and nothing was written" in text
    assert (course / "other/three_clinics.csv").read_bytes() == made


def test_make_refuses_real_data_and_the_courses_own_folder(course: Path) -> None:
    code, text = said("make", "hearts", "--seed", "7", "--to", "other")
    assert code == 2 and "hearts is real data: it has no seed. With a seed there are: three_clinics." in text
    code, text = said("make", "three_clinics", "--seed", "7", "--to", "datasets/three_clinics")
    assert code == 2 and "Name a folder elsewhere" in text and datasets.verify(course) == []
