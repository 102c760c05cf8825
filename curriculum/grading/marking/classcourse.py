"""An instructor's nbgrader course: what was handed in, what the gradebook knows, and grading one submission."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from curriculum.grading import reading, results, wording
from curriculum.grading.course import quiet
from curriculum.grading.gradebook import kept_open
from curriculum.grading.marking import inspection, locks
from curriculum.grading.marking.outcome import CannotRunError, Outcome
from curriculum.grading.preprocessors import FINDINGS
from curriculum.grading.repair import grade_id, is_test
from curriculum.grading.wording import State

CONFIG = "nbgrader_config.py"
PATIENCE = 120  # seconds that a write waits for the gradebook; SQLite's own default is 5
REREAD = "submitted-rewritten-"  # begin of the name of a folder for notebooks that were saved in an odd way


class ClassCourse:
    """A course folder with `nbgrader_config.py`, `source/`, `submitted/`, and nbgrader's API on it.

    Parameters
    ----------
    folder : Path
        Where `nbgrader_config.py` stands.

    Raises
    ------
    CannotRunError
        When there is no configuration, it cannot be read, or the gradebook's driver is missing.
    """

    def __init__(self, folder: Path) -> None:
        from sqlalchemy.engine import make_url
        from traitlets.config import Config
        from traitlets.config.loader import PyFileConfigLoader

        if not (folder / CONFIG).is_file():
            raise CannotRunError(
                f"{folder} holds no {CONFIG}. Name the folder of an nbgrader course with --course; to make one "
                f"into a course of this kind, copy exercises/{CONFIG} into it."
            )
        try:
            self.config = Config(PyFileConfigLoader(CONFIG, path=str(folder)).load_config())
        except Exception as error:
            raise CannotRunError(
                f"{folder / CONFIG} cannot be used: {type(error).__name__}: {error}"
            ) from None
        directory = self.config.CourseDirectory
        directory.root = str(Path(directory.get("root") or folder).resolve())
        url = make_url(
            directory.get("db_url") or f"sqlite:///{Path(directory.root, 'gradebook.db').as_posix()}"
        )
        self.sqlite = url.get_backend_name() == "sqlite"
        if self.sqlite and "timeout" not in url.query:
            url = url.update_query_dict({"timeout": str(PATIENCE)})
        directory.db_url = url.render_as_string(hide_password=False)
        self._expected: dict[str, list[str]] = {}
        self.config.Exchange.root = str(Path(directory.root, "no-exchange"))  # nothing is fetched or returned

    @property
    def root(self) -> Path:
        """The course folder."""
        return Path(self.config.CourseDirectory.root)

    @property
    def db_url(self) -> str:
        """The gradebook."""
        return self.config.CourseDirectory.db_url

    @property
    def limit(self) -> float:
        """Seconds after which a submission cannot be under way any more, whatever its own limits do."""
        budgets = [part["budget"] for part in self.config.values() if "budget" in part]
        return 2 * max(budgets) + 300 if budgets else 3600

    @property
    def facts(self) -> dict[str, Any]:
        """What others have to know: the course's `root`, whether the gradebook is `sqlite`, and the `limit`."""
        return {"root": str(self.root), "sqlite": self.sqlite, "limit": self.limit}

    @cached_property
    def api(self) -> Any:
        """nbgrader's API, made once."""
        from nbgrader.apps import NbGraderAPI

        with quiet():
            return NbGraderAPI(config=self.config)

    @contextlib.contextmanager
    def gradebook(self) -> Iterator[Any]:
        """The gradebook, opened for a while."""
        with quiet(), self.api.gradebook as gradebook:
            yield gradebook

    # ---- what there is

    def folder(self, step: str, student: str, exercise: str) -> Path:
        """The folder of one of nbgrader's steps: `submitted`, `autograded`, `source`, `release`."""
        directory = self.api.coursedir
        return Path(directory.format_path(getattr(directory, f"{step}_directory"), student, exercise))

    def handed_in(self) -> dict[str, list[str]]:
        """Exercise -> students of whom there is a folder for it, both in order."""
        directory = self.api.coursedir
        shape = directory.format_path(
            directory.submitted_directory, r"(?P<student>[^/\\]+)", r"(?P<exercise>[^/\\]+)", escape=True
        )
        found: dict[str, list[str]] = {}
        for path in glob.glob(str(self.folder("submitted", "*", "*"))):
            parts = re.fullmatch(shape, path)
            if parts and (os.path.isdir(path) or os.path.islink(path)):
                found.setdefault(parts["exercise"], []).append(parts["student"])
        return {exercise: sorted(found[exercise]) for exercise in sorted(found)}

    def source_notebooks(self, exercise: str) -> dict[str, Path]:
        """The instructor's notebooks of an exercise, by name."""
        return {path.stem: path for path in sorted(self.folder("source", ".", exercise).glob("*.ipynb"))}

    def known_notebooks(self, exercise: str) -> list[str]:
        """The notebooks of an exercise that the gradebook knows; none when it does not know the exercise."""
        from nbgrader.api import MissingEntry

        with self.gradebook() as gradebook:
            try:
                return sorted(notebook.name for notebook in gradebook.find_assignment(exercise).notebooks)
            except MissingEntry:
                return []

    def points(self, exercise: str) -> dict[str, float]:
        """Student -> sum of nbgrader's own scores, for everybody whom the gradebook has a submission of."""
        with self.gradebook() as gradebook:
            return _points_in(gradebook, exercise)

    def roster(self) -> set[str]:
        """Everybody whom the gradebook knows."""
        with self.gradebook() as gradebook:
            return {student.id for student in gradebook.students}

    # ---- planning

    def prepare(self, exercise: str) -> list[str]:
        """Make sure that the gradebook knows the exercise; what was done, and what to know, in sentences.

        Raises
        ------
        CannotRunError
            When there is neither a source nor an entry in the gradebook, or nbgrader cannot prepare it.
        """
        sources = self.source_notebooks(exercise)
        known = self.known_notebooks(exercise)
        if not sources:
            if known:
                return [f"source/{exercise} is not there: points are right, but items have no titles."]
            raise CannotRunError(
                f"There is no exercise {exercise}: neither {self.folder('source', '.', exercise)} nor the "
                "gradebook has it."
            )
        differing = self._differing(exercise, sources) if known else []
        if known and not differing:
            return []
        if known and self.points(exercise):
            return [
                f"{exercise} has changed since the gradebook saw it ({', '.join(differing[:3])}"
                f"{' ...' if len(differing) > 3 else ''}): grades go by what the gradebook has. To grade by the "
                f"new one, run `nbgrader generate_assignment {exercise} --force`, then this command again."
            ]
        with quiet():
            result = self.api.generate_assignment(exercise, force=True, create=True)
        if not result["success"]:
            raise CannotRunError(
                f"nbgrader could not prepare {exercise} ({_last_error(result)}). "
                f"`nbgrader generate_assignment {exercise}` says more."
            )
        return [f"{exercise} was new to the gradebook: `nbgrader generate_assignment` was run on it."]

    def _differing(self, exercise: str, sources: dict[str, Path]) -> list[str]:
        """Ids of the cells in which the gradebook and the source differ (the text of tests; which cells there are)."""
        from nbgrader.api import MissingEntry

        found = []
        with self.gradebook() as gradebook:
            for name, path in sources.items():
                marked = {
                    grade_id(cell): cell for cell in nbformat.read(path, as_version=4).cells if grade_id(cell)
                }
                try:
                    stored = {c.name: c for c in gradebook.find_notebook(name, exercise).source_cells}
                except MissingEntry:
                    return [f"{name}.ipynb"]
                found += sorted(set(marked) ^ set(stored))
                found += [
                    key
                    for key, cell in marked.items()
                    if key in stored and is_test(cell) and stored[key].source != cell.source
                ]
        return found

    def mend_gradebook(self) -> None:
        """Write down the gradebook's version where a killed run left a new gradebook without it."""
        from nbgrader.api import get_alembic_version
        from sqlalchemy import inspect, text

        with self.gradebook() as gradebook:
            if not inspect(gradebook.engine).has_table("alembic_version"):
                gradebook.db.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            elif gradebook.db.execute(text("SELECT count(*) FROM alembic_version")).scalar():
                return
            gradebook.db.execute(
                text("INSERT INTO alembic_version (version_num) VALUES (:it)"), {"it": get_alembic_version()}
            )
            gradebook.db.commit()

    def plan(self, exercises: list[str], students: list[str]) -> dict[str, Any]:
        """What was handed in, and what the gradebook has of it.

        Parameters
        ----------
        exercises, students : list of str
            What is meant; everything that was handed in, when empty.

        Returns
        -------
        dict
            `exercises`: for each its `id`, `notes`, `source` (a fingerprint), `absent`
            (how many of the gradebook's students handed nothing in), and `students`: for each the fingerprint
            of the submission, and the points that the gradebook has (None: no grade).

        Raises
        ------
        CannotRunError
            When something was asked for that is not there.
        """
        there = self.handed_in()
        if not there:
            raise CannotRunError(
                f"Nobody has handed anything in: {self.folder('submitted', 'STUDENT', 'EXERCISE')} is where it is "
                "looked for (`nbgrader collect` puts it there)."
            )
        for name in exercises:
            if name not in there:
                raise CannotRunError(
                    f"Nobody has handed in {name}. Handed in are: {', '.join(there)} (in {self.root})."
                )
        wanted = {name: there[name] for name in exercises or there}
        everybody = {student for names in wanted.values() for student in names}
        for student in students:
            if student not in everybody:
                raise CannotRunError(f"{student} has handed in nothing that is to be graded.")
        self.mend_gradebook()
        return {
            "exercises": [self._plan(name, wanted[name], students) for name in wanted],
        }

    def _plan(self, exercise: str, handed_in: list[str], students: list[str]) -> dict[str, Any]:
        notes = self.prepare(exercise)
        points = self.points(exercise)
        odd = [name for name in handed_in if not _writable(name)]
        if odd:
            notes.append(f"The names of {len(odd)} folders in submitted/ cannot be read; they were left out.")
        meant = [name for name in handed_in if name not in odd and (not students or name in students)]
        return {
            "id": exercise,
            "notes": notes,
            "source": self.source_fingerprint(exercise),
            "absent": 0 if students else len(self.roster() - set(handed_in)),
            "students": {
                name: {
                    "submission": fingerprint(self.folder("submitted", name, exercise)),
                    "points": points.get(name)
                    if self.folder("autograded", name, exercise).is_dir()
                    else None,
                }
                for name in meant
            },
        }

    def source_fingerprint(self, exercise: str) -> str:
        """SHA-256 of what an exercise is graded with: the source, and the cells that the gradebook has."""
        from nbgrader.api import MissingEntry

        digest = hashlib.sha256(fingerprint(self.folder("source", ".", exercise)).encode())
        with self.gradebook() as gradebook:
            for name in self.known_notebooks(exercise):
                with contextlib.suppress(MissingEntry):
                    notebook = gradebook.find_notebook(name, exercise)
                    cells = [(c.name, str(c.checksum), str(c.source)) for c in notebook.source_cells]
                    cells += [(c.name, str(c.max_score), "") for c in notebook.grade_cells]
                    digest.update(repr(sorted(cells)).encode())
        return digest.hexdigest()

    # ---- grading

    @cached_property
    def _runner(self) -> Any:
        """What runs notebooks here, if it is the course's own step; None with nbgrader's."""
        from curriculum.grading.preprocessors import ForkedExecute

        chosen = self.config.Autograde.get("autograde_preprocessors", ())
        return ForkedExecute(config=self.config) if ForkedExecute in chosen else None

    @property
    def lacking(self) -> str:
        """A line about the protections that notebooks run without here; empty when there is nothing to say."""
        return self._runner.lacking if self._runner else ""

    def warm_up(self, exercise: str) -> None:
        """Start the process that runs the notebooks of an exercise, for this process and those that it forks.

        Raises
        ------
        CannotRunError
            When the configuration requires more protection than there is.
        """
        from curriculum.grading.sandbox.host import SandboxError

        try:
            with quiet():
                for name in self.known_notebooks(exercise)[:1] if self._runner else ():
                    self._runner.warm_up(self.root, exercise, name)
        except SandboxError as error:
            raise CannotRunError(str(error)) from None

    def mark(self, exercise: str, student: str) -> Outcome:
        """Grade one submission with nbgrader, and say what became of it. Never raises for a bad submission."""
        submitted = self.folder("submitted", student, exercise)
        try:
            if exercise not in self._expected:  # stays so: a worker lives for one run
                self._expected[exercise] = self.known_notebooks(exercise)
            expected = {name: self._released(exercise, name) for name in self._expected[exercise]}
            with locks.hold(self.root, locks.place(exercise, student), seconds=self.limit):
                seen = inspection.inspect(submitted, student, expected)
                if seen.state is State.DAMAGED or not seen.there:
                    return self._set_aside(exercise, student, seen)
                with kept_open():
                    with self._rewritten(exercise, student, seen), quiet():
                        result = self.api.autograde(exercise, student, force=True, create=True)
                    if not result["success"]:
                        return self._failed(exercise, student, result)
                    return self._read_back(exercise, student, seen)
        except locks.TakenError:
            return Outcome(
                exercise, student, State.CRASHED, "Another run was still grading it; grade again.", again=True
            )
        except Exception as error:
            reason = f"Grading it stopped ({type(error).__name__}: {str(error)[:200]})."
            return Outcome(exercise, student, State.CRASHED, reason, again=True)

    def _released(self, exercise: str, name: str) -> NotebookNode | None:
        path = self.folder("release", ".", exercise) / f"{name}.ipynb"
        return reading.trusted(path) if path.is_file() else None

    def _set_aside(self, exercise: str, student: str, seen: inspection.Inspection) -> Outcome:
        reason = seen.reason
        if student in self.points(exercise):
            reason += " The gradebook still has the grade of what was handed in before."
        return Outcome(exercise, student, seen.state or State.MISSING, reason, notes=seen.notes)

    def _failed(self, exercise: str, student: str, result: dict[str, Any]) -> Outcome:
        locked = "OperationalError" in f"{result.get('error')}{result.get('log')}"
        reason = (
            f"The gradebook could not be written ({_last_error(result)})."
            if locked
            else f"nbgrader could not grade it ({_last_error(result)}). "
            f"`nbgrader autograde {exercise} --student {student}` says more."
        )
        return Outcome(exercise, student, State.CRASHED, reason, again=True)

    @contextlib.contextmanager
    def _rewritten(self, exercise: str, student: str, seen: inspection.Inspection) -> Iterator[None]:
        """Let nbgrader read a copy where a notebook was saved in a way that only we can read."""
        if not seen.rewritten:
            yield
            return
        directory = self.api.coursedir
        before = directory.submitted_directory
        submitted = self.folder("submitted", student, exercise)
        with tempfile.TemporaryDirectory(prefix=REREAD, dir=self.root) as scratch:
            directory.submitted_directory = Path(scratch).name
            try:
                shutil.copytree(submitted, self.folder("submitted", student, exercise), symlinks=True)
                for name, notebook in seen.rewritten.items():
                    path = self.folder("submitted", student, exercise) / f"{name}.ipynb"
                    path.unlink()
                    nbformat.write(notebook, path)
                yield
            finally:
                directory.submitted_directory = before

    def _read_back(self, exercise: str, student: str, seen: inspection.Inspection) -> Outcome:
        sources = self.source_notebooks(exercise)
        with self.gradebook() as gradebook:
            scores = {name: results.scores_in(gradebook, exercise, name, student) for name in seen.there}
            auto = _points_in(gradebook, exercise, student).get(student, 0)
        tests: list[dict[str, Any]] = []
        notes, broken, found, forged = list(seen.notes), set(), [], []
        for name in seen.there:
            path = self.folder("autograded", student, exercise) / f"{name}.ipynb"
            graded = nbformat.v4.reads(path.read_text(encoding="utf-8"))  # nbgrader has just validated it
            layout = reading.trusted(sources[name]) if name in sources else graded
            findings = graded.metadata.get("curriculum", {}).get(FINDINGS, [])
            items = results.items(layout, graded, scores[name], findings)
            found += items
            notes += [finding["sentence"] for finding in findings]
            forged += [finding["sentence"] for finding in findings if finding["kind"] == State.TAMPERED]
            notes += results.remarks(graded, items)
            tests += [
                {
                    "item": item.number,
                    "title": item.title,
                    "id": test.id,
                    "objective": test.objective,
                    "earned": test.earned,
                    "possible": test.possible,
                    "state": str(test.state),
                    "message": test.message,
                    "written": test.written,
                }
                for item in items
                for test in item.tests
            ]
            for cell in graded.cells:
                error = wording.failure(cell)
                if error is not None:
                    broken.add((error.ename, error.evalue))
        report = results.Report(exercise, tuple(found))
        state, reason = _stands(report, broken, forged)
        if seen.state is State.MISSING:
            state, reason = State.MISSING, f"{seen.reason} nbgrader gives 0 for it."
        return Outcome(
            exercise,
            student,
            state,
            reason,
            graded=True,
            earned=report.earned,
            possible=report.possible,
            written=report.written,
            auto=auto,
            notes=tuple(notes),
            tests=tuple(tests),
        )


def opened(folder: Path) -> ClassCourse:
    """The course in a folder, with nbgrader's API made and its gradebook within reach.

    Raises
    ------
    CannotRunError
        As `ClassCourse`, and when nbgrader refuses the configuration or the gradebook does not answer.
    """
    course = ClassCourse(folder)
    if not course.sqlite:
        _driver(course.db_url)
    try:
        course.api  # noqa: B018  (made now, so that the first submission does not pay for it)
    except Exception as error:
        raise CannotRunError(
            f"nbgrader cannot use {folder / CONFIG}: {type(error).__name__}: {error}"
        ) from None
    return course


def _driver(db_url: str) -> None:
    """Make sure that the gradebook's driver is installed, and that the gradebook answers."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    url = make_url(db_url)
    try:
        engine = create_engine(url)
        engine.connect().close()
        engine.dispose()
    except ModuleNotFoundError as error:
        raise CannotRunError(
            f"The gradebook is {url.get_backend_name()}, and the package {error.name} is not installed. Install it "
            f'with `{Path(sys.executable).name} -m pip install "curriculum[cluster]"`, or `... pip install '
            '"psycopg[binary]"` for postgresql+psycopg://.'
        ) from None
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CannotRunError(
            f"The gradebook {url.render_as_string(hide_password=True)} does not answer: {told}"
        ) from None


def _points_in(gradebook: Any, exercise: str, student: str | None = None) -> dict[str, float]:
    from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import func

    rows = (
        gradebook.db.query(SubmittedAssignment.student_id, func.sum(Grade.auto_score))
        .select_from(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .outerjoin(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .filter(Assignment.name == exercise)
        .group_by(SubmittedAssignment.student_id)
    )
    if student is not None:
        rows = rows.filter(SubmittedAssignment.student_id == student)
    return {name: float(points or 0) for name, points in rows}


def _stands(
    report: results.Report, broken: set[tuple[str, str]], forged: Sequence[str] = ()
) -> tuple[State, str]:
    """State of a graded submission, and the sentence that explains it.

    `broken` holds name and text of the errors in its cells, `forged` what is known of tampering.
    """
    tests = report.tests.values()
    said = [*forged, *(test.message for test in tests if test.state is State.TAMPERED)]
    if said:
        return State.TAMPERED, said[0] or "It was tampered with."
    if any(test.earned < test.possible for test in tests if not test.written):
        for name, state in (
            (wording.BUDGET, State.PARTLY_RUN),
            (wording.CRASH, State.CRASHED),
            (wording.TIMEOUT, State.TIMED_OUT),
        ):
            said = sorted(text for ename, text in broken if ename == name)
            if said:
                return state, said[0]
        crashed = [test for test in tests if test.state is State.CRASHED]
        if crashed:
            return State.CRASHED, crashed[0].message
    return (State.PERSON, "") if report.pending else (State.GRADED, "")


def fingerprint(folder: Path) -> str:
    """SHA-256 of the names and contents of a folder's files. Links are not followed; of a huge file, its size counts."""
    digest = hashlib.sha256(b"link" if folder.is_symlink() else b"")
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".ipynb_checkpoints")
        for name in sorted(files + [f for f in folders if os.path.islink(os.path.join(place, f))]):
            path = Path(place, name)
            digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode(errors="surrogateescape"))
            try:
                if path.is_symlink():
                    digest.update(os.readlink(path).encode(errors="surrogateescape"))
                elif path.is_file() and path.stat().st_size <= inspection.LARGEST_NOTEBOOK:
                    digest.update(hashlib.sha256(path.read_bytes()).digest())
                else:
                    kind = path.stat()
                    digest.update(f"{kind.st_mode} {kind.st_size} {kind.st_mtime_ns}".encode())
            except OSError as error:
                digest.update(str(error.errno).encode())
    return digest.hexdigest()


def _last_error(result: dict[str, Any]) -> str:
    """The last line of nbgrader's words that names an error."""
    text = f"{result.get('error', '')}\n{result.get('log', '')}"
    named = re.findall(r"^(?:[\w.]+\.)?(\w*(?:Error|Exception|Interrupt)): *(.*)$", wording.plain(text), re.M)
    own = [(name, said) for name, said in named if name != "NbGraderException" and said] or named
    return f"{own[-1][0]}: {own[-1][1]}"[:200] if own else "it gives no reason"


def _writable(name: str) -> bool:
    """True for a name that can be stored as text."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
