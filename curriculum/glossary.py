"""The glossary: each word of the ward and of the workshop in a sentence, and the lesson that explains it.

`authoring/glossary.yml` is its source. The build makes a page of it (`notebooks/glossary.ipynb`, a cell with a heading
for each word), and `curriculum.check.terms` asks that no lesson says a word before it is explained.

A link from another notebook names the cell, as in `glossary.ipynb#cell-id=net-benefit`: JupyterLab finds it also when
it has to open the page first, and a heading only once the page is open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import nbformat
import yaml
from nbformat import NotebookNode

from curriculum import notation
from curriculum.problems import Problem
from curriculum.syllabus import Syllabus

FILE = "authoring/glossary.yml"
PAGE = "glossary.ipynb"
KINDS = {"clinical": "Clinical term", "data": "Data term"}
NEEDED, OPTIONAL = {"says", "kind"}, {"lesson", "also", "common"}


class GlossaryError(Exception):
    """The glossary cannot be read; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Term:
    """A word and what it says in a sentence.

    Attributes
    ----------
    word, says : str
        The word as its heading has it, and the sentence.
    kind : str
        "clinical" or "data".
    lesson : str
        The two digits of the lesson that explains it; empty when only the glossary does.
    also : tuple of str
        Other forms: plurals, abbreviations. Two entries may share a form, such as *sensitivity*.
    common : bool
        An everyday word as well, such as *weight*: the check does not look for it.
    """

    word: str
    says: str
    kind: str
    lesson: str = ""
    also: tuple[str, ...] = ()
    common: bool = False

    @property
    def module(self) -> str:
        """The module of that lesson; empty without one."""
        return self.lesson[:1]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form in which the word may stand in a text."""
        return (self.word, *self.also)

    @property
    def id(self) -> str:
        """The id of its cell on the page: the word, with hyphens for all but letters and digits."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.word).strip("-")

    @property
    def anchor(self) -> str:
        """What stands behind the # in a link to the word from another notebook."""
        return f"cell-id={self.id}"

    @property
    def heading(self) -> str:
        """What stands behind the # in a link to the word from its own page."""
        return self.word.replace(" ", "-")


@dataclass(frozen=True)
class Mention:
    """A place in a text that says a word of the glossary: the entries it may mean, and where it stands."""

    terms: tuple[Term, ...]
    start: int
    end: int


def load(root: Path) -> list[Term]:
    """The terms of `authoring/glossary.yml`, in alphabetical order; none when there is no such file.

    Raises
    ------
    GlossaryError
        When the file is not readable YAML, a word stands twice, or an entry is not what CONTRIBUTING.md says.
    """
    path = root / FILE
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    try:
        raw = yaml.safe_load(text) or {}
        twice = _twice(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise GlossaryError(
            [Problem(FILE, where, "Is not readable YAML.", "Mend the indentation or a quote.")]
        ) from error
    entries = raw.items() if isinstance(raw, dict) else []
    problems = [
        Problem(FILE, word, "Stands twice.", "Keep one entry, of the lesson that explains it.")
        for word in twice
    ]
    problems += [p for word, entry in entries for p in _wrong(str(word), entry)]
    if not entries:
        problems.append(
            Problem(FILE, "", "Holds no words.", "Write each as `word: {says: ..., kind: ..., lesson: ...}`.")
        )
    if problems:
        raise GlossaryError(problems)
    terms = [
        Term(
            str(word),
            " ".join(entry["says"].split()),
            entry["kind"],
            str(entry.get("lesson", "")),
            tuple(map(str, entry.get("also", ()))),
            entry.get("common", False),
        )
        for word, entry in entries
    ]
    return sorted(terms, key=lambda term: (term.word.lower(), term.word))


def _twice(text: str) -> list[str]:
    """The words that stand more than once, in any case of letters; a YAML mapping would silently keep the last."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    words = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    counts = Counter(word.lower() for word in words)
    return sorted({word for word in words if counts[word.lower()] > 1})


def _wrong(word: str, entry: Any) -> list[Problem]:
    if not isinstance(entry, dict) or not set(entry) >= NEEDED or set(entry) - NEEDED - OPTIONAL:
        fix = "Give `says` and `kind`, and where they apply `lesson`, `also` and `common`; nothing else."
        return [Problem(FILE, word, "Is not described.", fix)]
    problems = []

    def wrong(what: str, fix: str) -> None:
        problems.append(Problem(FILE, word, what, fix))

    says = " ".join(str(entry["says"]).split())
    if not says.endswith(".") or re.search(r"[a-z)]\.\s+[A-Z]", says):
        wrong("`says` is not one sentence.", "Write one sentence that ends with a full stop.")
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9 '/-]{0,62}", word):
        wrong(
            "The word cannot be a heading.",
            "Use letters, digits, blanks, hyphens and slashes, a letter first.",
        )
    if entry["kind"] not in KINDS:
        wrong(f"`kind` is {entry['kind']}.", f"Use one of: {', '.join(KINDS)}.")
    lesson = entry.get("lesson", "11")
    if not isinstance(lesson, str) or not re.fullmatch(r"\d\d", lesson):
        wrong(
            f"`lesson` is {lesson}.",
            'Write the two digits of a lesson, in quotes: "12"; or leave it out, when only the glossary explains it.',
        )
    also = entry.get("also", [])
    if not isinstance(also, list) or not all(isinstance(form, str) and form.strip() for form in also):
        wrong("`also` is not a list of words.", "Write it as [AUCs, AUROC].")
    if not isinstance(entry.get("common", False), bool):
        wrong("`common` is not true or false.", "Write `common: true`, or leave it out.")
    return problems


def mentions(text: str, terms: Iterable[Term]) -> list[Mention]:
    """Every place where `text` says one of the terms, as a whole word; of two that overlap the longer one.

    A form in small letters is also found with a capital at its start; a form with capitals only as it is written.
    A hyphen belongs to a word: *odds* is not found in *log-odds*.
    """
    by_form: dict[str, list[Term]] = {}
    for term in terms:
        for form in dict.fromkeys(term.forms):
            by_form.setdefault(form, []).append(term)
    if not by_form:
        return []
    found = []
    for match in _pattern(tuple(sorted(by_form, key=lambda form: (-len(form), form)))).finditer(text):
        said = " ".join(match.group().split())
        form = said if said in by_form else said[0].lower() + said[1:]
        found.append(Mention(tuple(by_form[form]), match.start(), match.end()))
    return found


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    written = []
    for form in forms:
        first = f"[{form[0]}{form[0].upper()}]" if form == form.lower() and form[0].isalpha() else None
        body = r"\s+".join(map(re.escape, form.split()))
        written.append(first + body[1:] if first else body)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(written)})(?![\w-])")


def page(terms: list[Term], syllabus: Syllabus) -> NotebookNode:
    """The glossary as a notebook of text: a heading for each letter, under it a cell with a heading for each word."""
    lessons = {lesson.number: lesson for lesson in syllabus.lessons.values()}
    counts = Counter(term.kind for term in terms)
    letters = dict.fromkeys(term.word[0].upper() for term in terms)
    cells = {
        "glossary": "# What does this word mean?\n\n"
        f"{counts['clinical']} clinical terms and {counts['data']} data terms, in alphabetical order. Under each word "
        "stand its sentence, its kind, and the lesson that explains it. Words in the sentence that have an entry of "
        "their own are links.\n\n"
        "To find a word, press **Ctrl + F** (on a Mac **⌘ + F**), or open the table of contents on the left. Letters "
        "are headings of the second level and words of the third, so a screen reader can go from one to the next.\n\n"
        "Go to the letter: " + " ".join(f"[{letter}](#{letter})" for letter in letters)
    }
    for term in terms:
        cells.setdefault(f"letter-{term.word[0].upper()}", f"## {term.word[0].upper()}")
        cells[term.id] = f"### {term.word}\n\n{_linked(term, terms)}\n\n{_source(term, lessons)}"
    return nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(text, id=name, metadata={"editable": False, "deletable": False})
            for name, text in cells.items()
        ],
        metadata={"kernelspec": dict(notation.KERNEL), "language_info": {"name": "python"}},
    )


def _linked(term: Term, terms: list[Term]) -> str:
    """The sentence of a term, with a link at the first mention of each other entry."""
    text, last, done = "", 0, {term}
    for mention in mentions(term.says, terms):
        if done.intersection(mention.terms) or set(term.forms).intersection(mention.terms[0].forms):
            continue
        done.add(mention.terms[0])
        said = term.says[mention.start : mention.end]
        text += f"{term.says[last : mention.start]}[{said}](#{mention.terms[0].heading})"
        last = mention.end
    return text + term.says[last:]


def _source(term: Term, lessons: dict) -> str:
    kind = f"*{KINDS[term.kind]}*"
    if not term.lesson:
        return f"{kind}, explained here only."
    lesson = lessons.get(term.lesson)
    if lesson is None or lesson.planned:
        return f"{kind}; lesson {term.lesson} will explain it."
    return f"{kind}, explained in [lesson {term.lesson}, *{lesson.title}*]({lesson.id}.ipynb)."


def by_lesson(terms: Iterable[Term], page: str = PAGE) -> str:
    """The terms as a Markdown list with an item for each lesson; each word leads to its sentence on the page."""
    with_lesson = sorted((term for term in terms if term.lesson), key=lambda term: term.lesson)
    return "\n".join(
        f"- **Lesson {lesson}:** " + ", ".join(f"[{term.word}]({page}#{term.anchor})" for term in some)
        for lesson, some in groupby(with_lesson, key=lambda term: term.lesson)
    )
