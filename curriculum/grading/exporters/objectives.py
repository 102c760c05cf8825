"""Points by objective: a row for each student, exercise and objective."""

from __future__ import annotations

from curriculum.grading import results
from curriculum.grading.exporters.sheets import Sheet, number, safe
from curriculum.grading.record import Course, Outcome, Result
from curriculum.grading.results import Test
from curriculum.grading.wording import State
from curriculum.syllabus import Syllabus

HEADER = [
    "student_id",
    "last_name",
    "first_name",
    "exercise",
    "exercise_state",
    "late_penalty",
    "objective",
    "objective_text",
    "responsibility",
    "responsibility_name",
    "competencies",
    "points_earned",
    "points_possible",
    "points_waiting",
    "state",
]


def table(course: Course, syllabus: Syllabus | None) -> Sheet:
    """The table.

    `points_earned` is empty where nothing was graded or the work looks tampered with, and where all points of the
    objective wait for a person;
    `points_waiting` are those that a person has yet to give. A late penalty belongs to the whole exercise and is
    not taken off the points here. Points that measure no objective have an empty `objective`.
    """
    rows = [HEADER]
    for exercise in course.exercises:
        for result in course.of(exercise):
            graded = result.outcome not in (Outcome.MISSING, Outcome.DAMAGED, Outcome.NOT_GRADED)
            items = result.items if graded else course.outline[exercise]
            tests = [test for item in items for test in item.tests]
            for objective in dict.fromkeys(test.objective for test in tests):
                mine = [test for test in tests if test.objective == objective]
                rows.append(_row(result, objective, mine, graded, syllabus))
    return Sheet(rows)


def _row(
    result: Result, objective: str, tests: list[Test], graded: bool, syllabus: Syllabus | None
) -> list[str]:
    known = syllabus.objectives.get(objective) if syllabus else None
    possible = sum(test.possible for test in tests)
    waiting = sum(test.possible for test in tests if test.id in result.waits) if graded else 0.0
    earned = sum(test.earned for test in tests if test.id not in result.waits)
    state, _ = results.state_of(tests)
    if waiting and state is not State.TAMPERED:
        state = State.PERSON
    student = result.student
    believed = graded and result.outcome is not Outcome.TAMPERED
    return [
        safe(student.id),
        safe(student.last_name),
        safe(student.first_name),
        safe(result.exercise),
        safe(str(result.outcome) + (f" ({result.remark})" if result.remarks else "")),
        number(result.penalty) if graded else "",
        objective,
        known.text if known else "",
        known.responsibility if known else "",
        syllabus.responsibilities[known.responsibility].name if known else "",
        " ".join(known.competencies) if known else "",
        number(earned) if believed and not (waiting and waiting == possible) else "",
        number(possible),
        number(waiting) if graded else "",
        str(state if graded else result.outcome),
    ]
