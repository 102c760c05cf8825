"""Putting a damaged copy of an exercise back in order, by comparison with the released notebook.

What belongs to the exercise (tests, points, ids, places) is restored; what the learner wrote stays.
Everything that was put right is said in one sentence.
"""

from __future__ import annotations

import copy
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from curriculum import notation

if TYPE_CHECKING:
    from nbformat import NotebookNode

Cells = list["NotebookNode"]
MARKS = ("grade", "solution", "locked", "task", "points")


@dataclass(frozen=True)
class Finding:
    """One thing that was put right: the cell's id in the exercise, what kind of thing, and a sentence."""

    cell: str
    kind: str  # missing, edited, updated, copied, marks, type, moved, unknown, notebook
    sentence: str

    def as_dict(self) -> dict[str, str]:
        """For the notebook's metadata."""
        return asdict(self)


def grade_id(cell: NotebookNode) -> str | None:
    """The id that nbgrader knows a cell by, or None for a plain cell."""
    marks = cell.metadata.get("nbgrader")
    found = marks.get("grade_id") if isinstance(marks, dict) else None
    return found if isinstance(found, str) and found else None


def is_test(cell: NotebookNode) -> bool:
    """True for a cell of tests: graded and not to be edited."""
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade")) and not marks.get("solution")


def _name(cell: NotebookNode) -> str:
    kind = "test" if is_test(cell) else "answer cell"
    return f"{kind} {grade_id(cell)}"


def belongs(notebook: NotebookNode, released: NotebookNode) -> bool:
    """True when the notebook is a copy of the exercise: it holds at least one of its answers or tests."""
    ours = {grade_id(cell) for cell in released.cells if grade_id(cell)}
    ids = {cell.id for cell in released.cells if grade_id(cell)}
    return any(grade_id(cell) in ours or cell.id in ids for cell in notebook.cells)


def repair(notebook: NotebookNode, released: NotebookNode) -> list[Finding]:
    """Put `notebook` back in order, in place.

    Parameters
    ----------
    notebook : NotebookNode
        A copy of what the learner wrote (nbformat 4, with cell ids).
    released : NotebookNode
        The exercise as it is handed out.

    Returns
    -------
    list of Finding
        In the order of the exercise; empty for an orderly copy.
    """
    findings: list[Finding] = []
    keep_ids = _ids_survive(notebook, released)
    _drop_unknown_marks(notebook, released)
    there = _match(notebook, released, findings)
    for original in released.cells:
        if grade_id(original) and original.id in there:
            _restore(there[original.id], original, findings)
    _put_back(notebook, released, there, keep_ids, findings)
    _move_tests(notebook, released, there, findings)
    _restore_notebook(notebook, released, findings)
    _unique_ids(notebook)
    return findings


def _ids_survive(notebook: NotebookNode, released: NotebookNode) -> bool:
    """True when the cells still have the ids they were released with (some editors give new ones)."""
    ours = {cell.id for cell in released.cells}
    return 2 * len(ours & {cell.id for cell in notebook.cells}) >= len(ours)


def _drop_unknown_marks(notebook: NotebookNode, released: NotebookNode) -> None:
    """Take nbgrader's marks off cells that are not the exercise's, unless the cell's own id says whose they are."""
    ours = {grade_id(cell) for cell in released.cells if grade_id(cell)}
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata and grade_id(cell) not in ours:
            del cell.metadata["nbgrader"]


def _match(
    notebook: NotebookNode, released: NotebookNode, findings: list[Finding]
) -> dict[str, NotebookNode]:
    """Released cell id -> the learner's cell. Copies of a marked cell lose their marks."""
    there: dict[str, NotebookNode] = {}
    taken: set[int] = set()
    by_id: dict[str, Cells] = {}
    by_name: dict[str | None, Cells] = {}
    for cell in notebook.cells:
        by_id.setdefault(cell.id, []).append(cell)
        by_name.setdefault(grade_id(cell), []).append(cell)
    for original in released.cells:
        name = grade_id(original)
        if name:
            found = by_name.get(name, [])
            lost = [
                cell
                for cell in (() if found else notebook.cells)
                if grade_id(cell) is None
                and id(cell) not in taken
                and (cell.id == original.id or (is_test(original) and cell.source == original.source))
            ]
            if lost:
                found = lost[:1]
                findings.append(
                    Finding(
                        name, "marks", f"The marks of {_name(original)} were changed; they were restored."
                    )
                )
            found.sort(key=lambda cell: cell.id != original.id)  # the first one, or the one with its own id
            for extra in found[1:]:
                del extra.metadata["nbgrader"]
                taken.add(id(extra))
            if len(found) > 1:
                findings.append(
                    Finding(
                        name,
                        "copied",
                        f"There is more than one copy of {_name(original)}; one was graded, "
                        "the others were run as ordinary cells.",
                    )
                )
        else:
            found = by_id.get(original.id) or [
                cell
                for cell in notebook.cells
                if id(cell) not in taken
                and grade_id(cell) is None
                and cell.cell_type == original.cell_type
                and cell.source.strip() == original.source.strip()
            ]
        if found:
            there[original.id] = found[0]
            taken.add(id(found[0]))
    return there


def _restore(cell: NotebookNode, original: NotebookNode, findings: list[Finding]) -> None:
    """Give a marked cell its type, its marks and (a test) its text back."""
    name = grade_id(original)
    given = cell.metadata.get("nbgrader", {})
    marks = {key: given[key] for key in MARKS if key in given}
    expected = {key: original.metadata.nbgrader[key] for key in MARKS if key in original.metadata.nbgrader}
    checksum = given.get("checksum")
    if cell.cell_type != original.cell_type:
        findings.append(
            Finding(
                name,
                "type",
                f"The {_name(original)} had been turned into a {cell.cell_type} cell; "
                f"it was graded as a {original.cell_type} cell.",
            )
        )
        cell.cell_type = original.cell_type
        for field in ("outputs", "execution_count", "attachments"):
            cell.pop(field, None)
        if original.cell_type == "code":
            cell.update(outputs=[], execution_count=None)
    elif marks and marks != expected:
        findings.append(
            Finding(
                name, "marks", f"The points or marks of {_name(original)} were changed; they were restored."
            )
        )
    if is_test(original) and cell.source != original.source:
        untouched = bool(marks) and checksum == _checksum(cell)
        sentence = (
            f"The {_name(original)} has changed in the course since you began; the new one was used."
            if untouched
            else f"The {_name(original)} had been edited; it was restored, and your answer was graded with the original."
        )
        findings.append(Finding(name, "updated" if untouched else "edited", sentence))
        cell.source = original.source
    cell.metadata["nbgrader"] = copy.deepcopy(original.metadata.nbgrader)
    if "curriculum" in original.metadata:
        cell.metadata["curriculum"] = copy.deepcopy(original.metadata.curriculum)


def _checksum(cell: NotebookNode) -> str | None:
    # Imported here: it takes half a second, and who only reads a notebook does not need it.
    from nbgrader.utils import compute_checksum

    try:
        return compute_checksum(cell)
    except Exception:
        return None  # marks too damaged to sum up


def _put_back(
    notebook: NotebookNode,
    released: NotebookNode,
    there: dict[str, NotebookNode],
    keep_ids: bool,
    findings: list[Finding],
) -> None:
    """Insert what was deleted, behind the cell that stands before it in the exercise."""
    previous: NotebookNode | None = None
    for original in released.cells:
        if original.id not in there:
            name = grade_id(original)
            if not name and not keep_ids:
                continue  # without ids, an edited cell cannot be told from a deleted one
            new = copy.deepcopy(original)
            notebook.cells.insert(0 if previous is None else _index(notebook.cells, previous) + 1, new)
            there[original.id] = new
            if name:
                what = (
                    "it was put back." if is_test(original) else "it was put back empty, so it has no answer."
                )
                findings.append(Finding(name, "missing", f"The {_name(original)} was missing; {what}"))
            elif original.cell_type == "code" and original.source.strip():
                first = original.source.strip().splitlines()[0][:50]
                findings.append(
                    Finding(
                        "", "missing", f"The given cell that begins `{first}` was missing; it was put back."
                    )
                )
        previous = there[original.id]


def _move_tests(
    notebook: NotebookNode, released: NotebookNode, there: dict[str, NotebookNode], findings: list[Finding]
) -> None:
    """A test that stands before its own answer is put behind it."""
    answer: NotebookNode | None = None
    for original in released.cells:
        if original.id not in there:
            continue
        cell = there[original.id]
        if original.cell_type == "markdown" and notation.ITEM_HEADING.search(original.source):
            answer = None
        if is_test(original):
            if answer is not None and _index(notebook.cells, cell) < _index(notebook.cells, answer):
                del notebook.cells[_index(notebook.cells, cell)]
                notebook.cells.insert(_index(notebook.cells, answer) + 1, cell)
                findings.append(
                    Finding(
                        grade_id(original),
                        "moved",
                        f"The {_name(original)} stood before its answer; it was run behind it.",
                    )
                )
        elif grade_id(original):
            answer = cell


def _restore_notebook(notebook: NotebookNode, released: NotebookNode, findings: list[Finding]) -> None:
    kernel = notebook.metadata.get("kernelspec")
    name = kernel.get("name") if isinstance(kernel, dict) else None
    if name != released.metadata.kernelspec.name:
        asks = f"asks for the kernel {name!r}" if name else "names no kernel"
        findings.append(
            Finding("", "notebook", f"The notebook {asks}; it was graded with the course's Python.")
        )
    # Nothing else in a notebook's metadata matters for grading, and odd values stop the tools.
    notebook.metadata = copy.deepcopy(released.metadata)


def _unique_ids(notebook: NotebookNode) -> None:
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if cell.get("id") in seen or not cell.get("id"):
            cell["id"] = f"copy-{number}"
        seen.add(cell.id)


def _index(cells: Cells, wanted: NotebookNode) -> int:
    return next(i for i, cell in enumerate(cells) if cell is wanted)
