"""nbgrader's gradebook, asked less often: stock makes a dozen engines, a hundred queries, two dozen commits a submission."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from nbgrader import api
from nbgrader.api import BaseCell, Comment, Grade, Gradebook, SourceCell
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine

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
        if path and is_local(Path(path)):
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("PRAGMA busy_timeout=60000")


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


def one_engine() -> None:
    """Let nbgrader keep one SQLAlchemy engine for a database, instead of making a new one a dozen times a submission.

    An engine holds the statements that it has compiled (https://docs.sqlalchemy.org/en/20/core/connections.html), and
    compiling them anew was a third of what the gradebook cost. Closing a gradebook still closes its connections. In a
    process that was forked every database gets an engine of its own. Calling it twice does no harm.
    """
    if api.create_engine is not _kept_engine:
        api.create_engine = _kept_engine


def _kept_engine(url: str, **options: Any) -> Engine:
    key = (os.getpid(), str(url), repr(sorted(options.items())))
    if key in _engines:
        _engines[key].dispose()  # no connection of before: the file may be another one by now
    else:
        _engines[key] = create_engine(url, **options)
    return _engines[key]


_engines: dict[tuple[int, str, str], Engine] = {}


class OneNotebook:
    """What nbgrader's preprocessors ask a gradebook about one notebook, from a query for each kind, not for each cell.

    Changes are written, but not yet committed, when they ask for a commit; whoever made this object commits.

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
        self.db = SimpleNamespace(commit=gradebook.db.flush)
        self._sources: dict[str, SourceCell] = {}
        self._graded: dict[str, BaseCell] = {}
        self._grades: dict[str, Grade] = {}
        self._comments: dict[str, Comment] = {}
        if student:
            submitted = gradebook.find_submission_notebook(notebook, assignment, student)
            self._grades = self._by_name(Grade, submitted.id)
            self._comments = self._by_name(Comment, submitted.id)
        else:
            found = gradebook.find_notebook(notebook, assignment)
            self._sources = {cell.name: cell for cell in found.source_cells}
            self._graded = {cell.name: cell for cell in (*found.task_cells, *found.grade_cells)}

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
