"""Reports in HTML: `write_learner` and `write_class` for an instructor's course, `write_own` for oneself."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

from curriculum.grading import SCRATCH, STUDENT, WORKSPACE, record
from curriculum.grading.record import Course, Outcome, Result, Student
from curriculum.grading.reports import pages
from curriculum.syllabus import Syllabus

__all__ = ["ReportError", "write_class", "write_learner", "write_own"]

FOLDER = "reports"


class ReportError(Exception):
    """A report cannot be made; the message says why, and what to do."""


def write_own(
    root: Path, exercises: list[str], syllabus: Syllabus | None, output: Path | None = None
) -> Path:
    """The report of a learner who grades their own copies: from `.grading/` to `my-work/feedback/report.html`.

    Parameters
    ----------
    root : Path
        The course folder.
    exercises : list of str
        Those that were released; one that was not graded yet is in the report as such.
    syllabus : Syllabus, optional
    output : Path, optional
        Where else to write it.

    Raises
    ------
    ReportError
        When nothing was graded yet.
    """
    student = Student(STUDENT)
    courses = {name: _scratch(root / SCRATCH / name, name) for name in exercises}
    found = {
        name: course.result(STUDENT, name)
        if course
        else Result(
            student, name, Outcome.NOT_GRADED, 0.0, remarks=(f"to grade it: python3 start.py grade {name}",)
        )
        for name, course in courses.items()
    }
    if not any(courses.values()):
        raise ReportError(
            "Nothing was graded yet. Run `python3 start.py grade` with an exercise first, such as "
            f"`python3 start.py grade {exercises[0] if exercises else '12_data_quality'}`."
        )
    whole = Course(
        (student,),
        tuple(exercises),
        {(STUDENT, name): result for name, result in found.items()},
        {name: course.outline[name] if course else () for name, course in courses.items()},
    )
    target = output or root / WORKSPACE / "feedback" / "report.html"
    links = {
        name: _address(page, target)
        for name in exercises
        if (page := root / WORKSPACE / "feedback" / f"{name}.html").is_file()
    }
    worked = {
        name: _address(page, target)
        for name in exercises
        if (page := root / WORKSPACE / "feedback" / f"{name}-worked.html").is_file()
    }
    return _write(
        target, pages.learner(whole, student, syllabus, date.today(), links, own=True, worked=worked)
    )


def _scratch(folder: Path, exercise: str) -> Course | None:
    """What grading one's own copy left behind, or None when it has not been graded."""
    try:
        with record.opened(folder) as (gradebook, coursedir):
            course = record.read(gradebook, coursedir, [STUDENT], [exercise])
    except record.RecordError:
        return None
    there = course.exercises and course.students
    return course if there and course.result(STUDENT, exercise).so_far is not None else None


def write_learner(folder: Path, student: str, syllabus: Syllabus | None, output: Path | None = None) -> Path:
    """The report of one student of an nbgrader course, written to its folder `reports/`.

    Raises
    ------
    ReportError
        When the gradebook has no such student.
    """
    with record.opened(folder) as (gradebook, coursedir):
        course = record.read(gradebook, coursedir, [student])
        if not course.students:
            raise ReportError(
                f"The gradebook has no student called {student}. `nbgrader db student list` shows them all."
            )
        target = output or folder / FOLDER / f"{_file_name(student)}.html"
        links = {}
        for name in course.exercises:
            page = Path(coursedir.format_path(coursedir.feedback_directory, student, name)) / f"{name}.html"
            if page.is_file():
                links[name] = _address(page, target)
    return _write(target, pages.learner(course, course.students[0], syllabus, date.today(), links))


def write_class(
    folder: Path, syllabus: Syllabus | None, names: bool = False, output: Path | None = None
) -> Path:
    """The report of a class, written to the course's folder `reports/`.

    Raises
    ------
    ReportError
        When the gradebook has no students or no exercises.
    """
    with record.opened(folder) as (gradebook, coursedir):
        course = record.read(gradebook, coursedir)
    if not course.students or not course.exercises:
        raise ReportError("The gradebook has no students or no exercises yet: there is nothing to report.")
    target = output or folder / FOLDER / "class.html"
    return _write(target, pages.of_class(course, syllabus, date.today(), names))


def _file_name(student: str) -> str:
    """A student's id as the name of a file: it cannot lead elsewhere, and two ids never share one."""
    if re.fullmatch(r"[A-Za-z0-9][\w@.-]*", student) and student.casefold() != "class":
        return student
    return "student-" + student.encode().hex()


def _address(page: Path, target: Path) -> str:
    """The way from one page to another, as an address."""
    import os

    way = os.path.relpath(page.resolve(), target.resolve().parent)
    return quote(Path(way).as_posix())


def _write(target: Path, page: str) -> Path:
    half = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(page, encoding="utf-8")
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise ReportError(f"{target} cannot be written ({error.strerror}).") from None
    return target
