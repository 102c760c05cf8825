"""What became of one submission: its state, its points, and each of its tests. Plain values that go into JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from curriculum.grading.wording import State

SETTLED = (State.GRADED, State.PERSON)  # nothing went wrong; written work may wait for a person


class CannotRunError(Exception):
    """The run as a whole cannot go on; the message is for people: what is wrong, what to do."""


@dataclass(frozen=True)
class Task:
    """One submission that is to be graded, as it was found."""

    exercise: str
    student: str
    submission: str = ""  # fingerprint of what was handed in
    source: str = ""  # fingerprint of what it is graded with

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.student}, {self.exercise}"


@dataclass(frozen=True)
class Outcome:
    """What became of a submission.

    `graded` is False where there is no grade: its points are unknown then, never zero. `again` is True when
    the fault was not the submission's own (the machine, the gradebook), so that the next run tries once more.
    """

    exercise: str
    student: str
    state: State
    reason: str = ""  # one or two sentences; empty when nothing went wrong
    graded: bool = False
    again: bool = False
    earned: float = 0  # points that tests gave
    possible: float = 0  # points that tests give
    written: float = 0  # points that a person gives
    auto: float = 0  # sum of nbgrader's own scores in the gradebook, to recognise it by
    notes: tuple[str, ...] = ()  # what was put right in the copy, and other remarks
    tests: tuple[dict[str, Any], ...] = ()  # fields of results.Test, with the item's number and title

    @property
    def settled(self) -> bool:
        """True when nobody has to look at it, but for written work."""
        return self.state in SETTLED

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Outcome:
        """From JSON."""
        made = cls(**values)
        return replace(made, state=State(made.state), notes=tuple(made.notes), tests=tuple(made.tests))
