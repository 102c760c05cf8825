"""Grade what a class handed in, through nbgrader, over several processes or machines.

`run` plans what is to be done, has workers grade one submission each at a time, writes down what became of
each as soon as its grade is in the gradebook, and says what the class's results show. A run may be killed
at any moment; the next one goes on where it stopped.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from rich.console import Console

from curriculum.grading.marking import locks, progress, summary
from curriculum.grading.marking.journal import Journal
from curriculum.grading.marking.outcome import CannotRunError, Outcome, Task
from curriculum.grading.marking.processes import LocalWorkers
from curriculum.grading.show import make_console
from curriculum.grading.wording import State

__all__ = ["CannotRunError", "Outcome", "State", "Task", "read_states", "run"]

SAME = 1e-9  # points that are the same


def run(
    course: Path,
    exercises: list[str] | None = None,
    students: list[str] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    again: bool = False,
    console: Console | None = None,
    limit: float | None = None,
) -> int:
    """Grade a class's submissions and print what became of them.

    Parameters
    ----------
    course : Path
        The folder with `nbgrader_config.py`.
    exercises, students : list of str, optional
        What is meant; everything that was handed in when left out.
    workers : int, optional
        Processes on this machine; one for each core when left out.
    scheduler : str, optional
        Address of a dask scheduler: its workers grade, and none on this machine.
    again : bool
        Grade also what is graded and unchanged.
    console : Console, optional
        Where to print.
    limit : float, optional
        Seconds after which a submission is given up; from the course's own limits when left out.

    Returns
    -------
    int
        0 when everything is graded, 1 when somebody has to look at something.

    Raises
    ------
    CannotRunError
        When nothing can be done at all.
    """
    console = console or make_console(width=110)
    course = course.resolve()
    if not course.is_dir():
        raise CannotRunError(f"There is no folder {course}. Name the course's folder with --course.")
    if scheduler and workers:
        raise CannotRunError("A cluster has the workers that were started for it: leave --workers out.")
    number = 0 if scheduler else min(workers or os.cpu_count() or 1, _at_most(course, exercises, students))
    local = LocalWorkers(course, number, exercises, limit)
    try:
        facts = local.course
        root = Path(facts["root"])
        with locks.hold(root, locks.RUN):
            plan = local.plan(exercises or [], students or [])
            return _grade(plan, course, facts, local, scheduler, again, console)
    except locks.TakenError:
        raise CannotRunError(
            f"Another run is grading this course at the moment ({root}). Wait for it, or stop it first."
        ) from None
    except sqlite3.Error as error:
        raise CannotRunError(f"The journal in {root} cannot be written: {error}.") from None
    finally:
        local.close(at_once=True)


def _at_most(course: Path, exercises: list[str] | None, students: list[str] | None) -> int:
    """How many submissions there can be, before the configuration is read: no more workers than that."""
    there = sum(1 for _ in (course / "submitted").glob("*/*")) or 1_000_000  # it may have another name
    return min(there, len(exercises) * len(students)) if exercises and students else there


def _grade(
    plan: dict[str, Any],
    course: Path,
    facts: dict[str, Any],
    local: LocalWorkers,
    scheduler: str | None,
    again: bool,
    console: Console,
) -> int:
    journal = Journal(Path(facts["root"]))
    try:
        todo, outcomes = sort_out(plan, journal, again)
        if journal.damaged:
            console.print(f"The journal was damaged; it was set aside as {journal.damaged}.", highlight=False)
        if outcomes and todo:
            console.print(f"{len(outcomes)} are graded already and unchanged; {len(todo)} to go.")
        elif outcomes:
            console.print(
                f"All {len(outcomes)} are graded already and unchanged. (--again grades them anew.)"
            )
        if todo:
            _spread(todo, course, facts, local, scheduler, journal, outcomes, console)
    finally:
        journal.close()
    summary.print_summary(
        [outcomes[key] for key in sorted(outcomes)],
        [note for exercise in plan["exercises"] for note in exercise["notes"]],
        {exercise["id"]: exercise["absent"] for exercise in plan["exercises"]},
        console,
    )
    return int(any(not outcome.settled for outcome in outcomes.values()))


def _spread(
    todo: list[Task],
    course: Path,
    facts: dict[str, Any],
    local: LocalWorkers,
    scheduler: str | None,
    journal: Journal,
    outcomes: dict[tuple[str, str], Outcome],
    console: Console,
) -> None:
    cluster = None
    try:
        if scheduler:
            from curriculum.grading.marking.cluster import ClusterWorkers

            cluster = ClusterWorkers(scheduler)
        elif lacking := local.start(todo):
            console.print(lacking, highlight=False)
        results = cluster.spread(todo, course, facts["sqlite"]) if cluster else local.spread(todo)
        with progress.watch(len(todo), console) as tell:
            for task, outcome in results:
                journal.record(task, outcome)
                outcomes[task.exercise, task.student] = outcome
                tell(outcome)
    except KeyboardInterrupt:
        left = len(todo) - sum((task.exercise, task.student) in outcomes for task in todo)
        console.print(f"Stopped; {left} are left. Run the same command again: it goes on from here.")
        raise
    finally:
        if cluster:
            cluster.close()


def sort_out(
    plan: dict[str, Any], journal: Journal, again: bool = False
) -> tuple[list[Task], dict[tuple[str, str], Outcome]]:
    """What is to be graded, and what is known already: (exercise, student) -> outcome.

    Known is a submission that is in the journal with the same fingerprints, whose grade is still in the
    gradebook as the journal has it.
    """
    todo: list[Task] = []
    known: dict[tuple[str, str], Outcome] = {}
    for exercise in plan["exercises"]:
        entries = {} if again else journal.entries(exercise["id"])
        for student, now in exercise["students"].items():
            task = Task(exercise["id"], student, now["submission"], exercise["source"])
            before, outcome = entries.get(student, (None, None))
            if before == task and _still_there(outcome, now["points"]):
                known[task.exercise, student] = outcome
            else:
                todo.append(task)
    return todo, known


def _still_there(outcome: Outcome, points: float | None) -> bool:
    if outcome.again:
        return False
    if not outcome.graded:
        return True  # damaged or missing: no grade is what it has
    return points is not None and abs(points - outcome.auto) < SAME


def read_states(course_root: Path) -> dict[tuple[str, str], Outcome]:
    """What became of every submission so far: (exercise, student) -> outcome; for exports and reports.

    Parameters
    ----------
    course_root : Path
        The folder that holds the journal; without one, nothing is known.
    """
    from curriculum.grading.marking.journal import NAME

    if not (course_root / NAME).is_file():
        return {}
    journal = Journal(course_root)
    try:
        return journal.everything()
    finally:
        journal.close()
