"""SQLite as quick as it safely can be: nbgrader commits two dozen times a submission."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event
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
