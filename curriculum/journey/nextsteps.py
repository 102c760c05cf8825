"""What to do next, and why: from the diagnostic, the first unfinished lesson, and what went wrong."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from curriculum.grading.reports import pages
from curriculum.journey.standing import Standing, Work, number
from curriculum.syllabus import Lesson
from curriculum.workspace import MY_WORK, START

START_LESSON = "00_start_here"


@dataclass(frozen=True)
class Step:
    """One thing to do: what, why, and the command for it (may be empty)."""

    what: str
    why: str
    command: str = ""


def steps(standing: Standing) -> list[Step]:
    """What to do, the first thing first."""
    advised = advice(standing)
    found = []
    lesson = next_lesson(standing, advised)
    if not standing.graded and (lesson is None or lesson.id != START_LESSON):
        found.append(
            Step(
                f"Open notebooks/{START_LESSON}.ipynb",
                "It says what the role is, how a notebook works, and how you grade yourself.",
            )
        )
    if lesson is not None:
        what = f"Lesson {lesson.number}: {lesson.title}"
        if advised is not None and lesson.exercise == asked(standing):
            what = f"Mend what you wrote for {advised.questions}, and grade {lesson.exercise} again"
        found.append(Step(what, _why(standing, lesson, advised), _command(lesson)))
    elif not found:
        found.append(
            Step(
                f"Make your portfolio: {MY_WORK}/portfolio.html",
                "Every exercise on your path is graded, and nothing is left unanswered.",
                f"{START} portfolio",
            )
        )
    for name, folder in standing.new.items():
        found.append(
            Step(
                f"Look at the new version of {name}",
                f"It changed with the course. It is in {MY_WORK}/{folder}; yours is as you left it.",
                f"{START} fresh {name}",
            )
        )
    found += [
        Step(
            f"Grade {work.exercise} again",
            "The exercise has changed since you graded it; these points are those of the old one.",
            f"{START} grade {work.exercise}",
        )
        for work in standing.graded
        if work.changed
    ]
    found += [
        Step(
            f"Grade {work.exercise} again",
            f"There are no points at present ({work.trouble}).",
            f"{START} grade {work.exercise}",
        )
        for work in standing.works.values()
        if work.trouble
    ]
    return found + _again(standing) + _waiting(standing)


def advice(standing: Standing):
    """What the diagnostic advises; None while it is not there, or not graded."""
    work = standing.works.get(asked(standing))
    if work is None or work.result is None:
        return None
    tests = [test for item in work.result.items for test in item.tests]
    with contextlib.suppress(Exception):  # a page without the advice is better than no page
        from curriculum import diagnostic

        return diagnostic.of_tests(standing.syllabus, tests)
    return None


def asked(standing: Standing) -> str:
    """The exercise that is the diagnostic: the one with a rule, or else that of the start page."""
    return next((e.id for e in standing.syllabus.exercises.values() if e.diagnostic), START_LESSON)


def next_lesson(standing: Standing, advised=None) -> Lesson | None:
    """The first lesson in the order of the course whose exercise is not graded or has unanswered items.

    Once the diagnostic has spoken it is done, and bridges that it does not advise are passed over. While its advice
    hangs on an answer that could not be read it is not done.
    """
    for lesson in path(standing, advised):
        work = standing.work(lesson)
        if advised is not None and lesson.exercise == asked(standing):
            if advised.undecided:
                return lesson
            continue
        if work is None or work.done:
            continue
        return lesson
    return None


def path(standing: Standing, advised=None) -> list[Lesson]:
    """The lessons to take, in order."""
    lessons = [lesson for lesson in standing.syllabus.lessons.values() if not lesson.planned]
    if advised is None:
        return lessons
    return [
        lesson
        for lesson in lessons
        if lesson.module != "0" or lesson.exercise == asked(standing) or lesson.id in advised.bridges
    ]


def _why(standing: Standing, lesson: Lesson, advised=None) -> str:
    work = standing.work(lesson)
    mend = advised is not None and lesson.exercise == asked(standing)
    if work and work.graded and work.blank and not mend:
        return f"Not answered yet in its exercise: {'; '.join(work.blank)}. {_places(standing, lesson)}"
    only = all(work.exercise == asked(standing) for work in standing.graded)
    if advised is not None and (only or mend or lesson.id in advised.bridges):
        said = advised.text
    elif lesson.exercise == asked(standing):
        said = "The questions of its exercise say whether lesson 01, lesson 02, both or neither comes first for you."
    else:
        said = "It is the first lesson in the order of the course whose exercise you have not graded."
    return f"{said} {_places(standing, lesson)}"


def _places(standing: Standing, lesson: Lesson) -> str:
    """Where a lesson and its exercise lie, and which lesson without an exercise opens its module."""
    said = f"The lesson is notebooks/{lesson.id}.ipynb"
    if lesson.exercise:
        said += f", its exercise {MY_WORK}/{lesson.exercise}/{lesson.exercise}.ipynb"
    first = standing.syllabus.lessons[standing.syllabus.modules[lesson.module].lessons[0]]
    begun = any(
        (work := standing.work(standing.syllabus.lessons[name])) is not None and work.graded
        for name in standing.syllabus.modules[lesson.module].lessons
    )
    if first.id != lesson.id and not first.planned and first.exercise is None and not begun:
        said += f"; notebooks/{first.id}.ipynb opens the module"
    return said + "."


def _command(lesson: Lesson) -> str:
    return f"{START} grade {lesson.exercise}" if lesson.exercise else ""


def _again(standing: Standing) -> list[Step]:
    """Places to read again, those that cost most items first; three at most."""
    return [
        Step(f"Read again: {entry.place}", f"It would have helped with {', '.join(entry.items)}.")
        for entry in again(standing)[:3]
    ]


def again(standing: Standing) -> list[pages.Reread]:
    """Every place to read again, with objectives and items."""
    titles = {work.exercise: f"{work.exercise[:2]} {work.title}" for work in standing.works.values()}
    found, _ = pages.reread([work.result for work in standing.graded], standing.syllabus, titles)
    return found


def _waiting(standing: Standing) -> list[Step]:
    works = [work for work in standing.graded if work.points.waiting]
    if not works:
        return []
    points = sum(work.points.waiting for work in works)
    return [
        Step(
            f"Let somebody read what you wrote in {', '.join(work.exercise[:2] for work in works)}",
            f"{number(points)} points are for a person to give. The worked solution of each exercise shows the rubric, "
            "and a sample answer beside your text.",
            f"{START} solution {' '.join(work.exercise for work in works)}",
        )
    ]


__all__ = ["Step", "Work", "advice", "again", "next_lesson", "path", "steps"]
