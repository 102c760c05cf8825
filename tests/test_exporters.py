"""Exports for Canvas, Moodle and by objective: right cells, blanks with a state, nobody else's grade."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from fixtures.graded_class import FORMULA, OTHER, SCRIPT
from fixtures.ward_course import EXERCISE
from nbgrader.api import Gradebook, MissingEntry
from typer.testing import CliRunner

from curriculum import cli
from curriculum.grading import exporters, record, results
from curriculum.grading.exporters import canvas, matching, moodle, objectives, sheets
from curriculum.grading.record import Outcome, Student
from curriculum.grading.wording import State

CANVAS = f"""Student,ID,SIS User ID,SIS Login ID,Section,Notes,Ward round (7001),Essay (7002),Current Score,Final Score
,,,,,,Manual Posting,,,
    Points Possible,,,,,,9.00,10.00,(read only),(read only)
"Ng, Ana",101,s1,ana@uni.example,A,,,7.5,80,80
"O'Neil, Ben",102,s2,ben@uni.example,A,,,6,70,70
"Ng, Cy",103,s3,CY@example.org,A,,5,6,70,70
"{FORMULA.replace('"', '""')}",104,s4,dee@uni.example,A,,,,,
"+Ode, Eve",105,=cmd,eve@uni.example,"=1+1",,3,,,
"Poe, Fay",106,s6,fay@uni.example,A,,EX,,,
"Student, Test",200,,gus@example.org,A,,,,,
"""
MOODLE = f"""Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Online text","Last modified (grade)","Feedback comments"
"Participant 41","Ana Ng",ana@example.org,"Submitted for grading",,9.00,Yes,"Sunday, 1 November 2026, 11:00 AM",,-,
"Participant 42","Ben O'Neil",BEN@example.org,"Submitted for grading",,9.00,Yes,-,"=1+1",-,
"Participant 43","Cy Ng",cy@elsewhere.example,"Submitted for grading",4.50,9.00,Yes,-,,"Sunday, 8 November 2026, 11:00 AM","=well done"
"Participant 44","{FORMULA.replace('"', '""')}",dee@example.org,"No submission",,9.00,Yes,-,,-,
"Participant 45","../../Eve_Ode",eve@example.org,"Submitted for grading",,9.00,Yes,-,,-,
"Participant 46","Fay Poe",fay@example.org,"Submitted for grading",,9.00,Yes,-,,-,
"Participant 99","Nobody Here",nobody@example.org,"No submission",,9.00,Yes,-,,-,
"""


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def export(graded_class, plugin: type, **traits) -> list[str]:
    with record.opened(graded_class.folder) as (gradebook, coursedir):
        return plugin(coursedir=coursedir, **traits).make(gradebook)


@pytest.fixture
def canvas_file(tmp_path):
    path = tmp_path / "grades.csv"
    path.write_text(CANVAS, encoding="utf-8")
    return path


@pytest.fixture
def moodle_file(tmp_path):
    path = tmp_path / "worksheet.csv"
    path.write_text(MOODLE, encoding="utf-8")
    return path


# ---- what the course knows


def test_every_submission_has_a_state_and_only_graded_ones_a_grade(graded_class):
    course = graded_class.read()
    found = {student.id: course.result(student.id, EXERCISE) for student in course.students}
    assert {name: (result.outcome, result.grade) for name, result in found.items()} == {
        "ana": (Outcome.GRADED, 8),
        "ben": (Outcome.PERSON, None),
        "cy": (Outcome.GRADED, 8),  # 9 points, 1 taken off
        "dee": (Outcome.MISSING, None),
        "eve": (Outcome.DAMAGED, None),
        "fay": (Outcome.NOT_GRADED, None),
        "+gus": (Outcome.GRADED, 4),
    }
    assert (found["ben"].so_far, found["ben"].waiting, found["ben"].waits) == (3, 3, {"q4_note"})
    assert found["cy"].remark == "late: 1 point taken off"
    assert found["+gus"].remark == "item 2 timed out"
    assert found["fay"].so_far is None and "not graded yet" in found["fay"].remark
    other = course.result("ana", OTHER)  # no notebooks lie in the folder: the gradebook's points count
    assert (other.grade, other.possible, course.possible(OTHER)) == (2.5, 4, 4)
    assert sum(item.earned for item in other.items) == 2.5


def test_the_grades_are_those_of_nbgraders_own_export(graded_class):
    course = graded_class.read()
    compared = 0
    with Gradebook(graded_class.db_url) as gradebook:
        for result in course.results.values():
            if result.so_far is None:
                continue
            try:
                submission = gradebook.find_submission(result.exercise, result.student.id)
            except MissingEntry:
                pytest.fail(f"nbgrader has no submission of {result.student.id}")
            assert result.so_far == max(0.0, submission.score - submission.late_submission_penalty)
            assert result.possible == submission.max_score
            compared += 1
    assert compared == 5


def test_a_test_that_waits_for_a_person_is_no_grade(graded_class, tmp_path):
    """A submission that looks tampered with: its points by tests are not believed until a person has looked."""
    folder = tmp_path / "class"
    shutil.copytree(graded_class.folder, folder)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        gradebook.find_grade("q2_count", EXERCISE, EXERCISE, "ana").needs_manual_grade = True
        again = gradebook.find_grade("q4_note", EXERCISE, EXERCISE, "cy")
        again.needs_manual_grade = True  # nbgrader flags what a person gave when it grades again
        gradebook.db.commit()
    with record.opened(folder) as (gradebook, coursedir):
        course = record.read(gradebook, coursedir)
    ana, cy = course.result("ana", EXERCISE), course.result("cy", EXERCISE)
    assert (ana.grade, ana.so_far, ana.waiting) == (None, 6, 2)
    assert cy.grade == 8 and "graded again since a person gave points" in cy.remark


def test_work_that_looks_tampered_with_has_no_grade(graded_class, monkeypatch):
    found = results.items

    def tampered(*given):
        items = found(*given)
        tests = (replace(items[0].tests[0], state=State.TAMPERED), *items[0].tests[1:])
        return (replace(items[0], tests=tests), *items[1:])

    monkeypatch.setattr(results, "items", tampered)
    course = graded_class.read(students=["ana"], exercises=[EXERCISE])
    result = course.result("ana", EXERCISE)
    assert (result.outcome, result.grade, result.so_far) == (Outcome.TAMPERED, None, None)
    header, *rows = objectives.table(course, None).rows
    assert {row[header.index("points_earned")] for row in rows} == {""}
    assert {row[header.index("exercise_state")] for row in rows} == {"tampered"}


def test_an_odd_graded_notebook_costs_its_messages_and_nothing_else(graded_class, tmp_path):
    folder = tmp_path / "class"
    shutil.copytree(graded_class.folder, folder)
    odd = {"ana": '{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": 7}]}', "cy": "{"}
    for student, text in odd.items():
        path = folder / "autograded" / student / EXERCISE / f"{EXERCISE}.ipynb"
        path.chmod(0o644)
        path.write_text(text, encoding="utf-8")
    with record.opened(folder) as (gradebook, coursedir):
        course = record.read(gradebook, coursedir)
    for student in odd:
        result = course.result(student, EXERCISE)
        assert result.grade == 8 and sum(item.possible for item in result.items) == 9
        assert "the points are the gradebook's" in result.remark
    assert course.result("ben", EXERCISE).items[0].message


def test_why_a_hand_in_has_no_grade(tmp_path):
    def why(name: str = "a.ipynb", content: bytes | None = b"{}") -> tuple[Outcome, str]:
        shutil.rmtree(tmp_path / "s", ignore_errors=True)
        (tmp_path / "s").mkdir()
        if content is None:
            (tmp_path / "s" / name).symlink_to("/etc/hostname")
        else:
            (tmp_path / "s" / name).write_bytes(content)
        return record._ungraded(tmp_path / "s", ["a"])

    assert why("Untitled.ipynb") == (Outcome.DAMAGED, "the hand-in has no a.ipynb")
    assert why(content=None) == (Outcome.DAMAGED, "a.ipynb is not a file")
    assert why() == (Outcome.DAMAGED, "a.ipynb cannot be read as a notebook")
    fine = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    assert why(content=fine)[0] is Outcome.NOT_GRADED
    assert record._ungraded(None, ["a"])[0] is Outcome.NOT_GRADED


def test_a_newer_hand_in_is_mentioned(graded_class, tmp_path):
    folder = tmp_path / "class"
    shutil.copytree(graded_class.folder, folder)
    for student, when in (("cy", "2026-11-01 14:00:00 UTC"), ("ana", "2026-11-01 13:30:00 +0100")):
        handed_in = folder / "submitted" / student / EXERCISE
        handed_in.mkdir(parents=True)
        (handed_in / "timestamp.txt").write_text(when, encoding="utf-8")
    with record.opened(folder) as (gradebook, coursedir):
        course = record.read(gradebook, coursedir)
    said = "a newer hand-in is not graded yet"
    assert said in course.result("ana", EXERCISE).remark  # 12:30 UTC, and 12:00 was graded
    assert said not in course.result("cy", EXERCISE).remark


def test_a_folder_without_a_gradebook_is_said(tmp_path):
    with pytest.raises(record.RecordError, match="nothing was graded"), record.opened(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []  # and none is made


def test_a_damaged_gradebook_is_said(tmp_path):
    (tmp_path / "gradebook.db").write_bytes(b"no database at all, however long it may be" * 100)
    with pytest.raises(record.RecordError, match="cannot be read"), record.opened(tmp_path):
        pass


# ---- Canvas


def test_canvas_cells_hold_grades_and_blanks_and_nothing_else_is_in_the_file(graded_class, canvas_file):
    said = export(
        graded_class,
        exporters.CanvasExportPlugin,
        template=str(canvas_file),
        columns={EXERCISE: "Ward round"},
    )
    rows = rows_of(canvas_file.with_name("grades-filled.csv"))
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Ward round (7001)"]
    assert rows[1] == ["", "", "", "", "", "Manual Posting"]
    assert rows[2] == ["    Points Possible", "", "", "", "", "9.00"]
    assert {row[1]: row[5] for row in rows[3:]} == {
        "101": "8",
        "102": "",  # written work waits for a person: not 3 of 9
        "103": "8",  # found by login, because the gradebook has no Canvas ID of Cy
        "104": "",
        "105": "3",  # damaged, and Canvas has a grade already: not taken away
        "106": "EX",
        "200": "",  # the login of a student of whom the gradebook has another Canvas ID: the ID decides
    }
    text = "\n".join(said)
    for words in (
        f"{EXERCISE} (Ward round (7001)): 2 of 6 students have a grade, 1 of them another than in Canvas.",
        "ben: blank; needs a person (3 of 9 points wait for a person, 3 earned so far)",
        "cy: 5 in Canvas becomes 8; graded (late: 1 point taken off)",
        "dee: blank; missing (nothing was handed in)",
        "eve: left at 3, which is in Canvas; damaged",
        "fay: left at EX (excused)",
        "Not in Canvas's file, so without a grade there (1): +gus (Canvas ID 999).",
        "left as they were (1): Student, Test.",
        f"{OTHER}: left out, because no column is called {OTHER}",
    ):
        assert words in text


def test_the_exported_file_is_never_written(graded_class, canvas_file, tmp_path):
    before = canvas_file.read_bytes()
    link = tmp_path / "link.csv"
    link.symlink_to(canvas_file)
    traits = {"template": str(canvas_file), "columns": {EXERCISE: "Ward round"}}
    for target in (canvas_file, link, tmp_path / "." / "grades.csv"):
        with pytest.raises(exporters.ExportError, match="is the exported file itself"):
            export(graded_class, exporters.CanvasExportPlugin, to=str(target), **traits)
    export(graded_class, exporters.CanvasExportPlugin, **traits)
    assert canvas_file.read_bytes() == before


def test_no_name_in_the_filled_file_is_a_formula(graded_class, canvas_file):
    export(
        graded_class,
        exporters.CanvasExportPlugin,
        template=str(canvas_file),
        columns={EXERCISE: "Ward round"},
    )
    rows = rows_of(canvas_file.with_name("grades-filled.csv"))
    assert rows[6][0] == "'" + FORMULA
    assert rows[7][:5] == ["'+Ode, Eve", "105", "'=cmd", "eve@uni.example", "'=1+1"]
    for name in ("grades-filled.csv", "grades-states.csv"):
        for row in rows_of(canvas_file.with_name(name)):
            assert not [cell for cell in row if cell.strip()[:1] in ("=", "+", "-", "@")], name


def test_states_that_canvas_has_no_room_for_are_in_a_file_of_their_own(graded_class, canvas_file):
    export(
        graded_class,
        exporters.CanvasExportPlugin,
        template=str(canvas_file),
        columns={EXERCISE: "Ward round"},
    )
    header, *rows = rows_of(canvas_file.with_name("grades-states.csv"))
    found = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert len(found) == 7
    assert (found["ben"]["grade"], found["ben"]["so_far"], found["ben"]["waiting"]) == ("", "3", "3")
    assert (found["eve"]["grade"], found["eve"]["so_far"], found["eve"]["state"]) == ("", "", "damaged")
    assert found["'+gus"]["remark"] == "no row in the file; item 2 timed out"


def test_points_so_far_are_written_when_asked_for(graded_class, canvas_file):
    export(
        graded_class,
        exporters.CanvasExportPlugin,
        template=str(canvas_file),
        columns={EXERCISE: "7001"},
        so_far=True,
    )
    rows = rows_of(canvas_file.with_name("grades-filled.csv"))
    assert {row[1]: row[5] for row in rows[3:]}["102"] == "3"


def test_other_points_in_canvas_are_never_taken_for_the_same(graded_class, canvas_file):
    canvas_file.write_text(CANVAS.replace("9.00,10.00", "100,10.00"), encoding="utf-8")
    traits = {"template": str(canvas_file), "columns": {EXERCISE: "Ward round"}}
    with pytest.raises(exporters.ExportError, match="gives 100 points in Canvas and the exercise 9"):
        export(graded_class, exporters.CanvasExportPlugin, **traits)
    said = export(graded_class, exporters.CanvasExportPlugin, scale=True, **traits)
    assert f"{EXERCISE}: its 9 points were converted to the 100 of Ward round (7001)." in said
    rows = rows_of(canvas_file.with_name("grades-filled.csv"))
    assert {row[1]: row[5] for row in rows[3:]}["101"] == "88.89"


def test_semicolons_decimal_commas_and_a_byte_order_mark_stay(graded_class, canvas_file):
    text = (
        "LastName;FirstName;ID;SIS Login ID;Section;ward-round (7001);ward-round Current Score\n"
        "Points Possible;;;;;9,00;(read only)\nNg;Ana;101;;A;;\nPoe;Fay;106;;A;2,5;\n"
    )
    canvas_file.write_bytes(text.encode("utf-8-sig"))
    said = export(graded_class, exporters.CanvasExportPlugin, template=str(canvas_file))
    made = canvas_file.with_name("grades-filled.csv").read_bytes()
    assert made.decode("utf-8-sig").splitlines() == [
        "LastName;FirstName;ID;SIS Login ID;Section;ward-round (7001)",
        "Points Possible;;;;;9,00",
        "Ng;Ana;101;;A;8",
        "Poe;Fay;106;;A;2,5",
    ]
    assert made.startswith(b"\xef\xbb\xbf")
    assert any("fay: left at 2,5, which is in Canvas" in line for line in said)


def test_a_column_that_could_be_two_exercises_or_two_columns_is_left_out(graded_class, canvas_file):
    twice = CANVAS.replace("Essay (7002)", "ward_round (7002)").replace("10.00", "9.00")
    canvas_file.write_text(twice, encoding="utf-8")
    with pytest.raises(exporters.ExportError, match="several columns fit"):
        export(graded_class, exporters.CanvasExportPlugin, template=str(canvas_file))
    canvas_file.write_text(CANVAS.replace("Ward round (7001)", "20_other (1)"), encoding="utf-8")
    with pytest.raises(exporters.ExportError, match="another exercise fits"):
        export(
            graded_class,
            exporters.CanvasExportPlugin,
            template=str(canvas_file),
            columns={EXERCISE: "20_other"},
        )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xff\xfe\x00x", "not text in UTF-8"),
        (b"Name,Grade\nA,1\n", "it is no gradebook of Canvas"),
        (b"Student,ID,Section,ward_round (1)\nAna,101,A,\n", "Points Possible"),
    ],
)
def test_a_file_that_is_no_canvas_gradebook_is_said(graded_class, canvas_file, data, words):
    canvas_file.write_bytes(data)
    with pytest.raises(exporters.ExportError, match=words):
        export(graded_class, exporters.CanvasExportPlugin, template=str(canvas_file))
    assert [path.name for path in canvas_file.parent.iterdir()] == ["grades.csv"]


def test_students_who_could_be_two_rows_get_none():
    ways = [
        ("id", lambda student: [student.lms_user_id], lambda row: [row[0]]),
        ("login", lambda student: [student.id], lambda row: [row[1]]),
    ]
    students = [
        Student("a", lms_user_id="1"),
        Student("b", lms_user_id="2"),
        Student("c"),
        Student("d"),
        Student("e"),
    ]
    rows = [["1", "x"], ["2", "y"], ["2", "z"], ["3", "C"], ["1", "d"], ["9", "q"]]
    found = matching.match(students, rows, ways, range(len(rows)))
    # "1" stands in two rows, and so does "2"; "d" is the login of a row that the first student may claim
    assert [student.id for student in found.unclear] == ["a", "b", "d"]
    assert {place: student.id for place, student in found.pairs.items()} == {3: "c"}
    assert [student.id for student in found.alone] == ["e"] and found.left == [5]


# ---- Moodle


def moodle_grades(path: Path) -> dict[str, tuple[str, str]]:
    header, *rows = rows_of(path)
    assert header[-1] == "State in nbgrader" and len({len(row) for row in rows}) == 1
    return {row[0].split()[1]: (row[4], row[-1]) for row in rows}


def test_moodles_worksheet_is_filled_in_with_a_column_of_states(graded_class, moodle_file):
    before = moodle_file.read_bytes()
    said = export(
        graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE]
    )
    assert moodle_grades(moodle_file.with_name("worksheet-filled.csv")) == {
        "41": ("8", "graded"),
        "42": ("", "needs a person (3 of 9 points wait for a person, 3 earned so far)"),
        "43": ("8", "graded (late: 1 point taken off)"),
        "44": ("", "missing (nothing was handed in)"),
        "45": ("", "damaged (ward_round.ipynb cannot be read as a notebook)"),
        "46": ("", "not graded (it was handed in, and not graded yet)"),
        "99": ("", "not in the gradebook"),
    }
    assert moodle_file.read_bytes() == before
    text = "\n".join(said)
    for words in (
        f"{EXERCISE}: 2 of 6 students have a grade.",
        "cy: 4.50 in Moodle becomes 8",
        "Found by full name only, so look at them (1): cy.",
        "Not in Moodle's worksheet, so without a grade there (1): +gus.",
        "left as they were (1): Participant 99.",
    ):
        assert words in text


def test_what_moodle_reads_back_stays_and_the_rest_is_no_formula(graded_class, moodle_file):
    export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE])
    rows = rows_of(moodle_file.with_name("worksheet-filled.csv"))
    given = list(csv.reader(io.StringIO(MOODLE)))
    for k in (0, 9, 10):  # Identifier, Last modified (grade), Feedback comments
        assert [row[k] for row in rows] == [row[k] for row in given]
    assert rows[4][1] == "'" + FORMULA and rows[2][8] == "'=1+1"


def test_the_feedback_zip_is_as_moodle_reads_it(graded_class, moodle_file):
    export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE])
    path = moodle_file.with_name("worksheet-feedback.zip")
    first = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        page = archive.read(names[0]).decode()
    assert names == [
        f"Ana Ng_41_assignfeedback_file_/{EXERCISE}.html",
        f"Ben O'Neil_42_assignfeedback_file_/{EXERCISE}.html",
    ]
    for name in names:  # the rule of Moodle's is_valid_filename_for_import
        info = name.split("/")[0].split("_", 4)
        assert len(info) == 5 and info[1].isdigit() and info[2:4] == ["assignfeedback", "file"]
    assert f"Feedback: {EXERCISE}" in page
    export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE])
    assert path.read_bytes() == first


def test_a_folder_in_the_zip_never_leads_out_of_it():
    place = {"Identifier": 0, "Full name": 1}
    assert moodle._folder(["Participant 7", "../../Eve_Ode\\.."], place) == "Eve Ode_7_assignfeedback_file_"
    assert moodle._folder(["Participant 7", "_/_"], place) == "Participant_7_assignfeedback_file_"
    assert moodle._folder(["Participant 7"], {"Identifier": 0}) == "Participant_7_assignfeedback_file_"
    assert moodle._folder(["Participant 7", "Zoë 李"], place) == "Zoë 李_7_assignfeedback_file_"


def test_grades_that_moodle_would_drop_are_said_and_not_written(graded_class, moodle_file):
    text = MOODLE.replace('ana@example.org,"Submitted for grading",,9.00,Yes', 'ana@example.org,"x",,9.00,No')
    moodle_file.write_text(text, encoding="utf-8")
    export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE])
    grade, state = moodle_grades(moodle_file.with_name("worksheet-filled.csv"))["41"]
    assert grade == "" and state == "8 points, not written: the grade is locked in Moodle; graded"
    assert moodle._refused(["9.5"], {}, "9.5", 9.0) == "Moodle takes no more than 9"
    assert moodle._refused(["9"], {}, "9", 9.0) == ""


def test_two_of_one_name_and_a_strange_number_are_nobody(graded_class, moodle_file):
    """Not matched: a name that stands twice, and a participant's number that is somebody's LMS user id."""
    text = MOODLE.replace("Nobody Here", "Cy  NG").replace("Participant 99", "Participant 999")
    moodle_file.write_text(text, encoding="utf-8")
    said = export(
        graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE]
    )
    found = moodle_grades(moodle_file.with_name("worksheet-filled.csv"))
    assert found["43"][0] == "4.50" and found["999"] == ("", "not in the gradebook")
    assert any("not clear which row is theirs (1): cy" in line for line in said)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "Last modified (grade)",
            "Zuletzt geändert (Bewertung)",
            "no grading worksheet of Moodle in English",
        ),
        ("Maximum Grade", "Scale", "scale of words"),
        ("9.00", "100.00", "Moodle gives 100 points for this assignment, and ward_round has 9"),
    ],
)
def test_a_worksheet_that_cannot_be_filled_is_said(graded_class, moodle_file, old, new, words):
    moodle_file.write_text(MOODLE.replace(old, new), encoding="utf-8")
    with pytest.raises(exporters.ExportError, match=words):
        export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=[EXERCISE])


def test_a_worksheet_belongs_to_one_exercise(graded_class, moodle_file):
    with pytest.raises(exporters.ExportError, match="Say which exercise it is"):
        export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file))
    with pytest.raises(
        exporters.ExportError, match=r"no exercise called 99_none\. It has: 20_other, ward_round"
    ):
        export(graded_class, exporters.MoodleExportPlugin, template=str(moodle_file), assignment=["99_none"])


# ---- by objective


def test_points_by_objective_with_what_the_syllabus_says(graded_class):
    header, *rows = objectives.table(graded_class.read(), graded_class.syllabus).rows
    found = {
        (row[0], row[3], row[header.index("objective")]): dict(zip(header, row, strict=True)) for row in rows
    }
    assert len(rows) == 7 * (4 + 1)  # four objectives of one exercise; the other measures none

    def points(*key: str) -> tuple[str, ...]:
        row = found[key]
        return tuple(row[name] for name in ("points_earned", "points_possible", "points_waiting", "state"))

    assert points("ben", EXERCISE, "12.1") == ("1", "3", "0", "partly")
    assert points("ben", EXERCISE, "12.2") == ("0", "1", "0", "not yet")
    assert points("ben", EXERCISE, "12.5") == ("", "3", "3", "needs a person")  # no silent 0
    assert points("dee", EXERCISE, "12.1") == ("", "3", "", "missing")
    assert points("eve", EXERCISE, "12.3") == ("", "2", "", "damaged")
    assert points("'+gus", EXERCISE, "12.3") == ("0", "2", "0", "timed out")
    assert points("ana", OTHER, "") == ("2.5", "4", "0", "partly")
    row = found["ben", EXERCISE, "12.3"]
    assert (row["responsibility"], row["responsibility_name"], row["competencies"]) == (
        "R1",
        "Data curation",
        "python ethics",
    )
    assert found["cy", EXERCISE, "12.1"]["late_penalty"] == "1"
    assert found["dee", EXERCISE, "12.1"]["first_name"] == "'" + FORMULA
    assert found["ben", EXERCISE, "12.1"]["first_name"] == SCRIPT  # text, and no formula


# ---- cells


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\t'=1"),
        ("  =1", "  '=1"),
        ("x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0"),
        ("x\n@y", "x\n'@y"),
        ("＝1", "'＝1"),
        ("-1.5", "-1.5"),
        ("+7", "+7"),
        ("Ana-Lena", "Ana-Lena"),
        ("a@b.c", "a@b.c"),
        ("", ""),
    ],
)
def test_a_cell_that_looks_like_a_formula_becomes_text(text, made):
    assert sheets.safe(text) == made


def test_numbers_are_read_and_written_as_the_systems_do():
    assert [sheets.number(x) for x in (None, 0.0, 8.0, 10.0, 2 / 3, 1234.5)] == [
        "",
        "0",
        "8",
        "10",
        "0.67",
        "1234.5",
    ]
    assert [sheets.points(x) for x in ("9,00", "1,234.50", "1.234,50", "7", "EX", "", "-")] == [
        9.0,
        1234.5,
        1234.5,
        7.0,
        None,
        None,
        None,
    ]
    assert canvas._names("Ward round (again) (70)") == {"ward round again 70", "ward round again", "70"}


# ---- commands


def test_nbgraders_own_command_takes_the_plugin(graded_class, canvas_file, tmp_path):
    """Run as an instructor would: in the course's folder, with the plugin's name."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "nbgrader",
            "export",
            "--exporter=curriculum.grading.exporters.CanvasExportPlugin",
            f"--CanvasExportPlugin.template={canvas_file}",
            f"--CanvasExportPlugin.columns={EXERCISE}=Ward round",
            f"--to={tmp_path / 'out.csv'}",
        ],
        cwd=graded_class.folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "2 of 6 students have a grade" in done.stderr
    assert {row[1]: row[5] for row in rows_of(tmp_path / "out.csv")[3:]}["103"] == "8"


def test_an_export_that_cannot_be_made_ends_nbgraders_command(graded_class):
    with record.opened(graded_class.folder) as (gradebook, coursedir):
        plugin = exporters.CanvasExportPlugin(coursedir=coursedir)
        with pytest.raises(SystemExit) as ended:
            plugin.export(gradebook)
    assert ended.value.code == 1


def run(*words: str):
    return CliRunner().invoke(cli.app, ["export", *words])


def test_the_command_exports_and_says_what_it_did(graded_class, canvas_file, moodle_file, tmp_path):
    course = ["--course", str(graded_class.folder)]
    done = run(
        "--to", "canvas", *course, "--template", str(canvas_file), "--column", f"{EXERCISE}=Ward round"
    )
    assert done.exit_code == 0, done.output
    assert "ben: blank; needs a person" in done.output
    done = run("--to", "moodle", *course, "--template", str(moodle_file), "--exercise", EXERCISE)
    assert done.exit_code == 0 and "Upload multiple feedback files in a zip" in done.output
    done = run("--to", "objectives", *course, "--output", str(tmp_path / "o.csv"))
    assert done.exit_code == 0 and re.search(r"35 rows, 7 students, 2 exercises", done.output)
    assert len(rows_of(tmp_path / "o.csv")) == 36


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "canvas"], "Name the file that Canvas exported, with --template"),
        (["--to", "canvas", "--template", "none.csv"], "none.csv cannot be read"),
        (["--to", "objectives", "--exercise", "99"], "no exercise called 99"),
        (["--to", "canvas", "--column", "ward_round"], "exercise=name in Canvas"),
        (["--to", "paper"], "paper"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(graded_class, words, said, tmp_path):
    done = run(*words, "--course", str(graded_class.folder))
    assert done.exit_code == 2 and said in done.output
    assert "Traceback" not in done.output
    done = run("--to", "objectives", "--course", str(tmp_path / "nowhere"))
    assert done.exit_code == 2 and "is not a folder" in done.output
