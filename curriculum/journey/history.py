"""Every grading of one's own work, noted in `.grading/history.jsonl`, a line each.

nbgrader's gradebook holds the latest points only; the best ones, the dates and which file was graded stand here.
A line that cannot be read is passed over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

from curriculum.grading import SCRATCH
from curriculum.journey import web

FILE = "history.jsonl"
KEPT = "kept"  # the graded notebooks themselves, byte for byte


@dataclass(frozen=True)
class Grading:
    """One grading of one exercise. `sha256` is that of the notebook file, or empty when it was not noted."""

    exercise: str
    at: str  # UTC, as 2026-11-26T09:30:00+00:00
    version: str  # of the course
    edition: str  # of the exercise: `workspace.edition_of` its source
    sha256: str
    earned: float
    waiting: float
    possible: float

    @property
    def day(self) -> str:
        """The day here, as people write it."""
        moment = datetime.fromisoformat(self.at).astimezone()
        return f"{moment.day} {moment:%B %Y}"


def note(root: Path, grading: Grading, notebook: bytes | None) -> None:
    """Add a grading, and keep the notebook that was graded.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    folder = root / SCRATCH
    folder.mkdir(exist_ok=True)
    line = json.dumps(asdict(grading), sort_keys=True)
    with (folder / FILE).open("a", encoding="utf-8", newline="\n") as file:
        file.write(line + "\n")
    if notebook is not None:
        web.put(folder / KEPT / f"{grading.exercise}.ipynb", notebook)


def read(root: Path) -> dict[str, list[Grading]]:
    """Exercise -> its gradings, the oldest first."""
    found: dict[str, list[Grading]] = defaultdict(list)
    try:
        lines = (root / SCRATCH / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    names = {field.name: field.type for field in fields(Grading)}
    for line in lines:
        with contextlib.suppress(ValueError, TypeError, AttributeError):
            raw = json.loads(line)
            grading = Grading(
                **{
                    name: float(raw[name]) if kind == "float" else str(raw.get(name, ""))
                    for name, kind in names.items()
                    if name in raw or kind == "str"
                }
            )
            datetime.fromisoformat(grading.at)
            found[grading.exercise].append(grading)
    return dict(found)


def now() -> str:
    """This moment, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def kept(root: Path, grading: Grading) -> bytes | None:
    """The notebook of a grading, when it is the one that was kept."""
    with contextlib.suppress(OSError):
        data = (root / SCRATCH / KEPT / f"{grading.exercise}.ipynb").read_bytes()
        if grading.sha256 and hashlib.sha256(data).hexdigest() == grading.sha256:
            return data
    return None
