"""Grades for Moodle: the offline grading worksheet of one assignment, filled in, and the zip of feedback files.

What Moodle does with the worksheet that comes back (`assignfeedback_offline`): it needs the columns Identifier,
Grade and "Last modified (grade)" by their names, ignores columns that it does not know (so the states have one of
their own), skips an empty grade, one above the maximum, one that is locked, and one that was changed in Moodle
after the worksheet was fetched. With the zip (`assignfeedback_file`): a folder is called
`name_number_assignfeedback_file_`, with the number of the Identifier, and the files in it are given to that
participant; a page that Moodle has already is passed over.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

from curriculum.grading.exporters.canvas import Filled
from curriculum.grading.exporters.matching import Matched, Way, match
from curriculum.grading.exporters.sheets import ExportError, Sheet, number, plain, points, safe
from curriculum.grading.record import Course

IDENTIFIER, GRADE, MOST, MODIFIED = "Identifier", "Grade", "Maximum Grade", "Last modified (grade)"
STATE = "State in nbgrader"
CODE = re.compile(r"\D*(\d+)\s*")
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the same pages make the same zip


def fill(
    sheet: Sheet, course: Course, exercise: str, so_far: bool = False, scale: bool = False
) -> tuple[Filled, Mapping[str, str]]:
    """Fill in a grading worksheet for one exercise.

    Returns
    -------
    filled : Filled
    folders : mapping
        Student id -> the name of the student's folder in the zip of feedback files.

    Raises
    ------
    ExportError
        When it is no worksheet of Moodle, or its maximum differs from the exercise's points (without `scale`).
    """
    header = [name.strip() for name in sheet.header]
    if not {IDENTIFIER, GRADE, MODIFIED} <= set(header):
        raise ExportError(
            f'The file has no columns {IDENTIFIER}, {GRADE} and "{MODIFIED}": it is no grading worksheet of Moodle in '
            "English. In the assignment turn on Feedback types > Offline grading worksheet, set your own language in "
            "Moodle to English, and choose Submissions > Actions > Download grading worksheet."
        )
    if "Scale" in header:
        raise ExportError(
            "The assignment is graded on a scale of words in Moodle. Set its grade to points, and download again."
        )
    place = {name: header.index(name) for name in header}
    rows = [row + [""] * (len(header) - len(row)) for row in sheet.rows[1:]]
    usable = [i for i, row in enumerate(rows) if CODE.fullmatch(row[place[IDENTIFIER]].strip())]
    factor, most = _factor(rows, place.get(MOST), course, exercise, scale)
    matched = match(course.students, rows, _ways(place), usable)
    filled = Filled(Sheet([[*sheet.header, STATE]], sheet.delimiter, sheet.mark))
    if factor != 1:
        filled.lines.append(
            f"{exercise}: its {course.possible(exercise):g} points were converted to {most:g}."
        )
    # What Moodle reads back stays to the letter: the three columns that it needs, and comments, which stand last.
    ignored = set(range(place[MODIFIED])) - {place[IDENTIFIER], place[GRADE]}
    given, said = 0, []
    for i, row in enumerate(rows):
        student = matched.pairs.get(i)
        made = [safe(cell) if k in ignored else cell for k, cell in enumerate(row)]
        state = "not in the gradebook"
        if student is not None:
            result = course.result(student.id, exercise)
            state = str(result.outcome) + (f" ({result.remark})" if result.remarks else "")
            grade = result.so_far if so_far else result.grade
            before = row[place[GRADE]].strip()
            cell = number(grade * factor) if grade is not None else ""
            problem = _refused(row, place, cell, most)
            if not cell:
                said.append(f"  {student.id}: {f'left at {before}' if before else 'blank'}; {state}")
            elif problem:
                state = f"{cell} points, not written: {problem}; {state}"
                said.append(f"  {student.id}: {f'left at {before}' if before else 'blank'}; {state}")
            else:
                given += 1
                made[place[GRADE]] = cell
                if points(before) is not None and number(points(before)) != cell:
                    said.append(f"  {student.id}: {before} in Moodle becomes {cell}; {state}")
                elif result.remarks:
                    said.append(f"  {student.id}: {cell}; {state}")
            filled.results.append((result, made[place[GRADE]]))
        filled.sheet.rows.append([*made, safe(state)])
    filled.lines.append(f"{exercise}: {given} of {len(matched.pairs)} students have a grade.")
    filled.lines += said
    _say_who(filled, matched, rows, place)
    return filled, {student.id: _folder(rows[i], place) for i, student in matched.pairs.items()}


def _factor(
    rows: list[list[str]], place: int | None, course: Course, exercise: str, scale: bool
) -> tuple[float, float | None]:
    """What points are multiplied by, and the maximum in Moodle."""
    ours = course.possible(exercise)
    found = {points(row[place]) for row in rows} - {None} if place is not None else set()
    if len(found) != 1:
        return 1.0, None
    most = found.pop()
    if abs(most - ours) < 0.005:
        return 1.0, most
    if scale and most and ours:
        return most / ours, most
    raise ExportError(
        f"Moodle gives {most:g} points for this assignment, and {exercise} has {ours:g}. Set the maximum grade to "
        f"{ours:g} in Moodle and download the worksheet again, or convert with --scale."
    )


def _ways(place: Mapping[str, int]) -> list[Way]:
    def cells(*names: str):
        there = [place[name] for name in names if name in place]
        return lambda row: [row[i].strip() for i in there]

    # No bare number is compared with the Identifier: the numbers in it are the assignment's own, and another
    # student may have the same one somewhere else.
    return [
        (
            "LMS user id",
            lambda s: [s.lms_user_id],
            cells(IDENTIFIER, "ID number", "Username", "Email address"),
        ),
        ("login", lambda s: [s.id, s.email], cells("Username", "ID number", "Email address")),
        (
            "full name",
            lambda s: [plain(s.name)] if s.name != s.id else [],
            lambda row: _full_name(row, place),
        ),
    ]


def _full_name(row: list[str], place: Mapping[str, int]) -> list[str]:
    return [plain(row[place["Full name"]])] if "Full name" in place else []


def _refused(row: list[str], place: Mapping[str, int], cell: str, most: float | None) -> str:
    """Why Moodle would not take a grade; empty when it would."""
    if "Grade can be changed" in place and row[place["Grade can be changed"]].strip().lower() == "no":
        return "the grade is locked in Moodle"
    if cell and most is not None and float(cell) > most:
        return f"Moodle takes no more than {most:g}"
    return ""


def _folder(row: list[str], place: Mapping[str, int]) -> str:
    """The folder's name: Moodle reads the number between the first two underscores, and passes over the name."""
    name = row[place["Full name"]] if "Full name" in place else ""
    name = re.sub(r"[^\w .,'-]|_", " ", name)
    name = " ".join(name.split())[:60].strip(" .") or "Participant"
    code = CODE.fullmatch(row[place[IDENTIFIER]].strip())
    return f"{name}_{code[1]}_assignfeedback_file_"


def _say_who(filled: Filled, matched: Matched, rows: list[list[str]], place: Mapping[str, int]) -> None:
    by_name = [matched.pairs[i].id for i, how in matched.how.items() if how == "full name"]
    if by_name:
        filled.lines.append(
            f"Found by full name only, so look at them ({len(by_name)}): {', '.join(sorted(by_name))}."
        )
    if matched.alone:
        filled.lines.append(
            f"Not in Moodle's worksheet, so without a grade there ({len(matched.alone)}): "
            f"{', '.join(student.id for student in matched.alone)}. Their id or e-mail address in the gradebook must be "
            "the Username, ID number or Email address of the worksheet; or put the Identifier in as lms_user_id (nbgrader db student import)."
        )
    if matched.unclear:
        filled.lines.append(
            f"Not filled in, because it is not clear which row is theirs ({len(matched.unclear)}): "
            f"{', '.join(student.id for student in matched.unclear)}."
        )
    if matched.left:
        left = "; ".join(rows[i][place[IDENTIFIER]].strip() for i in matched.left)
        filled.lines.append(
            f"In Moodle's worksheet and not in the gradebook, left as they were ({len(matched.left)}): {left}."
        )


def feedback_zip(folders: Mapping[str, str], pages: Mapping[str, Path]) -> tuple[bytes | None, list[str]]:
    """The zip of feedback files that Moodle takes under "Upload multiple feedback files in a zip".

    Parameters
    ----------
    folders : mapping
        Student id -> folder in the zip.
    pages : mapping
        Student id -> nbgrader's folder of feedback pages; it need not exist.

    Returns
    -------
    content : bytes or None
        None when there is no page at all.
    without : list of str
        Ids of students who have no page.
    """
    out, without, any_page = io.BytesIO(), [], False
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for student, folder in sorted(folders.items()):
            there = sorted(
                page
                for page in pages[student].glob("*.html")
                if page.is_file() and not page.is_symlink() and not page.name.startswith((".", "~"))
            )
            if not there:
                without.append(student)
            for page in there:
                info = zipfile.ZipInfo(f"{folder}/{page.name}", ZIP_TIME)
                info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                made.writestr(info, page.read_bytes())
                any_page = True
    return (out.getvalue() if any_page else None), without
