"""What a class shows: spread, hard items, common misconceptions, points by responsibility and competency.

All counts are of students, and every figure comes with the number of students behind it. Points are those that
tests and people gave, before late penalties; points that wait for a person are left out on both sides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median, stdev

from curriculum.grading import results
from curriculum.grading.record import Course, Outcome, Result
from curriculum.grading.results import Item, Share, Test
from curriculum.grading.wording import State
from curriculum.syllabus import Syllabus

BINS = ((0, 20), (20, 40), (40, 60), (60, 80), (80, 100))  # per cent; the last one holds 100 as well
FEW = 5  # from this class size on, what only one student was told stays out of a page without names
OWN_ERROR = re.compile(
    r"(Your answer cell stopped before the test could use it|Your code stopped with):? ?([A-Za-z_]\w*)?"
)


@dataclass(frozen=True)
class Spread:
    """One exercise in the class. `n` students have points; the figures are None when there are none."""

    exercise: str
    outcomes: dict[Outcome, int]  # every student once
    n: int
    possible: float
    mean: float | None
    deviation: float | None  # None for fewer than two students
    median: float | None
    least: float | None
    most: float | None
    bins: tuple[int, ...]  # students by share of the points, as in BINS


@dataclass(frozen=True)
class HardItem:
    """An item, and how the class did in it."""

    exercise: str
    number: int
    title: str
    share: float  # points earned of those possible, over the class
    full: int  # students with all its points
    blank: int  # students who did not answer it
    n: int


@dataclass(frozen=True)
class Misconception:
    """What failed tests said, to `count` of the `n` students whose work was graded."""

    exercise: str
    message: str
    tests: tuple[str, ...]
    count: int
    n: int


@dataclass(frozen=True)
class ClassShare:
    """Points under one heading over the class; `n` students have points there."""

    share: Share
    n: int


def graded(found: Iterable[Result]) -> list[Result]:
    """The results that have points."""
    return [result for result in found if result.so_far is not None]


def spread(course: Course, exercise: str) -> Spread:
    """Mean, spread and distribution of one exercise."""
    everybody = course.of(exercise)
    counts = Counter(result.outcome for result in everybody)
    with_points = graded(everybody)
    points = [result.earned for result in with_points]
    bins = [0] * len(BINS)
    for result in with_points:
        if result.possible > result.waiting:
            share = 100 * result.earned / (result.possible - result.waiting)
            bins[min(int(share // 20), len(BINS) - 1)] += 1
    return Spread(
        exercise,
        {outcome: counts[outcome] for outcome in Outcome if counts[outcome]},
        len(points),
        course.possible(exercise),
        mean(points) if points else None,
        stdev(points) if len(points) > 1 else None,
        median(points) if points else None,
        min(points, default=None),
        max(points, default=None),
        tuple(bins),
    )


def hardest(course: Course, most: int = 10) -> list[HardItem]:
    """The items of which the class earned the smallest share, the smallest first; full marks are not hard."""
    seen: dict[tuple[str, int, str], list[tuple[Item, frozenset[str]]]] = defaultdict(list)
    for exercise in course.exercises:
        for result in graded(course.of(exercise)):
            for item in result.items:
                seen[exercise, item.number, item.title].append((item, result.waits))
    found = []
    for (exercise, number, title), items in seen.items():
        counted = [(item, _read(item, waits)) for item, waits in items]
        counted = [(item, tests) for item, tests in counted if tests]
        possible = sum(test.possible for _, tests in counted for test in tests)
        if not possible:
            continue
        share = sum(test.earned for _, tests in counted for test in tests) / possible
        if share < 1:
            full = sum(all(test.earned >= test.possible for test in tests) for _, tests in counted)
            blank = sum(item.state is State.NOT_ANSWERED for item, _ in counted)
            found.append(HardItem(exercise, number, title, share, full, blank, len(counted)))
    return sorted(found, key=lambda item: (item.share, item.exercise, item.number))[:most]


def _read(item: Item, waits: frozenset[str]) -> list[Test]:
    return [test for test in item.tests if test.id not in waits]


def misconceptions(course: Course, names: bool = False, most: int = 15) -> tuple[list[Misconception], int]:
    """What failed tests said, the commonest first, and how many sayings are left out.

    An error of a student's own code counts by its kind. Without `names`, in a class of `FEW` or more, what only
    one student was told is left out: it may hold that student's own words.
    """
    found = []
    for exercise in course.exercises:
        with_points = graded(course.of(exercise))
        told: Counter[str] = Counter()
        tests: dict[str, set[str]] = defaultdict(set)
        for result in with_points:
            failed = _failed(result)
            told.update({idea(test.message) for test in failed})
            for test in failed:
                tests[idea(test.message)].add(test.id)
        found += [
            Misconception(exercise, message, tuple(sorted(tests[message])), count, len(with_points))
            for message, count in told.items()
        ]
    found.sort(key=lambda said: (-said.count, said.exercise, said.message))
    least = 2 if not names and len(course.students) >= FEW else 1
    shown = [said for said in found if said.count >= least][:most]
    return shown, len(found) - len(shown)


def _failed(result: Result) -> list[Test]:
    return [
        test
        for item in result.items
        for test in item.tests
        if test.message and test.state in (State.NOT_YET, State.PARTLY) and test.id not in result.waits
    ]


def idea(message: str) -> str:
    """A failed test's message without what belongs to one student only."""
    own = OWN_ERROR.match(message)
    if not own:
        return message
    before = "The answer cell stopped before the test could use it"
    start = before if own[1].startswith("Your answer cell") else "The code stopped"
    return f"{start} ({own[2]})." if own[2] else f"{start}."


def shares(course: Course, syllabus: Syllabus) -> tuple[list[ClassShare], list[ClassShare]]:
    """Points that tests gave over the class, by responsibility and by competency."""
    found: tuple[dict[str, list[Share]], dict[str, list[Share]]] = ({}, {})
    for student in course.students:
        items = [
            item
            for exercise in course.exercises
            for result in graded([course.result(student.id, exercise)])
            for item in result.items
        ]
        made = results.shares(tuple(items), syllabus)
        for kind, name in enumerate(("responsibilities", "competencies")):
            for share in made[name]:
                found[kind].setdefault(share.id, []).append(share)
    responsibilities, competencies = (
        [_sum(kind[name]) for name in order if name in kind]
        for kind, order in zip(found, (syllabus.responsibilities, syllabus.competencies), strict=True)
    )
    return responsibilities, competencies


def _sum(of_students: Sequence[Share]) -> ClassShare:
    first = of_students[0]
    whole = Share(
        first.id, first.name, sum(s.earned for s in of_students), sum(s.possible for s in of_students)
    )
    return ClassShare(whole, len(of_students))
