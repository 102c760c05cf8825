"""The journal of a class: what became of each submission, in one small SQLite file beside the gradebook.

Only the process that leads a run writes it, after the grade is in the gradebook, in one statement for a
submission. So whatever moment a run is killed at, each line is there as a whole or not at all; what is not
there is graded by the next run, which writes the same grade over what the killed one may have left.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from curriculum.grading.marking.outcome import Outcome, Task

NAME = "grading-journal.db"
_TABLE = """
CREATE TABLE IF NOT EXISTS submissions (
    exercise TEXT NOT NULL,
    student TEXT NOT NULL,
    submission TEXT NOT NULL, -- SHA-256 of what was handed in
    source TEXT NOT NULL,     -- SHA-256 of what it was graded with
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    graded INTEGER NOT NULL,  -- 0: there is no grade
    at TEXT NOT NULL,         -- when, UTC
    outcome TEXT NOT NULL,    -- JSON, see Outcome
    PRIMARY KEY (exercise, student)
)
"""


class Journal:
    """What became of each submission of a class.

    Parameters
    ----------
    folder : Path
        The course folder. A journal that cannot be read is set aside under another name, and `damaged`
        is that name; nothing but the time to grade again hangs on it.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.damaged = ""
        try:
            self._open()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # locked, or the disk is full: not its contents
                raise
            self._db.close()
            aside = self.path.with_name(f"{self.path.stem}-damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}.db")
            self.path.rename(aside)
            self.damaged = aside.name
            self._open()

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        self._db.execute(_TABLE)
        self._db.execute("SELECT count(outcome) FROM submissions").fetchone()

    def record(self, task: Task, outcome: Outcome) -> None:
        """Write down what became of a submission, in place of what stood there."""
        self._db.execute(
            "INSERT OR REPLACE INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                task.exercise,
                task.student,
                task.submission,
                task.source,
                outcome.state,
                outcome.reason,
                outcome.graded,
                datetime.now(UTC).isoformat(timespec="seconds"),
                json.dumps(outcome.as_dict()),
            ),
        )

    def entries(self, exercise: str) -> dict[str, tuple[Task, Outcome]]:
        """Student -> what was graded, and what became of it."""
        rows = self._db.execute(
            "SELECT student, submission, source, outcome FROM submissions WHERE exercise = ?", (exercise,)
        )
        return {
            student: (
                Task(exercise, student, submission, source),
                Outcome.from_dict(json.loads(outcome)),
            )
            for student, submission, source, outcome in rows
        }

    def everything(self) -> dict[tuple[str, str], Outcome]:
        """(exercise, student) -> what became of it."""
        rows = self._db.execute("SELECT exercise, student, outcome FROM submissions")
        return {(e, s): Outcome.from_dict(json.loads(outcome)) for e, s, outcome in rows}

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()
