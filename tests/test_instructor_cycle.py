"""The instructor's cycle with nbgrader's own commands: one class, five submissions, one of them damaged."""

from __future__ import annotations

import csv
import subprocess
import sys
from datetime import UTC, datetime

import nbformat
import pytest
from fixtures import classroom
from nbgrader.api import Gradebook

from curriculum import answers

EXERCISE = "12_data_quality"
STUDENTS = ("blank", "damaged", "late", "right", "wrong")

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows"),
    pytest.mark.xdist_group("instructor"),
]


@pytest.fixture(scope="module")
def room(root, tmp_path_factory):
    return classroom.make(
        tmp_path_factory.mktemp("class"), root / "exercises" / "source" / EXERCISE, EXERCISE
    )


@pytest.fixture(scope="module")
def nbgrader(room):
    def call(*words: str, cwd=None, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *words],
            cwd=cwd or room.folder,
            env=room.env,
            capture_output=True,
            text=True,
            timeout=240,
        )
        said = done.stdout + done.stderr
        assert done.returncode == code, (
            f"nbgrader {' '.join(words)} ended with {done.returncode}:\n{said[-3000:]}"
        )
        return said

    return call


@pytest.fixture(scope="module")
def wrong_answer(root):
    stored = (answers.read(path) for path in sorted((root / "tests" / "answers" / EXERCISE).glob("*.py")))
    return next(answer for answer in stored if answer.catches)


@pytest.fixture(scope="module")
def cycle(root, room, nbgrader, wrong_answer):
    """Everything from generate to export; what the commands said where a test asks for it."""
    said = {}
    nbgrader("generate_assignment", EXERCISE)
    nbgrader("release_assignment", EXERCISE)
    released = room.released()
    source = nbformat.read(room.folder / "source" / EXERCISE / f"{EXERCISE}.ipynb", as_version=4)
    right = answers.submission(answers.Answer("right", "", "solution", "", {}, {}, {}), source, released)
    wrong = answers.submission(wrong_answer, source, released)
    room.hand_in("wrong", wrong)
    room.hand_in("right", right)
    room.hand_in("blank", released)
    room.hand_in("damaged", nbformat.writes(right).encode()[:5000])
    with Gradebook(room.db_url) as gradebook:
        gradebook.update_or_create_assignment(EXERCISE, duedate=datetime.now(UTC).replace(tzinfo=None))
    room.hand_in("late", right)
    for folder in (room.exchange / classroom.COURSE / "inbound").glob("late+*"):  # the solution as feedback?
        (folder / "answers.html").symlink_to(room.folder / "source" / EXERCISE / f"{EXERCISE}.ipynb")

    nbgrader("collect", EXERCISE)
    said["autograde"] = nbgrader("autograde", EXERCISE, code=1)  # 1: a submission could not be graded
    with Gradebook(room.db_url) as gradebook:
        written = [
            g
            for g in gradebook.find_submission(EXERCISE, "right").notebooks[0].grades
            if g.needs_manual_grade
        ]
        said["written"] = [(grade.name, grade.max_score) for grade in written]
        for grade in written:  # as the formgrader stores it
            grade.manual_score = grade.max_score - 1
            grade.needs_manual_grade = False
            gradebook.find_comment(
                grade.name, EXERCISE, EXERCISE, "right"
            ).manual_comment = "Say whom it harms."
        gradebook.db.commit()
    nbgrader("generate_feedback", EXERCISE)
    nbgrader("release_feedback", EXERCISE)
    elsewhere = room.home / "elsewhere"  # the configuration also works when another one loads it
    elsewhere.mkdir()
    load = f"load_subconfig({str(room.folder / 'nbgrader_config.py')!r})\n"
    (elsewhere / "nbgrader_config.py").write_text(load, encoding="utf-8")
    nbgrader("export", cwd=elsewhere)
    with (elsewhere / "grades.csv").open(encoding="utf-8") as file:
        said["grades"] = {row["student_id"]: row for row in csv.DictReader(file)}
    return said


@pytest.fixture(scope="module")
def points(root):
    """Points of the exercise that tests give, and points of written work."""
    source = nbformat.read(root / "exercises" / "source" / EXERCISE / f"{EXERCISE}.ipynb", as_version=4)
    graded = [c.metadata.nbgrader for c in source.cells if c.metadata.get("nbgrader", {}).get("grade")]
    return (
        sum(marks.points for marks in graded if not marks.solution),
        sum(marks.points for marks in graded if marks.solution),
    )


def test_an_instructors_release_is_the_committed_one_to_the_byte(root, room, cycle):
    committed = root / "exercises" / "release" / EXERCISE
    names = sorted(p.relative_to(committed) for p in committed.rglob("*") if p.is_file())
    made = room.folder / "release" / EXERCISE
    assert sorted(p.relative_to(made) for p in made.rglob("*") if p.is_file()) == names
    for name in names:
        assert (made / name).read_bytes() == (committed / name).read_bytes(), name


def test_every_submission_is_collected(room, cycle):
    assert tuple(sorted(p.name for p in (room.folder / "submitted").iterdir())) == STUDENTS


def test_the_export_has_the_right_numbers(cycle, points, wrong_answer):
    grades = cycle["grades"]
    by_tests, by_person = points
    assert set(grades) == set(STUDENTS)
    score = {student: float(row["score"]) for student, row in grades.items()}
    written = len(cycle["written"])
    assert score["right"] == by_tests + by_person - written
    assert score["wrong"] == by_tests - sum(wrong_answer.loses.values())
    assert score["blank"] == 0
    assert score["late"] == by_tests
    assert {float(row["max_score"]) for row in grades.values()} == {by_tests + by_person}


def test_a_late_submission_is_recorded_as_late(cycle):
    late, right = cycle["grades"]["late"], cycle["grades"]["right"]
    assert late["timestamp"] > late["duedate"] > right["timestamp"]
    assert float(late["late_submission_penalty"]) == 0  # the course takes nothing off; an instructor may


def test_a_damaged_submission_is_named_and_does_not_stop_the_others(room, cycle):
    assert "for student 'damaged'" in cycle["autograde"]
    graded = sorted(p.name for p in (room.folder / "autograded").iterdir() if any(p.iterdir()))
    assert graded == [student for student in STUDENTS if student != "damaged"]


def test_feedback_reaches_students_with_comments_and_without_hidden_tests(room, cycle):
    page = (room.folder / "feedback" / "right" / EXERCISE / f"{EXERCISE}.html").read_text(encoding="utf-8")
    assert "Say whom it harms." in page
    assert "BEGIN HIDDEN TESTS" not in page and 'src="http' not in page
    released = list((room.exchange / classroom.COURSE / "feedback").glob("*.html"))
    assert len(released) == len(STUDENTS) - 1
    assert not any("BEGIN HIDDEN TESTS" in path.read_text(encoding="utf-8") for path in released)


def test_a_link_in_a_submission_is_named_and_not_followed(room, cycle):
    for folder in ("submitted", "autograded", "feedback"):
        assert not (room.folder / folder / "late" / EXERCISE / "answers.html").exists()
    page = (room.folder / "feedback" / "late" / EXERCISE / f"{EXERCISE}.html").read_text(encoding="utf-8")
    assert "answers.html is a link to another place; it was not followed." in page
