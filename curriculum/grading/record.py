"""What an nbgrader course knows of its students: points, and a state where there are none.

`read` takes it from the gradebook and from the folders of the course, and changes neither. Exports and reports
are made of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from glob import escape, glob
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbformat import NotebookNode

from curriculum.grading import reading, results
from curriculum.grading.results import Item
from curriculum.grading.wording import State

FINDINGS = "findings"  # where `preprocessors.Repair` notes what it put right, under "curriculum"
LARGEST = 50_000_000  # bytes of a hand-in that is looked into to say why it has no grade
TROUBLE = (State.TIMED_OUT, State.CRASHED, State.RESTORED)


class RecordError(Exception):
    """A course cannot be read; the message says which, and what to do."""


class Outcome(StrEnum):
    """How the work of one student on one exercise stands; the value is the word that people read."""

    GRADED = "graded"
    PERSON = State.PERSON.value
    TAMPERED = State.TAMPERED.value
    NOT_GRADED = "not graded"
    DAMAGED = State.DAMAGED.value
    MISSING = State.MISSING.value


@dataclass(frozen=True)
class Student:
    """A student of the gradebook."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""

    @property
    def name(self) -> str:
        """First and last name, or the id when the gradebook has none."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


@dataclass(frozen=True)
class Result:
    """One student's work on one exercise.

    `earned` are the points that tests and people gave, before the late penalty; `waiting` are points that a
    person has yet to give. Both are 0 where nothing was graded: ask `grade` or `so_far`, which are None then.
    """

    student: Student
    exercise: str
    outcome: Outcome
    possible: float
    earned: float = 0.0
    waiting: float = 0.0
    penalty: float = 0.0
    remarks: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    waits: frozenset[str] = frozenset()  # ids of the cells whose points wait for a person
    notes: tuple[str, ...] = ()  # what was put right in the student's copy

    @property
    def so_far(self) -> float | None:
        """Points after the late penalty, those that wait for a person left out; None where nothing was graded."""
        if self.outcome not in (Outcome.GRADED, Outcome.PERSON):
            return None
        return max(0.0, self.earned - self.penalty)

    @property
    def grade(self) -> float | None:
        """The grade as nbgrader computes it, late penalty taken off; None while a person has yet to read."""
        return self.so_far if self.outcome is Outcome.GRADED else None

    @property
    def remark(self) -> str:
        """What else to know, in one line; empty for an ordinary grade."""
        return "; ".join(self.remarks)


@dataclass(frozen=True)
class Course:
    """Every student's result in every exercise. `outline` holds each exercise's items with no points earned."""

    students: tuple[Student, ...]
    exercises: tuple[str, ...]
    results: Mapping[tuple[str, str], Result]
    outline: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    def result(self, student: str, exercise: str) -> Result:
        """The result of a student (by id) in an exercise."""
        return self.results[student, exercise]

    def of(self, exercise: str) -> list[Result]:
        """The results of every student in an exercise."""
        return [self.results[student.id, exercise] for student in self.students]

    def possible(self, exercise: str) -> float:
        """Points of an exercise."""
        return sum(item.possible for item in self.outline[exercise])


class _Mark(NamedTuple):
    """A row of nbgrader's table of grades."""

    auto: float | None
    manual: float | None
    extra: float
    flagged: bool  # nbgrader asks a person to look

    @property
    def known(self) -> bool:
        return self.auto is not None or self.manual is not None

    @property
    def waits(self) -> bool:
        return self.manual is None and (self.auto is None or self.flagged)

    @property
    def points(self) -> float:
        """As nbgrader counts: what a person gave, otherwise what tests gave; extra credit on top."""
        return (self.manual if self.manual is not None else self.auto or 0.0) + self.extra


@dataclass
class _Book:
    """The gradebook, read with a handful of statements."""

    students: dict[str, Student]
    cells: dict[str, dict[str, dict[str, float]]]  # exercise -> notebook -> grade id -> points
    written: dict[tuple[str, str], set[str]]  # exercise, notebook -> grade ids that a person grades
    submitted: dict[tuple[str, str], Any]  # student, exercise -> timestamp
    penalties: dict[tuple[str, str], float]
    marks: dict[tuple[str, str, str], dict[str, _Mark]]  # student, exercise, notebook -> grade id -> row


def read(
    gradebook: Any, coursedir: Any, students: Iterable[str] = (), exercises: Iterable[str] = ()
) -> Course:
    """Read a course.

    Parameters
    ----------
    gradebook : nbgrader.api.Gradebook
        Open, and left open.
    coursedir : nbgrader.coursedir.CourseDirectory
        Where submitted and graded notebooks lie.
    students, exercises : iterable of str
        Ids of those wanted; all when empty.
    """
    book = _read_book(gradebook)
    wanted, only = set(exercises), set(students)
    names = [name for name in sorted(book.cells) if not wanted or name in wanted]
    handed_in = {name: _handed_in(coursedir, name) for name in names}
    for found in handed_in.values():
        for student in found:
            book.students.setdefault(student, Student(student))
    people = sorted(
        (person for person in book.students.values() if not only or person.id in only),
        key=lambda person: (person.last_name.casefold(), person.first_name.casefold(), person.id),
    )
    layouts = {name: {nb: _layout(coursedir, name, nb) for nb in book.cells[name]} for name in names}
    return Course(
        tuple(people),
        tuple(names),
        {
            (person.id, name): _result(book, coursedir, layouts[name], handed_in[name], person, name)
            for name in names
            for person in people
        },
        {name: _outline(book.cells[name], layouts[name]) for name in names},
    )


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Any, Any]]:
    """The gradebook and the course directory of the nbgrader course in a folder, set by its `nbgrader_config.py`.

    Raises
    ------
    RecordError
        When there is no gradebook, or it cannot be read.
    """
    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.exc import SQLAlchemyError
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    folder = folder.resolve()
    if not folder.is_dir():
        raise RecordError(f"{folder} is not a folder. Name the nbgrader course, such as exercises/.")
    config = Config()
    if (folder / "nbgrader_config.py").is_file():
        config = Config(PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config())
    if "root" not in config.CourseDirectory:
        config.CourseDirectory.root = str(folder)
    coursedir = CourseDirectory(config=config)
    file = coursedir.db_url.removeprefix("sqlite:///").partition("?")[0]
    if coursedir.db_url.startswith("sqlite:///") and not Path(file).is_file():
        raise RecordError(f"There is no gradebook at {file}: nothing was graded in {folder} yet.")
    try:
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            yield gradebook, coursedir
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise RecordError(
            f"The gradebook of {folder} cannot be read ({reason}). "
            "If it comes from an older nbgrader, run `nbgrader db upgrade` in that folder."
        ) from error


def _read_book(gradebook: Any) -> _Book:
    from nbgrader import api
    from sqlalchemy import select

    def rows(*columns: Any) -> Any:
        return select(*columns)

    ask = gradebook.db.execute
    people = {
        row.id: Student(row.id, *(value or "" for value in row[1:]))
        for row in ask(
            rows(
                api.Student.id,
                api.Student.first_name,
                api.Student.last_name,
                api.Student.email,
                api.Student.lms_user_id,
            )
        )
    }
    cells: dict = defaultdict(lambda: defaultdict(dict))
    written: dict = defaultdict(set)
    for name, notebook in ask(rows(api.Assignment.name, api.Notebook.name).join(api.Notebook.assignment)):
        cells[name][notebook]  # an exercise without points is there as well
    for kind in (api.GradeCell, api.TaskCell):
        found = rows(api.Assignment.name, api.Notebook.name, kind.name, kind.max_score)
        for name, notebook, cell, points in ask(
            found.join(api.Notebook, kind.notebook_id == api.Notebook.id).join(api.Notebook.assignment)
        ):
            cells[name][notebook][cell] = float(points)
            if kind is api.TaskCell:
                written[name, notebook].add(cell)
    answers = rows(api.Assignment.name, api.Notebook.name, api.SolutionCell.name)
    for name, notebook, cell in ask(
        answers.join(api.Notebook, api.SolutionCell.notebook_id == api.Notebook.id).join(
            api.Notebook.assignment
        )
    ):
        if cell in cells[name][notebook]:
            written[name, notebook].add(cell)
    submitted = {
        (student, name): timestamp
        for student, name, timestamp in ask(
            rows(
                api.SubmittedAssignment.student_id, api.Assignment.name, api.SubmittedAssignment.timestamp
            ).join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
        )
    }
    penalties: dict = defaultdict(float)
    late = rows(
        api.SubmittedAssignment.student_id, api.Assignment.name, api.SubmittedNotebook.late_submission_penalty
    )
    for student, name, points in ask(
        late.join(
            api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id
        ).join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
    ):
        penalties[student, name] += points or 0.0
    marks: dict = defaultdict(dict)
    grades = (
        rows(
            api.SubmittedAssignment.student_id,
            api.Assignment.name,
            api.Notebook.name,
            api.BaseCell.name,
            api.Grade.auto_score,
            api.Grade.manual_score,
            api.Grade.extra_credit,
            api.Grade.needs_manual_grade,
        )
        .join(api.BaseCell, api.Grade.cell_id == api.BaseCell.id)
        .join(api.SubmittedNotebook, api.Grade.notebook_id == api.SubmittedNotebook.id)
        .join(api.Notebook, api.SubmittedNotebook.notebook_id == api.Notebook.id)
        .join(api.SubmittedAssignment, api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id)
        .join(api.Assignment, api.SubmittedAssignment.assignment_id == api.Assignment.id)
    )
    for student, name, notebook, cell, auto, manual, extra, flagged in ask(grades):
        marks[student, name, notebook][cell] = _Mark(auto, manual, extra or 0.0, bool(flagged))
    return _Book(people, cells, written, submitted, penalties, marks)


def _handed_in(coursedir: Any, exercise: str) -> dict[str, Path]:
    """Student id -> folder of what was handed in."""
    step = coursedir.submitted_directory
    pattern = re.compile(
        coursedir.format_path(step, "(?P<student>[^/\\\\]+)", re.escape(exercise), escape=True)
    )
    found = {}
    anybody = "\0"
    for folder in glob(escape(coursedir.format_path(step, anybody, exercise)).replace(anybody, "*")):
        match = pattern.fullmatch(folder)
        if match and Path(folder).is_dir():
            found[match["student"]] = Path(folder)
    return found


def _layout(coursedir: Any, exercise: str, notebook: str) -> NotebookNode | None:
    """The notebook that headings and objectives are taken from: the source, or the release."""
    for step in (coursedir.source_directory, coursedir.release_directory):
        found = _notebook(Path(coursedir.format_path(step, ".", exercise)) / f"{notebook}.ipynb")
        if found is not None:
            return found
    return None


def _notebook(path: Path) -> NotebookNode | None:
    """A notebook of nbgrader's making, or None; it is not validated, because that takes longer than the rest."""
    try:
        found = nbformat.v4.reads(path.read_text(encoding="utf-8"))
        return found if found.nbformat == 4 else None
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        return None


def _outline(cells: dict[str, dict[str, float]], layouts: dict[str, NotebookNode | None]) -> tuple[Item, ...]:
    found: list[Item] = []
    for notebook, points in cells.items():
        blank = {cell: (0.0, possible, False) for cell, possible in points.items()}
        found += _items(layouts[notebook], None, blank, [])
    return tuple(found)


def _items(
    layout: NotebookNode | None,
    graded: NotebookNode | None,
    scores: Mapping[str, tuple[float, float, bool]],
    findings: list[dict[str, str]],
) -> tuple[Item, ...]:
    """The items; points that no notebook shows a place for come in an item of their own, so none is lost."""
    shown = layout if layout is not None else graded
    made = (
        results.items(shown, graded if graded is not None else shown, scores, findings)
        if shown is not None
        else ()
    )
    placed = {test.id for item in made for test in item.tests}
    rest = [cell for cell in scores if cell not in placed]
    if not rest:
        return made
    tests = []
    for cell in rest:
        earned, possible, person = scores[cell]
        state = State.PARTLY if earned else State.NOT_YET
        state = State.EARNED if earned >= possible else State.PERSON if person else state
        tests.append(results.Test(cell, "", earned, possible, state, written=person))
    return (*made, Item(0, "Other points", tuple(tests), *results.state_of(tests)))


def _result(
    book: _Book,
    coursedir: Any,
    layouts: dict[str, NotebookNode | None],
    handed_in: dict[str, Path],
    person: Student,
    exercise: str,
) -> Result:
    key = person.id, exercise
    cells = book.cells[exercise]
    possible = sum(sum(points.values()) for points in cells.values())
    folder = handed_in.get(person.id)
    if key not in book.submitted and folder is None:
        return Result(person, exercise, Outcome.MISSING, possible, remarks=("nothing was handed in",))
    marks = {notebook: book.marks.get((*key, notebook), {}) for notebook in cells}
    blank = [
        cell
        for notebook, points in cells.items()
        for cell in points
        if cell not in book.written.get((exercise, notebook), ())
        and not (cell in marks[notebook] and marks[notebook][cell].known)
    ]
    tests = sum(len(points) for points in cells.values()) - sum(
        len(book.written.get((exercise, notebook), ())) for notebook in cells
    )
    nothing = not any(mark.known for found in marks.values() for mark in found.values())
    if blank or nothing:
        outcome, why = _ungraded(folder, list(cells))
        if not nothing:
            why = f"{len(blank)} of {tests} tests have no result"
        return Result(person, exercise, outcome, possible, remarks=(why,))
    return _graded(book, coursedir, layouts, person, exercise, marks, possible, folder)


def _ungraded(folder: Path | None, notebooks: list[str]) -> tuple[Outcome, str]:
    """Why there is no grade for what was handed in."""
    if folder is None:
        return (
            Outcome.NOT_GRADED,
            "it is in the gradebook, but what was handed in is not in the course folder",
        )
    there = [folder / f"{name}.ipynb" for name in notebooks if (folder / f"{name}.ipynb").exists()]
    if not there:
        return Outcome.DAMAGED, f"the hand-in has no {' or '.join(f'{name}.ipynb' for name in notebooks)}"
    for path in there:
        if path.is_symlink() or not path.is_file():
            return Outcome.DAMAGED, f"{path.name} is not a file"
        if path.stat().st_size > LARGEST:
            return Outcome.DAMAGED, f"{path.name} is larger than {LARGEST // 1_000_000} MB"
        try:
            reading.read(path, "")
        except (reading.UnreadableError, OSError):
            return Outcome.DAMAGED, f"{path.name} cannot be read as a notebook"
    return Outcome.NOT_GRADED, "it was handed in, and not graded yet"


def _graded(
    book: _Book,
    coursedir: Any,
    layouts: dict[str, NotebookNode | None],
    person: Student,
    exercise: str,
    marks: dict[str, dict[str, _Mark]],
    possible: float,
    folder: Path | None,
) -> Result:
    cells = book.cells[exercise]
    items: list[Item] = []
    notes: list[str] = []
    remarks: list[str] = []
    earned = waiting = 0.0
    again = tampered = False
    waits: set[str] = set()
    graded_folder = Path(coursedir.format_path(coursedir.autograded_directory, person.id, exercise))
    for notebook, points in cells.items():
        graded = _notebook(graded_folder / f"{notebook}.ipynb")
        found = marks[notebook]
        scores = {}
        for cell, worth in points.items():
            mark = found.get(cell, _Mark(None, None, 0.0, True))
            if mark.waits:
                waiting += worth
                waits.add(cell)
            else:
                earned += mark.points
                again |= mark.manual is not None and mark.flagged
            scores[cell] = (0.0 if mark.waits else mark.points, worth, mark.waits)
        findings = _findings(graded)
        try:
            made = _items(layouts[notebook], graded, scores, findings)
            if graded is not None:
                notes += [finding["sentence"] for finding in findings] + results.remarks(graded, made)
        except Exception:  # an odd notebook costs its messages, and nobody else anything
            graded = None
            made = _items(layouts[notebook], None, scores, [])
        items += made
        tampered |= any(
            test.state == State.TAMPERED and found[test.id].manual is None
            for item in made
            for test in item.tests
            if test.id in found
        )
        if graded is None and folder is not None and not (folder / f"{notebook}.ipynb").exists():
            remarks.append(f"{notebook}.ipynb was not handed in")
        elif graded is None:
            remarks.append("the graded notebook cannot be read; the points are the gradebook's")
    penalty = book.penalties.get((person.id, exercise), 0.0)
    if waiting:
        remarks.insert(0, f"{waiting:g} of {possible:g} points wait for a person, {earned:g} earned so far")
    for state in TROUBLE:
        numbers = [str(item.number) for item in items if item.state is state]
        if numbers:
            remarks.append(f"{'item' if len(numbers) == 1 else 'items'} {', '.join(numbers)} {state}")
    if again:
        remarks.append("graded again since a person gave points: look whether they still fit")
    if penalty:
        remarks.append(f"late: {penalty:g} {'point' if penalty == 1 else 'points'} taken off")
    if folder is not None and _newer(folder, book.submitted.get((person.id, exercise))):
        remarks.append("a newer hand-in is not graded yet")
    outcome = Outcome.TAMPERED if tampered else Outcome.PERSON if waiting else Outcome.GRADED
    return Result(
        person,
        exercise,
        outcome,
        possible,
        earned,
        waiting,
        penalty,
        tuple(remarks),
        tuple(items),
        frozenset(waits),
        tuple(dict.fromkeys(notes)),
    )


def _findings(graded: NotebookNode | None) -> list[dict[str, str]]:
    about = graded.metadata.get("curriculum", {}) if graded is not None else {}
    found = about.get(FINDINGS, []) if isinstance(about, dict) else []
    return [one for one in found if isinstance(one, dict) and {"cell", "kind", "sentence"} <= set(one)]


def _newer(folder: Path, graded: Any) -> bool:
    """Whether something was handed in after what was graded."""
    from nbgrader.utils import parse_utc

    try:
        handed_in = parse_utc((folder / "timestamp.txt").read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return False
    return bool(handed_in and graded and handed_in > graded)
