"""The course's own steps inside nbgrader, set in `exercises/nbgrader_config.py`.

They stand in nbgrader's configurable lists of preprocessors, so that its commands, its buttons and
grading one's own copy all use the same ones.
"""

from __future__ import annotations

import re
from copy import deepcopy
from math import ceil
from pathlib import Path
from time import monotonic
from typing import Any

import nbformat
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import ensure_async
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Float, Integer, Unicode
from traitlets.config import Config

from curriculum.grading import repair, results, wording

Resources = dict[str, Any]
FINDINGS = "findings"  # in the notebook's metadata, under "curriculum"


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
        if path.is_file():
            released = nbformat.read(path, as_version=4)
            for finding in (found := repair.repair(nb, released)):
                self.log.warning(finding.sentence)
            nb.metadata["curriculum"] = {FINDINGS: [finding.as_dict() for finding in found]}
        return nb, resources


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
                return super().preprocess(nb, resources, km)
            except _KernelLost:
                continue
        last = max(self._struck, default=0)
        for index in range(last + 1, len(nb.cells)):
            sentence = f"{wording.called(nb.cells[index])} was not run: Python had stopped too often before."
            self._struck[index] = _error(wording.CRASH, sentence)
        return super().preprocess(nb, resources, km)

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
            cell, resources = super().preprocess_cell(cell, resources, index)
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
        if late and not run_sync(self._answers)():
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
            if not (outs and outs[-1].get("text") == _TOO_MUCH):
                outs.append(nbformat.v4.new_output("stream", name="stdout", text=_TOO_MUCH))
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


_TOO_MUCH = "\n... the rest of this output was left out.\n"


def _error(name: str, sentence: str) -> NotebookNode:
    return nbformat.v4.new_output("error", ename=name, evalue=sentence, traceback=[f"{name}: {sentence}"])


class JudgeByExceptions(NbGraderPreprocessor):
    """A test fails when it raises, and for no other reason.

    nbgrader takes any text on stderr in a test cell for a failure, a library's warning included; here that
    text becomes ordinary output before the points are counted.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: Resources, cell_index: int):
        """Rename stderr in test cells."""
        if cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell):
            for output in cell.outputs:
                if output.output_type == "stream" and output.name == "stderr":
                    output.name = "stdout"
        return cell, resources


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
        for cell in nb.cells:
            if cell.cell_type == "code":
                self._make_readable(cell, tests)
        info["items"] = items
        info["pending"] = sum(item.pending for item in items)
        info["written"] = sum(test.possible for test in tests.values() if test.written)
        info["findings"] = [*(finding["sentence"] for finding in findings), *results.remarks(nb, items)]
        info["formulas"] = any(
            re.search(r"\$[^$\n]+\$|\$\$|\\\(|\\\[", cell.source)
            for cell in nb.cells
            if cell.cell_type == "markdown"
        )
        return nb, resources

    def _make_readable(self, cell: NotebookNode, tests: dict[str, results.Test]) -> None:
        if utils.is_grade(cell) and not utils.is_solution(cell):
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
