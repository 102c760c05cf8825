"""Report pages for one learner and for a class: HTML that needs no network and says everything in words.

What comes from students (names, ids, messages of their own errors) is escaped by jinja2 throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from curriculum.grading import results
from curriculum.grading.record import Course, Outcome, Result, Student
from curriculum.grading.reports import figures
from curriculum.grading.results import Item
from curriculum.grading.wording import State
from curriculum.syllabus import Syllabus

# What stands in front of a state's word, and how it is coloured; the word alone says it all.
MARKS = {
    State.EARNED: ("✓", "good"),
    Outcome.GRADED: ("✓", "good"),
    State.PARTLY: ("◐", "fair"),
    State.NOT_YET: ("✗", "poor"),
    State.NOT_ANSWERED: ("–", "plain"),
    State.PERSON: ("…", "plain"),
    Outcome.NOT_GRADED: ("–", "plain"),
    Outcome.MISSING: ("–", "plain"),
}

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True)
class Reread:
    """A place to read again, and why: objective and the items that lost points."""

    place: str
    objectives: tuple[str, ...]
    items: tuple[str, ...]


def learner(
    course: Course,
    student: Student,
    syllabus: Syllabus | None,
    day: date,
    links: Mapping[str, str] | None = None,
    own: bool = False,
    worked: Mapping[str, str] | None = None,
) -> str:
    """The page of one learner.

    Parameters
    ----------
    course : Course
        With the learner among its students.
    student : Student
        Whose page it is.
    syllabus : Syllabus, optional
        For titles, responsibilities, competencies and what to read again.
    day : date
        The day that stands on the page.
    links : mapping, optional
        Exercise -> address of its feedback page.
    own : bool
        The learner graded the copies by themselves: the page says "you".
    worked : mapping, optional
        Exercise -> address of the page with the worked solution.
    """
    found = [course.result(student.id, exercise) for exercise in course.exercises]
    with_points = figures.graded(found)
    items = tuple(item for result in with_points for item in result.items)
    shares = results.shares(items, syllabus) if syllabus else {"responsibilities": (), "competencies": ()}
    titles = _titles(course, syllabus)
    places, blank = reread(with_points, syllabus, titles)
    return _page(
        "learner.html.j2",
        student=student,
        day=f"{day.day} {day:%B %Y}",
        results=found,
        with_points=with_points,
        titles=titles,
        links=links or {},
        worked=worked or {},
        own=own,
        so_far=sum(result.so_far for result in with_points),
        possible=sum(result.possible for result in with_points),
        waiting=sum(result.waiting for result in with_points),
        reread=places,
        blank=blank,
        **{name: shares[name] for name in ("responsibilities", "competencies")},
    )


def of_class(course: Course, syllabus: Syllabus | None, day: date, names: bool = False) -> str:
    """The page of a class. Without `names`, students are numbered by their points and called by no name."""
    people = list(course.students)
    if not names:
        people.sort(key=lambda student: -_share(course, student))
    responsibilities, competencies = figures.shares(course, syllabus) if syllabus else ([], [])
    said, left_out = figures.misconceptions(course, names)
    return _page(
        "class.html.j2",
        course=course,
        people=people,
        names=names,
        day=f"{day.day} {day:%B %Y}",
        titles=_titles(course, syllabus),
        spreads=[figures.spread(course, exercise) for exercise in course.exercises],
        bins=figures.BINS,
        hardest=figures.hardest(course),
        misconceptions=said,
        left_out=left_out,
        responsibilities=responsibilities,
        competencies=competencies,
    )


def _share(course: Course, student: Student) -> float:
    found = figures.graded(course.result(student.id, exercise) for exercise in course.exercises)
    possible = sum(result.possible for result in found)
    return sum(result.so_far for result in found) / possible if possible else -1.0


def _titles(course: Course, syllabus: Syllabus | None) -> dict[str, str]:
    """Exercise -> its number and title, or its id."""
    known = syllabus.exercises if syllabus else {}
    return {
        exercise: f"{exercise[:2]} {known[exercise].title}" if exercise in known else exercise
        for exercise in course.exercises
    }


def reread(
    found: list[Result], syllabus: Syllabus | None, titles: Mapping[str, str]
) -> tuple[list[Reread], list[str]]:
    """Where to read again for what went wrong, and the items that were not answered."""
    texts: dict[str, dict[str, None]] = {}
    items: dict[str, list[tuple[Result, Item]]] = {}
    blank = []
    for result in found:
        for item in result.items:
            if item.state is State.NOT_ANSWERED:
                blank.append((result, item))
                continue
            for name in item.missed:
                objective = syllabus.objectives.get(name) if syllabus else None
                lost = [
                    test
                    for test in item.tests
                    if test.objective == name
                    and test.earned < test.possible
                    and test.id not in result.waits
                    and test.state is not State.NOT_ANSWERED
                ]
                if objective and lost:
                    texts.setdefault(objective.reread, {})[objective.text] = None
                    items.setdefault(objective.reread, []).append((result, item))
    return [
        Reread(place, tuple(why), tuple(_called(items[place], titles))) for place, why in texts.items()
    ], _called(blank, titles)


def _called(items: list[tuple[Result, Item]], titles: Mapping[str, str]) -> list[str]:
    """Items by exercise: `12 Can I trust this table? (items 1, 3)`."""
    by_exercise: dict[str, dict[str, None]] = {}
    for result, item in items:
        by_exercise.setdefault(titles[result.exercise], {})[str(item.number or item.title)] = None
    return [
        f"{title} ({'item' if len(numbers) == 1 else 'items'} {', '.join(numbers)})"
        for title, numbers in by_exercise.items()
    ]


def _mark(state: str) -> tuple[str, str]:
    return MARKS.get(state, ("!", "poor"))


def _waiting(item: Item, result: Result) -> float:
    """Points of an item that a person has yet to give."""
    return sum(test.possible for test in item.tests if test.id in result.waits)


def _points(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def environment(*folders: Path) -> Environment:
    """jinja2 for pages: everything that is put in is escaped. Templates of `folders` come before those here."""
    made = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(points=_points, percent=_percent, mark=_mark, waiting=_waiting)
    return made


def style(*more: Path) -> str:
    """The style sheet of the pages, and what others add to it."""
    return "\n".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "style.css", *more))


def _page(template: str, **values: Any) -> str:
    return environment().get_template(template).render(style=style(), **values)
