"""Grades for Canvas: the CSV file that its gradebook exports, filled in.

What Canvas does with the file that comes back (its `gradebook_importer`, and the guides of universities): the
columns up to Section say who; a further column is taken for a new assignment, so there is no room for states;
students are found by ID first; "Points Possible" would change an assignment's points, so it stays; a cell that is
empty where Canvas has a grade would take it away, and so would an old value; EX stands for excused. The file
made here therefore holds the columns that say who, and those of the exercises that were found, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from curriculum.grading.exporters.matching import Matched, Way, match
from curriculum.grading.exporters.sheets import ExportError, Sheet, number, plain, points, safe
from curriculum.grading.record import Course, Outcome, Result, Student

WITH_ID = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*")
COMPUTED = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
KEPT = ("ex", "n/a")  # excused; not assigned to this student
LOGINS = ("SIS Login ID", "SIS User ID", "Integration ID")


@dataclass
class Filled:
    """A filled sheet, what to say about it, and the results that went into it."""

    sheet: Sheet
    lines: list[str] = field(default_factory=list)
    results: list[tuple[Result, str]] = field(default_factory=list)  # with what the cell holds


def fill(
    sheet: Sheet,
    course: Course,
    titles: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    so_far: bool = False,
    scale: bool = False,
) -> Filled:
    """Fill in a Canvas gradebook.

    Parameters
    ----------
    sheet : Sheet
        As Canvas exported it.
    course : Course
        The results.
    titles : mapping, optional
        Exercise -> its title, by which a column is found besides by the exercise's id.
    columns : mapping, optional
        Exercise -> name of its column, where neither fits.
    so_far : bool
        Write points so far where others still wait for a person.
    scale : bool
        Convert points where Canvas gives others for the exercise.

    Raises
    ------
    ExportError
        When it is no Canvas gradebook, or no exercise has a column.
    """
    header = sheet.header
    who = _who(header)
    top = next((i for i, row in enumerate(sheet.rows) if row and "Points Possible" in row[0]), None)
    if top is None:
        raise ExportError(
            'The file has no row "Points Possible": export the gradebook from Canvas again and leave its rows as they are.'
        )
    lines: list[str] = []
    found = _columns(header, who, sheet.rows[top], course, titles or {}, columns or {}, lines)
    found = {
        exercise: place
        for exercise, place in found.items()
        if _same_points(exercise, header[place], sheet.rows[top][place], course, scale, lines)
    }
    if not found:
        raise ExportError("\n".join([*lines, "No column of the file could be filled in."]))
    rows = [row + [""] * (len(header) - len(row)) for row in sheet.rows]
    people = [i for i in range(1, len(rows)) if i != top and any(cell.strip() for cell in rows[i][: who + 1])]
    matched = match(course.students, rows, _ways(header, who), people)
    filled = Filled(Sheet([], sheet.delimiter, sheet.mark), lines)
    kept = [*range(who + 1), *found.values()]
    by_row = {place: _row(rows[place], header, who) for place in people}
    for exercise, place in found.items():
        most = points(rows[top][place])
        _fill_column(filled, course, exercise, place, most, by_row, matched, so_far, header[place])
    for i, row in enumerate(rows):
        shown = by_row.get(i, row)
        filled.sheet.rows.append([shown[place] for place in kept])
    _say_who(filled, matched, rows, course)
    return filled


def _who(header: list[str]) -> int:
    """Place of the last column that says who a student is."""
    names = [name.strip() for name in header]
    begins = names[:2] == ["Student", "ID"] or names[:3] == ["LastName", "FirstName", "ID"]
    if not begins or "Section" not in names[:9]:
        raise ExportError(
            "The file does not begin with the columns Student, ID, ..., Section: it is no gradebook of Canvas. "
            "In Canvas choose Grades > Export > Export Entire Gradebook."
        )
    return names.index("Section")


def _columns(
    header: list[str],
    who: int,
    possible: list[str],
    course: Course,
    titles: Mapping[str, str],
    columns: Mapping[str, str],
    lines: list[str],
) -> dict[str, int]:
    """Exercise -> place of its column; what cannot be found is said in `lines`."""
    places = {
        i: name
        for i, name in enumerate(header)
        if i > who
        and not COMPUTED.search(name)
        and "read only" not in (possible[i] if i < len(possible) else "").lower()
    }
    found: dict[str, int] = {}
    for exercise in course.exercises:
        named = columns.get(exercise)
        wanted = (
            [named]
            if named
            else [exercise, titles.get(exercise, ""), f"{exercise[:2]} {titles.get(exercise, '')}"]
        )
        keys = {plain(name) for name in wanted if name and plain(name)}
        hits = [i for i, name in places.items() if keys & _names(name)]
        if len(hits) == 1:
            found[exercise] = hits[0]
        elif hits:
            several = ", ".join(header[i] for i in hits)
            lines.append(
                f"{exercise}: left out, because several columns fit ({several}). Name one: --column '{exercise}={header[hits[0]]}'."
            )
        else:
            lines.append(
                f"{exercise}: left out, because no column is called "
                f"{' or '.join(name for name in wanted[:2] if name)}. Make the assignment in Canvas "
                f"({course.possible(exercise):g} points) and export again, or name its column: "
                f"--column '{exercise}=name in Canvas'."
            )
    twice = {i for i in found.values() if list(found.values()).count(i) > 1}
    for exercise in [name for name, place in found.items() if place in twice]:
        lines.append(
            f"{exercise}: left out, because another exercise fits the column {header[found.pop(exercise)]}."
        )
    return found


def _names(column: str) -> set[str]:
    """What a column may be called: as it stands, without its id, and by the id."""
    match = WITH_ID.fullmatch(column)
    return {plain(column), plain(match["title"]), match["id"]} - {""} if match else {plain(column)} - {""}


def _same_points(
    exercise: str, column: str, possible: str, course: Course, scale: bool, lines: list[str]
) -> bool:
    most, ours = points(possible), course.possible(exercise)
    if most is not None and abs(most - ours) < 0.005:
        return True
    if scale and most and ours:
        lines.append(f"{exercise}: its {ours:g} points were converted to the {most:g} of {column}.")
        return True
    lines.append(
        f"{exercise}: left out, because {column} gives {possible or 'no'} points in Canvas and the exercise "
        f"{ours:g}. Set the assignment to {ours:g} points and export again"
        + (", or convert with --scale." if most else ".")
    )
    return False


def _ways(header: list[str], who: int) -> list[Way]:
    names = [name.strip() for name in header[: who + 1]]
    places = [names.index(name) for name in LOGINS if name in names]
    place_of_id = names.index("ID")
    return [
        (
            "Canvas ID",
            lambda student: [student.lms_user_id],
            lambda row: [row[place_of_id].strip()],
        ),
        (
            "login",  # only for students of whom the gradebook has no Canvas ID
            lambda student: [] if student.lms_user_id else [student.id, student.email],
            lambda row: [row[place].strip() for place in places],
        ),
    ]


def _row(row: list[str], header: list[str], who: int) -> list[str]:
    """A student's row whose names no spreadsheet takes for a formula; Canvas finds the student by the ID."""
    made = list(row)
    has_id = row[[name.strip() for name in header].index("ID")].strip().isdigit()
    for place in range(who + 1):
        name = header[place].strip()
        if name != "ID" and (has_id or name not in LOGINS):
            made[place] = safe(row[place])
    return made


def _fill_column(
    filled: Filled,
    course: Course,
    exercise: str,
    place: int,
    most: float | None,
    by_row: dict[int, list[str]],
    matched: Matched,
    so_far: bool,
    column: str,
) -> None:
    ours = course.possible(exercise)
    factor = (most / ours) if most and ours else 1.0
    given, changed, said = 0, 0, []
    for row, student in matched.pairs.items():
        result = course.result(student.id, exercise)
        before = by_row[row][place].strip()
        grade = result.so_far if so_far else result.grade
        if before.lower() in KEPT:
            meaning = "excused" if before.lower() == "ex" else "not assigned to this student"
            said.append(f"  {student.id}: left at {before} ({meaning})" + _has(grade))
        elif grade is None:
            kept = f"left at {before}, which is in Canvas" if before and before != "-" else "blank"
            said.append(f"  {student.id}: {kept}; {_state(result)}")
        else:
            cell = number(grade * factor)
            given += 1
            if points(before) is not None and number(points(before)) != cell:
                changed += 1
                said.append(f"  {student.id}: {before} in Canvas becomes {cell}" + _also(result))
            elif result.remarks:
                said.append(f"  {student.id}: {cell}; {_state(result)}")
            by_row[row][place] = cell
        filled.results.append((result, by_row[row][place]))
    n = len(matched.pairs)
    filled.lines.append(
        f"{exercise} ({column}): {given} of {n} students have a grade"
        + (f", {changed} of them another than in Canvas." if changed else ".")
    )
    filled.lines += said


def _has(grade: float | None) -> str:
    return f"; the gradebook has {number(grade)}" if grade is not None else ""


def _state(result: Result) -> str:
    return str(result.outcome) + (f" ({result.remark})" if result.remarks else "")


def _also(result: Result) -> str:
    return f"; {_state(result)}" if result.remarks or result.outcome is not Outcome.GRADED else ""


def _say_who(filled: Filled, matched: Matched, rows: list[list[str]], course: Course) -> None:
    def names(people: list[Student]) -> str:
        return ", ".join(
            student.id + (f" (Canvas ID {student.lms_user_id})" if student.lms_user_id else "")
            for student in people
        )

    if matched.alone:
        filled.lines.append(
            f"Not in Canvas's file, so without a grade there ({len(matched.alone)}): {names(matched.alone)}. "
            "Put the Canvas ID (column ID of the file) into the gradebook: nbgrader db student import with the columns "
            "id and lms_user_id."
        )
    if matched.unclear:
        filled.lines.append(
            f"Not filled in, because it is not clear which row is theirs ({len(matched.unclear)}): "
            f"{names(matched.unclear)}."
        )
    if matched.left:
        left = "; ".join(rows[place][0].strip() or "(no name)" for place in matched.left)
        filled.lines.append(
            f"In Canvas's file and not in the gradebook, left as they were ({len(matched.left)}): {left}."
        )
