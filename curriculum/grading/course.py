"""A small nbgrader course of its own in which one exercise is graded, out of the way of everything else."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import shutil
import sys
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from curriculum.grading import repair, results
from curriculum.grading.preprocessors import FINDINGS

FINGERPRINT = "fingerprint.txt"
LARGEST_EXTRA = 20_000_000  # bytes; larger files beside a learner's notebook are not taken along


class CourseError(Exception):
    """nbgrader could not do its part. The message is for people; `log` holds nbgrader's own words."""

    def __init__(self, message: str, log: str = "") -> None:
        self.log = log
        super().__init__(message)


class GradingCourse:
    """One exercise in an nbgrader course folder: source, release, gradebook, and submissions.

    Parameters
    ----------
    folder : Path
        Where the course lives; made when missing, made anew when the exercise or nbgrader has changed.
    source : Path
        The exercise's folder with the instructor's notebook and its data.
    config_file : Path
        The course's `nbgrader_config.py`.
    timeout, budget : int, float, optional
        Seconds for a cell and for a notebook; as configured when left out.
    """

    def __init__(
        self,
        folder: Path,
        source: Path,
        config_file: Path,
        timeout: int | None = None,
        budget: float | None = None,
    ) -> None:
        self.folder = folder.resolve()
        self.exercise = source.name
        self.source_notebook = source / f"{source.name}.ipynb"
        if not self.source_notebook.is_file():
            raise CourseError(
                f"The course has no {self.source_notebook.name} to grade with (exercises/source/{source.name}). "
                "Restore it with git, or run `curriculum build`."
            )
        self._source, self._config_file = source, config_file
        self._timeout, self._budget = timeout, budget
        self._api = None
        stamp = self._stamp()
        if self._read_stamp() != stamp or not self._released_path.is_file():
            self._make(stamp)

    @property
    def released(self) -> NotebookNode:
        """The notebook as it is handed out."""
        return nbformat.read(self._released_path, as_version=4)

    @property
    def source(self) -> NotebookNode:
        """The instructor's notebook."""
        return nbformat.read(self.source_notebook, as_version=4)

    @property
    def _released_path(self) -> Path:
        return self.folder / "release" / self.exercise / f"{self.exercise}.ipynb"

    @property
    def api(self):
        """nbgrader's API on this folder."""
        if self._api is None:
            from nbgrader.apps import NbGraderAPI
            from traitlets.config import Config
            from traitlets.config.loader import PyFileConfigLoader

            loader = PyFileConfigLoader(self._config_file.name, path=str(self._config_file.parent))
            config = Config(loader.load_config())
            config.CourseDirectory.root = str(self.folder)
            config.CourseDirectory.db_url = self.db_url
            config.Exchange.root = str(self.folder / "no-exchange")
            if self._timeout is not None:
                config.Execute.timeout = self._timeout
            if self._budget is not None:
                config.PatientExecute.budget = self._budget
            with quiet():
                self._api = NbGraderAPI(config=config)
        return self._api

    @property
    def db_url(self) -> str:
        """The gradebook: SQLite in the folder."""
        return f"sqlite:///{(self.folder / 'gradebook.db').as_posix()}"

    def submit(self, student: str, notebook: NotebookNode, beside: Path | None = None) -> None:
        """Hand in a notebook for a student; `beside` is the folder whose other files are taken along."""
        target = self.folder / "submitted" / student / self.exercise
        _remove(target)
        target.mkdir(parents=True)
        if beside is not None:
            _copy_extras(beside, target)
        nbformat.write(notebook, target / f"{self.exercise}.ipynb")

    def autograde(self, student: str) -> tuple[tuple[results.Item, ...], list[str]]:
        """Grade a student's submission: its items, and what else to know, one sentence each.

        Raises
        ------
        CourseError
            When nbgrader gives no result for it.
        """
        self._do(
            lambda: self.api.autograde(self.exercise, student, force=True, create=True),
            "nbgrader could not grade this notebook.",
        )
        path = self.folder / "autograded" / student / self.exercise / f"{self.exercise}.ipynb"
        graded = nbformat.read(path, as_version=4)
        findings = graded.metadata.get("curriculum", {}).get(FINDINGS, [])
        scores = results.scores(self.db_url, self.exercise, self.exercise, student)
        found = results.items(self.source, graded, scores, findings)
        return found, [*(finding["sentence"] for finding in findings), *results.remarks(graded, found)]

    def feedback(self, student: str) -> Path:
        """The feedback page of a graded submission."""
        self._do(
            lambda: self.api.generate_feedback(self.exercise, student, force=True),
            "nbgrader graded the notebook but could not write the feedback page.",
        )
        return self.folder / "feedback" / student / self.exercise / f"{self.exercise}.html"

    def belongs(self, notebook: NotebookNode) -> bool:
        """True when a notebook is a copy of this exercise."""
        return repair.belongs(notebook, self.released)

    def close(self) -> None:
        """Let go of the gradebook."""
        if self._api is not None:
            self._api.gradebook.close()

    def _make(self, stamp: str) -> None:
        _remove(self.folder)
        target = self.folder / "source" / self.exercise
        target.parent.mkdir(parents=True)
        shutil.copytree(
            self._source, target, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
        )
        self._do(
            lambda: self.api.generate_assignment(self.exercise, force=True, create=True),
            f"nbgrader could not prepare the exercise {self.exercise}.",
        )
        (self.folder / FINGERPRINT).write_text(stamp, encoding="utf-8")

    def _do(self, action, message: str) -> None:
        with quiet():
            result = action()
        if not result["success"]:
            raise CourseError(message, f"{result.get('log', '')}\n{result.get('error', '')}")

    def _stamp(self) -> str:
        digest = hashlib.sha256(f"{version('nbgrader')} {sys.version_info[:2]}".encode())
        for path in [self._config_file, *sorted(self._source.rglob("*"))]:
            if path.is_file() and ".ipynb_checkpoints" not in path.parts:
                digest.update(f"\0{path.name}\0".encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def _read_stamp(self) -> str:
        try:
            return (self.folder / FINGERPRINT).read_text(encoding="utf-8")
        except OSError:
            return ""


def changed_data(mine: Path, source: Path) -> list[str]:
    """Names of the exercise's data files that differ in the learner's folder."""
    found = []
    for path in sorted(p for p in source.rglob("*") if p.is_file() and p.suffix != ".ipynb"):
        own = mine / path.relative_to(source)
        if own.is_file() and own.read_bytes() != path.read_bytes():
            found.append(path.relative_to(source).as_posix())
    return found


def _copy_extras(beside: Path, target: Path) -> None:
    """Small files that a learner keeps beside the notebook (a module of their own, say)."""
    for path in sorted(beside.rglob("*")):
        inside = path.relative_to(beside)
        if (
            path.suffix == ".ipynb"
            or path.is_symlink()
            or any(p.startswith((".", "__")) for p in inside.parts)
        ):
            continue
        if path.is_file() and path.stat().st_size <= LARGEST_EXTRA:
            (target / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / inside)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, files that nbgrader made read-only included."""
    if folder.is_dir():
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(0o644)
        shutil.rmtree(folder)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep nbgrader's log off the learner's screen; its API hands the log back."""
    log = logging.getLogger("traitlets")
    handlers, propagate = log.handlers[:], log.propagate
    log.handlers, log.propagate = [logging.NullHandler()], False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.handlers, log.propagate = handlers, propagate
