"""Each number in the prose must be shown, or stated in code, by a cell beside it.

A number in a markdown cell is held when one of the three code cells before it or the two behind it
shows a value that rounds to it (a share may be told in percent), or asserts it or compares something
with it in its code. A number in a paragraph, list item or table row that links to entries of the register of
standards is held by their numbers as well, and a full date there must stand in one of these entries.

Free of this: whole numbers up to ten (but not on a line that links to an entry), years, numbers inside `code`, links
and formulas, and in a paragraph that cites: articles, sections, volumes and pages. A line whose link the register
does not have is left to `curriculum.check.citations`, which reports the link.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from nbformat import NotebookNode

from curriculum.check import citations
from curriculum.check.execution import text_of
from curriculum.problems import Problem
from curriculum.register import Entry, Register

BEFORE, BEHIND = 3, 2
NUMBER = re.compile(r"(?<![\w.,/])[-−+]?\d[\d,]*(?:\.\d+)?(?![\w]|\.\d)")
NOT_PROSE = re.compile(
    r"```.*?```|`[^`]*`|\]\((?:[^()]|\([^()]*\))*\)|https?://\S+|\b10\.\d{4,9}/[^\s\]]+|\$[^$]*\$|\{\{.*?\}\}",
    re.S,
)
CITED = re.compile(r"doi\.org|\bDOI\b|https?://", re.I)
# "Lesson 12" and "SHA-256" are names, and "95 % interval" is a kind of interval
NAMED = re.compile(
    r"\b(?:[Ll]essons?|[Mm]odules?|[Ii]tems?|[Ee]xercises?|[Pp]arts?|[Pp]age|[Aa]rt\.|[Cc]hapter|45 CFR)\s+[\d.]+"
    r"|\bSHA-\d+|\b9[059] %(?=\s+(?:Wilson\s+|confidence\s+)?(?:intervals?|CI)\b)"
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
DATE = re.compile(rf"\b(?P<day>\d{{1,2}})\s+{_MONTH}(?:\s+(?P<year>\d{{4}}))?\b")
# Names with a number (HTI-1), and where a claim stands in its source: articles, sections, volumes, pages, years
PLACE = re.compile(
    r"\b[A-Za-z]+-\d+\b|\b(?:1[6-9]|20)\d\d\s*[-–/]\s*\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b\d{4};\s?\d+(?:\(\d+\))?(?::\s?[\w.]+(?:[-–]\w+)?)?|\b\d+\(\d+\):\s?\w+(?:[-–]\w+)?"
    r"|\b\d+\s+CFR\b(?:\s+(?:part\s+)?[\d.]+(?:\(\w+\))*)?|\b\d+\s+FR\s+\d+|\(EU\)\s*\d{4}/\d+"
    r"|(?:\b(?:art(?:icles?|s?\.)|recitals?|annex(?:es)?|sections?|sec\.|paragraphs?|part|chapter|tables?|figures?"
    r"|fig\.|vol(?:ume|\.)|no\.|pp?\.|pages?|version|release|step)|§+)\s*\d[\w.]*(?:\(\w+\))*(?:[-–]\d+)?",
    re.I,
)
# "7 %", and the first numbers of "5 to 7 %", "5, 6 and 7 %"
PERCENT = re.compile(r"(?:\s*(?:to|and|or|[-–,])\s*[\d.,]*\d)*\s*(?:%|per ?cent|percentage)")


def unheld(file: str, executed: NotebookNode, register: Register | None = None) -> list[Problem]:
    """A problem for each number in the prose of an executed notebook that nothing holds.

    Parameters
    ----------
    file : str
        The author's file, for messages.
    executed : NotebookNode
        With outputs.
    register : Register, optional
        The entries that may be cited. Without it, every line with a link or the word DOI is passed over.
    """
    problems = []
    code_before: list[NotebookNode] = []
    cells = executed.cells
    for position, cell in enumerate(cells):
        if cell.cell_type == "code":
            code_before.append(cell)
            continue
        behind = [c for c in cells[position + 1 :] if c.cell_type == "code"][:BEHIND]
        near = code_before[-BEFORE:] + behind
        shown = [value for c in near for value in values(text_of(c))]
        stated = {value for c in near for value in compared(c.source)}
        where = f"cell {position + 1}"
        for text, percent, entries in _numbers(cell.source, register):
            if not held(text, percent, shown, stated) and not in_register(text, percent, entries):
                problems.append(_problem(file, where, f"{text}{' %' if percent else ''}", entries))
        problems += undated(file, where, cell.source, register) if register else []
    return problems


def _problem(file: str, where: str, number: str, entries: tuple[Entry, ...]) -> Problem:
    if not entries:
        return Problem(
            file,
            where,
            f"No cell beside it shows or asserts the number {number}.",
            "Compute it in a cell next to the sentence, assert it there, or link the paragraph to the entry of the "
            "register that holds it.",
        )
    names = ", ".join(entry.id for entry in entries)
    return Problem(
        file,
        where,
        f"Neither {names} in the register nor a cell beside it holds the number {number}.",
        "Mend the number; or read the source and add it to the numbers of the entry; or compute it in a cell.",
    )


def in_register(text: str, percent: bool, entries: Iterable[Entry]) -> bool:
    """Whether a number of these entries rounds to the one that is printed.

    A percentage may be told as a share and a share in percent; an AUC may not, because it is no share of anybody.
    """
    wanted = []
    for entry in entries:
        for name, value in entry.numbers.items():
            if name.endswith("_percent"):
                wanted += [value] if percent else [value, value / 100]
            elif not percent:
                wanted.append(value)
            elif 0 <= value <= 1 and "auc" not in name.split("_"):
                wanted.append(100 * value)
    return held(text, False, wanted, set())


def undated(file: str, where: str, markdown: str, register: Register) -> list[Problem]:
    """A problem for each day, such as 2 August 2026, that none of the entries cited in its paragraph names."""
    problems = []
    for block in blocks(markdown):
        entries = citations.cited(block, register).entries
        known = [day for e in entries for day in days(f"{e.title} {e.claim} {e.note} {e.source}")]
        known += [(e.checked.day, MONTHS[e.checked.month - 1], str(e.checked.year)) for e in entries]
        for day in days(NOT_PROSE.sub(" ", block)) if entries else []:
            if not any(day[:2] == k[:2] and (not day[2] or day[2] == k[2]) for k in known):
                problems.append(
                    Problem(
                        file,
                        where,
                        f"The day {' '.join(map(str, day)).strip()} does not stand in {', '.join(e.id for e in entries)}.",
                        "Mend it, or read the source and put it into the claim of the entry.",
                    )
                )
    return problems


def days(text: str) -> list[tuple[int, str, str]]:
    """The days that a text names: number, month in three letters, year or nothing."""
    return [(int(m["day"]), m["month"], m["year"] or "") for m in DATE.finditer(text)]


def blocks(markdown: str) -> list[str]:
    """Paragraphs, list items and table rows: what one citation speaks for."""
    alone = re.compile(r"\s*\||#")
    begins = re.compile(r"\s*$|\s*(?:[-*+]|\d+[.)])\s|\s*\||#")
    found: list[list[str]] = []
    for line in markdown.splitlines():
        if not found or begins.match(line) or alone.match(found[-1][-1]):
            found.append([])
        found[-1].append(line)
    return ["\n".join(lines) for lines in found]


def prose_numbers(markdown: str) -> Iterator[tuple[str, bool]]:
    """The numbers of a markdown text that need holding, each with whether a percent sign follows."""
    yield from ((text, percent) for text, percent, _ in _numbers(markdown, None))


def _numbers(markdown: str, register: Register | None) -> Iterator[tuple[str, bool, tuple[Entry, ...]]]:
    """Numbers that need holding, with whether a percent sign follows and the entries that their block cites."""
    blank = NOT_PROSE.sub(lambda match: " " + "\n" * match.group().count("\n"), markdown).splitlines()
    position = 0
    for block in blocks(markdown):
        entries = citations.cited(block, register).entries if register else ()
        for written in block.splitlines():
            line = blank[position] if position < len(blank) else ""
            position += 1
            here = citations.cited(written, register) if register else None
            passed_over = here.unknown if here else CITED.search(written)
            if line.startswith("#") or passed_over:
                continue
            yield from (
                (*found, entries) for found in _line_numbers(line, bool(entries), bool(here and here.entries))
            )


def _line_numbers(line: str, cites: bool, all_of_them: bool) -> Iterator[tuple[str, bool]]:
    line = PLACE.sub(" ", DATE.sub(" ", line)) if cites else line
    line = re.sub(r"^\s*\d+[.)]\s", "", NAMED.sub(" ", line))
    for match in NUMBER.finditer(line):
        text = match.group().rstrip(",")
        percent = bool(PERCENT.match(line, match.end()))
        value = abs(_value(text))
        year = re.fullmatch(r"1[6-9]\d\d|20\d\d", text)
        small = value <= 10 and value == int(value) and not all_of_them
        if percent or not (year or small):
            yield text, percent


def compared(code: str) -> set[float]:
    """The numbers that a cell asserts, or compares something with: its checks and its rules."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return set()
    rules = [node for node in ast.walk(tree) if isinstance(node, ast.Assert | ast.Compare) or _is_rule(node)]
    return {
        float(node.value)
        for rule in rules
        for node in ast.walk(rule)
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    }


def _is_rule(node: ast.AST) -> bool:
    """A check of a schema, such as `pa.Check.in_range(25, 74)`."""
    return isinstance(node, ast.Call) and "Check" in ast.unparse(node.func)


def values(text: str) -> list[float]:
    """All numbers in a text output."""
    return [_value(m.group()) for m in re.finditer(r"[-−+]?(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?", text)]


def held(text: str, percent: bool, shown: list[float], stated: set[float]) -> bool:
    """Whether a shown value rounds to the number (or a shown share to the percentage), or code states it."""
    wanted = abs(_value(text))
    decimals = len(text.partition(".")[2])
    slack = 0.5 * 10**-decimals + 1e-9
    candidates = [abs(v) for v in shown]
    if percent:
        candidates += [100 * abs(v) for v in shown]
        stated = stated | {100 * v for v in stated}
    return any(abs(v - wanted) <= slack for v in candidates) or any(abs(v - wanted) < 1e-9 for v in stated)


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))
