"""A learner's own copies of the exercises: `exercises/release/<id>/` -> `my-work/<id>/`.

Nothing here ever overwrites or deletes a file of the learner. When a released exercise changes, the new one is
put beside the learner's, in `my-work/<id>-new/`. Standard library only, because `start.py` calls it before (and
without) the installed environment.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from curriculum import changes

RELEASE = Path("exercises") / "release"
MY_WORK = "my-work"
START = {"nt": "py start.py"}.get(os.name, "python3 start.py")
RECORD = ".released.json"
NEW, GONE = (
    ".new",
    ".gone",
)  # in the record: new versions that lie beside, exercises that are no longer released
ORIGINALS = ".released"  # notebooks as they were handed out, to say later what changed
EDITION = ".edition"  # in a folder that was put beside: which edition it holds
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
SKIPPED = {".ipynb_checkpoints", "__pycache__", ".DS_Store", "Thumbs.db", "desktop.ini"}


class WorkspaceError(Exception):
    """A copy could not be made; the message says which and what to do."""


def prepare(root: Path) -> list[str]:
    """Put every released exercise into `my-work/`, file by file, where a file is missing.

    A file that is there stays as it is, whatever is in it. When a released exercise has changed after the learner
    got theirs, the new one is put beside it as a folder of its own, and they are told what changed.

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
        Only when the disk is full: then nothing else can be done either. What was there stays, and the next
        call goes on.
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
    with one_at_a_time(work):
        record, given = read_record(work), []
        before = json.dumps(record, sort_keys=True)
        try:
            for name in names:
                try:
                    new, changed = hand_out(root, name, record)
                    if new:
                        given.append(name)
                    messages += offer(root, name, changed, record)
                except WorkspaceError as error:
                    messages.append(str(error))
            messages += no_longer_released(root, names, record)
        finally:
            if json.dumps(record, sort_keys=True) != before:
                write_record(work, record)
    if given:
        messages.insert(0, f"New in {MY_WORK}/: {', '.join(given)}.")
    return messages


def offer(root: Path, name: str, changed: list[str], record: dict) -> list[str]:
    """Put a changed exercise beside the learner's, once, and say so; later only remind them where it is.

    Who has deleted the new one is not given it again.
    """
    offered = _part(record, NEW)
    if not changed:
        offered.pop(name, None)
        return []
    source, work = root / RELEASE / name, root / MY_WORK
    edition = edition_of(source)
    last = offered.get(name)
    if isinstance(last, dict) and last.get("edition") == edition:
        folder = str(last.get("folder"))
        if not (work / folder).is_dir():
            return []
        return [
            f"The new version of {name} is in {MY_WORK}/{folder}; yours in {MY_WORK}/{name} is as you left it. "
            f"`{START} fresh {name}` swaps them."
        ]
    what = what_changed(root, name, changed)
    given = record.get(name, {})
    begun = not all(
        (work / name / file).is_file() and checksum(work / name / file) == given.get(file) for file in given
    )
    beside = put_beside(root, name, edition)
    offered[name] = {"edition": edition, "folder": beside.name}
    return [
        f"{name} has changed with this version of the course: {what}. Yours in {MY_WORK}/{name} is kept as it is; "
        f"the new one is beside it, in {MY_WORK}/{beside.name}. To go on with the new one, run "
        f"`{START} fresh {name}`: yours is then kept under a dated name."
        + ("" if begun else " (You have not changed yours yet.)")
    ]


def what_changed(root: Path, name: str, changed: list[str]) -> str:
    """The difference between what the learner was given and what is released, in a line."""
    source, work = root / RELEASE / name, root / MY_WORK
    notebook = f"{name}.ipynb"
    data = [file for file in changed if file != notebook]
    new = (source / notebook).read_bytes() if (source / notebook).is_file() else b""
    if notebook not in changed:
        return changes.describe(new, new, data)
    for place, pristine in ((work / ORIGINALS / name, True), (work / name, False)):
        with contextlib.suppress(OSError):
            return changes.describe((place / notebook).read_bytes(), new, data, pristine)
    return changes.describe(None, new, data)


def put_beside(root: Path, name: str, edition: str) -> Path:
    """The released exercise as a whole folder beside the learner's: `my-work/<id>-new`, or with a number behind.

    It is made under a hidden name and then renamed, so it is there whole or not at all; a folder that holds
    this edition already is used as it is, whatever the learner has written in it.

    Raises
    ------
    WorkspaceError
        When the place cannot be written.
    OSError
        When the disk is full.
    """
    source, work = root / RELEASE / name, root / MY_WORK
    there = beside(work, name, edition)
    if there is not None:
        return there
    remove_leftovers(work)
    part = work / f".{name}.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    try:
        for file in released_files(source):
            target = part / file.relative_to(source)
            make_folder(target.parent)
            copy_whole(file, target, f"{MY_WORK}/{name}-new/{file.relative_to(source).as_posix()}")
        (part / EDITION).write_text(edition, encoding="utf-8")
        for n in range(1, 1000):
            target = work / (f"{name}-new" if n == 1 else f"{name}-new-{n}")
            if target.exists() or target.is_symlink():
                continue
            try:
                part.rename(target)
            except OSError as error:
                if target.exists():  # somebody was faster
                    continue
                if error.errno in NOT_ALLOWED:
                    raise WorkspaceError(
                        f"The new version of {name} cannot be put into {MY_WORK} ({error.strerror}). Close programs "
                        f"that use the folder, then run start.py again; yours is as it was."
                    ) from error
                raise
            return target
        raise WorkspaceError(f"No free name was found for the new version of {name} in {MY_WORK}.")
    finally:
        shutil.rmtree(part, ignore_errors=True)


def beside(work: Path, name: str, edition: str) -> Path | None:
    """The folder beside the learner's that holds this edition of an exercise, or None."""
    for folder in sorted(work.glob(f"{name}-new*")):
        with contextlib.suppress(OSError):
            if (folder / EDITION).read_text(encoding="utf-8") == edition:
                return folder
    return None


def remove_leftovers(work: Path) -> None:
    """Take away what a killed start left half made: our own hidden folders, older than an hour."""
    for part in work.glob(".*.part"):
        with contextlib.suppress(OSError):
            if part.is_dir() and not part.is_symlink() and time.time() - part.stat().st_mtime > 3600:
                shutil.rmtree(part, ignore_errors=True)


def no_longer_released(root: Path, names: list[str], record: dict) -> list[str]:
    """A sentence for each exercise that the learner has and the course no longer releases; said once."""
    work, told = root / MY_WORK, _part(record, GONE)
    messages = []
    for name in names:
        told.pop(name, None)
    for name in [key for key in record if not key.startswith(".") and key not in names]:
        if name in told or not (work / name).is_dir():
            continue
        now = renamed(root, name, [other for other in names])
        told[name] = {"now": now}
        said = f"It is called {now} now" if now else "The course no longer has it"
        messages.append(
            f"{name} is not released any more. {said}; yours in {MY_WORK}/{name} is kept as it is."
        )
    return messages


def renamed(root: Path, name: str, others: list[str]) -> str:
    """The released exercise that holds most answers and tests of one that is gone, or an empty string."""
    try:
        mine = changes.grade_ids((root / MY_WORK / ORIGINALS / name / f"{name}.ipynb").read_bytes())
    except OSError:
        return ""
    for other in others:
        with contextlib.suppress(OSError):
            shared = mine & changes.grade_ids((root / RELEASE / other / f"{other}.ipynb").read_bytes())
            if 2 * len(shared) > len(mine):
                return other
    return ""


def fresh_copy(root: Path, exercise: str) -> list[str]:
    """Begin an exercise again: the learner's folder gets a dated name, and a new copy takes its place.

    When the newest version lies beside it already (`my-work/<id>-new`), that folder is the new copy, with
    what the learner may have written in it.

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
    offered = _part(record, NEW)
    new = beside(work, exercise, edition_of(root / RELEASE / exercise))
    if new is not None:
        try:
            new.rename(mine)
        except OSError:
            new = None  # a file in it is open: a new copy then
    try:
        hand_out(root, exercise, record)
    except (WorkspaceError, OSError) as error:
        raise WorkspaceError(" ".join([f"The new copy could not be made: {error}", *messages])) from error
    offered.pop(exercise, None)
    write_record(work, record)
    messages.append(
        f"A new copy is in {MY_WORK}/{exercise}."
        if new is None
        else f"The new version is in {MY_WORK}/{exercise} now (it was in {MY_WORK}/{new.name})."
    )
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
        Whether the exercise is new to the learner (its folder was not there), and the files of which
        another version than the learner's has been released since.

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
    changed = []
    for file in released_files(source):
        relative = file.relative_to(source).as_posix()
        target = mine / relative
        version = checksum(file)
        if target.is_symlink() or target.exists():
            known = given.get(relative)
            if known is None or (known != version and same_bytes(file, target)):
                given[relative] = version  # what they have from before the record counts as this version
            elif known != version:
                changed.append(relative)
                continue
        else:
            make_folder(target.parent)
            copy_whole(file, target, f"{MY_WORK}/{name}/{relative}")
            given[relative] = version
        if file.suffix == ".ipynb":
            remember(file, Path(root) / MY_WORK / ORIGINALS / name / relative)
    return new, changed


def remember(file: Path, kept: Path) -> None:
    """Keep a notebook as it was handed out. Without it, only the news of what changed is less exact."""
    part = kept.with_name(f"{kept.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        if kept.is_file() and same_bytes(file, kept):
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(file.read_bytes())
        part.replace(kept)
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)


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
    except OSError as error:
        if error.errno not in NOT_ALLOWED:
            raise
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
    except OSError as error:
        if error.errno not in NOT_ALLOWED:
            raise
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


def _part(record: dict, key: str) -> dict:
    """A part of the record that is a mapping, made when it is missing or damaged."""
    if not isinstance(record.get(key), dict):
        record[key] = {}
    return record[key]


def edition_of(source: Path) -> str:
    """SHA-256 over the names and contents of everything that is handed out of an exercise."""
    digest = hashlib.sha256()
    for file in released_files(source):
        digest.update(f"{file.relative_to(source).as_posix()}\0{checksum(file)}\0".encode())
    return digest.hexdigest()


@contextlib.contextmanager
def one_at_a_time(work: Path, patience: float = 10) -> Iterator[None]:
    """Let one start fill the folder at a time; the system lets go of the lock however the process ends.

    Where there are no locks, or another start takes long, go on: every step is safe without.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            handle = stack.enter_context((work / ".lock").open("a+b"))
            until = time.monotonic() + patience
            while not _lock(handle) and time.monotonic() < until:
                time.sleep(0.05)
        yield


def _lock(handle) -> bool:
    """Take the lock of an open file; False while another process holds it. Raises where there are no locks."""
    try:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def checksum(file: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same; False when one cannot be read."""
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False
