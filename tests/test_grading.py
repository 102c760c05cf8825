"""Grading one's own copy: right points, kind words, and a learner's file that is never touched."""

from __future__ import annotations

import copy
import io
import json
import re
import shutil

import nbformat
import pytest
from fixtures import ward_course
from fixtures.ward_course import EXERCISE, RIGHT, cell, drop
from nbformat.v4 import new_code_cell, new_output
from nbgrader.utils import compute_checksum
from rich.console import Console

from curriculum import grading
from curriculum import syllabus as course_map
from curriculum.grading import State, reading, repair, results, wording

FRESH = f"python3 start.py fresh {EXERCISE}"


@pytest.fixture(scope="session")
def ward(tmp_path_factory):
    return ward_course.make(tmp_path_factory.mktemp("ward"))


def printed(report) -> str:
    out = io.StringIO()
    grading.print_report(report, Console(file=out, width=80))
    return out.getvalue()


def states(report) -> list[str]:
    return [item.state for item in report.items]


# ---- what is earned


def test_right_answers_earn_every_point_that_tests_give(ward):
    report = ward.grade()
    assert report.problem == "" and report.notes == ()
    assert (report.earned, report.possible, report.written, report.pending) == (6, 6, 3, 3)
    assert states(report) == [State.EARNED, State.EARNED, State.EARNED, State.PERSON]
    assert (report.items[0].number, report.items[0].title) == (1, "The mean without the code 99")
    assert report.tests["q1_new"].objective == "12.1"
    assert report.sample == f"exercises/source/{EXERCISE}/{EXERCISE}.ipynb"
    assert [(s.name, s.earned, s.possible) for s in report.responsibilities] == [("Data curation", 6, 6)]
    assert [(s.id, s.earned, s.possible) for s in report.competencies] == [("python", 6, 6), ("ethics", 2, 2)]
    assert report.reread == {}


def test_a_blank_copy_is_not_answered_and_earns_nothing(ward):
    report = ward.grade(copy.deepcopy(ward.released))
    assert report.earned == 0 and report.pending == 0
    assert set(states(report)) == {State.NOT_ANSWERED}
    assert report.notes == ()
    assert "Traceback" not in printed(report)


@pytest.fixture(scope="session")
def mixed(ward):
    """A submission with one wrong idea, one warning, a typing slip, a figure and an own failing cell."""
    answers = {
        "q1_mean": "def mean_known(values):\n    return sum(values) / len(values)",
        "q2_fevers": "import warnings\n\ndef fevers(values):\n    warnings.warn('slow')\n    return 2",
        "q3_highest": "highest = max(temperatures",
    }
    picture = (
        "from IPython.display import Image\nimport base64\n"
        "Image(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))"
    )

    def edit(notebook):
        notebook.cells.append(new_code_cell(picture))
        notebook.cells.append(new_code_cell("def half(a):\n    return a / 0\n\nhalf(1)"))

    return ward.grade(answers, edit), ward.page()


def test_a_wrong_idea_loses_its_points_and_the_message_names_it(mixed):
    report, _ = mixed
    first, _, third, _ = report.items
    assert (first.state, first.earned) == (State.PARTLY, 1)
    assert first.message == "99 stands for no measurement: leave it out of the mean."
    assert report.reread["12.1"] == "Lesson 12, the first half"
    assert third.message == (
        "Your answer cell stopped before the test could use it: SyntaxError: "
        "a bracket or a quote is opened and not closed (line 1)"
    )


def test_a_warning_on_stderr_costs_no_points(mixed):
    report, _ = mixed
    assert report.tests["q2_count"].state is State.EARNED


def test_an_own_cell_that_fails_is_mentioned(mixed):
    report, _ = mixed
    assert any("begins `def half(a):`" in note and "ZeroDivisionError" in note for note in report.notes)


def test_the_report_is_readable_in_80_columns_without_colour(mixed):
    text = printed(mixed[0])
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b[" not in text
    for words in (
        "3 of 9 points",
        "Tests give 6 of these points",
        "partly",
        "not yet",
        "Read again: Lesson 12, the first half",
        "By responsibility",
    ):
        assert words in text


def test_several_exercises_together_show_each_responsibility_by_skill(root):
    """Points add up over exercises; written work and objectives that the syllabus lacks do not count."""
    syllabus = course_map.load(root)

    def report(exercise: str, **points: tuple[float, float]) -> grading.Report:
        tests = tuple(
            grading.Test(name, name.lstrip("o").replace("_", "."), earned, possible, State.EARNED)
            for name, (earned, possible) in points.items()
        )
        by_hand = grading.Test("w", "12.5", 0, 3, State.PERSON, written=True)
        return grading.Report(exercise, (grading.Item(1, "Item", (*tests, by_hand), State.PARTLY),))

    one = report("12_one", o12_1=(2, 3), o12_5=(1, 1))
    two = report("13_two", o12_1=(1, 1), o12_3=(0, 4), o77_7=(9, 9))
    whole = results.together([one, two], syllabus)
    assert [(s.id, s.earned, s.possible) for s, _ in whole] == [("R1", 3, 8), ("R4", 1, 1)]
    assert [(s.id, s.earned, s.possible) for s in whole[0][1]] == [
        ("terminology", 3, 4),
        ("statistics", 0, 4),
        ("python", 3, 4),
        ("ethics", 0, 4),
        ("critical_thinking", 3, 4),
    ]
    out = io.StringIO()
    grading.print_together(whole, Console(file=out, width=80))
    text = " ".join(out.getvalue().split())
    assert "Data curation and governance 3 of 8 Medical terminology 3 of 4" in text
    assert max(map(len, out.getvalue().splitlines())) <= 80


def test_the_feedback_page_shows_messages_but_no_hidden_tests(mixed):
    _, page = mixed
    assert "secret_values" not in page
    assert "leave it out of the mean" in page
    assert "<strong>3 of 9 points</strong>" in page  # the terminal says the same
    assert "No response" not in page
    assert "ZeroDivisionError: division by zero (line 2: return a / 0)" in page
    assert "Traceback (most recent" not in page and "---->" not in page


def test_the_feedback_page_works_offline_and_its_images_have_alternatives(mixed):
    _, page = mixed
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    images = re.findall(r"<img\b[^>]*>", page)
    assert images and all("alt=" in image for image in images)


# ---- time and crashes


def test_an_endless_loop_and_one_that_cannot_be_interrupted_cost_only_their_items(ward):
    stubborn = "while True:\n    try:\n        while True:\n            print('x' * 1000)\n    except BaseException:\n        pass"
    answers = {"q2_fevers": "def fevers(values):\n    while True:\n        pass", "q3_highest": stubborn}
    report = ward.grade(answers, timeout=2)
    assert states(report)[:3] == [State.EARNED, State.TIMED_OUT, State.TIMED_OUT]
    assert report.items[1].message.startswith("The test q2_count did not finish within 2 seconds.")
    assert report.items[2].message.startswith("The answer cell q3_highest did not finish within 2 seconds.")
    assert len(ward.page()) < 1_000_000


def test_points_before_and_after_a_crash_stay(ward):
    def edit(notebook):
        notebook.cells.append(new_code_cell("exit()"))

    report = ward.grade({"q2_fevers": "import os\n\ndef fevers(values):\n    os._exit(1)"}, edit)
    assert states(report)[:3] == [State.EARNED, State.CRASHED, State.EARNED]
    assert report.items[1].message == "The test q2_count stopped Python itself."
    assert any("begins `exit()`" in note for note in report.notes)


def test_a_notebook_has_a_time_budget_in_all(ward):
    def edit(notebook):
        notebook.cells.insert(0, new_code_cell("import time\ntime.sleep(5)"))

    report = ward.grade(None, edit, budget=3)
    assert set(states(report)[:3]) == {State.TIMED_OUT}
    assert "had used its 3 seconds" in report.items[0].message


# ---- damaged copies


def test_a_damaged_copy_is_put_right_said_and_graded(ward):
    def edit(notebook):
        cell(notebook, "q2_count").source = "assert True"
        cell(notebook, "q3_value").metadata.nbgrader.points = 100
        again = copy.deepcopy(cell(notebook, "q1_mean"))
        again.id = "pasted"
        notebook.cells.insert(5, again)
        drop(notebook, "q1_new", "q3_highest")
        notebook.metadata = {"kernelspec": {"name": "julia", "display_name": "Julia"}, "nbgrader": "odd"}

    report = ward.grade({"q2_fevers": "def fevers(values):\n    return 0"}, edit)
    assert (report.earned, report.possible) == (3, 6)
    assert states(report)[:3] == [State.EARNED, State.NOT_YET, State.RESTORED]
    said = "\n".join(report.notes)
    for words in (
        "The test q2_count had been edited; it was restored",
        "The points or marks of test q3_value were changed; they were restored.",
        "There is more than one copy of answer cell q1_mean",
        "The test q1_new was missing; it was put back.",
        "The answer cell q3_highest was missing; it was put back empty",
        "asks for the kernel 'julia'",
    ):
        assert words in said
    assert len(report.notes) == 6


def test_changed_data_beside_the_notebook_is_not_used(ward):
    path = ward.write(ward.notebook())
    (path.parent / "data").mkdir()
    (path.parent / "data" / "temperatures.csv").write_text("temperature\n1\n", encoding="utf-8")
    (path.parent / "helper.py").write_text("", encoding="utf-8")
    report = grading.grade(ward.root, EXERCISE, syllabus=ward.syllabus)
    assert report.earned == 6
    assert report.notes == (
        "data/temperatures.csv in your folder differs from the one handed out; the one handed out was used.",
    )


def fixed(ward, notebook):
    findings = repair.repair(notebook, ward.released)
    assert [repair.grade_id(c) for c in notebook.cells if repair.grade_id(c)] == [
        repair.grade_id(c) for c in ward.released.cells if repair.grade_id(c)
    ]
    return [finding.kind for finding in findings]


def test_an_orderly_copy_needs_no_repair(ward):
    notebook = ward.notebook()
    assert fixed(ward, notebook) == []
    assert [c.source for c in notebook.cells] == [c.source for c in ward.notebook().cells]


def test_lost_marks_are_found_again_by_the_id_of_the_cell(ward):
    notebook = ward.notebook()
    for c in notebook.cells:
        c.metadata = {}
    assert set(fixed(ward, notebook)) == {"marks"}
    assert cell(notebook, "q2_fevers").source == RIGHT["q2_fevers"]


def test_a_changed_grade_id_is_put_back(ward):
    notebook = ward.notebook()
    cell(notebook, "q1_mean").metadata.nbgrader.grade_id = "mine"
    assert fixed(ward, notebook) == ["marks"]
    assert cell(notebook, "q1_mean").source == RIGHT["q1_mean"]


def test_new_cell_ids_do_no_harm(ward):
    notebook = ward.notebook()
    for number, c in enumerate(notebook.cells):
        c.id = f"other{number}"
    assert fixed(ward, notebook) == []


def test_an_answer_turned_into_text_is_graded_as_code(ward):
    notebook = ward.notebook()
    answer = cell(notebook, "q1_mean")
    answer.cell_type = "markdown"
    del answer["outputs"], answer["execution_count"]
    assert fixed(ward, notebook) == ["type"]
    assert cell(notebook, "q1_mean").cell_type == "code"
    nbformat.validate(notebook)


def test_a_test_moved_in_front_of_its_answer_is_run_behind_it(ward):
    notebook = ward.notebook()
    test = cell(notebook, "q2_count")
    notebook.cells.remove(test)
    notebook.cells.insert(0, test)
    assert fixed(ward, notebook) == ["moved"]


def test_a_given_cell_that_was_deleted_comes_back(ward):
    notebook = ward.notebook()
    del notebook.cells[1]
    assert fixed(ward, notebook) == ["missing"]
    assert notebook.cells[1].source == ward.released.cells[1].source


def test_a_test_that_the_course_has_changed_is_not_called_edited(ward):
    notebook = ward.notebook()
    test = cell(notebook, "q2_count")
    test.source = "# an older test"
    test.metadata.nbgrader.checksum = compute_checksum(test)
    assert fixed(ward, notebook) == ["updated"]


@pytest.mark.parametrize(
    "odd", [None, {"cells": []}, {"grade_id": 5}, {"grade_id": "q1_mean", "grade": "yes"}, "x"]
)
def test_odd_marks_are_mended(ward, odd):
    notebook = ward.notebook()
    raw = json.loads(nbformat.writes(notebook))
    target = next(c for c in raw["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == "q1_mean")
    target["metadata"]["nbgrader"] = odd
    path = ward.write(json.dumps(raw).encode())
    read, _ = reading.read(path, FRESH)
    assert fixed(ward, read) == ["marks"]
    assert cell(read, "q1_mean").metadata.nbgrader == cell(ward.released, "q1_mean").metadata.nbgrader


# ---- files that cannot be graded, and odd files that can


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n  ", "is empty"),
        (b'{"cells": [', "not valid JSON"),
        (b"{}", "is not a notebook"),
        (b"[1, 2]", "is not a notebook"),
        (b'{"nbformat": 5, "cells": []}', "newer than this course knows"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": "none"}', "cannot be read"),
        (b'{\n<<<<<<< HEAD\n"cells": []\n=======\n>>>>>>> theirs\n}', "merge conflict"),
    ],
)
def test_an_unreadable_file_is_said_in_words_with_what_to_do(ward, data, words):
    report = ward.grade(data)
    assert words in report.problem and FRESH in report.problem
    assert report.problem.count("\n") == 0 and "Traceback" not in report.problem
    assert report.items == ()


def test_a_notebook_of_something_else_is_not_graded(ward):
    report = ward.grade(nbformat.v4.new_notebook(cells=[new_code_cell("1 + 1")]))
    assert "looks like another notebook" in report.problem and FRESH in report.problem


def test_a_missing_notebook_names_what_is_there(ward):
    path = ward.write(ward.notebook())
    path.rename(path.with_name("Untitled.ipynb"))
    report = grading.grade(ward.root, EXERCISE)
    assert "is not there" in report.problem and "Untitled.ipynb" in report.problem


def test_a_folder_in_place_of_the_notebook(ward):
    path = ward.write(ward.notebook())
    path.unlink()
    path.mkdir()
    assert "is a folder" in grading.grade(ward.root, EXERCISE).problem
    shutil.rmtree(path)


def test_an_earlier_version_kept_by_jupyterlab_is_named(ward):
    path = ward.write(b"")
    (path.parent / ".ipynb_checkpoints").mkdir()
    (path.parent / ".ipynb_checkpoints" / f"{EXERCISE}-checkpoint.ipynb").write_text("{...}")
    assert ".ipynb_checkpoints" in grading.grade(ward.root, EXERCISE).problem


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-8-sig", "byte order mark"), ("utf-16", "UTF-16"), ("latin-1", "not saved as UTF-8")],
)
def test_another_encoding_is_read_and_mentioned(ward, encoding, words):
    text = json.dumps(json.loads(nbformat.writes(ward.notebook({"q4_note": "Fièvre"}))), ensure_ascii=False)
    path = ward.write(text.encode(encoding))
    notebook, remarks = reading.read(path, FRESH)
    assert cell(notebook, "q4_note").source == "Fièvre"
    assert len(remarks) == 1 and words in remarks[0]


def test_an_old_format_is_read_and_mentioned(ward):
    old = nbformat.convert(ward.notebook(), 3)
    notebook, remarks = reading.read(ward.write(nbformat.writes(old, version=3).encode()), FRESH)
    assert fixed(ward, notebook) == []
    assert "old notebook format 3" in remarks[0]


def test_one_bad_exercise_does_not_stop_the_others(ward, capsys):
    ward.write(ward.notebook())
    assert grading.run(ward.root, ["no_such_exercise", EXERCISE]) == 1
    out = capsys.readouterr().out
    assert "no_such_exercise: could not be graded" in out
    assert f"{EXERCISE}: 6 of 9 points" in out
    assert grading.run(ward.root, [EXERCISE]) == 0
    assert "[IPKernelApp]" not in capsys.readouterr().err


# ---- words


@pytest.mark.parametrize(
    ("name", "text", "state", "words"),
    [
        ("AssertionError", "Count again.", State.NOT_YET, "Count again."),
        ("AssertionError", "", State.NOT_YET, "One of its checks does not hold"),
        ("NotImplementedError", "", State.NOT_ANSWERED, "Not answered yet."),
        ("NameError", "name 'people' is not defined", State.NOT_YET, "nothing called `people`"),
        ("KeyError", "'age'", State.NOT_YET, "stopped with KeyError: 'age'"),
        ("RecursionError", "maximum recursion depth", State.NOT_YET, "calls itself without end"),
        ("SystemExit", "0", State.CRASHED, "Take that line out"),
        ("ValueError", "x" * 5000, State.NOT_YET, "..."),
    ],
)
def test_errors_in_plain_words(name, text, state, words):
    said = wording.explain(new_output("error", ename=name, evalue=text, traceback=[]))
    assert said[0] is state and words in said[1]
    assert len(said[1]) < 700


# ---- the scratch folder, which holds nothing of the learner's


def test_a_damaged_scratch_gradebook_is_said_and_made_anew(ward):
    ward.grade()
    (ward.root / ".grading" / EXERCISE / "gradebook.db").write_bytes(b"garbage")
    report = ward.grade()
    assert "Grade again" in report.problem
    assert ward.grade().earned == 6
