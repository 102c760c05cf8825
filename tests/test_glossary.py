"""The glossary, and the table of a module: what is written on a module's pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from curriculum import coursemap, glossary, syllabus

ROOT = Path(__file__).resolve().parents[1]


def _write(root: Path, text: str) -> None:
    (root / "authoring").mkdir(exist_ok=True)
    (root / glossary.FILE).write_text(text, encoding="utf-8")


def test_terms_come_in_alphabetical_order_whatever_their_case(tmp_path: Path) -> None:
    _write(
        tmp_path,
        'proxy:\n  says: A stand-in.\n  lesson: "11"\nEHR:\n  says: The record,\n    kept by machine.\n  lesson: "31"\n',
    )
    terms = glossary.load(tmp_path)
    assert [(t.word, t.lesson, t.module) for t in terms] == [("EHR", "31", "3"), ("proxy", "11", "1")]
    assert glossary.markdown(terms).splitlines()[0] == "- **EHR** (lesson 31): The record, kept by machine."


def test_no_file_is_no_glossary(tmp_path: Path) -> None:
    assert glossary.load(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxy: [", "[line 1]: Is not readable YAML."),
        ("", "Holds no words."),
        ("proxy: A stand-in.", "[proxy]: Is not described."),
        ('proxy:\n  says: A stand-in\n  lesson: "11"', "`says` is not a sentence"),
        (
            'proxy:\n  says: A stand-in.\n  lesson: "11"\nproxy:\n  says: Another.\n  lesson: "25"',
            "[proxy]: Stands twice.",
        ),
        (
            'AUC:\n  says: An area.\n  lesson: "22"\nauc:\n  says: An area.\n  lesson: "25"',
            "[auc]: Stands twice.",
        ),
        ("proxy:\n  says: A stand-in.\n  lesson: 2", 'Write the two digits of a lesson, in quotes: "12".'),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(glossary.GlossaryError) as error:
        glossary.load(tmp_path)
    assert said in str(error.value) and glossary.FILE in str(error.value)


def test_every_term_names_a_lesson_that_is_there() -> None:
    """A reader who is sent to a lesson finds it, and finds the word in it."""
    lessons = {lesson.number: lesson for lesson in syllabus.load(ROOT).lessons.values() if not lesson.planned}
    for term in glossary.load(ROOT):
        assert term.lesson in lessons, f"{term.word}: there is no lesson {term.lesson}"
        text = (ROOT / f"authoring/lessons/{lessons[term.lesson].id}.py").read_text(encoding="utf-8")
        plain = " ".join(text.replace("\n#", "\n").lower().split())
        assert term.word.lower() in plain, f"lesson {term.lesson} never says {term.word}"


def test_the_table_of_a_module_adds_up_its_minutes() -> None:
    course = syllabus.load(ROOT)
    module = course.modules["1"]
    there = [course.lessons[name] for name in module.lessons if not course.lessons[name].planned]
    text = coursemap.module_map(module, course)
    assert text.count("| [") == len(there) and "*(planned)*" not in text
    minutes = sum(
        lesson.minutes + (course.exercises[lesson.exercise].minutes if lesson.exercise else 0)
        for lesson in there
    )
    assert f"About {round(minutes / 60)} hours in all." in text
