"""Each check sees the fault that it is for, names file and cell, and leaves a good notebook alone."""

from __future__ import annotations

import nbformat
import pytest

from curriculum import build, notation, syllabus
from curriculum.check import execution, numbers, structure

NAME = "11_template"
LESSON, EXERCISE = f"authoring/lessons/{NAME}.py", f"authoring/exercises/{NAME}.py"


def change(course, file, old, new):
    path = course / file
    text = path.read_text(encoding="utf-8")
    assert old in text, "the test must change something"
    path.write_text(text.replace(old, new), encoding="utf-8")


def lesson_problems(course):
    about = syllabus.load(course).lessons[NAME]
    return [str(p) for p in structure.lesson(LESSON, notation.read(course / LESSON), about)]


def exercise_problems(course):
    about = syllabus.load(course)
    release = course / f"exercises/release/{NAME}/{NAME}.ipynb"
    source = notation.read(course / EXERCISE)
    return [str(p) for p in structure.exercise(EXERCISE, source, release, about.exercises[NAME], about)]


def test_the_templates_pass(small_course):
    build.build(small_course)
    assert lesson_problems(small_course) == []
    assert exercise_problems(small_course) == []


def test_the_templates_run_without_a_warning_and_hold_their_numbers(small_course):
    build.build(small_course)
    for file, folder in [(LESSON, "notebooks"), (EXERCISE, f"exercises/source/{NAME}")]:
        executed, problems = execution.run(notation.read(small_course / file), small_course / folder, file)
        assert [str(p) for p in problems] == []
        assert [str(p) for p in numbers.unheld(file, executed)] == []
    alts = [
        o
        for c in executed.cells
        for o in c.get("outputs", [])
        if "alt=" in o.get("data", {}).get("text/html", "")
    ]
    assert not alts  # the exercise draws nothing


def test_a_figure_carries_its_text_alternative(small_course):
    lesson, _ = execution.run(notation.read(small_course / LESSON), small_course / "datasets", LESSON)
    (figure,) = [
        o
        for c in lesson.cells
        for o in c.get("outputs", [])
        if "<img" in o.get("data", {}).get("text/html", "")
    ]
    assert 'alt="Bar chart of 1,629 people' in figure.data["text/html"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# # The learner's question, in plain clinical words?", "# # Another title", "cell 1"),
        ("# {{ lesson_card }}", "# nothing", "lesson_card"),
        ("# ## Take-away", "# ## The end", "## Take-away"),
        ("**Say it to the ward:**", "**Say it:**", "Say it to the ward"),
        ("\nshow(\n", "\nprint(\n", "no text alternative"),
        ("import pandas as pd", "import pandas as pd\n# pip install pandas", "Installs a package"),
        ('"../datasets/nhefs/nhefs.csv"', '"https://example.org/nhefs.csv"', "Reaches for the network"),
        ('"../datasets/nhefs/nhefs.csv"', '"/home/me/nhefs.csv"', "absolute path"),
        ('"../datasets/nhefs/nhefs.csv"', '"C:\\\\data\\\\nhefs.csv"', "absolute path"),
    ],
)
def test_a_fault_of_a_lesson_is_seen(small_course, old, new, says):
    change(small_course, LESSON, old, new)
    (problem,) = lesson_problems(small_course)
    assert problem.startswith(LESSON)
    assert says in problem


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "## 1. The share of yes (3 points)",
            "## 1. The share of yes (4 points)",
            "Promises 4 points and grades 3",
        ),
        ("## 1. The share of yes (3 points)", "## 2. The share of yes (3 points)", "Should be item 1"),
        ("# ## 1. The share of yes (3 points)", "# ## The share of yes", "in front of the first item"),
        ('points=2 objective="11.1"', 'points=2 objective="11.9"', "11.9"),
        ("# {{ exercise_card }}", "# nothing", "exercise_card"),
        (', "A share lies between 0 and 1: look at what you divide by."', "", "no message"),
        ("### BEGIN HIDDEN TESTS\n", "", "0 of 3 autograded points"),
        ("    ### BEGIN SOLUTION\n", "", "no ### BEGIN SOLUTION"),
    ],
)
def test_a_fault_of_an_exercise_is_seen(small_course, old, new, says):
    build.build(small_course)
    change(small_course, EXERCISE, old, new)
    problems = exercise_problems(small_course)
    assert any(says in p for p in problems), problems
    assert all(p.startswith(EXERCISE) for p in problems)


def test_an_objective_that_no_item_measures_is_seen(small_course):
    import yaml
    from conftest import write_syllabus

    content = yaml.safe_load((small_course / "syllabus.yml").read_text(encoding="utf-8"))
    objectives = content["modules"][0]["lessons"][0]["objectives"]
    objectives.append({**objectives[0], "id": "11.2"})
    write_syllabus(small_course, content)
    build.build(small_course)
    (problem,) = exercise_problems(small_course)
    assert "No item measures the objective 11.2" in problem


def test_a_test_that_cannot_fail_is_seen(small_course):
    build.build(small_course)
    change(small_course, EXERCISE, "result = share_of_yes", "'''")
    change(small_course, EXERCISE, 'who was asked."\n', "who was asked.\"\n'''\n")
    assert any("cannot fail" in p for p in exercise_problems(small_course))


def test_a_release_whose_scaffold_drifted_is_seen(small_course):
    build.build(small_course)
    path = small_course / f"exercises/release/{NAME}/{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("The share of yes among known answers.", "Something else."), encoding="utf-8"
    )
    assert any("scaffold differs" in p for p in exercise_problems(small_course))


@pytest.mark.parametrize(
    ("code", "says"),
    [("import warnings\nwarnings.warn('old')", "Writes a warning"), ("1 / 0", "ZeroDivisionError")],
)
def test_a_cell_that_warns_or_fails_is_named(tmp_path, code, says):
    cells = [nbformat.v4.new_markdown_cell("Text"), nbformat.v4.new_code_cell(code)]
    _, (problem,) = execution.run(nbformat.v4.new_notebook(cells=cells), tmp_path, "a.py")
    assert problem.where == "cell 2"
    assert says in problem.what


def executed(markdown, output="", code="x"):
    cell = nbformat.v4.new_code_cell(code)
    if output:
        cell.outputs = [nbformat.v4.new_output("execute_result", data={"text/plain": output})]
    return nbformat.v4.new_notebook(cells=[cell, nbformat.v4.new_markdown_cell(markdown)])


@pytest.mark.parametrize(
    ("markdown", "output", "code"),
    [
        ("It says **105 %**.", "np.float64(1.0540208717)", "x"),
        ("1,629 people", "1629", "x"),
        ("1,629 people", "(1,629, 64)", "x"),
        ("mean age 42.6 years", "age    42.5701", "x"),
        ("The gap is 21 points.", "", "assert round(gap) == 21"),
        ("Before the age of 15", "", "early = age - years < 15"),
        ("In 1971, three of the 9 did.", "", "x"),
        ("See Lesson 12 and `column 77`.", "", "x"),
        ("Obermeyer 2019 found 17.7 % (https://doi.org/10.1126/science.aax2342).", "", "x"),
        ("From 95 to 99 %: a fall of 0.5.", "0.95 0.99 -0.5", "x"),
    ],
)
def test_a_number_that_a_cell_holds_passes(markdown, output, code):
    assert numbers.unheld("a.py", executed(markdown, output, code)) == []


@pytest.mark.parametrize(
    ("markdown", "output", "number"),
    [
        ("It says 105 %.", "1.064", "105 %"),
        ("It says 7 %.", "0.0649", "7 %"),
        ("1,629 people", "1630", "1,629"),
        ("mean age 42.6 years", "42.4", "42.6"),
        ("See 42 of them, as Lesson 12 says.", "", "42"),
    ],
)
def test_a_number_that_no_cell_holds_is_named(markdown, output, number):
    (problem,) = numbers.unheld("a.py", executed(markdown, output))
    assert problem.where == "cell 2"
    assert number in problem.what


def test_a_number_held_far_away_is_not_held(tmp_path):
    cells = [nbformat.v4.new_code_cell("assert n == 791")]
    cells += [nbformat.v4.new_code_cell("x") for _ in range(numbers.BEFORE)]
    cells += [nbformat.v4.new_markdown_cell("There are 791.")]
    assert len(numbers.unheld("a.py", nbformat.v4.new_notebook(cells=cells))) == 1


def test_a_hint_must_name_a_heading_of_its_lesson():
    headings = {"12": ["Who is missing?", "Rules: three kinds of question"]}
    good = 'assert x, (\n    "Count them. Re-read lesson 12, \'Who is "\n    "missing?\'."\n)'
    assert structure.hints("a.py", good, headings) == []
    (problem,) = structure.hints("a.py", "See lesson 12, 'Who was asked?'.", headings)
    assert "Who was asked?" in problem.what
    assert "Who is missing?" in problem.fix
    (problem,) = structure.hints("a.py", "See lesson 13, 'Who is missing?'.", headings)
    assert "none" in problem.fix
