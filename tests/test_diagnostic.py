"""The diagnostic: each kind of learner is sent to the right bridge with the right counts, and the key stays hidden."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import write_syllabus
from rich.console import Console

from curriculum import answers, coursemap, diagnostic, grading, notation, syllabus
from curriculum.check import structure
from curriculum.grading.repair import grade_id

EXERCISE = "00_start_here"
CODE, WARD = "01_python_for_clinicians", "02_clinic_for_engineers"
LETTERS = ("a", "b", "c", "d")


@pytest.fixture(scope="module")
def course(root):
    return syllabus.load(root)


@pytest.fixture(scope="module")
def source(root):
    return nbformat.read(root / f"exercises/source/{EXERCISE}/{EXERCISE}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def released(root):
    return nbformat.read(root / f"exercises/release/{EXERCISE}/{EXERCISE}.ipynb", as_version=4)


def stored(root: Path, source, released, name: str):
    """What somebody with the stored answer hands in."""
    answer = answers.read(root / f"tests/answers/{EXERCISE}/{name}.py")
    return answers.submission(answer, source, released)


def earned(source, handed_in) -> dict[str, float]:
    """Run a notebook as grading does, with the hidden tests; a test whose answer is open has no points at all."""
    tests = {grade_id(cell): cell for cell in source.cells if notation.graded_cell(cell)}
    names: dict = {}
    points: dict[str, float] = {}
    is_open = False
    for cell in handed_in.cells:
        if cell.cell_type != "code":
            continue
        name = grade_id(cell)
        try:
            exec(tests[name].source if name in tests else cell.source, names)
        except NotImplementedError:
            is_open = True
            continue
        except (AssertionError, NameError):
            if not is_open:
                points[name] = 0
        else:
            if name in tests:
                points[name] = 1
        is_open = False
    return points


@pytest.mark.parametrize(
    ("name", "bridges", "code", "ward"),
    [
        ("profile_clinician", (CODE,), 1, 6),
        ("profile_engineer", (WARD,), 6, 1),
        ("profile_neither", (CODE, WARD), 1, 1),
        ("profile_both_worlds", (), 6, 6),
        ("profile_just_enough", (), 5, 5),
        ("does_not_know_yet", (CODE, WARD), 0, 0),
        ("cheat_always_a", (CODE, WARD), 1, 1),
        ("cheat_always_b", (CODE, WARD), 1, 2),
        ("cheat_always_c", (CODE, WARD), 1, 1),
        ("cheat_always_d", (CODE, WARD), 1, 2),
    ],
)
def test_each_profile_gets_its_advice_with_the_counts(
    course, root, source, released, name, bridges, code, ward
):
    points = earned(source, stored(root, source, released, name))
    advice = diagnostic.advice(course, points)
    assert (advice.bridges, advice.answered, advice.of) == (bridges, 12, 12)
    assert advice.text.startswith(
        f"You read {code} of 6 pieces of code and {ward} of 6 scenes from a hospital."
    )
    assert 2 <= advice.text.count(". ") + 1 <= 4
    for bridge, words in ((CODE, "lesson 01"), (WARD, "lesson 02")):
        assert words in advice.text
        told = advice.text.split("Take ")[-1].split(":")[0] if bridges else ""
        assert (words in told) == (bridge in bridges)
    assert ("go on to module 1" in advice.text) == (not bridges)
    assert ("no failure" in advice.text) == bool(bridges) or len(bridges) == 1


def test_nothing_answered_is_no_advice(course, root, source, released):
    points = earned(source, stored(root, source, released, "blank"))
    assert points == {}
    assert diagnostic.advice(course, points) is None


def test_an_open_question_counts_as_not_known_and_is_told(course, root, source, released):
    points = earned(source, stored(root, source, released, "one_left_open"))
    advice = diagnostic.advice(course, points)
    assert (advice.answered, advice.bridges) == (11, ())
    assert "One question is not answered yet" in advice.text
    few = diagnostic.advice(course, {"q1_rows": 1})
    assert few.bridges == (CODE, WARD)
    assert "11 questions are not answered yet" in few.text


def test_what_belongs_to_another_exercise_is_passed_over(course):
    assert diagnostic.advice(course, {"q1_mean": 2}) is None


def test_a_course_without_a_diagnostic_has_no_advice(course):
    plain = {name: replace(exercise, diagnostic=()) for name, exercise in course.exercises.items()}
    assert diagnostic.exercise(replace(course, exercises=plain)) is None
    assert diagnostic.advice(replace(course, exercises=plain), {"q1_rows": 1}) is None


def test_a_bridge_that_is_planned_is_called_so(course):
    for planned in (True, False):
        lessons = {**course.lessons, CODE: replace(course.lessons[CODE], planned=planned)}
        text = diagnostic.advice(replace(course, lessons=lessons), {"q1_rows": 0}).text
        assert ("lesson 01 (still being written)" in text) == planned


def test_one_part_alone_makes_whole_sentences(course):
    asked = course.exercises[EXERCISE]
    alone = replace(course, exercises={EXERCISE: replace(asked, diagnostic=asked.diagnostic[:1])})
    text = diagnostic.advice(alone, dict.fromkeys(asked.diagnostic[0].tests, 1.0)).text
    assert text.startswith("You read 6 of 6 pieces of code. You do not need lesson 01")


def test_the_tests_that_people_see_take_every_letter(released):
    """Validate says whether an answer is well formed, and never which one is right."""
    tests = [cell for cell in released.cells if notation.graded_cell(cell)]
    assert len(tests) == 12
    for letter in (*LETTERS, "?", None):
        for cell in tests:
            name = grade_id(cell).split("_")[0]
            number = name in ("q2", "q5") and letter in LETTERS
            exec(cell.source, {name: "7" if number else letter})
    for cell in tests:
        name = grade_id(cell).split("_")[0]
        with pytest.raises(AssertionError, match="when you do not know yet"):
            exec(cell.source, {name: "everything"})


def test_the_right_letters_stand_at_different_places(root):
    text = (root / f"authoring/exercises/{EXERCISE}.py").read_text(encoding="utf-8")
    right = [line.split('"')[1] for line in text.splitlines() if line.startswith("q") and ' = "' in line]
    assert len(right) == 10
    assert all(2 <= right.count(letter) <= 3 for letter in LETTERS)
    assert all(len({*right[i : i + 3]}) > 1 for i in range(8)), "three in a row are the same letter"


@pytest.mark.xdist_group("answers")
def test_grading_says_what_to_do_next_in_the_terminal_and_on_the_page(
    root, tmp_path, course, source, released
):
    for name in ("source", "release"):
        shutil.copytree(root / f"exercises/{name}/{EXERCISE}", tmp_path / f"exercises/{name}/{EXERCISE}")
    shutil.copy(root / "exercises/nbgrader_config.py", tmp_path / "exercises")
    mine = tmp_path / f"my-work/{EXERCISE}/{EXERCISE}.ipynb"
    mine.parent.mkdir(parents=True)
    nbformat.write(stored(root, source, released, "profile_engineer"), mine)
    report = grading.grade(tmp_path, EXERCISE, syllabus=course)
    assert not report.problem
    assert report.earned == 7
    wanted = diagnostic.advice(course, {name: test.earned for name, test in report.tests.items()})
    assert report.advice == wanted.text
    printed = io.StringIO()
    grading.print_report(report, Console(file=printed, width=80))
    plain = " ".join(printed.getvalue().split())
    assert f"What to do next {wanted.text}" in plain
    assert "Read again" not in plain, "the messages have named the lesson already"
    page = (tmp_path / report.feedback).read_text(encoding="utf-8")
    assert wanted.text in page
    assert "offered" not in page, "the page shows a hidden test"


@pytest.fixture
def content(root) -> dict:
    return yaml.safe_load((root / "syllabus.yml").read_text(encoding="utf-8"))


@pytest.fixture
def copy(root, tmp_path) -> Path:
    """A course folder with the real data, whose syllabus a test may break."""
    (tmp_path / "datasets").symlink_to(root / "datasets")
    return tmp_path


def _asked(content: dict) -> dict:
    return next(e for m in content["modules"] for e in m["lessons"] if e["id"] == EXERCISE)["exercise"]


def _other(content: dict) -> dict:
    return next(e for m in content["modules"] for e in m["lessons"] if e["id"] == "12_data_quality")[
        "exercise"
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: _asked(c)["diagnostic"][0].update(bridge="03_none"), [EXERCISE, "03_none", CODE]),
        (lambda c: _asked(c)["diagnostic"][0].update(enough=7), [EXERCISE, "7 of 6 pieces of code"]),
        (lambda c: _asked(c)["diagnostic"][1]["tests"].append("q1_rows"), [EXERCISE, "q1_rows", "two parts"]),
        (
            lambda c: _other(c).update(diagnostic=_asked(c)["diagnostic"]),
            ["12_data_quality", "second diagnostic"],
        ),
        (lambda c: _asked(c)["diagnostic"][0].update(mood="good"), [EXERCISE, "mood"]),
        (lambda c: c["paths"][0]["lessons"].append("99_none"), ["nurse", "99_none"]),
        (
            lambda c: c["paths"][0]["lessons"].remove("21_honest_baseline"),
            ["nurse", "22_performance without 21_honest"],
        ),
        (lambda c: c["paths"][0]["lessons"].reverse(), ["nurse", "before it"]),
        (lambda c: c["paths"][0].update(start=[WARD]), ["nurse", WARD, "not among its lessons"]),
        (lambda c: c["paths"].append(dict(c["paths"][0])), ["nurse", "twice"]),
        (lambda c: c["paths"][0].update(why="no sentence"), ["paths", "nurse", "no sentence"]),
    ],
)
def test_a_mistake_in_paths_or_diagnostic_is_told_with_its_place(copy, content, change, says):
    change(content)
    write_syllabus(copy, content)
    with pytest.raises(syllabus.SyllabusError) as caught:
        syllabus.load(copy)
    message = str(caught.value)
    assert message.startswith("syllabus.yml")
    for words in says:
        assert words in message


def test_a_rule_that_forgets_a_test_or_names_another_is_found(root, course, source):
    asked = course.exercises[EXERCISE]
    first = replace(asked.diagnostic[0], tests=("q1_rows", "q99_none"))
    wrong = replace(asked, diagnostic=(first, asked.diagnostic[1]))
    release = root / f"exercises/release/{EXERCISE}/{EXERCISE}.ipynb"
    found = [str(p) for p in structure.exercise("x.py", source, release, wrong, course)]
    assert any("q99_none" in problem and "no test here" in problem for problem in found)
    assert any("q2_filter" in problem and "no part" in problem for problem in found)
    assert not [
        p for p in structure.exercise("x.py", source, release, asked, course) if "diagnostic" in str(p)
    ]


def test_a_path_counts_the_minutes_of_what_is_finished(course):
    assert [path.who for path in course.paths] == [
        "Nurse",
        "Physician",
        "Pharmacist",
        "Data scientist",
        "Software or biomedical engineer",
        "Public-health student",
    ]
    for path in course.paths:
        there = [course.lessons[name] for name in path.lessons if not course.lessons[name].planned]
        with_exercise = [course.exercises[lesson.id].minutes for lesson in there if lesson.exercise]
        assert path.minutes == sum(lesson.minutes for lesson in there) + sum(with_exercise)
        assert path.lessons[0] == EXERCISE


def test_the_table_of_paths_has_hours_links_and_runs(course):
    finished = {
        name: replace(lesson, planned=False, minutes=lesson.minutes or 60)
        for name, lesson in course.lessons.items()
        if lesson.module in ("0", "1")
    }
    path = syllabus.Path_("nurse", "Nurse", (CODE,), "Because.", (EXERCISE, CODE, *list(finished)[3:7]), 615)
    small = replace(course, lessons=finished, paths=(path,))
    table = coursemap.paths_table(small)
    before = finished[EXERCISE].minutes + course.exercises[EXERCISE].minutes + finished[CODE].minutes
    before += course.exercises[CODE].minutes if finished[CODE].exercise else 0
    hours = f"{int(before / 30 + 0.5) / 2:g}"
    assert f"| Nurse | [01]({CODE}.ipynb) | {hours} | 00, 01, 10 to 13 | 10.5 | Because. |" in table
    assert "only planned are not counted" in table
    planned = replace(small, lessons={**finished, CODE: replace(finished[CODE], planned=True)})
    assert "| 01 *(planned)* |" in coursemap.paths_table(planned)
    assert coursemap.paths_table(replace(small, paths=())) == ""


def test_the_start_page_holds_the_table(root, course):
    text = (root / f"notebooks/{EXERCISE}.ipynb").read_text(encoding="utf-8")
    for path in course.paths:
        assert f"| {path.who} |" in text
