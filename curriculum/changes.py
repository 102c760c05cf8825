"""What changed in a released exercise, in one line for its learner. Standard library only (see `workspace`)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

HEADING = re.compile(r"^## (?P<number>\d+)\. (?P<title>.+?) \((?P<points>\d+) points?\)\s*$", re.M)


@dataclass
class Part:
    """One item of an exercise as it was handed out."""

    number: str
    title: str
    points: str
    text: list[str] = field(default_factory=list)
    tests: dict[str, str] = field(default_factory=dict)  # grade id -> source


def describe(old: bytes | None, new: bytes, files: list[str], pristine: bool = True) -> str:
    """What differs between two releases of an exercise, as a sentence without a full stop.

    Parameters
    ----------
    old, new : bytes
        The notebook as it was handed out, and as it is released now. `old` is None when nobody kept it.
    files : list of str
        Other files (data) that changed.
    pristine : bool
        False when `old` is the learner's own copy: then only items and points can be compared, because
        the learner may have changed the rest.
    """
    told = []
    if old is not None and old != new:
        told = _between(items(old), items(new), pristine) or ["small changes in the notebook"]
    elif old is None:
        told = ["the notebook changed"]
    if files:
        told.append(f"{_list(files)} changed")
    return "; ".join(told) or "its files changed"


def items(notebook: bytes) -> list[Part]:
    """The items of a notebook; none when it cannot be read. What stands in front of the first has no number."""
    parts = [Part("", "the introduction", "")]
    for cell in _cells(notebook):
        source = _source(cell)
        heading = HEADING.search(source) if cell.get("cell_type") == "markdown" else None
        if heading:
            parts.append(Part(*heading.group("number", "title", "points")))
        marks = _marks(cell)
        if marks.get("grade") and not marks.get("solution"):
            parts[-1].tests[str(marks.get("grade_id"))] = source
        elif not marks:
            parts[-1].text.append(source)
    return parts


def grade_ids(notebook: bytes) -> set[str]:
    """The names of the answers and tests of a notebook."""
    return {str(marks["grade_id"]) for cell in _cells(notebook) if (marks := _marks(cell)).get("grade_id")}


def _between(old: list[Part], new: list[Part], pristine: bool) -> list[str]:
    before = {part.title: part for part in old}
    after = {part.title: part for part in new}
    told = [f"item {p.number} ({p.title}) is new" for p in new if p.title not in before]
    told += [f"the old item {p.number} ({p.title}) is gone" for p in old if p.title not in after]
    both = [(before[part.title], part) for part in new if part.title in before]
    told += [
        f"item {now.number} gives {now.points} points instead of {was.points}"
        for was, now in both
        if was.points != now.points
    ]
    if pristine:
        for what, changed in (
            ("text", [now for was, now in both if was.text != now.text and was.points == now.points]),
            ("tests", [now for was, now in both if was.tests != now.tests]),
        ):
            numbers = [part.number for part in changed if part.number]
            if numbers:
                told.append(
                    f"the {what} of {'item' if len(numbers) == 1 else 'items'} {_list(numbers)} changed"
                )
            if any(not part.number for part in changed) and what == "text":
                told.append("the introduction changed")
    return told


def _list(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _cells(notebook: bytes) -> list[dict]:
    try:
        cells = json.loads(notebook.decode("utf-8")).get("cells", [])
    except (ValueError, AttributeError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _marks(cell: dict) -> dict:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return marks if isinstance(marks, dict) else {}


def _source(cell: dict) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)
