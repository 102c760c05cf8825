"""The author's notation: a percent-format text file read into a notebook that nbgrader understands.

jupytext reads the text; this module gives the cells what the course's notation stands for:

==================================================  ===============================================
in the author's file                                in nbgrader's words
==================================================  ===============================================
``# %% answer="q1_recode"``                         an autograded answer (solution cell)
``# %% test="q1_new" points=2 objective="12.1"``    autograder tests (locked, graded cell)
``# %% [markdown] written="q7" points=3 ...``       a manually graded answer
==================================================  ===============================================

Cells without one of these words stay as they are. Cell ids follow from the file's name and the
cell's grade id or position, so that the same text always makes the same notebook.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
ITEM_HEADING = re.compile(r"^## (?P<number>\d+)\. (?P<title>.+?) \((?P<points>\d+) points?\)\s*$", re.M)
HIDDEN_BEGIN = "BEGIN HIDDEN TESTS"
_WORDS = {"answer", "test", "written"}
_EXTRA = {"points", "objective"}


class NotationError(Exception):
    """A cell of an author's file that cannot be read; the message names file, cell and remedy."""


@dataclass(frozen=True)
class GradedCell:
    """A test or written cell: its grade id, points, objective and whether hidden tests stand in it."""

    id: str
    kind: str  # "test" or "written"
    points: int
    objective: str
    hidden: bool


@dataclass(frozen=True)
class Item:
    """One numbered item of an exercise: `points` as its heading promises, `cells` as they are graded."""

    number: int
    title: str
    points: int
    cells: tuple[GradedCell, ...]

    @property
    def graded(self) -> int:
        """Points that its cells really give."""
        return sum(cell.points for cell in self.cells)


def read(path: Path) -> NotebookNode:
    """An author's file as a notebook: no outputs, stable ids, one kernel, nbgrader's metadata in place.

    Raises
    ------
    NotationError
        For an unknown word in a cell's first line, a graded cell without points or objective, or an
        id that stands twice.
    """
    import jupytext
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    raw = jupytext.read(path, fmt="py:percent")
    cells, seen = [], set()
    for position, cell in enumerate(raw.cells):
        metadata = {k: v for k, v in cell.metadata.items() if k != "lines_to_next_cell"}
        where = f"{path.name}, cell {position + 1} ({_first_line(cell.source)})"
        unknown = set(metadata) - _WORDS - _EXTRA
        words = set(metadata) & _WORDS
        if unknown:
            raise NotationError(
                f"{where}: the word {sorted(unknown)[0]!r} is not known; use answer, test or written."
            )
        if len(words) > 1:
            raise NotationError(f"{where}: a cell is one of answer, test and written, not {sorted(words)}.")
        if not words and metadata:
            raise NotationError(f"{where}: points and objective belong to a test or written cell.")
        word = words.pop() if words else None
        key = metadata[word] if word else str(position)
        if word and key in seen:
            raise NotationError(f"{where}: the id {key!r} stands twice; every answer and test has its own.")
        seen.add(key)
        new = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        made = new(cell.source, id=hashlib.sha256(f"{path.stem}:{key}".encode()).hexdigest()[:12])
        if word:
            made.metadata.update(_graded_metadata(word, key, metadata, cell.cell_type, where))
        cells.append(made)
    return new_notebook(
        cells=cells, metadata={"kernelspec": dict(KERNEL), "language_info": {"name": "python"}}
    )


def _first_line(source: str) -> str:
    return source.strip().split("\n", 1)[0][:50]


def _graded_metadata(word: str, key: str, given: dict, cell_type: str, where: str) -> dict:
    if (cell_type == "markdown") != (word == "written"):
        raise NotationError(
            f"{where}: {word!r} stands in a {cell_type} cell; answers and tests are code, written work is markdown."
        )
    graded = word != "answer"
    if graded and not (isinstance(given.get("points"), int) and isinstance(given.get("objective"), str)):
        raise NotationError(f'{where}: write points=2 objective="12.1" behind the id, with its own numbers.')
    if not graded and set(given) & _EXTRA:
        raise NotationError(f"{where}: an answer has no points; its tests have.")
    nbgrader = {
        "grade": graded,
        "grade_id": key,
        "locked": word == "test",
        "schema_version": 3,
        "solution": word != "test",
        "task": False,
    }
    if not graded:
        return {"nbgrader": nbgrader}
    nbgrader["points"] = given["points"]
    return {"nbgrader": nbgrader, "curriculum": {"objective": given["objective"]}}


def items(notebook: NotebookNode) -> list[Item]:
    """The items of an exercise, in order: each from its numbered heading to the next.

    `notebook` is a source notebook (one with hidden tests and objectives) as the build writes it.
    Graded cells in front of the first heading belong to no item and are left out; a check reports them.
    """
    found: list[tuple[re.Match, list[GradedCell]]] = []
    for cell in notebook.cells:
        heading = ITEM_HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            found.append((heading, []))
        graded = graded_cell(cell)
        if graded and found:
            found[-1][1].append(graded)
    return [Item(int(h["number"]), h["title"], int(h["points"]), tuple(cells)) for h, cells in found]


def graded_cell(cell: NotebookNode) -> GradedCell | None:
    """What a cell of a source notebook is graded for, or None where it is not graded."""
    marks = cell.metadata.get("nbgrader", {})
    if not marks.get("grade"):
        return None
    return GradedCell(
        id=marks["grade_id"],
        kind="written" if marks["solution"] else "test",
        points=marks["points"],
        objective=cell.metadata.get("curriculum", {}).get("objective", ""),
        hidden=HIDDEN_BEGIN in cell.source,
    )
