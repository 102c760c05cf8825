"""No lesson says a word of the glossary before somebody has explained it.

The rule: where a lesson or an exercise says a word for the first time, and no lesson before it explains the word, the
same cell must. A cell explains a word by showing it alone in bold (`**prevalence**`), in italics with a colon
(`*Prevalence:*`) or as the first field of a table's row, in a `*New to the ward?*` paragraph, or with two words or more
in brackets behind it; or it links to the word on the glossary's page.

"Before it" are the lessons that it needs, by `after` in the syllabus, and those of module 0: whoever skipped a bridge
knows its words, or has the glossary. An exercise comes after its lesson. Only prose counts: no code, no headings, no
reading list, no text of a link that leaves the course, no sample answer. An entry with `common: true` is also an
everyday word, and is not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nbformat import NotebookNode

from curriculum import glossary
from curriculum.check.citations import NO_PROSE
from curriculum.glossary import Term
from curriculum.problems import Problem
from curriculum.syllabus import Syllabus

READING_LIST = re.compile(r"^## Further reading\s*$.*", re.M | re.S)
HEADING = re.compile(r"^#+ .*$", re.M)
NO_WORDS = re.compile(r"\{\{.*?\}\}|\$[^$]*\$")
SAMPLE_ANSWER = re.compile(r"^### BEGIN SOLUTION$.*?^### END SOLUTION$", re.M | re.S)
WORD_LINK = re.compile(rf"\[([^\]]*)\]\((?:\.\./)*(?:notebooks/)?{re.escape(glossary.PAGE)}(?:#([^)\s]*))?\)")
LINK = re.compile(r"\[([^\]]*)\]\(((?:[^()]|\([^()]*\))*)\)")
HEADWORD = re.compile(  # bold, italics with a colon, the first field of a table's row
    r"\*\*(.+?)\*\*|(?<!\*)\*(?!\*)([^*]+:)\*(?!\*)|^\|([^|\n]+)\|", re.S | re.M
)
NEW_TO = re.compile(r"\*New to [^*\n]+\?\*.*?(?=\n\s*\n|\Z)", re.S)
IN_BRACKETS = re.compile(r"\**\s*\(([^()]*)")


def check(
    syllabus: Syllabus,
    terms: list[Term],
    lessons: Mapping[str, NotebookNode],
    exercises: Mapping[str, NotebookNode],
) -> list[Problem]:
    """A problem for each word that is said before it is explained, and for each link to a word that is not there.

    Parameters
    ----------
    syllabus : Syllabus
        Says which lesson comes before which.
    terms : list of Term
        The glossary.
    lessons, exercises : mapping of str to NotebookNode
        What the authors wrote, by id.
    """
    problems: list[Problem] = []
    explained: dict[str, set[Term]] = {}  # by lesson: its own words, and those that it explains in passing
    start = {term for term in terms if term.lesson.startswith("0")}
    for lesson in syllabus.lessons.values():
        if lesson.id not in lessons:
            continue
        own = {term for term in terms if term.lesson == lesson.number}
        before = start.union(*(explained.get(name, set()) for name in lesson.after))
        file = f"authoring/lessons/{lesson.id}.py"
        found, known = _walk(file, lessons[lesson.id], terms, before - own, lesson.number)
        problems += found
        explained[lesson.id] = known | own
        if lesson.exercise in exercises:
            file = f"authoring/exercises/{lesson.exercise}.py"
            problems += _walk(file, exercises[lesson.exercise], terms, explained[lesson.id], lesson.number)[0]
    return problems


def unsaid(syllabus: Syllabus, terms: Iterable[Term], lessons: Mapping[str, NotebookNode]) -> list[Problem]:
    """A problem for each word whose lesson is not in the syllabus, or is there and never says it."""
    texts = {
        lesson.number: "\n".join(c.source for c in lessons[lesson.id].cells if c.cell_type == "markdown")
        for lesson in syllabus.lessons.values()
        if lesson.id in lessons
    }
    numbers = {lesson.number for lesson in syllabus.lessons.values()}
    problems = []
    for term in terms:
        if term.lesson and term.lesson not in numbers:
            problems.append(
                Problem(
                    glossary.FILE,
                    term.word,
                    f"There is no lesson {term.lesson}.",
                    "Name one of the syllabus, or none.",
                )
            )
        elif term.lesson in texts and not glossary.mentions(texts[term.lesson], [term]):
            problems.append(
                Problem(
                    glossary.FILE,
                    term.word,
                    f"Lesson {term.lesson} never says it.",
                    "Name the lesson that explains it, add the form that it uses to `also`, or leave `lesson` out.",
                )
            )
    return problems


def _walk(
    file: str, notebook: NotebookNode, terms: list[Term], known: set[Term], number: str
) -> tuple[list[Problem], set[Term]]:
    """The problems of one notebook, and the words known at its end."""
    problems: list[Problem] = []
    known = set(known)
    reported: set[Term] = set()
    words = [term for term in terms if not term.common]
    anchors = {term.anchor: term for term in terms}
    texts = {n: c.source for n, c in enumerate(notebook.cells, start=1) if c.cell_type == "markdown"}
    marked = {n: _explained(text, terms, anchors) for n, text in texts.items()}
    for n, text in texts.items():
        known |= marked[n]
        problems += _dead_links(file, n, text, anchors)
        said = prose(text)
        for mention in glossary.mentions(said, words):
            meant = set(mention.terms)
            if meant & known or meant & reported:
                continue
            reported |= meant
            later = next((m for m, explains in marked.items() if m > n and explains & meant), None)
            form = " ".join(said[mention.start : mention.end].split())
            problems.append(_problem(file, n, form, mention.terms[0], number, later))
    return problems, known


def _problem(file: str, cell: int, form: str, term: Term, number: str, later: int | None) -> Problem:
    up = "../../notebooks/" if "/exercises/" in file else ""
    link = f"[{form}]({up}{glossary.PAGE}#{term.anchor})"
    if later:
        what = f"Says '{form}', which only cell {later} explains."
    elif term.lesson == number:
        what = f"Says '{form}', which this lesson should explain, and no cell marks where."
    elif term.lesson:
        what = f"Says '{form}', which lesson {term.lesson} explains, and that does not come before."
    else:
        what = f"Says '{form}', which only the glossary explains."
    fix = f"Explain it here in half a sentence, with the word in bold, or link to it: {link}."
    if term.lesson != number:
        fix += f" If this lesson is the first that explains it, name it in {glossary.FILE}."
    return Problem(file, f"cell {cell}", what, fix)


def _dead_links(file: str, cell: int, text: str, anchors: Mapping[str, Term]) -> list[Problem]:
    return [
        Problem(file, f"cell {cell}", f"Links to #{anchor}, which the glossary's page does not have.",
                "Write cell-id= and the word as its heading is, with hyphens for blanks; or add it to the glossary.")
        for _, anchor in WORD_LINK.findall(text)
        if anchor and anchor not in anchors
    ]  # fmt: skip


def prose(markdown: str) -> str:
    """What a learner reads as text: see the rule above for what is left out. Of a link its text stays."""
    text = _without_code(markdown)
    return LINK.sub(lambda link: " " if link[2].startswith("http") else link[1], text)


def _without_code(markdown: str) -> str:
    text = READING_LIST.sub("", SAMPLE_ANSWER.sub("", NO_PROSE.sub(" ", markdown)))
    return NO_WORDS.sub(" ", HEADING.sub("", text))


def _explained(markdown: str, terms: list[Term], anchors: Mapping[str, Term]) -> set[Term]:
    """The words that a cell explains, or links to on the glossary's page."""
    found = {anchors[anchor] for _, anchor in WORD_LINK.findall(markdown) if anchor in anchors}
    text = prose(markdown)
    for part in NEW_TO.findall(text):
        found |= _meant(part, terms)
    for headword in HEADWORD.finditer(text):
        shown = next(part for part in headword.groups() if part)
        word = re.sub(r"^(?:an?|the|to)\s+", "", shown.strip(" \n.,:;?!()*\"'"), flags=re.I)
        for mention in glossary.mentions(word, terms):
            if (mention.start, mention.end) == (0, len(word)):
                found |= set(mention.terms)
    text = LINK.sub(" ", _without_code(markdown))  # a source in brackets explains nothing
    for mention in glossary.mentions(text, terms):
        behind = IN_BRACKETS.match(text, mention.end)
        if behind and len(re.findall(r"[A-Za-z]{2,}", behind[1])) >= 2:
            found |= set(mention.terms)
    return found


def _meant(text: str, terms: list[Term]) -> set[Term]:
    return {term for mention in glossary.mentions(text, terms) for term in mention.terms}
