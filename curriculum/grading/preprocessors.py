"""The course's own steps inside nbgrader, set in `exercises/nbgrader_config.py`.

They stand in nbgrader's configurable lists of preprocessors, so that its commands, its buttons and
grading one's own copy all use the same ones.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from math import ceil
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    CheckCellMetadata,
    Execute,
    NbGraderPreprocessor,
    OverwriteCells,
    SaveAutoGrades,
)
from traitlets import Enum, Float, Integer, Unicode, default
from traitlets.config import Config

from curriculum.grading import collecting, markup, reading, repair, results, wording
from curriculum.grading.gradebook import OneNotebook
from curriculum.grading.sandbox import host, trusted, walls

if TYPE_CHECKING:
    from curriculum.syllabus import Syllabus

Resources = dict[str, Any]
FINDINGS, LINKS, RESTORED = "findings", "links", "restored"  # in the notebook's metadata, under "curriculum"


class Repair(NbGraderPreprocessor):
    """Puts a damaged copy back in order before nbgrader looks at it, and notes what was found.

    The released notebook is looked for in the course folder; without it nothing is changed.
    """

    release = Unicode("release", help="Folder of released assignments, from the course folder").tag(
        config=True
    )

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Repair the whole notebook; see `curriculum.grading.repair`."""
        info = resources["nbgrader"]
        submitted = Path(resources["metadata"]["path"] or ".").resolve()
        path = submitted.parents[2] / self.release / info["assignment"] / f"{info['notebook']}.ipynb"
        found: list[repair.Finding] = []
        if path.is_file():
            released = reading.trusted(path)
            if not repair.belongs(nb, released):
                raise reading.UnreadableError(
                    f"The notebook {info['notebook']}.ipynb of {info['student']} holds none of the exercise's cells: "
                    "it looks like another notebook. Ask for the right one."
                )
            found = repair.repair(nb, released)
        links = sorted({*_links(submitted), *collecting.noted_links(submitted)})
        for link in links:
            sentence = f"{link} is a link to another place; it was not followed."
            found.append(repair.Finding("", "link", sentence))
        for finding in found:
            self.log.warning(finding.sentence)
        nb.metadata["curriculum"] = {FINDINGS: [finding.as_dict() for finding in found]}
        nb.metadata["curriculum"][RESTORED] = path.is_file()
        if links:
            nb.metadata["curriculum"][LINKS] = links
        return nb, resources


class CheckMarks(CheckCellMetadata):
    """nbgrader's check of cell metadata, where `Repair` has not put every mark back from the release.

    The check builds a schema anew for each cell, which took a third of the time outside of the cells.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Check, where there is something to check."""
        if nb.metadata.get("curriculum", {}).get(RESTORED):
            return nb, resources
        return super().preprocess(nb, resources)


class PutBack(OverwriteCells):
    """nbgrader's OverwriteCells, which asks the gradebook for each cell and each mark, with two queries in all."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Put back text, points, locks and checksums that differ from the gradebook's."""
        if self.add_missing_cells:
            return super().preprocess(nb, resources)
        info = resources["nbgrader"]
        self.notebook_id, self.assignment_id, self.db_url = (
            info["notebook"],
            info["assignment"],
            info["db_url"],
        )
        with Gradebook(self.db_url) as gradebook:
            self.gradebook = OneNotebook(gradebook, self.notebook_id, self.assignment_id)
            for index, cell in enumerate(nb.cells):
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
        return nb, resources


def _links(folder: Path) -> list[str]:
    """Symbolic links in a submission. nbgrader copies what they lead to, with the grading person's rights."""
    found = []
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(place, name)
            if path.is_symlink():
                found.append(path.relative_to(folder).as_posix())
    return sorted(found)


class CarefulExporter(NotebookExporter):
    """Reads what was handed in with care: links, sizes, encodings and damage, before nbgrader looks at it."""

    largest = Integer(100, help="MB; a larger notebook is not read").tag(config=True)

    def from_file(self, file_stream: Any, resources: Resources | None = None, **kwargs: Any):
        """Read a notebook file.

        Raises
        ------
        UnreadableError
            When it cannot be graded; nbgrader reports it for this student and goes on with the next.
        """
        if not getattr(self.parent, "_sanitizing", True):  # the second time, nbgrader's own copy is read
            return super().from_file(file_stream, resources, **kwargs)
        path = Path(file_stream.name)
        if path.is_symlink():
            raise reading.UnreadableError(f"{path} is a link to another place, not a notebook.")
        if path.stat().st_size > self.largest * 1_000_000:
            raise reading.UnreadableError(
                f"{path} is larger than {self.largest} MB. Clear its outputs, or raise CarefulExporter.largest."
            )
        notebook, remarks = reading.read(path, "nbgrader fetch_assignment")
        for remark in remarks:
            self.log.warning(remark)
        return self.from_notebook_node(notebook, resources, **kwargs)

    def from_notebook_node(self, nb: NotebookNode, resources: Resources | None = None, **kwargs: Any):
        """Convert a notebook that was read for this alone: nbconvert would copy it three times, whole."""
        return super().from_notebook_node(_OneCopy(nb), resources, **kwargs)


class _OneCopy(NotebookNode):
    """A notebook that nobody else holds, so that a copy of it may be itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _OneCopy:
        return self


class _KernelLost(Exception):
    """The kernel is gone or does not answer; the run starts again without the cell that did it."""


class PatientExecute(Execute):
    """Runs a notebook so that one bad cell costs only itself.

    A cell that ends Python, or that cannot be interrupted, is marked with an error and left out; the
    notebook then runs again from the start, so that what was earned before and after it counts. All cells
    together have a time budget besides the limit of each cell; a cell may print only so much.
    """

    budget = Float(300, help="Seconds for the whole notebook").tag(config=True)
    setup_factor = Integer(
        4,
        help="Cells in front of the first answer (imports, reading data) may take this many times the limit",
    ).tag(config=True)
    max_restarts = Integer(5, help="How often a notebook may lose its kernel").tag(config=True)
    max_output = Integer(2_000_000, help="Characters of output that a cell may make").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources, km=None) -> tuple[NotebookNode, Resources]:
        """Run every cell; see the class."""
        self._begin = monotonic()
        self._struck: dict[int, NotebookNode] = {}
        answers = [i for i, cell in enumerate(nb.cells) if utils.is_solution(cell)]
        self._setup_end = answers[0] if answers else 0
        for _ in range(self.max_restarts):
            try:
                return self._run(nb, resources, km)
            except _KernelLost:
                continue
        last = max(self._struck, default=0)
        for index in range(last + 1, len(nb.cells)):
            sentence = f"{wording.called(nb.cells[index])} was not run: Python had stopped too often before."
            self._struck[index] = _error(wording.CRASH, sentence)
        return self._run(nb, resources, km)

    def _run(self, nb: NotebookNode, resources: Resources, km: Any) -> tuple[NotebookNode, Resources]:
        """Run the notebook once from the start."""
        return super().preprocess(nb, resources, km)

    def _run_cell(self, cell: NotebookNode, resources: Resources, index: int):
        """Run one cell that is not struck out."""
        return super().preprocess_cell(cell, resources, index)

    def preprocess_cell(self, cell: NotebookNode, resources: Resources, index: int):
        """Run one cell within the limits."""
        if cell.cell_type != "code":
            return cell, resources
        if index in self._struck:
            cell.outputs = [self._struck[index]]
            return cell, resources
        if self._left() <= 0:
            cell.outputs = [
                _error(
                    wording.BUDGET,
                    f"{wording.called(cell)} was not run: the notebook had used its {self.budget:g} seconds.",
                )
            ]
            return cell, resources
        self._setting_up, self._printed, self._exit = index < self._setup_end, 0, False
        try:
            cell, resources = self._run_cell(cell, resources, index)
        except DeadKernelError:
            self._strike(index, _error(wording.CRASH, f"{wording.called(cell)} stopped Python itself."))
        except CellTimeoutError:  # output still pours in after the interrupt
            self._strike(index, self._too_slow(cell))
        if self._exit:
            self._strike(
                index,
                _error(
                    wording.CRASH, f"{wording.called(cell)} ends Python (exit or quit). Take that line out."
                ),
            )
        late = [o for o in cell.outputs if o.output_type == "error" and o.ename == wording.TIMEOUT]
        for output in late:
            output.update(self._too_slow(cell))
        if late and not self._free_again():
            self._strike(index, self._too_slow(cell))
        return cell, resources

    def on_cell_executed(self, **kwargs: Any) -> None:
        """Notice a polite exit besides what nbgrader does."""
        reply = kwargs["execute_reply"]["content"]
        self._exit = any(p.get("source") == "ask_exit" for p in reply.get("payload", []))
        super().on_cell_executed(**kwargs)

    def output(self, outs: list, msg: dict, display_id: str | None, cell_index: int):
        """Keep what a cell prints within bounds."""
        self._printed += len(str(msg["content"])) if msg["msg_type"] != "error" else 0
        if self._printed > self.max_output:
            _note_too_much(outs)
            return None
        return super().output(outs, msg, display_id, cell_index)

    def _left(self) -> float:
        return self.budget - (monotonic() - self._begin)

    def _get_timeout(self, cell: NotebookNode | None) -> int | None:
        limit = super()._get_timeout(cell)
        left = max(1, ceil(self._left()))  # rounded down, a last second would be left for the next cells
        if limit is None:
            return left
        return min(limit * (self.setup_factor if getattr(self, "_setting_up", True) else 1), left)

    def _too_slow(self, cell: NotebookNode) -> NotebookNode:
        seconds = self.timeout * (self.setup_factor if self._setting_up else 1)
        if self._left() <= 1:
            return _error(
                wording.BUDGET,
                f"{wording.called(cell)} was stopped: the notebook had used its {self.budget:g} seconds.",
            )
        return _error(wording.TIMEOUT, f"{wording.called(cell)} did not finish within {seconds:g} seconds.")

    def _strike(self, index: int, error: NotebookNode) -> None:
        self._struck[index] = error
        self.nb.cells[index].outputs = [error]
        raise _KernelLost

    def _free_again(self) -> bool:
        return run_sync(self._answers)()

    async def _answers(self, seconds: float = 5) -> bool:
        """Whether the kernel is free again after an interrupt."""
        asked = self.kc.kernel_info()
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            try:
                reply = await ensure_async(self.kc.shell_channel.get_msg(timeout=left))
            except Exception:  # queue.Empty and its relatives
                return False
            if reply["parent_header"].get("msg_id") == asked:
                return True
        return False


class ForkedExecute(PatientExecute):
    """Runs a notebook in a child forked from a warm parent, behind the walls that the machine has.

    The parent has imported the exercise's libraries; the child has a room of its own, sees one cell at a time,
    and is thrown away. Limits, restarts and messages are those of `PatientExecute`, whose kernel is used where
    forking is not to be had. See docs/grading.md for what is protected from what.
    """

    sandbox = Enum(
        ("auto", "require", "off"),
        help="auto: the walls that this machine has, and a line about those it lacks; require: refuse to grade "
        "without all of them; off: an ordinary kernel. The variable CURRICULUM_SANDBOX sets the default",
    ).tag(config=True)
    memory = Integer(2000, help="MB that a notebook may use besides its libraries").tag(config=True)
    disk = Integer(200, help="MB that a notebook may write").tag(config=True)
    processes = Integer(32, help="Processes that a notebook may have at once").tag(config=True)
    grace = Float(3, help="Seconds that a cell has to stop after it was interrupted").tag(config=True)
    source = Unicode("source", help="Folder of the instructor's notebooks, from the course folder").tag(
        config=True
    )
    release = Unicode("release", help="Folder of released assignments, from the course folder").tag(
        config=True
    )

    @default("sandbox")
    def _sandbox_default(self) -> str:
        wanted = os.environ.get("CURRICULUM_SANDBOX", "auto")
        return wanted if wanted in ("auto", "require", "off") else "auto"

    def _run(self, nb: NotebookNode, resources: Resources, km: Any) -> tuple[NotebookNode, Resources]:
        folder = Path(resources["metadata"]["path"] or ".").resolve()
        info, self._child = resources["nbgrader"], None
        course = folder.parents[2] if len(folder.parents) > 2 else folder
        parent = self.warm_up(course, info["assignment"], info["notebook"])
        if parent is None:
            return super()._run(nb, resources, km)
        NotebookClient.__init__(self, nb, km)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        self._tampering = [
            "tried to speak in the place of the grader"
            for error in self._struck.values()
            if error.ename == wording.TAMPERED
        ]
        nb.metadata["language_info"] = nbformat.from_dict(parent.language)
        limits = host.Limits(
            self.memory * 1_000_000, self.disk * 1_000_000, self.processes, ceil(self.budget) + 60
        )
        files = self._files(nb, folder, info["assignment"])
        tests = [i for i, cell in enumerate(nb.cells) if cell.cell_type == "code" and repair.is_test(cell)]
        self._doubted = {random.choice(tests), tests[-1]} if tests else set()
        self._forgiving = False
        with parent.child(files, limits, self.max_output, self._trusted.free) as self._child:
            for index, cell in enumerate(nb.cells):
                self.preprocess_cell(cell, resources, index)
        if self._forgiving:
            self._tampering.append("made a test pass that cannot pass")
            for cell in filter(repair.is_test, nb.cells):
                if wording.failure(cell) is None:
                    cell.outputs.append(_error(wording.TAMPERED, _HELD))
        if self._tampering:
            what = ", ".join(dict.fromkeys(self._tampering))
            _add_finding(nb, "tampered", f"This notebook {what}. {_HELD}")
        return nb, resources

    @property
    def lacking(self) -> str:
        """A line about the protections that notebooks run without; empty when there is nothing to say."""
        if self.sandbox == "off":
            return "The sandbox is switched off: notebooks run with your rights."
        return walls.missing()

    def warm_up(self, course: Path, assignment: str, notebook: str) -> host.WarmParent | None:
        """The warm parent of a notebook in a course folder; None when an ordinary kernel has to do."""
        if self.sandbox == "require" and (lost := walls.missing()):
            raise host.SandboxError(f"The whole sandbox is required. {lost}")
        if line := self.lacking:
            _say_once(self.log, line)
        if self.sandbox == "off" or walls.found()[0] == "kernel":
            return None
        self._trusted = trusted.of_exercise(course, self.source, self.release, assignment, notebook)
        try:
            return host.warm_parent(self._trusted, (str(course),))
        except host.SandboxError as error:
            if self.sandbox == "require":
                raise
            self.log.warning("%s This notebook was run with an ordinary kernel.", error)
            return None

    def _files(self, nb: NotebookNode, folder: Path, assignment: str) -> dict[str, Path]:
        """What a notebook finds beside itself: data and small files, no notebooks, nothing behind a link."""
        linked = set(nb.metadata.get("curriculum", {}).get(LINKS, []))
        given = folder.parents[2] / self.source / assignment if len(folder.parents) > 2 else folder
        found: dict[str, Path] = {}
        room = self.disk * 1_000_000
        for place, _, names in os.walk(folder):
            for name in sorted(names):
                path = Path(place, name)
                inside = path.relative_to(folder).as_posix()
                stolen = any(inside == link or inside.startswith(f"{link}/") for link in linked)
                if path.suffix == ".ipynb" or path.is_symlink() or not path.is_file():
                    continue
                if stolen and not (given / inside).is_file():
                    continue
                room -= path.stat().st_size
                if room < 0:
                    self.log.warning("%s was left out: the files beside the notebook are too large.", inside)
                    continue
                found[inside] = path
        return found

    def _run_cell(self, cell: NotebookNode, resources: Resources, index: int):
        if getattr(self, "_child", None) is None:
            return super()._run_cell(cell, resources, index)
        if not cell.source.strip() or self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell, resources
        cell.outputs, self.clear_before_next_output = [], False
        self.code_cells_executed += 1
        cell.execution_count = self.code_cells_executed
        marks = cell.metadata.get("nbgrader", {})
        kind = "test" if repair.is_test(cell) else "given" if marks.get("locked") else "plain"
        try:
            for message in self._ask(cell.source, kind, cell):
                if "done" in message:
                    self._finish(cell, message["done"], kind == "test")
                elif "too much" in message:
                    _note_too_much(cell.outputs)
                else:
                    self.process_message(message, cell, index)
            if index in self._doubted and not self._forgiving:
                self._forgiving = self._passes_anything(cell)
        except host.Lost as lost:
            self._strike(index, self._why(cell, lost.why))
        return cell, resources

    def _ask(self, source: str, kind: str, cell: NotebookNode) -> Iterator[Resources]:
        return self._child.run(source, kind, cell.execution_count, self._get_timeout(cell), self.grace)

    def _passes_anything(self, cell: NotebookNode) -> bool:
        """Whether a test passes that cannot: the whole way from here to the child and back is tried out.

        The child takes it for another test of the exercise, behind the one in `cell`.
        """
        number = random.randrange(1000, 10_000)
        source = f"assert len(str({number})) == {random.randrange(5, 10)}, 'Count the digits of {number}.'"
        *_, last = self._ask(source, "test", cell)
        return not last["done"]["error"] and not last["done"]["late"]

    def _finish(self, cell: NotebookNode, report: Resources, test: bool) -> None:
        self._exit = report["exit"]
        if report["late"]:
            cell.outputs.append(self._too_slow(cell))
        if report["changed"]:
            self._tampering.append(f"changed what tests rely on ({', '.join(report['changed'][:5])})")
        if report["looked"]:
            self._tampering.append(f"looked into the program that grades it ({', '.join(report['looked'])})")
        if not report["sound"]:
            self._tampering.append("made a check hold that cannot hold")
        if test and self._tampering and not report["error"] and not report["late"]:
            cell.outputs.append(_error(wording.TAMPERED, _HELD))

    def _why(self, cell: NotebookNode, why: str) -> NotebookNode:
        if why == "stuck":
            return self._too_slow(cell)
        if why == "forged":
            return _error(
                wording.TAMPERED, f"{wording.called(cell)} spoke in the place of the grader. {_HELD}"
            )
        return _error(
            wording.CRASH,
            {
                "memory": f"{wording.called(cell)} needed more than {self.memory} MB of memory.",
                "processes": f"{wording.called(cell)} started more than {self.processes} processes, or hundreds of threads.",
            }.get(why, f"{wording.called(cell)} stopped Python itself."),
        )

    def _free_again(self) -> bool:
        return getattr(self, "_child", None) is not None or super()._free_again()


_HELD = "What it had changed was put back; a person has to look at it before it gets points."
_TOO_MUCH = "\n... the rest of this output was left out.\n"
_said: set[str] = set()


def _say_once(log: Any, line: str) -> None:
    if line not in _said:
        _said.add(line)
        log.warning(line)


def _note_too_much(outputs: list[NotebookNode]) -> None:
    if not (outputs and outputs[-1].get("text") == _TOO_MUCH):
        outputs.append(nbformat.v4.new_output("stream", name="stdout", text=_TOO_MUCH))


def _add_finding(nb: NotebookNode, kind: str, sentence: str) -> None:
    ours = nb.metadata.setdefault("curriculum", NotebookNode())
    ours.setdefault(FINDINGS, []).append(repair.Finding("", kind, sentence).as_dict())


def _error(name: str, sentence: str) -> NotebookNode:
    return nbformat.v4.new_output("error", ename=name, evalue=sentence, traceback=[f"{name}: {sentence}"])


class SaveGrades(SaveAutoGrades):
    """nbgrader's SaveAutoGrades in one transaction: all points of a notebook are stored, or none.

    The points of a test that passed in a notebook which had tampered with it stay open: nbgrader would give
    nothing for it, as if the answer were wrong; here a person decides.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Store the points of every cell."""
        info = resources["nbgrader"]
        self.notebook_id, self.assignment_id = info["notebook"], info["assignment"]
        self.student_id, self.db_url = info["student"], info["db_url"]
        with Gradebook(self.db_url) as gradebook:
            self.gradebook = OneNotebook(gradebook, self.notebook_id, self.assignment_id, self.student_id)
            for index, cell in enumerate(nb.cells):
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
            gradebook.db.commit()
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        super()._add_score(cell, resources)
        if _held(cell):
            grade = self.gradebook.find_grade(
                repair.grade_id(cell), self.notebook_id, self.assignment_id, self.student_id
            )
            grade.auto_score, grade.needs_manual_grade = None, True


def _held(cell: NotebookNode) -> bool:
    error = wording.failure(cell)
    return error is not None and error.ename == wording.TAMPERED


class JudgeByExceptions(NbGraderPreprocessor):
    """A test fails when it raises, and for no other reason.

    nbgrader takes any text on stderr in a test cell for a failure, a library's warning included; here that
    text becomes ordinary output before the points are counted.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: Resources, cell_index: int):
        """Rename stderr in test cells."""
        if cell.cell_type == "code" and repair.is_test(cell):
            for output in cell.outputs:
                if output.output_type == "stream" and output.name == "stderr":
                    output.name = "stdout"
        return cell, resources


def _advice(items: tuple[results.Item, ...]) -> str:
    """What the diagnostic recommends; empty for every other exercise, and where no course map can be read."""
    from curriculum import diagnostic
    from curriculum.paths import CourseNotFoundError, course_root

    try:
        course = _course_map(course_root())
    except CourseNotFoundError:
        return ""
    advice = diagnostic.of_tests(course, (test for item in items for test in item.tests)) if course else None
    return advice.text if advice else ""


@lru_cache(maxsize=1)
def _course_map(root: Path) -> Syllabus | None:
    """The syllabus, read once for all pages of a class; None where it cannot be read."""
    from curriculum import syllabus

    try:
        return syllabus.load(root)
    except syllabus.SyllabusError:
        return None


class ReadableFeedback(NbGraderPreprocessor):
    """Makes the graded notebook fit to be shown: messages instead of tracebacks, no hidden test code."""

    begin_test_delimeter = Unicode("BEGIN HIDDEN TESTS").tag(config=True)
    end_test_delimeter = Unicode("END HIDDEN TESTS").tag(config=True)
    max_pictures = Integer(8_000_000, help="Characters of pictures on a page").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Add the summary, and make each cell readable."""
        info = resources["nbgrader"]
        scores = results.scores(info["db_url"], info["assignment"], info["notebook"], info["student"])
        findings = nb.metadata.get("curriculum", {}).get(FINDINGS, [])
        items = results.items(nb, nb, scores, findings)
        tests = {test.id: test for item in items for test in item.tests}
        self._pictures = 0
        level = 3  # of an answer's heading on the page: under the exercise's own, then under its item
        for cell in nb.cells:
            if cell.cell_type == "code":
                self._make_readable(cell, tests)
            elif repair.grade_id(cell) is None and re.search(r"^##\s", cell.source, re.M):
                level = 4
            cell.metadata["course_level"] = level
        info["items"] = items
        info["pending"] = sum(item.pending for item in items)
        info["written"] = sum(test.possible for test in tests.values() if test.written)
        info["findings"] = [*(finding["sentence"] for finding in findings), *results.remarks(nb, items)]
        info["advice"] = _advice(items)
        info["formulas"] = any(
            re.search(r"\$[^$\n]+\$|\$\$|\\\(|\\\[", cell.source)
            for cell in nb.cells
            if cell.cell_type == "markdown"
        )
        return nb, resources

    def _make_readable(self, cell: NotebookNode, tests: dict[str, results.Test]) -> None:
        if repair.is_test(cell):
            test = tests.get(repair.grade_id(cell))
            cell.source, hidden = self._without_hidden(cell.source)
            cell.metadata["course_feedback"] = {
                "hidden": hidden,
                "state": str(test.state) if test else "",
                "message": test.message if test else "",
            }
            cell.outputs = []
            return
        for output in cell.outputs:
            if output.output_type == "error":
                unanswered = output.ename == "NotImplementedError"
                output.traceback = ["Not answered yet." if unanswered else wording.own_error(output)]
            for kind in [k for k in output.get("data", {}) if k.startswith("image/")]:
                self._pictures += len(str(output.data[kind]))
                if self._pictures > self.max_pictures:
                    del output.data[kind]
                    output.data.setdefault(
                        "text/plain", "(A picture was left out: the page would be too large.)"
                    )
                    continue
                about = output.setdefault("metadata", NotebookNode()).setdefault(kind, NotebookNode())
                if isinstance(about, dict) and not about.get("alt"):
                    about["alt"] = (
                        output.metadata.get("alt") or "A figure of your own, without a text alternative."
                    )

    def _without_hidden(self, source: str) -> tuple[str, bool]:
        shown, inside, hidden = [], False, False
        for line in source.split("\n"):
            if self.begin_test_delimeter in line:
                inside = hidden = True
            elif self.end_test_delimeter in line:
                inside = False
            elif not inside:
                shown.append(line)
        return "\n".join(shown).strip("\n"), hidden


class FeedbackExporter(HTMLExporter):
    """nbgrader's feedback page in the course's own template, which needs no network."""

    def __init__(self, config: Config | None = None, **kwargs: Any) -> None:
        config = deepcopy(config) if config else Config()
        config.FeedbackExporter.setdefault("template_name", "course_feedback")
        config.FeedbackExporter.setdefault(
            "extra_template_basedirs", [str(Path(__file__).with_name("templates"))]
        )
        super().__init__(config=config, **kwargs)

    def default_filters(self) -> Iterator[tuple[str, Callable]]:
        """nbconvert's filters, and the one that the course's template uses."""
        yield from super().default_filters()
        yield "mend", markup.mend
