"""Each number in the prose must be shown, or stated in code, by a cell beside it.

A number in a markdown cell is held when one of the three code cells before it or the two behind it
shows a value that rounds to it (a share may be told in percent), or asserts it or compares something
with it in its code. Free of this: whole numbers up to ten, years, numbers inside `code`,
links and formulas, and lines that cite their source with a DOI or a link.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from nbformat import NotebookNode

from curriculum.check.execution import text_of
from curriculum.problems import Problem

BEFORE, BEHIND = 3, 2
NUMBER = re.compile(r"(?<![\w.,/])[-−+]?\d[\d,]*(?:\.\d+)?(?![\w]|\.\d)")
NOT_PROSE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|https?://\S+|\$[^$]*\$|\{\{.*?\}\}", re.S)
CITED = re.compile(r"doi\.org|\bDOI\b|https?://", re.I)
# "Lesson 12" and "SHA-256" are names, and "95 % interval" is a kind of interval
NAMED = re.compile(
    r"\b(?:[Ll]essons?|[Mm]odules?|[Ii]tems?|[Ee]xercises?|[Pp]arts?|[Pp]age|[Aa]rt\.|[Cc]hapter|45 CFR)\s+[\d.]+"
    r"|\bSHA-\d+|\b9[059] %(?=\s+(?:Wilson\s+|confidence\s+)?(?:intervals?|CI)\b)"
)
# "7 %", and the first numbers of "5 to 7 %", "5, 6 and 7 %"
PERCENT = re.compile(r"(?:\s*(?:to|and|or|[-–,])\s*[\d.,]*\d)*\s*(?:%|per ?cent|percentage)")


def unheld(file: str, executed: NotebookNode) -> list[Problem]:
    """A problem for each number in the prose of an executed notebook that no cell beside it holds."""
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
        for text, percent in prose_numbers(cell.source):
            if not held(text, percent, shown, stated):
                problems.append(
                    Problem(
                        file,
                        f"cell {position + 1}",
                        f"No cell beside it shows or asserts the number {text}{' %' if percent else ''}.",
                        "Compute it in a cell next to the sentence, assert it there, or cite its source on the same line.",
                    )
                )
    return problems


def prose_numbers(markdown: str) -> Iterator[tuple[str, bool]]:
    """The numbers of a markdown text that need holding, each with whether a percent sign follows."""
    for line in NOT_PROSE.sub(" ", _keep_citations(markdown)).splitlines():
        if line.startswith("#") or CITED.search(line):
            continue
        line = re.sub(r"^\s*\d+[.)]\s", "", NAMED.sub(" ", line))
        for match in NUMBER.finditer(line):
            text = match.group().rstrip(",")
            percent = bool(PERCENT.match(line, match.end()))
            value = abs(_value(text))
            year = re.fullmatch(r"1[6-9]\d\d|20\d\d", text)
            if percent or not (year or (value <= 10 and value == int(value))):
                yield text, percent


def _keep_citations(markdown: str) -> str:
    """Mark lines that cite, because their links are about to be blanked."""
    return "\n".join("DOI" if CITED.search(line) else line for line in markdown.splitlines())


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
