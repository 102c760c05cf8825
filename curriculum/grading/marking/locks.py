"""One file of locks beside the gradebook. The operating system lets go of a lock when its holder ends, however it ends.

Byte 0 is held by the run, so that there is one run at a time. Each submission has a byte of its own for
the process that grades it, so that one left over from a killed run and one of the next run never write the
same files. Such locks also hold on a shared file system (NFS 4, SMB).
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

NAME = "grading-journal.lock"
PLACES = 1_000_003
RUN = 0


class TakenError(Exception):
    """Somebody else holds the lock."""


def place(exercise: str, student: str) -> int:
    """The byte of a submission. Two submissions may share one; then one waits for the other."""
    return 1 + zlib.crc32(f"{exercise}\0{student}".encode(errors="surrogateescape")) % PLACES


@contextlib.contextmanager
def hold(folder: Path, byte: int, seconds: float = 0) -> Iterator[None]:
    """Hold one of the locks; wait for it for `seconds`.

    Raises
    ------
    TakenError
        When it is still taken then.
    """
    file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o660)
    try:
        end = time.monotonic() + seconds
        while not _take(file, byte):
            if time.monotonic() >= end:
                raise TakenError
            time.sleep(0.1)
        yield
    finally:
        os.close(file)  # lets go of the lock


if os.name == "nt":
    import msvcrt

    def _take(file: int, byte: int) -> bool:
        os.lseek(file, byte, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _take(file: int, byte: int) -> bool:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except (BlockingIOError, PermissionError):  # how a taken lock is reported
            return False
        return True
