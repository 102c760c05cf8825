"""The glossary, and the table of a module: what is written on a module's pages."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from curriculum import build, coursemap, glossary, syllabus
from curriculum.glossary import Term

ROOT = Path(__file__).resolve().parents[1]


def _write(root: Path, text: str) -> None:
    (root / "authoring").mkdir(exist_ok=True)
    (root / glossary.FILE).write_text(text, encoding="utf-8")


ENTRY = "proxy:\n  says: A stand-in.\n  kind: data\n"


def test_terms_come_in_alphabetical_order_whatever_their_case(tmp_path: Path) -> None:
    _write(
        tmp_path,
        ENTRY + '  lesson: "11"\n  also: [proxies]\n'
        'EHR:\n  says: The record,\n    kept by machine.\n  kind: clinical\n  lesson: "31"\n'
        "net benefit:\n  says: A worth.\n  kind: data\n  common: true\n",
    )
    terms = glossary.load(tmp_path)
    assert [(t.word, t.lesson, t.module) for t in terms] == [
        ("EHR", "31", "3"),
        ("net benefit", "", ""),
        ("proxy", "11", "1"),
    ]
    assert terms[0].says == "The record, kept by machine." and terms[1].common and not terms[2].common
    assert terms[2].forms == ("proxy", "proxies") and terms[1].anchor == "cell-id=net-benefit"


def test_a_module_lists_its_words_by_lesson_and_each_leads_to_its_sentence() -> None:
    words = [("target", "11"), ("time zero", "12"), ("Croissant", "11"), ("risk", "")]
    text = glossary.by_lesson(Term(word, "A word.", "data", lesson) for word, lesson in words)
    assert text.splitlines() == [
        "- **Lesson 11:** [target](glossary.ipynb#cell-id=target), [Croissant](glossary.ipynb#cell-id=Croissant)",
        "- **Lesson 12:** [time zero](glossary.ipynb#cell-id=time-zero)",
    ]


def test_no_file_is_no_glossary_and_no_page(tmp_path: Path, small_course: Path) -> None:
    assert glossary.load(tmp_path) == []
    products = build.make(small_course, syllabus.load(small_course))
    assert f"notebooks/{glossary.PAGE}" not in products
    assert b"glossary" not in products["notebooks/11_template.ipynb"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("proxy: [", "[line 1]: Is not readable YAML."),
        ("", "Holds no words."),
        ("proxy: A stand-in.", "[proxy]: Is not described."),
        ('proxy:\n  says: A stand-in.\n  lesson: "11"', "[proxy]: Is not described."),
        (ENTRY + "  page: 3", "[proxy]: Is not described."),
        ("proxy:\n  says: A stand-in\n  kind: data", "`says` is not one sentence"),
        ("proxy:\n  says: A stand-in. It is bad.\n  kind: data", "`says` is not one sentence"),
        ("proxy:\n  says: A stand-in.\n  kind: legal", "Use one of: clinical, data."),
        (ENTRY + '  lesson: "11"\n' + ENTRY, "[proxy]: Stands twice."),
        (
            "AUC:\n  says: An area.\n  kind: data\nauc:\n  says: An area.\n  kind: data",
            "[auc]: Stands twice.",
        ),
        (ENTRY + "  lesson: 2", 'Write the two digits of a lesson, in quotes: "12"'),
        (ENTRY + "  lesson: 21", "`lesson` is 21."),
        (ENTRY + "  also: proxies", "`also` is not a list of words."),
        (ENTRY + "  common: often", "`common` is not true or false."),
        ('"[proxy]":\n  says: A stand-in.\n  kind: data', "cannot be a heading"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    _write(tmp_path, text)
    with pytest.raises(glossary.GlossaryError) as error:
        glossary.load(tmp_path)
    assert said in str(error.value) and glossary.FILE in str(error.value)


# --- the page ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page() -> NotebookNode:
    """The page of the real course."""
    return glossary.page(glossary.load(ROOT), syllabus.load(ROOT))


def test_every_word_has_a_heading_under_its_letter_and_no_two_share_an_anchor(page: NotebookNode) -> None:
    headings = re.findall(r"^(#+) (.+)$", "\n".join(cell.source for cell in page.cells), re.M)
    levels = [len(marks) for marks, _ in headings]
    assert levels[0] == 1 and all(new - old <= 1 for old, new in itertools.pairwise(levels))
    assert [text for marks, text in headings if marks == "###"] == [t.word for t in glossary.load(ROOT)]
    letter = ""
    for marks, text in headings[1:]:
        letter = text if marks == "##" else letter
        assert text[0].upper() == letter
    anchors = [text.replace(" ", "-") for _, text in headings]
    assert len(anchors) == len(set(anchors))


def test_every_word_is_a_cell_that_others_can_link_to(page: NotebookNode) -> None:
    nbformat.validate(page)
    cells = {cell.id: cell for cell in page.cells}
    assert len(cells) == len(page.cells)
    for term in glossary.load(ROOT):
        assert (
            cells[term.id].source.startswith(f"### {term.word}\n\n") and not cells[term.id].metadata.editable
        )


def test_every_link_of_the_page_leads_somewhere(page: NotebookNode) -> None:
    text = "\n".join(cell.source for cell in page.cells)
    anchors = {heading.replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.M)}
    inside = re.findall(r"\]\(#([^)]*)\)", text)
    assert len(inside) > 100 and set(inside) <= anchors
    course = syllabus.load(ROOT)
    outside = set(re.findall(r"\]\(([^#)]+)\)", text))
    assert outside and outside <= {
        f"{lesson.id}.ipynb" for lesson in course.lessons.values() if not lesson.planned
    }


def test_a_sentence_links_to_other_words_once_and_never_to_itself() -> None:
    terms = [
        Term("risk", "The chance of an event; a risk of an event is below 1.", "data"),
        Term("event", "The outcome.", "data", also=("events",)),
        Term("risk score", "Orders the risk of events.", "data", "33"),
    ]
    text = "\n".join(cell.source for cell in glossary.page(terms, syllabus.load(ROOT)).cells)
    assert "The chance of an [event](#event); a risk of an event is below 1." in text
    assert "Orders the [risk](#risk) of [events](#event).\n\n*Data term*; lesson 33 will explain it." in text
    assert "*Data term*, explained here only." in text


def test_every_lesson_leads_to_the_glossary() -> None:
    course = syllabus.load(ROOT)
    for lesson in course.lessons.values():
        if not lesson.planned:
            assert "[glossary](glossary.ipynb)" in coursemap.lesson_card(lesson, course, glossary.PAGE)
            text = (ROOT / f"notebooks/{lesson.id}.ipynb").read_text(encoding="utf-8")
            assert text.count("[glossary](glossary.ipynb)") == 1, lesson.id


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
