"""nbgrader's gradebook, asked less often: stock makes a dozen engines, a hundred queries, two dozen commits a submission."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, Gradebook, GradeCell, SourceCell, TaskCell
from sqlalchemy import event, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import scoped_session, sessionmaker

# File systems of this machine itself: a write-ahead log does not work over a network.
LOCAL = {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay"}


def quick_sqlite() -> None:
    """Use a write-ahead log for gradebooks on a local disk: readers do not wait, and a commit is one write.

    A commit is then safe when the program ends at any moment. After a power cut the last commits may be missing;
    the gradebook is never damaged (https://sqlite.org/wal.html). Calling it twice does no harm.
    """
    if not event.contains(Engine, "connect", _set_up):
        event.listen(Engine, "connect", _set_up)


def _set_up(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    with contextlib.suppress(sqlite3.Error):  # a damaged file: nbgrader says so
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        if path and _is_local(path):
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA busy_timeout=60000")


@lru_cache(64)
def _is_local(path: str) -> bool:
    return is_local(Path(path))


def is_local(path: Path) -> bool:
    """True when a file is known to lie on a disk of this machine."""
    if sys.platform != "linux":
        return False
    best, kind = "", ""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    place = str(path.resolve())
    for line in mounts.splitlines():
        _, mounted, found, *_ = line.split()
        mounted = mounted.replace("\\040", " ")
        inside = place == mounted or place.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= len(best):
            best, kind = mounted, found
    return kind in LOCAL


def quick_gradebook() -> None:
    """Let nbgrader open a gradebook without looking at all of it again, which it does a dozen times a submission.

    Each time it makes an engine, which throws away the statements that the one before had compiled
    (https://docs.sqlalchemy.org/en/20/core/connections.html), asks for every table, and looks for the course. Here the
    first time in a process is nbgrader's own; afterwards one query tells whether the same gradebook still knows the
    course, and if it does not, nbgrader's own way is taken again. Calling it twice does no harm.
    """
    if Gradebook.__init__ is not _open:
        Gradebook.__init__, Gradebook.close = _open, _close


@contextlib.contextmanager
def kept_open() -> Iterator[None]:
    """Within it, the connection of a gradebook that is closed serves the next one that is opened (not for threads)."""
    global _keeping
    _keeping += 1
    for known in _known.values():
        known.seen = False
    try:
        yield
    finally:
        _keeping -= 1
        if not _keeping:
            for known in _known.values():
                known.engine.dispose()


@dataclass
class _Known:
    """A gradebook that this process has opened before: its engine, the file, and the courses that it has."""

    engine: Engine
    file: tuple[int, int] | None  # device and number, of SQLite's
    courses: set[str]
    seen: bool = False  # looked at since it was kept open


_open_first, _close_always = Gradebook.__init__, Gradebook.close
_known: dict[tuple[int, str], _Known] = {}
_keeping = 0
_HAS_COURSE = text("SELECT 1 FROM course WHERE id = :id")


def _open(self: Gradebook, db_url: str, course_id: str = "default_course", authenticator: Any = None) -> None:
    key = (os.getpid(), str(db_url))  # a process that was forked has its own
    known = _known.get(key)
    if known is None or not _same(known, course_id):
        _open_first(self, db_url, course_id, authenticator)
        self.db.remove()
        file = _file(self.engine)
        others = known.courses if known is not None and known.file == file else set()
        if known is not None:
            known.engine.dispose()
        known = _known[key] = _Known(self.engine, file, {course_id, *others})
    self.engine = known.engine
    self.db = scoped_session(sessionmaker(autoflush=True, bind=known.engine, future=True))
    self.course_id, self.authenticator = course_id, authenticator


def _same(known: _Known, course_id: str) -> bool:
    """Whether what was opened before is still there, and has the course."""
    if course_id not in known.courses:
        return False
    file = _file(known.engine)
    if file != known.file:
        return False
    if not _keeping:
        known.engine.dispose()  # no connection of before
    elif known.seen:
        return True
    try:
        with known.engine.connect() as connection:
            known.seen = connection.execute(_HAS_COURSE, {"id": course_id}).scalar() == 1
    except SQLAlchemyError:
        return False
    return known.seen


def _file(engine: Engine) -> tuple[int, int] | None:
    if engine.url.get_backend_name() != "sqlite" or not engine.url.database:
        return None
    try:
        state = os.stat(engine.url.database)
    except OSError:
        return None
    return state.st_dev, state.st_ino


def _close(self: Gradebook) -> None:
    if _keeping:
        self.db.remove()
    else:
        _close_always(self)


class OneNotebook:
    """What nbgrader's preprocessors ask a gradebook about one notebook, from a query for each kind, not for each cell.

    Nothing is written when they ask for a commit: whoever made this object commits once, and all of it is stored or none.

    Parameters
    ----------
    gradebook : Gradebook
        Open, and kept open.
    notebook, assignment : str
        Names.
    student : str, optional
        For grades and comments, which exist once the submission is in the gradebook.
    """

    def __init__(self, gradebook: Gradebook, notebook: str, assignment: str, student: str = "") -> None:
        self._gradebook = gradebook
        self.db = SimpleNamespace(commit=lambda: None)
        self._sources: dict[str, Any] = {}
        self._graded: dict[str, Any] = {}
        self._grades: dict[str, Grade] = {}
        self._comments: dict[str, Comment] = {}
        if student:
            submitted = gradebook.find_submission_notebook(notebook, assignment, student)
            self._grades = self._by_name(Grade, submitted.id)
            self._comments = self._by_name(Comment, submitted.id)
        else:
            found = gradebook.find_notebook(notebook, assignment).id
            ask = gradebook.db.query
            cells = ask(
                SourceCell.name,
                SourceCell.source,
                SourceCell.cell_type,
                SourceCell.locked,
                SourceCell.checksum,
            ).filter(SourceCell.notebook_id == found)
            self._sources = {cell.name: cell for cell in cells}
            for kind in (TaskCell, GradeCell):
                points = ask(kind.name, kind.max_score).filter(kind.notebook_id == found)
                self._graded |= {cell.name: cell for cell in points}

    def _by_name(self, kind: Any, notebook: str) -> dict[str, Any]:
        asked = self._gradebook.db.query(kind, BaseCell.name).join(BaseCell, BaseCell.id == kind.cell_id)
        return {name: row for row, name in asked.filter(kind.notebook_id == notebook)}

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> SourceCell:
        """As nbgrader's, which also says that it is missing."""
        return self._sources.get(name) or self._gradebook.find_source_cell(name, notebook, assignment)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> BaseCell:
        """As nbgrader's, which also says that it is missing."""
        return self._graded.get(name) or self._gradebook.find_graded_cell(name, notebook, assignment)

    def find_grade(self, name: str, notebook: str, assignment: str, student: str) -> Grade:
        """As nbgrader's, which also says that it is missing."""
        return self._grades.get(name) or self._gradebook.find_grade(name, notebook, assignment, student)

    def find_comment(self, name: str, notebook: str, assignment: str, student: str) -> Comment:
        """As nbgrader's, which also says that it is missing."""
        return self._comments.get(name) or self._gradebook.find_comment(name, notebook, assignment, student)
