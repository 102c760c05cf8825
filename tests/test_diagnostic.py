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
from curriculum.grading import wording
from curriculum.grading.repair import grade_id
from curriculum.grading.results import Test
from curriculum.grading.wording import State

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


def graded(source, handed_in) -> list[Test]:
    """Run a notebook as grading does, with the hidden tests."""
    tests = {grade_id(cell): cell for cell in source.cells if notation.graded_cell(cell)}
    names: dict = {}
    made: list[Test] = []
    stopped = ""
    is_open = False
    for cell in handed_in.cells:
        if cell.cell_type != "code":
            continue
        name = grade_id(cell)
        state, message = State.EARNED, ""
        try:
            exec(tests[name].source if name in tests else cell.source, names)
        except NotImplementedError:
            is_open = True
            continue
        except AssertionError as error:
            state, message = State.NOT_YET, str(error)
        except Exception as error:
            if name not in tests:
                stopped = f"{wording.STOPPED}: {error}"
                continue
            state = State.NOT_ANSWERED if is_open else State.NOT_YET
            message = stopped or f"{wording.NOT_THERE} `{name.split('_')[0]}` when the test runs."
        if name in tests:
            made.append(Test(name, "", float(state is State.EARNED), 1.0, state, message))
            stopped, is_open = "", False
    return made


def points(known: dict[str, float]) -> list[Test]:
    """Tests of which some are earned and the others lost, and nothing is wrong with their form."""
    return [
        Test(name, "", value, 1.0, State.EARNED if value else State.NOT_YET, "" if value else "Not known.")
        for name, value in known.items()
    ]


@pytest.mark.parametrize(
    ("name", "bridges", "code", "ward"),
    [
        ("profile_clinician", (CODE,), 2, 6),
        ("profile_engineer", (WARD,), 6, 3),
        ("profile_neither", (CODE, WARD), 1, 1),
        ("profile_both_worlds", (), 6, 6),
        ("profile_just_enough", (), 5, 5),
        ("right_in_other_forms", (), 6, 6),
        ("does_not_know_yet", (CODE, WARD), 0, 0),
    ],
)
def test_each_profile_gets_its_advice_with_the_counts(
    course, root, source, released, name, bridges, code, ward
):
    advice = diagnostic.of_tests(course, graded(source, stored(root, source, released, name)))
    assert (advice.bridges, advice.answered, advice.of, advice.unread) == (bridges, 12, 12, ())
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


@pytest.mark.parametrize("letter", LETTERS)
def test_one_letter_everywhere_needs_both_lessons(course, root, source, released, letter):
    """And a letter where a number is asked for could not be read: it counts neither way."""
    tests = graded(source, stored(root, source, released, f"cheat_always_{letter}"))
    advice = diagnostic.of_tests(course, tests)
    assert advice.bridges == (CODE, WARD) and advice.unread == ("q2_filter", "q5_means")
    assert sum(test.earned for test in tests) <= 3
    assert "of 4 pieces of code" in advice.text


def test_nothing_answered_is_no_advice(course, root, source, released):
    tests = graded(source, stored(root, source, released, "blank"))
    assert {test.state for test in tests} == {State.NOT_ANSWERED}
    assert diagnostic.of_tests(course, tests) is None


UNREAD = "The answers to questions 3, 4, 5 and 9 could not be read; mend them, then grade again."


def test_an_answer_that_cannot_be_read_counts_neither_way_and_is_asked_for_again(
    course, root, source, released
):
    """A stray sign, a name that nobody gave, words and a misspelt name: right answers must not become wrong advice."""
    advice = diagnostic.of_tests(course, graded(source, stored(root, source, released, "cannot_be_read")))
    assert advice.unread == ("q3_type", "q4_share", "q5_means", "q9_order")
    assert (advice.bridges, advice.undecided, advice.answered) == ((), (CODE,), 8)
    assert advice.text == (
        f"{UNREAD} You read 3 of 3 pieces of code and 5 of 5 scenes from a hospital. "
        "With 5 of 5 scenes from a hospital you do not need lesson 02. "
        "Whether you need lesson 01 is open until then."
    )


@pytest.mark.parametrize(
    ("state", "message", "unread"),
    [
        (State.NOT_YET, f"{wording.STOPPED}: SyntaxError: invalid syntax (line 2: q3 = ?)", True),
        (State.NOT_YET, f"{wording.NOT_THERE} `q3` when the test runs.", True),
        (State.NOT_YET, "q3 cannot be read: write one letter.", True),
        (State.TIMED_OUT, "It did not finish in time.", True),
        (State.CRASHED, "Your code stopped the run.", True),
        (State.NOT_YET, "Not known yet. Lesson 01 explains it.", False),
        (State.NOT_YET, "This is about the kind of a value.", False),
        (State.EARNED, "", False),
        (State.RESTORED, "The answer cell was missing.", False),
    ],
)
def test_which_answers_could_not_be_read(course, state, message, unread):
    tests = [*points({"q1_rows": 1}), Test("q3_type", "", float(state is State.EARNED), 1.0, state, message)]
    assert diagnostic.of_tests(course, tests).unread == (("q3_type",) if unread else ())


def test_what_is_decided_without_the_unread_answer_is_said(course):
    code, ward = (part.tests for part in course.exercises[EXERCISE].diagnostic)
    right = dict.fromkeys((*code, *ward), 1.0)
    enough = diagnostic.advice(course, right, {"q3_type"})
    assert enough.text.startswith(
        "The answer to question 3 could not be read; mend it, then grade again. You"
    )
    assert (enough.bridges, enough.undecided) == ((), ()) and "need neither" in enough.text
    few = diagnostic.advice(course, {**right, "q1_rows": 0, "q2_filter": 0}, {"q3_type"})
    assert (few.bridges, few.undecided) == ((CODE,), ()) and "Take lesson 01 first" in few.text
    open_ = diagnostic.advice(course, {**right, "q1_rows": 0}, {"q3_type"})
    assert (open_.bridges, open_.undecided) == ((), (CODE,)) and "Take" not in open_.text
    nothing = diagnostic.advice(course, {}, set(right))
    assert nothing.text.endswith("11 and 12 could not be read; mend them, then grade again.")
    assert (nothing.answered, nothing.undecided) == (0, (CODE, WARD))


def test_an_open_question_counts_as_not_known_and_is_told(course, root, source, released):
    advice = diagnostic.of_tests(course, graded(source, stored(root, source, released, "one_left_open")))
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
            exec(cell.source, {name: "7,5" if number else letter})
            if letter in LETTERS and not number:
                for form in (letter.upper(), f"({letter})", f"{letter}.", [letter], (letter,)):
                    exec(cell.source, {name: form})
    for cell in tests:
        name = grade_id(cell).split("_")[0]
        for odd in ("everything", "", "ab", ["a", "b"], -1):
            with pytest.raises(AssertionError, match=f"{name} cannot be read.*when you do not know yet"):
                exec(cell.source, {name: odd})


def test_the_right_letters_stand_at_different_places(root):
    text = (root / f"authoring/exercises/{EXERCISE}.py").read_text(encoding="utf-8")
    right = [line.split('"')[1] for line in text.splitlines() if line.startswith("q") and ' = "' in line]
    assert len(right) == 10
    assert all(2 <= right.count(letter) <= 3 for letter in LETTERS), right
    assert all(len({*right[i : i + 3]}) > 1 for i in range(8)), "three in a row are the same letter"


@pytest.mark.xdist_group("answers")
@pytest.mark.parametrize(
    ("name", "earned", "begins"), [("profile_engineer", 9, "You read 6 of 6"), ("cannot_be_read", 8, UNREAD)]
)
def test_grading_says_what_to_do_next_in_the_terminal_and_on_the_page(
    root, tmp_path, course, source, released, name, earned, begins
):
    handed_in = stored(root, source, released, name)
    if name == "cannot_be_read":  # nor can Python read these
        for cell in handed_in.cells:
            cell.source = {"q3": "q3 = b)", "q4": "q4 = ?"}.get(grade_id(cell), cell.source)
    for name in ("source", "release"):
        shutil.copytree(root / f"exercises/{name}/{EXERCISE}", tmp_path / f"exercises/{name}/{EXERCISE}")
    shutil.copy(root / "exercises/nbgrader_config.py", tmp_path / "exercises")
    mine = tmp_path / f"my-work/{EXERCISE}/{EXERCISE}.ipynb"
    mine.parent.mkdir(parents=True)
    nbformat.write(handed_in, mine)
    report = grading.grade(tmp_path, EXERCISE, syllabus=course)
    assert not report.problem
    assert report.earned == earned
    wanted = diagnostic.of_tests(course, report.tests.values())
    assert report.advice == wanted.text and wanted.text.startswith(begins)
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


def test_a_form_check_that_says_something_else_is_found(root, course, source):
    release = root / f"exercises/release/{EXERCISE}/{EXERCISE}.ipynb"
    wrong = nbformat.from_dict(source)
    for cell in wrong.cells:
        cell.source = cell.source.replace("'q3 cannot be read: ", "'Of q3: ")
    found = [
        problem
        for problem in structure.exercise("x.py", wrong, release, course.exercises[EXERCISE], course)
        if "visible check" in str(problem)
    ]
    assert len(found) == 1 and "q3_type" in str(found[0]) and "`q3 cannot be read`" in str(found[0])


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
