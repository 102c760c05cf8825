"""Looking at a submission before nbgrader does: what is missing, what is damaged, what leads out of the folder."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from curriculum.grading import collecting, reading, repair
from curriculum.grading.wording import State

LARGEST_NOTEBOOK = 50_000_000  # bytes; nbgrader would hold many times that in memory
LARGEST_FOLDER = 500_000_000  # bytes; nbgrader copies everything that was handed in
MOST_FILES = 5_000


@dataclass(frozen=True)
class Inspection:
    """What was found. With `state` DAMAGED the submission is set aside; with MISSING, `there` may be empty."""

    state: State | None = None
    reason: str = ""
    there: tuple[str, ...] = ()  # notebooks that can be graded, without .ipynb
    notes: tuple[str, ...] = ()
    rewritten: dict[str, NotebookNode] = field(default_factory=dict)  # oddly saved, but read all the same


def inspect(folder: Path, student: str, expected: dict[str, NotebookNode | None]) -> Inspection:
    """Look at one submission; nothing is changed, and no link is followed out of it.

    Parameters
    ----------
    folder : Path
        `submitted/<student>/<exercise>`.
    student : str
        The id, as nbgrader will be given it.
    expected : dict
        The notebooks that the gradebook knows, each with the released notebook (None when there is none).
    """
    fault = _name(student) or _files(folder, set(expected))
    if fault:
        return Inspection(State.DAMAGED, fault)
    found, gone, notes, rewritten = [], [], [], {}
    for name, released in expected.items():
        path = folder / f"{name}.ipynb"
        if not path.exists():
            gone.append(name)
            continue
        try:
            notebook, remarks = reading.read(path, "", again=True)
        except reading.UnreadableError as error:
            return Inspection(State.DAMAGED, error.fault)
        if released is not None and not repair.belongs(notebook, released):
            return Inspection(
                State.DAMAGED, f"{path.name} holds none of the exercise's cells: it is another notebook."
            )
        found.append(name)
        if remarks:
            notes += remarks
            rewritten[name] = notebook
    if gone:
        names = " and ".join(f"{name}.ipynb" for name in gone)
        others = sorted(p.name for p in folder.glob("*.ipynb") if p.stem not in expected)
        reason = f"{names} {'is' if len(gone) == 1 else 'are'} not there."
        if others:
            reason += f" There is {', '.join(others)}: rename it if that is the work."
        elif (folder / collecting.NOTE).is_file():
            reason += f" Links were handed in, which nobody follows: {collecting.NOTE} names them."
        return Inspection(State.MISSING, reason, tuple(found), tuple(notes), rewritten)
    return Inspection(None, "", tuple(found), tuple(notes), rewritten)


def _name(student: str) -> str:
    """What is wrong with the name of a student's folder, or nothing."""
    if any(sign in student for sign in "*?[]{}") or student != student.strip():
        return (
            "nbgrader takes * ? [ ] { } in the name of a folder for a pattern, and drops spaces at its ends. "
            "Rename the student's folder."
        )
    return ""


def _files(folder: Path, notebooks: set[str]) -> str:
    """What is wrong with the files of a submission, or nothing. Nothing is opened."""
    if folder.is_symlink() or folder.parent.is_symlink():
        return "The folder that was handed in is a symbolic link, not a folder."
    top, number, total = folder.resolve(), 0, 0
    for place, folders, files in os.walk(folder):
        for name in folders + files:
            path = Path(place, name)
            inside = path.relative_to(folder).as_posix()
            try:
                kind = path.lstat()
                if stat.S_ISLNK(kind.st_mode):
                    if not path.resolve(strict=True).is_relative_to(top):
                        return f"{inside} is a symbolic link out of the folder that was handed in."
                    continue
            except (OSError, RuntimeError):
                return f"{inside} is a symbolic link that leads nowhere."
            if stat.S_ISDIR(kind.st_mode):
                continue
            if not stat.S_ISREG(kind.st_mode):
                return f"{inside} is neither a file nor a folder."
            if not os.access(path, os.R_OK):
                return f"{inside} may not be read by you."
            if path.suffix == ".ipynb" and path.stem in notebooks and kind.st_size > LARGEST_NOTEBOOK:
                return (
                    f"{inside} has {kind.st_size / 1e6:,.0f} MB; more than {LARGEST_NOTEBOOK / 1e6:,.0f} MB is "
                    "not opened."
                )
            number, total = number + 1, total + kind.st_size
        if number > MOST_FILES or total > LARGEST_FOLDER:
            return (
                f"More than {MOST_FILES:,} files or {LARGEST_FOLDER / 1e6:,.0f} MB were handed in; "
                "nbgrader would copy them all."
            )
    return ""
