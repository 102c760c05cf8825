"""What a learner earned: by item, by responsibility, by skill; and where to read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curriculum import notation
from curriculum.grading import wording
from curriculum.grading.repair import grade_id, is_test
from curriculum.grading.wording import State
from curriculum.syllabus import Objective, Syllabus

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from nbgrader.api import Gradebook

Scores = Mapping[str, tuple[float, float, bool]]  # grade id -> points earned, points possible, needs a person


@dataclass(frozen=True)
class Test:
    """A graded cell: points, the objective it measures, its state, and the message of what failed."""

    id: str
    objective: str
    earned: float
    possible: float
    state: State
    message: str = ""
    written: bool = False  # graded by a person

    __test__ = False  # not a test of pytest's


@dataclass(frozen=True)
class Item:
    """One numbered item of the exercise. `message` is that of its first failed test."""

    number: int
    title: str
    tests: tuple[Test, ...]
    state: State
    message: str = ""

    @property
    def earned(self) -> float:
        """Points earned so far."""
        return sum(test.earned for test in self.tests)

    @property
    def possible(self) -> float:
        """Points of all its cells, those for a person included."""
        return sum(test.possible for test in self.tests)

    @property
    def pending(self) -> float:
        """Points that a person has yet to give."""
        return sum(test.possible for test in self.tests if test.state is State.PERSON)

    @property
    def objectives(self) -> tuple[str, ...]:
        """Ids of the objectives that its cells measure, in order, without repeats."""
        return tuple(dict.fromkeys(test.objective for test in self.tests if test.objective))

    @property
    def missed(self) -> tuple[str, ...]:
        """Ids of the objectives for which points are still to be earned."""
        lost = (t for t in self.tests if t.earned < t.possible and t.state is not State.PERSON)
        return tuple(dict.fromkeys(test.objective for test in lost if test.objective))


@dataclass(frozen=True)
class Share:
    """Points under one heading: a responsibility or a competency."""

    id: str
    name: str
    earned: float
    possible: float


@dataclass(frozen=True)
class Report:
    """The outcome of grading one exercise. `problem` is a sentence when it could not be graded."""

    exercise: str
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()  # what was put right in the copy, and other remarks
    problem: str = ""
    feedback: str = ""  # path from the course folder
    sample: str = ""  # path of the source notebook from the course folder, when written work is pending
    responsibilities: tuple[Share, ...] = ()
    competencies: tuple[Share, ...] = ()
    reread: dict[str, str] = field(default_factory=dict)  # objective id -> where to read again
    advice: str = ""  # what to take next, by the diagnostic; empty for every other exercise

    @property
    def earned(self) -> float:
        """Points that tests gave."""
        return sum(test.earned for test in self.tests.values() if not test.written)

    @property
    def possible(self) -> float:
        """Points that tests give."""
        return sum(test.possible for test in self.tests.values() if not test.written)

    @property
    def written(self) -> float:
        """Points that a person gives, whether something is written there or not."""
        return sum(test.possible for test in self.tests.values() if test.written)

    @property
    def pending(self) -> float:
        """Points that a person has yet to give."""
        return sum(item.pending for item in self.items)

    @property
    def tests(self) -> dict[str, Test]:
        """Every graded cell by its id."""
        return {test.id: test for item in self.items for test in item.tests}


def scores(db_url: str, assignment: str, notebook: str, student: str) -> dict[str, tuple[float, float, bool]]:
    """Points of one submission in nbgrader's gradebook: grade id -> (earned, possible, needs a person)."""
    from nbgrader.api import Gradebook

    with Gradebook(db_url) as gradebook:
        return scores_in(gradebook, assignment, notebook, student)


def scores_in(
    gradebook: Gradebook, assignment: str, notebook: str, student: str
) -> dict[str, tuple[float, float, bool]]:
    """The same from a gradebook that is open."""
    from nbgrader.api import BaseCell, Grade

    submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    rows = (
        gradebook.db.query(BaseCell.name, Grade.score, Grade.max_score, Grade.auto_score, Grade.manual_score)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(Grade.notebook_id == submitted.id)
    )
    return {
        name: (float(score or 0), float(most), auto is None and manual is None)
        for name, score, most, auto, manual in rows
    }


def items(
    layout: NotebookNode, graded: NotebookNode, scores: Scores, findings: list[dict[str, str]]
) -> tuple[Item, ...]:
    """The items of an exercise with what was earned.

    Parameters
    ----------
    layout : NotebookNode
        Where headings, objectives and the order of cells are taken from: the source notebook.
    graded : NotebookNode
        The autograded notebook, with outputs.
    scores : mapping
        From the gradebook: grade id -> (earned, possible, needs a person).
    findings : list of dict
        What the repair found (see `repair.Finding`).
    """
    cells = {grade_id(cell): cell for cell in graded.cells if grade_id(cell)}
    lost = {f["cell"] for f in findings if f["kind"] == "missing"}
    made: list[Item] = []
    for number, title, group in _groups(layout):
        answers = [grade_id(cell) for cell in group if not is_test(cell) and not _written(cell)]
        answer_cells = [cells[name] for name in answers if name in cells]
        blank = bool(answer_cells) and all(_untouched(cell) for cell in answer_cells)
        gone = bool(set(answers) & lost)
        tests = []
        for cell in group:
            name = grade_id(cell)
            if name in scores:
                test = _test(cell, cells.get(name), *scores[name], blank, gone, _own_error(answer_cells))
                tests.append(test)
        if tests:
            made.append(Item(number, title, tuple(tests), *_sum_up(tests)))
    return tuple(made)


def _groups(layout: NotebookNode) -> list[tuple[int, str, list[NotebookNode]]]:
    """(number, title, marked cells) of each item; cells in front of the first heading come as item 0."""
    groups: list[tuple[int, str, list[NotebookNode]]] = [(0, "Before the first item", [])]
    for cell in layout.cells:
        heading = notation.ITEM_HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            groups.append((int(heading["number"]), heading["title"], []))
        if grade_id(cell):
            groups[-1][2].append(cell)
    return groups


def _written(cell: NotebookNode) -> bool:
    marks = cell.metadata.nbgrader
    return bool(marks.get("grade") and marks.get("solution")) or bool(marks.get("task"))


def _untouched(cell: NotebookNode) -> bool:
    """True when an answer still holds the line that asks for it."""
    from nbgrader.utils import compute_checksum

    return cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)


def _own_error(answer_cells: list[NotebookNode]) -> NotebookNode | None:
    return next((error for cell in answer_cells if (error := wording.failure(cell))), None)


def _test(
    source: NotebookNode,
    cell: NotebookNode | None,
    earned: float,
    possible: float,
    person: bool,
    blank: bool,
    gone: bool,
    answer_error: NotebookNode | None,
) -> Test:
    objective = source.metadata.get("curriculum", {}).get("objective", "")
    name = grade_id(source)

    def made(state: State, message: str = "") -> Test:
        return Test(name, objective, earned, possible, state, message, _written(source))

    if _written(source):
        if person:
            return made(State.PERSON)
        if earned == 0 and cell is not None and _untouched(cell):
            return made(State.NOT_ANSWERED, "Nothing is written here yet.")
        return made(State.EARNED if earned >= possible else State.PARTLY if earned else State.NOT_YET)
    error = wording.failure(cell) if cell is not None else None
    if earned >= possible:
        return made(State.EARNED)
    if error is None:
        return made(State.PARTLY if earned else State.NOT_YET)
    state, message = wording.explain(error)
    if gone and blank:
        return made(
            State.RESTORED, "The answer cell was missing; an empty one was put back. Not answered yet."
        )
    ours = wording.OURS
    if blank and error.ename not in ours:
        return made(State.NOT_ANSWERED, "Not answered yet.")
    if error.ename == "NameError" and answer_error is not None:
        if answer_error.ename == "NotImplementedError":
            return made(
                State.NOT_ANSWERED, "Not answered yet: the line that asks for your answer is still there."
            )
        if answer_error.ename in ours:
            state, message = wording.explain(answer_error)
            return made(state, message)
        return made(
            State.NOT_YET,
            f"{wording.STOPPED}: {wording.own_error(answer_error)}",
        )
    return made(state, message)


def _sum_up(tests: list[Test]) -> tuple[State, str]:
    failed = [test for test in tests if test.state not in (State.EARNED, State.PERSON)]
    message = failed[0].message if failed else ""
    if not failed:
        person = any(test.state is State.PERSON for test in tests)
        return (State.PERSON if person else State.EARNED), message
    for state in (State.TAMPERED, State.CRASHED, State.TIMED_OUT, State.RESTORED):
        if any(test.state is state for test in failed):
            return state, next(test.message for test in failed if test.state is state)
    if any(test.earned for test in tests):
        return State.PARTLY, message
    if all(test.state is State.NOT_ANSWERED for test in failed):
        return State.NOT_ANSWERED, message
    return State.NOT_YET, message


def state_of(tests: Iterable[Test]) -> tuple[State, str]:
    """State of several tests taken together, such as those of one objective, and the first message among them."""
    return _sum_up(list(tests))


def remarks(graded: NotebookNode, report_items: tuple[Item, ...]) -> list[str]:
    """A sentence for each plain cell that stopped in a way that may explain what was not earned."""
    found = []
    all_earned = all(t.earned >= t.possible or t.written for item in report_items for t in item.tests)
    for cell in graded.cells:
        error = wording.failure(cell) if cell.cell_type == "code" and not grade_id(cell) else None
        if error is None:
            continue
        if error.ename in wording.OURS:
            found.append(f"{error.evalue} The other cells were run without it.")
        elif not all_earned and error.ename != "NotImplementedError":
            found.append(f"{wording.called(cell)} stopped with {wording.own_error(error)}")
    return found


def shares(report_items: tuple[Item, ...], syllabus: Syllabus) -> dict[str, Any]:
    """Points by responsibility and competency, and where to read again: fields of a Report."""
    known = _known(report_items, syllabus)
    return {
        "responsibilities": _add_up([(o.responsibility, t) for t, o in known], syllabus.responsibilities),
        "competencies": _add_up([(c, t) for t, o in known for c in o.competencies], syllabus.competencies),
        "reread": {
            name: syllabus.objectives[name].reread
            for item in report_items
            for name in item.missed
            if name in syllabus.objectives
        },
    }


def together(reports: Iterable[Report], syllabus: Syllabus) -> list[tuple[Share, tuple[Share, ...]]]:
    """Points of several exercises added up: each responsibility, with the competencies shown in serving it.

    A point counts for every competency of its objective, so the parts may add up to more than the whole.
    """
    known = _known([item for report in reports for item in report.items], syllabus)
    whole = _add_up([(o.responsibility, t) for t, o in known], syllabus.responsibilities)
    return [
        (
            share,
            _add_up(
                [(c, t) for t, o in known if o.responsibility == share.id for c in o.competencies],
                syllabus.competencies,
            ),
        )
        for share in whole
    ]


def _known(report_items: Iterable[Item], syllabus: Syllabus) -> list[tuple[Test, Objective]]:
    """The tests that give points by machine and measure an objective of the syllabus."""
    return [
        (test, syllabus.objectives[test.objective])
        for item in report_items
        for test in item.tests
        if not test.written and test.objective in syllabus.objectives
    ]


def _add_up(pairs: list[tuple[str, Test]], names: Mapping[str, Any]) -> tuple[Share, ...]:
    return tuple(
        Share(
            key,
            names[key].name,
            sum(test.earned for k, test in pairs if k == key),
            sum(test.possible for k, test in pairs if k == key),
        )
        for key in names
        if any(k == key for k, _ in pairs)
    )
