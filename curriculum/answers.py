"""Tests of the tests: stored right and wrong answers, graded, and compared with what each must earn.

Each file in `tests/answers/<exercise>/` is a percent-format text file. Its first cell is raw and holds YAML
(`title`, `base`, `catches`, `loses`, `says`); its other cells are answers that replace those of the base.
"""

from __future__ import annotations

import copy
import os
import re
import tempfile
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import yaml
from nbformat import NotebookNode
from rich.table import Table
from rich.text import Text

from curriculum import syllabus as course_map
from curriculum.grading import results
from curriculum.grading.course import CourseError, GradingCourse
from curriculum.grading.repair import grade_id
from curriculum.grading.show import make_console

WORKERS = 2  # more do not help on a small machine: each runs a kernel besides itself
KEYS = {"title", "base", "catches", "loses", "says"}


class AnswerError(Exception):
    """A stored answer that cannot be used; the message names the file and what to change."""


@dataclass(frozen=True)
class Answer:
    """One stored answer.

    `loses` maps test ids to points lost, or is `"all"`; `says` maps test ids to a part of the message
    that a learner must see; `catches` is the id of a misconception, empty for a right or a blank answer.
    """

    name: str
    title: str
    base: str
    catches: str
    loses: Mapping[str, float] | str
    says: Mapping[str, str]
    cells: Mapping[str, str]  # grade id -> source


@dataclass(frozen=True)
class Row:
    """One line of the table: what an answer should earn, what it earned, and what differs."""

    exercise: str
    answer: str
    title: str
    expected: float | None
    earned: float | None
    possible: float
    messages: Mapping[str, str]
    differs: tuple[str, ...]


def read(path: Path) -> Answer:
    """Read one stored answer.

    Raises
    ------
    AnswerError
        When the first cell is not raw YAML with known keys, or another cell has no `answer="..."`.
    """
    import jupytext

    place = f"tests/answers/{path.parent.name}/{path.name}"
    cells = jupytext.read(path, fmt="py:percent").cells
    if not cells or cells[0].cell_type != "raw":
        raise AnswerError(
            f"{place}: begin with a cell `# %% [raw]` that holds title, base, catches, loses, says."
        )
    try:
        head = yaml.safe_load(cells[0].source)
    except yaml.YAMLError as error:
        raise AnswerError(f"{place}: the first cell is not YAML ({error}).") from None
    if not isinstance(head, dict) or "title" not in head or set(head) - KEYS:
        raise AnswerError(
            f"{place}: the first cell needs a title, and may hold only {', '.join(sorted(KEYS))}."
        )
    base = head.get("base", "solution")
    if base not in ("solution", "blank"):
        raise AnswerError(f"{place}: base is `solution` or `blank`, not {base!r}.")
    given = {}
    for cell in cells[1:]:
        name = cell.metadata.get("answer") or cell.metadata.get("written")
        if not name:
            if cell.source.strip():
                raise AnswerError(
                    f'{place}: every cell after the first needs answer="..." in its first line.'
                )
            continue
        given[name] = cell.source
    loses = head.get("loses") or {}
    says = head.get("says") or {}
    if not (loses == "all" or isinstance(loses, dict)) or not isinstance(says, dict):
        raise AnswerError(f"{place}: write loses as {{test: points}} or `all`, and says as {{test: words}}.")
    return Answer(path.stem, head["title"], base, head.get("catches") or "", loses, says, given)


def submission(answer: Answer, source: NotebookNode, released: NotebookNode, place: str = "") -> NotebookNode:
    """The notebook that somebody with this answer would hand in.

    The released notebook, with the source's solutions in it (base `solution`), and the answer's own cells on top.
    """
    notebook = copy.deepcopy(released)
    solved = {grade_id(cell): cell.source for cell in source.cells if grade_id(cell)}
    mine = {
        grade_id(cell): cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")
    }
    if answer.base == "solution":
        for name, cell in mine.items():
            cell.source = without_markers(solved[name])
    for name, text in answer.cells.items():
        if name not in mine:
            raise AnswerError(
                f"{place}{answer.name}: the exercise has no answer {name}; it has {', '.join(mine)}."
            )
        mine[name].source = text
    return notebook


def without_markers(text: str) -> str:
    """A solution as a learner would write it, without the lines that mark it."""
    return "\n".join(
        line for line in text.split("\n") if not re.search(r"(BEGIN|END) (SOLUTION|MARK SCHEME)", line)
    )


def check(root: Path, exercise: str, misconceptions: Mapping[str, str] | None = None) -> list[Row]:
    """Grade all stored answers of an exercise and compare each with what it must earn.

    Parameters
    ----------
    root : Path
        The course folder.
    exercise : str
        Its id.
    misconceptions : mapping, optional
        Id -> text of every wrong idea that needs a stored answer; the syllabus' when left out.

    Raises
    ------
    AnswerError
        When a stored answer cannot be read, or none is there.
    """
    if misconceptions is None:
        misconceptions = course_map.load(root).exercises[exercise].misconceptions
    folder = root / "tests" / "answers" / exercise
    stored = [read(path) for path in sorted(folder.glob("*.py"))]
    if not stored:
        raise AnswerError(
            f"{folder.relative_to(root).as_posix()} holds no answers. Add two right ones in different styles, a blank "
            "one, and one for each misconception."
        )
    rows = []
    for answer, outcome in zip(stored, _grade_all(root, exercise, stored), strict=True):
        if isinstance(outcome, str):
            rows.append(Row(exercise, answer.name, answer.title, None, None, 0, {}, (outcome,)))
            continue
        row = compare(exercise, answer, outcome)
        if answer.catches and answer.catches not in misconceptions:
            unknown = f"syllabus.yml has no misconception called {answer.catches}"
            row = replace(row, differs=(*row.differs, unknown))
        rows.append(row)
    caught = {answer.catches for answer in stored}
    rows += [
        Row(exercise, "-", text, None, None, 0, {}, (f"no stored answer catches {name}",))
        for name, text in misconceptions.items()
        if name not in caught
    ]
    return rows


def _grade_all(root: Path, exercise: str, stored: list[Answer]) -> list[tuple[results.Item, ...] | str]:
    """Items of each answer in order, or a sentence where nbgrader gave none."""
    workers = min(WORKERS, os.cpu_count() or 1, len(stored))
    shares = [stored[start::workers] for start in range(workers)]
    if workers == 1:
        done = [_grade_share(root, exercise, stored)]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            done = list(pool.map(_grade_share, repeat(root), repeat(exercise), shares))
    by_name = {name: outcome for share in done for name, outcome in share.items()}
    return [by_name[answer.name] for answer in stored]


def _grade_share(
    root: Path, exercise: str, stored: list[Answer]
) -> dict[str, tuple[results.Item, ...] | str]:
    """Grade some answers in one nbgrader course of their own: answer name -> items, or a sentence."""
    outcomes: dict[str, tuple[results.Item, ...] | str] = {}
    with tempfile.TemporaryDirectory(prefix="answers-", ignore_cleanup_errors=True) as scratch:
        course = GradingCourse(
            Path(scratch) / exercise,
            root / "exercises" / "source" / exercise,
            root / "exercises" / "nbgrader_config.py",
        )
        try:
            source, released = course.source, course.released
            for answer in stored:
                course.submit(answer.name, submission(answer, source, released, f"{exercise}/"))
                try:
                    outcomes[answer.name], _ = course.autograde(answer.name)
                except CourseError as error:
                    outcomes[answer.name] = str(error)
        finally:
            course.close()
    return outcomes


def compare(exercise: str, answer: Answer, items: tuple[results.Item, ...]) -> Row:
    """What an answer earned beside what it must earn."""
    tests = {test.id: test for item in items for test in item.tests if not test.written}
    possible = sum(test.possible for test in tests.values())
    lost = {name: test.possible - test.earned for name, test in tests.items() if test.earned < test.possible}
    differs = []
    if answer.loses == "all":
        expected = 0.0
        differs += [f"{name} earned {t.earned:g}, must earn nothing" for name, t in tests.items() if t.earned]
    else:
        expected = possible - sum(answer.loses.values())
        differs += [f"there is no test {name}" for name in answer.loses if name not in tests]
        for name in tests:
            must, did = float(answer.loses.get(name, 0)), lost.get(name, 0.0)
            if abs(must - did) > 1e-9:
                differs.append(
                    f"{name} lost {did:g}, must lose {must:g} ({tests[name].message or 'no message'})"
                )
        if answer.catches and not answer.loses:
            differs.append(f"catches {answer.catches}, but loses nothing")
    for name, words in answer.says.items():
        message = tests[name].message if name in tests else ""
        if str(words) not in message:
            differs.append(f"{name} must say {words!r}, says {message!r}")
    return Row(
        exercise,
        answer.name,
        answer.title,
        expected,
        sum(test.earned for test in tests.values()),
        possible,
        {name: tests[name].message for name in lost},
        tuple(differs),
    )


def print_table(rows: list[Row]) -> None:
    """Print each answer with expected and earned points and the messages that a learner sees."""
    console = make_console(width=110)
    table = Table(show_lines=True)
    for name in ("Answer", "Must earn", "Earned", "Message shown"):
        table.add_column(
            name, overflow="fold", justify="right" if name in ("Must earn", "Earned") else "left"
        )
    for row in rows:
        said = list(dict.fromkeys(f"{name}: {text}" for name, text in row.messages.items()))
        if len(said) > 3:
            said[3:] = [f"... and {len(said) - 3} more"]
        text = Text("\n".join(said))
        for difference in row.differs:
            text.append(f"\nDIFFERS: {difference}" if text else f"DIFFERS: {difference}", style="bold")
        points = ["-" if p is None else f"{p:g} of {row.possible:g}" for p in (row.expected, row.earned)]
        table.add_row(Text(f"{row.answer}\n{row.title}"), *points, text)
    console.print(table)


def run(root: Path, exercises: list[str]) -> int:
    """Check exercises one after the other and print a table each. 0: all as they must be; 1: not."""
    outcome = 0
    for exercise in exercises:
        print(f"\n{exercise}")
        try:
            rows = check(root, exercise)
        except (AnswerError, CourseError) as error:
            print(error)
            outcome = 1
            continue
        print_table(rows)
        wrong = sum(bool(row.differs) for row in rows)
        if wrong:
            print(f"{wrong} of {len(rows)} differ from what they must be.")
            outcome = 1
        else:
            print(f"All {len(rows)} answers earn what they must.")
    return outcome
