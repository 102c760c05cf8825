"""Words used before they are explained: each planted fault is seen, and what is explained or no use is left alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from curriculum import glossary, notation, syllabus
from curriculum.check import terms
from curriculum.glossary import Term
from curriculum.syllabus import Syllabus

ROOT = Path(__file__).resolve().parents[1]
PPV = Term(
    "PPV", "The share of alarms that is right.", "data", "22", ("predictive value", "predictive values")
)
CURVE = Term("decision curve", "Worth against threshold.", "data", "24", ("decision curves",))
COLUMN = Term("column", "One kind of answer.", "data", "01", ("columns",))
NODE = Term("lymph node", "A small organ.", "clinical", "", ("lymph nodes",))
LOG_ODDS, ODDS = Term("log-odds", "A scale.", "data", "23"), Term("odds", "A ratio.", "data", "24")
WEIGHT = Term("weight", "What a needless act costs.", "data", "24", common=True)
NOISE = Term("sensitivity of a count", "How far one person moves it.", "data", "13", ("sensitivity",))
TEST = Term("sensitivity of a test", "The share found.", "data", "22", ("sensitivity",))
WORDS = [PPV, CURVE, COLUMN, NODE, LOG_ODDS, ODDS, WEIGHT, NOISE, TEST]


@pytest.fixture(scope="module")
def course() -> Syllabus:
    """The real syllabus: lesson 24 comes after 22 and 23, and 13 is no prerequisite of module 2."""
    return syllabus.load(ROOT)


def _notebook(*texts: str) -> NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in texts])


def _problems(course: Syllabus, number: str, *texts: str, exercise: bool = False) -> list[str]:
    """What is found in one lesson of these cells; the lessons before it are there, and empty."""
    name = next(lesson.id for lesson in course.lessons.values() if lesson.number == number)
    lessons = {lesson.id: _notebook() for lesson in course.lessons.values() if not lesson.planned}
    exercises = {name: _notebook(*texts)} if exercise else {}
    if not exercise:
        lessons[name] = _notebook(*texts)
    return [str(problem) for problem in terms.check(course, WORDS, lessons, exercises)]


# --- faults ------------------------------------------------------------------------------------------------------


def test_a_word_of_a_later_lesson_is_named_with_file_cell_lesson_and_remedy(course: Syllabus) -> None:
    (found,) = _problems(course, "22", "Good morning.", "Draw a decision curve. A decision curve again.")
    assert found.startswith("authoring/lessons/22_performance.py [cell 2]: Says 'decision curve'")
    assert "which lesson 24 explains, and that does not come before" in found
    assert "[decision curve](glossary.ipynb#cell-id=decision-curve)" in found


def test_a_word_used_before_its_own_cell_is_seen(course: Syllabus) -> None:
    (found,) = _problems(
        course, "22", "What is the PPV?", "Still asking.", "**PPV:** of the alarms, the right ones."
    )
    assert "[cell 1]: Says 'PPV', which only cell 3 explains." in found


def test_a_word_that_its_own_lesson_never_marks_is_seen(course: Syllabus) -> None:
    (found,) = _problems(course, "22", "The PPV is .28.")
    assert "which this lesson should explain, and no cell marks where" in found


@pytest.mark.parametrize(
    "text",
    [
        "Two decision curves cross.",
        "Two decision\ncurves cross.",
        "Decision curves cross.",
        "**Guess where the decision curve crosses.**",
        "A decision curve ([register](../datasets/standards/README.md#net-benefit)) crosses.",
        "A decision curve (lesson 24) crosses.",
        "[A decision curve](24_decision_curves.ipynb) crosses.",
        "- See the *decision curve*.",
        "*Guess: a decision curve.*",
        "| worth | a decision curve |",
        "| a decision curve of 2021 | worth |",
    ],
)
def test_plurals_line_breaks_capitals_tables_and_false_excuses_are_seen(course: Syllabus, text: str) -> None:
    assert len(_problems(course, "22", text)) == 1


def test_a_word_that_only_the_glossary_explains_is_seen_in_every_lesson(course: Syllabus) -> None:
    (found,) = _problems(course, "22", "They count lymph nodes.")
    assert "which only the glossary explains" in found and "glossary.ipynb#cell-id=lymph-node" in found


def test_a_lesson_that_is_no_prerequisite_explains_nothing(course: Syllabus) -> None:
    assert len(_problems(course, "21", "The sensitivity is high.")) == 1
    lessons = {lesson.id: _notebook() for lesson in course.lessons.values() if not lesson.planned}
    lessons["21_honest_baseline"] = _notebook("The sensitivity is high.")
    lessons["13_privacy"] = _notebook("Its **sensitivity** is 1.")
    (found,) = terms.check(course, [NOISE], lessons, {})
    assert found.file.endswith("21_honest_baseline.py")


def test_an_exercise_knows_its_lesson_and_what_comes_before_and_no_more(course: Syllabus) -> None:
    assert _problems(course, "22", "The PPV, please.", exercise=True) == []
    (found,) = _problems(course, "22", "The decision curve, please.", exercise=True)
    assert found.startswith("authoring/exercises/22_performance.py [cell 1]")
    assert "(../../notebooks/glossary.ipynb#cell-id=decision-curve)" in found


def test_a_link_to_a_word_that_is_not_there_is_seen(course: Syllabus) -> None:
    assert len(_problems(course, "22", "The [column](glossary.ipynb#column) of it.")) == 1
    assert (
        _problems(course, "22", "The [column](glossary.ipynb#cell-id=column) of the [page](glossary.ipynb).")
        == []
    )
    (found,) = _problems(course, "22", "The [lift](glossary.ipynb#cell-id=lift) of it.")
    assert "Links to #cell-id=lift, which the glossary's page does not have." in found


# --- what is no fault --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "A **decision curve** draws worth against the threshold. This decision curve crosses.",
        "**A decision curve:** worth against the threshold.",
        "(*A decision curve:* worth against the threshold.)",
        "| what | for |\n|---|---|\n| [decision curve](../datasets/standards/README.md#net-benefit) | to see worth |",
        "**[Decision curve](../datasets/standards/README.md#net-benefit)**: worth against the threshold.",
        "*New to statistics?* A decision curve draws worth against the threshold.",
        "Hello.\n\n*New to pandas?* A list.\n*New to statistics?* A decision curve draws worth.",
        "A decision curve (worth against the threshold) crosses.",
        "See the [decision curve](glossary.ipynb#cell-id=decision-curve); two decision curves cross.",
        "See the [curves](../../notebooks/glossary.ipynb#cell-id=decision-curve) of the decision; a decision curve crosses.",
    ],
)
def test_the_place_may_explain_or_link(course: Syllabus, text: str) -> None:
    assert _problems(course, "22", text, "A decision curve again.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Call `decision curve` now.",
        "```\ndecision curve\n```",
        "## A decision curve",
        "<!-- decision curve -->",
        "{{ decision curve }}",
        "$decision curve$",
        "Read [Decision curve analysis](https://doi.org/10.1177/0272989X06295361).",
        "## Further reading\n\n- Vickers AJ. Decision curve analysis. 2006.",
        "### BEGIN SOLUTION\nDraw a decision curve.\n### END SOLUTION",
        "An indecision curve, a decision curvet, a pre-decision curve.",
        "Body weight in kg.",
        "Name of the ppv column.",
    ],
)
def test_code_headings_references_sample_answers_and_other_words_are_no_use(
    course: Syllabus, text: str
) -> None:
    assert _problems(course, "22", text) == []


def test_words_of_lessons_before_and_of_the_bridges_are_known(course: Syllabus) -> None:
    assert _problems(course, "24", "The PPV of a column, and its sensitivity.") == []
    assert _problems(course, "11", "A column.") == []


def test_what_a_lesson_explains_in_passing_is_known_after_it(course: Syllabus) -> None:
    lessons = {lesson.id: _notebook() for lesson in course.lessons.values() if not lesson.planned}
    lessons["21_honest_baseline"] = _notebook("They count **lymph nodes**, small organs.")
    lessons["23_calibration"] = _notebook("They count lymph nodes.")
    exercises = {"21_honest_baseline": _notebook("They count lymph nodes.")}
    assert terms.check(course, WORDS, lessons, exercises) == []
    lessons["13_privacy"] = _notebook("They count lymph nodes.")
    assert len(terms.check(course, WORDS, lessons, exercises)) == 1


def test_the_longer_of_two_words_is_meant(course: Syllabus) -> None:
    assert _problems(course, "23", "The **log-odds** are doubled; log-odds again.") == []
    assert len(_problems(course, "23", "The odds are doubled.")) == 1


# --- the other way round, and the real course ----------------------------------------------------------------------


def test_a_word_that_its_lesson_never_says_is_seen(course: Syllabus) -> None:
    lessons = {"22_performance": _notebook("Its predictive values.", "```\nno prose\n```")}
    assert terms.unsaid(course, [PPV], lessons) == []
    (found,) = terms.unsaid(course, [replace(PPV, also=())], lessons)
    assert found.where == "PPV" and "Lesson 22 never says it." in found.what
    (found,) = terms.unsaid(course, [replace(PPV, lesson="88")], lessons)
    assert "There is no lesson 88." in found.what
    assert (
        terms.unsaid(course, [CURVE, NODE], lessons) == []
    )  # a lesson that is planned, and no lesson at all


def test_the_course_explains_its_words_before_it_uses_them(course: Syllabus) -> None:
    words = glossary.load(ROOT)
    lessons = {
        lesson.id: notation.read(ROOT / f"authoring/lessons/{lesson.id}.py")
        for lesson in course.lessons.values()
        if not lesson.planned
    }
    exercises = {name: notation.read(ROOT / f"authoring/exercises/{name}.py") for name in course.exercises}
    found = [*terms.check(course, words, lessons, exercises), *terms.unsaid(course, words, lessons)]
    assert [str(problem) for problem in found] == []
