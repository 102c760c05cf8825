"""What an output of a graded cell means, in a sentence for the learner."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
SYNTAX_PLACE = re.compile(r"\((?:<[^>]*>|\d+\.py), (line \d+)\)")
LONGEST = 600  # characters of a message that are shown

TIMEOUT = "CellTimeoutError"
BUDGET = "TimeBudgetError"
CRASH = "DeadKernelError"
TAMPERED = "TamperedError"
STOPPED = "Your answer cell stopped before the test could use it"
NOT_THERE = "There is nothing called"
OURS = (TAMPERED, TIMEOUT, BUDGET, CRASH)  # errors that the grading itself puts into a notebook


class State(StrEnum):
    """How a test, an item or a whole submission stands; the value is the word that people read."""

    EARNED = "earned"
    PARTLY = "partly"
    NOT_YET = "not yet"
    NOT_ANSWERED = "not answered"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    RESTORED = "restored"
    PERSON = "needs a person"
    TAMPERED = "tampered"
    DAMAGED = "damaged"
    MISSING = "missing"
    GRADED = "graded"  # a whole submission, and nothing is left to do
    PARTLY_RUN = "partly run"  # a whole submission whose time was used up before its last cell


def plain(text: str) -> str:
    """Text without the colour codes of a terminal."""
    return ANSI.sub("", text)


def failure(cell: NotebookNode) -> NotebookNode | None:
    """The error that counts among a cell's outputs: one of our own marks before any other."""
    errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
    ours = [o for o in errors if o.ename in OURS]
    return (ours or errors or [None])[0]


def line_of(error: NotebookNode) -> str:
    """The line of the learner's own cell where an error arose, or an empty string."""
    text = plain("\n".join(error.get("traceback", [])))
    line, own = "", False
    for row in text.splitlines():
        if re.match(r"(Cell In|File |  File )", row):
            own = row.startswith("Cell In") or "ipykernel_" in row or "<ipython-input" in row
        arrow = re.match(r"-+> *(\d+)[ :]?(.*)", row)
        if arrow and own:
            line = f"line {arrow[1]}: {arrow[2].strip()}"
    return line


def own_error(error: NotebookNode) -> str:
    """An error in a learner's own cell, as half a sentence: `TypeError: ... (line 3: ...)`."""
    text = _short(error.evalue).replace("incomplete input", "a bracket or a quote is opened and not closed")
    name = "SyntaxError" if error.ename == "_IncompleteInputError" else error.ename  # Python 3.13's own kind
    where = line_of(error)
    return f"{name}: {text}" + (f" ({where})" if where else "")


def explain(error: NotebookNode) -> tuple[State, str]:
    """State and sentence for the error (an output of type `error`) with which a test ended."""
    name, text = error.ename, _short(error.evalue)
    if name == TAMPERED:
        return State.TAMPERED, text
    if name == TIMEOUT:
        return State.TIMED_OUT, f"{text or 'It did not finish in time.'} Look for a loop that never ends."
    if name == BUDGET:
        return State.TIMED_OUT, text
    if name == CRASH:
        return State.CRASHED, text
    if name == "NotImplementedError":
        return State.NOT_ANSWERED, "Not answered yet."
    if name == "AssertionError":
        return State.NOT_YET, text or "One of its checks does not hold for your answer."
    if name == "NameError":
        missing = re.search(r"name '([^']+)' is not defined", text)
        if missing:
            return (
                State.NOT_YET,
                f"{NOT_THERE} `{missing[1]}` when the test runs. Check its spelling, "
                "and that the notebook runs from top to bottom after a restart.",
            )
    if name in ("SystemExit", "KeyboardInterrupt"):
        return State.CRASHED, f"Your code stopped the run with {name}. Take that line out."
    if name == "RecursionError":
        return State.NOT_YET, "Your function calls itself without end (RecursionError)."
    return (
        State.NOT_YET,
        f"Your code stopped with {name}: {text}" if text else f"Your code stopped with {name}.",
    )


def called(cell: NotebookNode) -> str:
    """What to call a cell in a sentence: its id in the exercise, or how it begins."""
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("grade_id"):
        kind = "answer cell" if marks.get("solution") else "test"
        return f"The {kind} {marks['grade_id']}"
    lines = cell.source.strip().splitlines()
    return f"The cell that begins `{lines[0][:50]}`" if lines else "An empty cell"


def _short(text: str) -> str:
    lines = [line.rstrip() for line in plain(str(text or "")).strip().splitlines()]
    joined = SYNTAX_PLACE.sub(r"(\1)", "\n".join(lines[:12]))
    return joined if len(joined) <= LONGEST else joined[:LONGEST].rstrip() + " ..."
