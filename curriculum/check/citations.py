"""Every claim has an entry: links in the prose of lessons and exercises against the register of standards.

A link to `datasets/standards/README.md#ID` must name an entry, and an external link (http, https, www or a DOI) must
be an address of one. The numbers beside such links are held by `curriculum.check.numbers`, which asks `cited` what
a paragraph may print.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from nbformat import NotebookNode

from curriculum import register as registers
from curriculum.problems import Problem
from curriculum.register import Entry, Register

NO_PROSE = re.compile(r"^(```|~~~).*?^\1[^\n]*$|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)|<!--.*?-->", re.S | re.M)
_REST = r"(?:[^\s()<>\"`\[\]{}|\\^]|\([^\s()<>]*\))+"
LINK = re.compile(
    rf"(?<![\w/.])(?:https?://|//(?=\w+\.)|www\.){_REST}|(?<![\w/.=-])10\.\d{{4,9}}/{_REST}", re.I
)
PAGE_LINK = re.compile(
    r"(?:\]\(|\]:\s*|href=[\"'])<?((?:\.{1,2}/)*[\w./-]*standards/[\w./-]*)(?:#([^)\s>\"']*))?"
)
LOCAL = re.compile(r"^https?://(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)", re.I)
ADD = f"Add an entry with what the source says to {registers.FILE}, or link to an entry that is there."


@dataclass(frozen=True)
class Cited:
    """What a piece of prose links to: entries of the register, and external links that no entry has."""

    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]


def check(file: str, authored_or_text: NotebookNode | str, register: Register) -> list[Problem]:
    """A problem for each link to the register that names no entry, and each external link without one.

    Parameters
    ----------
    file : str
        The author's file, for messages.
    authored_or_text : NotebookNode or str
        A lesson or an exercise, of which the markdown cells are read, or one piece of Markdown.
    register : Register
        What may be cited.
    """
    if isinstance(authored_or_text, str):
        return _check(file, "", authored_or_text, register)
    return [
        problem
        for position, cell in enumerate(authored_or_text.cells, start=1)
        if cell.cell_type == "markdown"
        for problem in _check(file, f"cell {position}", cell.source, register)
    ]


def cited(markdown: str, register: Register) -> Cited:
    """The entries and the unknown external links of a piece of prose, each once, in order."""
    prose = NO_PROSE.sub(" ", markdown)
    entries = [register.entries[name] for _, name in PAGE_LINK.findall(prose) if name in register.entries]
    unknown = []
    for link in external(prose):
        found = register.citing(link)
        entries += found
        unknown += [] if found else [link]
    by_id = {entry.id: entry for entry in entries}
    return Cited(tuple(by_id.values()), tuple(dict.fromkeys(unknown)))


def external(prose: str) -> list[str]:
    """The external links of a piece of prose, without the stop or comma behind them. This machine is not external."""
    found = [match.group().rstrip(".,;:!?*_'") for match in LINK.finditer(prose)]
    return [link for link in found if not LOCAL.match(link)]


def _check(file: str, where: str, markdown: str, register: Register) -> list[Problem]:
    prose = NO_PROSE.sub(" ", markdown)
    problems = []
    for path, name in PAGE_LINK.findall(prose):
        if not re.fullmatch(r"(?:\.{1,2}/)*datasets/standards/README\.md", path):
            problems.append(
                Problem(file, where, f"The link {path} does not lead to the register's page.",
                        f"Link to {registers.PAGE}#ID, with the ../ that it needs from here.")
            )  # fmt: skip
        elif name and name not in register.entries:
            near = difflib.get_close_matches(name, register.entries, n=3, cutoff=0.5)
            hint = f" Nearest: {', '.join(near)}." if near else ""
            problems.append(
                Problem(file, where, f"Cites {name}, which the register does not have.{hint}", ADD)
            )
    problems += [
        Problem(file, where, f"The link {link} belongs to no entry of the register.", ADD)
        for link in cited(markdown, register).unknown
    ]
    return problems
