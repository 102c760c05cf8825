"""Where a learner stands: points by lesson, responsibility and competency, from their own gradings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from curriculum import workspace
from curriculum.journey import history
from curriculum.journey.history import Grading
from curriculum.syllabus import Lesson, Syllabus

SOURCE = Path("exercises") / "source"


@dataclass(frozen=True)
class Points:
    """Points earned, points that a person has yet to give, and points there are."""

    earned: float = 0.0
    waiting: float = 0.0
    possible: float = 0.0

    def __add__(self, other: Points) -> Points:
        """Both together."""
        return Points(
            self.earned + other.earned, self.waiting + other.waiting, self.possible + other.possible
        )

    @property
    def words(self) -> str:
        """`27 of 30 points`, and how many wait for a person."""
        said = f"{number(self.earned)} of {number(self.possible)} points"
        return f"{said}, {number(self.waiting)} more wait for a person" if self.waiting else said


@dataclass(frozen=True)
class Cell:
    """A graded cell: what it gives, and what was earned there. `waits` is set while a person has yet to read."""

    id: str
    objective: str
    possible: float
    written: bool
    earned: float = 0.0
    waits: bool = False

    @property
    def points(self) -> Points:
        """Its points."""
        return Points(self.earned, self.possible if self.waits else 0.0, self.possible)


@dataclass(frozen=True)
class Work:
    """One exercise of the course and what the learner did in it. `result` is None while it is not graded."""

    exercise: str
    title: str
    cells: tuple[Cell, ...]
    result: object | None = None  # a `record.Result`
    gradings: tuple[Grading, ...] = ()
    changed: bool = False  # the exercise is another edition now than the one that was graded
    trouble: str = ""  # why there are no points although it was graded

    @property
    def graded(self) -> bool:
        """Whether there are points."""
        return self.result is not None

    @property
    def points(self) -> Points:
        """All its points."""
        return sum((cell.points for cell in self.cells), Points())

    @property
    def latest(self) -> Grading | None:
        """The last grading that was noted."""
        return self.gradings[-1] if self.gradings else None

    @property
    def best(self) -> Grading | None:
        """An earlier grading of the same edition that gave more points than the latest, or None."""
        if not (self.graded and self.latest):
            return None
        same = [g for g in self.gradings if g.edition == self.latest.edition]
        top = max(same, key=lambda g: g.earned)
        return top if top.earned > self.points.earned + 1e-9 else None

    @property
    def blank(self) -> tuple[str, ...]:
        """Titles of the items that are not answered."""
        items = getattr(self.result, "items", ())
        return tuple(
            item.title for item in items if any(str(test.state) == "not answered" for test in item.tests)
        )

    @property
    def done(self) -> bool:
        """Graded, and nothing is left unanswered."""
        return self.graded and not self.blank

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if self.trouble:
            return self.trouble
        if not self.graded:
            last = self.latest
            if last:
                return f"not graded in this version ({number(last.earned)} points on {last.day})"
            return "not graded yet"
        said = self.points.words
        if self.best:
            said += f" (your best: {number(self.best.earned)}, on {self.best.day})"
        return said


@dataclass(frozen=True)
class Heading:
    """Points under a responsibility or a competency."""

    id: str
    name: str
    points: Points


@dataclass(frozen=True)
class Standing:
    """Everything that the pages, the picture and the terminal say."""

    root: Path
    syllabus: Syllabus
    works: dict[str, Work]
    responsibilities: tuple[Heading, ...] = ()
    competencies: tuple[Heading, ...] = ()
    new: dict[str, str] = field(default_factory=dict)  # exercise -> folder of its new version in my-work/

    @property
    def points(self) -> Points:
        """Points of every exercise of the course."""
        return sum((work.points for work in self.works.values()), Points())

    @property
    def graded(self) -> list[Work]:
        """Exercises with points, in the order of the course."""
        return [work for work in self.works.values() if work.graded]

    def work(self, lesson: Lesson) -> Work | None:
        """The exercise of a lesson, or None."""
        return self.works.get(lesson.exercise or "")


def read(root: Path, syllabus: Syllabus) -> Standing:
    """Where the learner of the course at `root` stands. Nothing is changed.

    A gradebook that is not there or cannot be read counts as not graded.
    """
    noted = history.read(root)
    released = set(workspace.exercises(root))
    works = {
        name: _work(root, name, exercise.title, tuple(noted.get(name, ())))
        for name, exercise in syllabus.exercises.items()
        if name in released or (root / SOURCE / name).is_dir()
    }
    record = workspace.read_record(root / workspace.MY_WORK).get(workspace.NEW, {})
    new = {
        name: str(entry.get("folder"))
        for name, entry in (record.items() if isinstance(record, dict) else ())
        if isinstance(entry, dict) and (root / workspace.MY_WORK / str(entry.get("folder"))).is_dir()
    }
    cells = [cell for work in works.values() for cell in work.cells if cell.objective in syllabus.objectives]
    responsibilities = tuple(
        Heading(
            r.id, r.name, _sum(c for c in cells if syllabus.objectives[c.objective].responsibility == r.id)
        )
        for r in syllabus.responsibilities.values()
    )
    competencies = tuple(
        Heading(s.id, s.name, _sum(c for c in cells if s.id in syllabus.objectives[c.objective].competencies))
        for s in syllabus.competencies.values()
    )
    return Standing(root, syllabus, works, responsibilities, competencies, new)


def _sum(cells: Iterable[Cell]) -> Points:
    return sum((cell.points for cell in cells), Points())


def _work(root: Path, name: str, title: str, gradings: tuple[Grading, ...]) -> Work:
    outline = _outline(root / SOURCE / name / f"{name}.ipynb")
    if not (root / history.SCRATCH / name / "gradebook.db").is_file():
        return Work(name, title, outline, gradings=gradings)
    result = own_result(root, name)
    if result is None:
        return Work(name, title, outline, gradings=gradings)
    if result.so_far is None:
        remark = result.remark or "grade it again"
        trouble = "" if str(result.outcome) in ("not graded", "missing") else f"{result.outcome}: {remark}"
        return Work(name, title, outline, gradings=gradings, trouble=trouble)
    cells = tuple(
        Cell(
            test.id,
            test.objective,
            test.possible,
            test.written,
            test.earned,
            test.id in result.waits,
        )
        for item in result.items
        for test in item.tests
    )
    now = workspace.edition_of(root / SOURCE / name)
    changed = bool(gradings) and gradings[-1].edition != now
    return Work(name, title, cells, result, gradings, changed)


def own_result(root: Path, exercise: str):
    """The learner's `record.Result` in the gradebook that grading by oneself wrote, or None."""
    from curriculum.grading import STUDENT, record

    try:
        with record.opened(root / history.SCRATCH / exercise) as (gradebook, coursedir):
            course = record.read(gradebook, coursedir, [STUDENT], [exercise])
    except (record.RecordError, OSError):
        return None
    return course.result(STUDENT, exercise) if course.exercises and course.students else None


def _outline(notebook: Path) -> tuple[Cell, ...]:
    """The graded cells of an exercise; none when its notebook cannot be read."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        marks = [(cell["metadata"].get("nbgrader", {}), cell["metadata"]) for cell in cells]
        return tuple(
            Cell(
                mark["grade_id"],
                metadata.get("curriculum", {}).get("objective", ""),
                float(mark["points"]),
                bool(mark.get("solution")),
            )
            for mark, metadata in marks
            if mark.get("grade")
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return ()


def number(value: float) -> str:
    """A number of points without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
