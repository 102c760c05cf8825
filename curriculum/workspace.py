"""A learner's own copies of the exercises: `exercises/release/<id>/` -> `my-work/<id>/`.

Nothing here ever overwrites or deletes a file of the learner. Standard library only, because
`start.py` calls it before (and without) the installed environment.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path

RELEASE = Path("exercises") / "release"
MY_WORK = "my-work"
RECORD = ".released.json"
SKIPPED = {".ipynb_checkpoints", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini"}


class WorkspaceError(Exception):
    """A copy could not be made; the message says which and what to do."""


def prepare(root: Path) -> list[str]:
    """Put every released exercise into `my-work/`, file by file, where a file is missing.

    A file that is there stays as it is, whatever is in it. When a newer version of a notebook was
    released after the learner got theirs, they are told how to get it; theirs is not touched.

    Parameters
    ----------
    root : Path
        The course folder.

    Returns
    -------
    list of str
        What to tell the learner, one sentence each; empty when there was nothing to do.

    Raises
    ------
    OSError
        Only when the disk is full: then nothing else can be done either.
    """
    root = Path(root)
    work = root / MY_WORK
    messages: list[str] = []
    names = exercises(root)
    if not names:
        return messages
    try:
        make_folder(work)
    except WorkspaceError as error:
        return [str(error)]
    record, given = read_record(work), []
    before = json.dumps(record, sort_keys=True)
    for name in names:
        try:
            new, old = hand_out(root, name, record)
        except WorkspaceError as error:
            messages.append(str(error))
            continue
        if new:
            given.append(name)
        for notebook in old:
            messages.append(
                f"There is a newer version of {notebook}; yours in {MY_WORK}/ is kept as it is. To begin again "
                f"with the new one, run `python3 start.py fresh {name}` (your old copy is kept too)."
            )
    if given:
        messages.insert(0, f"New in {MY_WORK}/: {', '.join(given)}.")
    if json.dumps(record, sort_keys=True) != before:
        write_record(work, record)
    return messages


def fresh_copy(root: Path, exercise: str) -> list[str]:
    """Begin an exercise again: the learner's folder gets a dated name, and a new copy takes its place.

    Parameters
    ----------
    root : Path
        The course folder.
    exercise : str
        The id of the exercise, such as `12_data_quality`.

    Returns
    -------
    list of str
        What was done, one sentence each.

    Raises
    ------
    WorkspaceError
        When there is no such exercise or the old folder cannot be renamed (nothing has changed then), or
        the new copy cannot be made (the message says under which name the old one is kept).
    """
    root = Path(root)
    if exercise not in exercises(root):
        there = ", ".join(exercises(root)) or "none yet"
        raise WorkspaceError(f"There is no exercise named {exercise!r}. There is: {there}.")
    work = root / MY_WORK
    make_folder(work)
    messages = []
    mine = work / exercise
    if mine.is_symlink() or mine.exists():
        kept = free_name(mine)
        try:
            mine.rename(kept)
        except OSError as error:
            raise WorkspaceError(
                f"{MY_WORK}/{exercise} cannot be renamed ({error.strerror}). Close its notebooks in JupyterLab "
                "and try again; nothing was changed."
            ) from error
        messages.append(f"Your old copy is now {MY_WORK}/{kept.name}.")
    record = read_record(work)
    record.pop(exercise, None)
    try:
        hand_out(root, exercise, record)
    except (WorkspaceError, OSError) as error:
        raise WorkspaceError(" ".join([f"The new copy could not be made: {error}", *messages])) from error
    write_record(work, record)
    messages.append(f"A new copy is in {MY_WORK}/{exercise}.")
    return messages


def exercises(root: Path) -> list[str]:
    """The ids of the released exercises: folders of `exercises/release/` that hold a notebook."""
    release = Path(root) / RELEASE
    if not release.is_dir():
        return []
    return sorted(
        folder.name
        for folder in release.iterdir()
        if folder.is_dir() and not folder.name.startswith(".") and any(folder.glob("*.ipynb"))
    )


def hand_out(root: Path, name: str, record: dict[str, dict[str, str]]) -> tuple[bool, list[str]]:
    """Copy what is missing of one exercise, and note in `record` which version of each file was given.

    Returns
    -------
    tuple of bool and list of str
        Whether the exercise is new to the learner (its folder was not there), and the notebooks of which
        a newer version than the learner's has been released.

    Raises
    ------
    WorkspaceError
        When a file cannot be copied. What was copied before stays, and the next call goes on from there.
    """
    source = Path(root) / RELEASE / name
    mine = Path(root) / MY_WORK / name
    new = not mine.exists()
    if mine.is_symlink() and not mine.exists():
        raise WorkspaceError(
            f"{MY_WORK}/{name} is a link to a folder that is not there. Remove the link, or bring the folder back."
        )
    make_folder(mine)
    given = record.get(name)
    if not isinstance(given, dict):
        given = record[name] = {}
    newer = []
    for file in released_files(source):
        relative = file.relative_to(source).as_posix()
        target = mine / relative
        version = checksum(file)
        if target.is_symlink() or target.exists():
            known = given.get(relative)
            if known is None:
                given[relative] = (
                    version  # theirs from before the record: the next release is the next version
                )
            elif known != version and file.suffix == ".ipynb" and not same_bytes(file, target):
                newer.append(f"{name}/{relative}")
            elif known != version and same_bytes(file, target):
                given[relative] = version
            continue
        make_folder(target.parent)
        copy_whole(file, target, f"{MY_WORK}/{name}/{relative}")
        given[relative] = version
    return new, newer


def released_files(source: Path) -> list[Path]:
    """Every file of a released exercise in a stable order, without caches and hidden working folders."""
    return [
        file
        for file in sorted(source.rglob("*"))
        if file.is_file() and not SKIPPED.intersection(file.relative_to(source).parts)
    ]


def copy_whole(source: Path, target: Path, name: str) -> None:
    """Copy a file so that `target` either holds all of it or does not exist.

    The bytes go to a temporary name first. Linking that name to the target fails when somebody has made
    the target meanwhile, so nothing is ever overwritten.

    Raises
    ------
    WorkspaceError
        When the place cannot be written.
    OSError
        When the disk is full.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            out.write(source.read_bytes())
            out.flush()
            os.fsync(out.fileno())
        put_in_place(part, target)
    except PermissionError as error:
        raise WorkspaceError(
            f"{name} cannot be written. Check that the folder {MY_WORK} is yours, then run start.py again."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def put_in_place(part: Path, target: Path) -> None:
    """Give a finished file its name, unless the name is taken by now."""
    try:
        os.link(part, target)
    except FileExistsError:
        return
    except (OSError, NotImplementedError, AttributeError):
        # A file system without hard links. Windows refuses to rename onto a file; elsewhere look first.
        if not target.exists():
            part.rename(target)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises
    ------
    WorkspaceError
        When a file has that name already, or the place cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise WorkspaceError(
            f"{folder} should be a folder and is a file. Rename the file, then run start.py again."
        ) from error
    except PermissionError as error:
        raise WorkspaceError(
            f"The folder {folder} cannot be made. Check that {folder.parent} is yours, then run start.py again."
        ) from error


def free_name(folder: Path) -> Path:
    """A name beside `folder` with the date and time in it that nothing has yet."""
    stem = f"{folder.name}.{time.strftime('%Y-%m-%d_%H%M%S')}"
    for extra in ["", *(f"_{n}" for n in range(2, 1000))]:
        candidate = folder.with_name(stem + extra)
        if not (candidate.exists() or candidate.is_symlink()):
            return candidate
    raise WorkspaceError(f"No free name was found for the old copy of {folder.name}.")


def read_record(work: Path) -> dict[str, dict[str, str]]:
    """Which version of each file was handed out: exercise -> file -> SHA-256. A damaged record counts as none."""
    try:
        record = json.loads((work / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_record(work: Path, record: dict[str, dict[str, str]]) -> None:
    """Save the record, whole or not at all. Without it only the news of newer versions is lost."""
    part = work / f"{RECORD}.{os.getpid()}.part"
    with contextlib.suppress(OSError):
        part.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        part.replace(work / RECORD)
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


def checksum(file: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same; False when one cannot be read."""
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False
