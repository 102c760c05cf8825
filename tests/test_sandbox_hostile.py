"""Hostile notebooks: each earns what it honestly should, none stops the run, none leaks, none leaves a trace."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from fixtures import hostile
from fixtures.hostile import ALL, BANK, NOTHING
from nbgrader.api import Gradebook

from curriculum import notation
from curriculum.grading import collecting, repair
from curriculum.grading.course import CourseError, GradingCourse
from curriculum.grading.preprocessors import FINDINGS
from curriculum.grading.sandbox import host, walls
from curriculum.grading.sandbox.inside import calls
from curriculum.grading.wording import State

EXERCISE = "guarded_ward"
WALLS = walls.found()[0]
SECRET = "PLANTED"
# These need a wall; the others must come out the same with any way of forking.
WALLED = {
    *("fork_storm", "thread_storm", "kills_everybody", "disk_filler", "looks_everywhere", "looks_in_proc"),
    *("calls_out", "writes_outside", "makes_namespaces", "memory_in_many_processes"),
}

# Those whose feedback page is made and read too.
SHOWN = {
    "looks_everywhere",
    "kind_numpy",
    "endless_output",
    "odd_output",
    "linked_files",
    "speaks_for_the_grader",
}

pytestmark = [
    pytest.mark.skipif(WALLS == "kernel", reason="notebooks run in an ordinary kernel on this system"),
    pytest.mark.xdist_group("hostile"),
]


@dataclass
class Outcome:
    """What became of one submission."""

    problem: str = ""
    points: dict[str, float | None] | None = None
    open: frozenset[str] = frozenset()  # tests that wait for a person
    notebook: nbformat.NotebookNode | None = None
    findings: tuple[dict[str, str], ...] = ()
    states: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """Every output and finding."""
        outputs = [cell.get("outputs", []) for cell in self.notebook.cells]
        return json.dumps([outputs, self.findings])


@dataclass
class Run:
    """A whole class of hostile notebooks, graded in one process."""

    outcomes: dict[str, Outcome]
    course: Path
    called: list[str]  # connections that a notebook made
    pages: dict[str, str]


@pytest.fixture(scope="module")
def run(root, tmp_path_factory):
    base = tmp_path_factory.mktemp("hostile")
    home = base / "home"
    home.mkdir()
    (home / "secret.txt").write_text(f"{SECRET}-at-home")
    source = base / "source" / EXERCISE
    (source / "data").mkdir(parents=True)
    (source / "data" / "temperatures.csv").write_text("temperature\n36.5\n99\n38.4\n")
    made = notation.read(root / "tests" / "fixtures" / "exercise_guarded_ward.py")
    nbformat.write(made, source / f"{EXERCISE}.ipynb")
    config = base / "nbgrader_config.py"
    config.write_text(
        f"c = get_config()\nload_subconfig({str(root / 'exercises' / 'nbgrader_config.py')!r})\n"
        "c.ForkedExecute.memory = 400\nc.ForkedExecute.disk = 30\nc.ForkedExecute.grace = 1\n"
        "c.ForkedExecute.processes = 12\nc.PatientExecute.max_output = 200_000\nc.CarefulExporter.largest = 2\n"
    )
    called: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_listen, args=(server, called), daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("COURSE_TOKEN", f"{SECRET}-in-the-environment")
        course = GradingCourse(base / "course", source, config, timeout=2, budget=60)
        folder = course.folder / "submitted"
        released = course.released
        for name, one in BANK.items():
            if name in WALLED and WALLS != "namespaces":
                continue
            notebook = one.notebook(released)
            text = nbformat.writes(notebook).replace("COURSE/", f"{course.folder}/")
            _hand_in(folder, name, text.replace("PORT)", f"{server.getsockname()[1]})").encode())
        _hand_in_files(folder, course, released)
        _hand_in(
            folder,
            "habits",
            nbformat.writes(hostile.Hostile(ALL, first=hostile.HABITS).notebook(released)).encode(),
        )
        outcomes, pages = {}, {}
        for path in sorted(folder.iterdir()):
            outcomes[path.name] = _grade(course, path.name)
            if path.name in SHOWN:
                pages[path.name] = course.feedback(path.name).read_text(encoding="utf-8")
        course.close()
    server.close()
    yield Run(outcomes, course.folder, called, pages)
    for parent in list(host._parents.values()):
        parent.close()


def _listen(server: socket.socket, called: list[str]) -> None:
    while True:
        try:
            server.accept()
        except OSError:
            return
        called.append("called")


def _hand_in(folder: Path, student: str, data: bytes) -> Path:
    target = folder / student / EXERCISE
    target.mkdir(parents=True)
    (target / f"{EXERCISE}.ipynb").write_bytes(data)
    return target


def _hand_in_files(folder: Path, course: GradingCourse, released) -> None:
    """Submissions whose files are odd."""
    right = nbformat.writes(hostile.Hostile(ALL).notebook(released)).encode()
    _hand_in(
        folder,
        "neighbour",
        right.replace(b"known = [v", f"# {SECRET}-by-a-neighbour\\n    known = [v".encode()),
    )
    _hand_in(folder, "cut_off", right[:3000])
    _hand_in(folder, "not_a_notebook", b"\x89PNG\r\n\x1a\n" + bytes(1000))
    _hand_in(folder, "huge", b'{"cells": [' + b" " * 3_000_000)
    _hand_in(folder, "nested", b"[" * 100_000)
    _hand_in(folder, "utf_16", right.decode().encode("utf-16"))
    other = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("print(1)")])
    _hand_in(folder, "other_assignment", nbformat.writes(other).encode())
    linked = folder / "linked_notebook" / EXERCISE
    linked.mkdir(parents=True)
    (linked / f"{EXERCISE}.ipynb").symlink_to(course.source_notebook)
    peeks = hostile.Hostile(
        ALL,
        last="import os\nfor place, _, names in os.walk('.'):\n    for name in names:\n        print(name, open(os.path.join(place, name)).read()[:3000])",
    ).notebook(released)
    target = _hand_in(folder, "linked_files", nbformat.writes(peeks).encode())
    (target / "key.txt").symlink_to(course.source_notebook)
    (target / "others").symlink_to(folder / "neighbour")
    (target / "zeros").symlink_to("/dev/zero")  # copying it would never end
    (target / "mine.txt").write_text("my own notes")


def _grade(course: GradingCourse, student: str) -> Outcome:
    try:
        items, _ = course.autograde(student)
    except CourseError as error:
        return Outcome(problem=error.log)
    path = course.folder / "autograded" / student / EXERCISE / f"{EXERCISE}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    with Gradebook(course.db_url) as gradebook:
        grades = gradebook.find_submission(EXERCISE, student).notebooks[0].grades
        points = {grade.name: grade.auto_score for grade in grades}
        waiting = frozenset(grade.name for grade in grades if grade.needs_manual_grade)
    findings = tuple(notebook.metadata.get("curriculum", {}).get(FINDINGS, []))
    states = frozenset(str(test.state) for item in items for test in item.tests)
    return Outcome("", points, waiting, notebook, findings, states)


@pytest.mark.parametrize("name", BANK)
def test_each_earns_what_it_honestly_should(run, name):
    if name not in run.outcomes:
        pytest.skip("needs namespaces, which this system does not give")
    wanted, outcome = BANK[name], run.outcomes[name]
    assert outcome.problem == ""
    assert outcome.points == wanted.points
    assert outcome.open == {test for test, points in wanted.points.items() if points is None}
    errors = {
        o.ename for c in outcome.notebook.cells for o in c.get("outputs", []) if o.output_type == "error"
    }
    assert not wanted.error or wanted.error in errors
    assert wanted.says in outcome.text
    assert any(f["kind"] == "tampered" for f in outcome.findings) == wanted.tampered, outcome.findings
    if outcome.open:
        assert State.TAMPERED in outcome.states
    nbformat.validate(outcome.notebook)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cut_off", "not valid JSON"),
        ("not_a_notebook", "not valid JSON"),
        ("huge", "larger than 2 MB"),
        ("nested", "not valid JSON"),
        ("other_assignment", "looks like another notebook"),
        ("linked_notebook", "link to another place"),
    ],
)
def test_a_file_that_cannot_be_graded_is_set_aside_and_said(run, name, words):
    assert words in run.outcomes[name].problem
    assert run.outcomes[name].points is None


def test_another_encoding_is_graded(run):
    assert run.outcomes["utf_16"].points == ALL


def test_a_link_is_not_followed_and_a_learners_own_file_is_there(run):
    outcome = run.outcomes["linked_files"]
    assert outcome.points == ALL
    assert "my own notes" in outcome.text and "36.5" in outcome.text
    assert {f["sentence"].split()[0] for f in outcome.findings if f["kind"] == "link"} == {
        "key.txt",
        "others",
        "zeros",
    }


def test_honest_habits_are_not_called_tampering(run):
    outcome = run.outcomes["habits"]
    failures = [o for c in outcome.notebook.cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert failures == []
    assert outcome.points == ALL and outcome.findings == () and outcome.open == frozenset()
    assert "image/png" in outcome.text and "hello" in outcome.text


@pytest.mark.skipif(bool(calls.missing()), reason=calls.missing())
@pytest.mark.parametrize("name", ["asks_the_kernel", "asks_the_kernel_in_a_program"])
def test_no_part_of_the_kernel_is_opened_that_a_notebook_does_not_need(run, name):
    printed = "".join(
        o.text for c in run.outcomes[name].notebook.cells for o in c.get("outputs", []) if "text" in o
    )
    assert printed.count("refused") == 14 and "made" not in printed


def test_nothing_planted_comes_out(run):
    """The solution, hidden tests, the environment, home and another submission: in no output, on no page."""
    if WALLS != "namespaces":
        pytest.skip("needs namespaces, which this system does not give")
    for name, outcome in run.outcomes.items():
        if outcome.notebook is None:
            continue
        for cell in outcome.notebook.cells:
            if repair.grade_id(cell) not in ALL:  # the traceback of a hidden test is for the instructor
                assert f"{SECRET}-" not in json.dumps(cell.get("outputs", [])), name
    for name, page in run.pages.items():
        assert f"{SECRET}-in-a-hidden-test" not in page, name
    assert run.called == []
    assert "connected" not in run.outcomes["calls_out"].text
    written = run.outcomes["writes_outside"].text.replace(f"wrote {run.course}/", "")  # in its own /tmp
    assert "wrote" not in written
    assert b"by a notebook" not in (run.course / "gradebook.db").read_bytes()


def test_no_process_and_no_file_is_left(run):
    """After the last child: nothing that a notebook started runs, and the course folder holds what nbgrader made."""
    running = (
        [_command(pid) for pid in os.listdir("/proc") if pid.isdigit()] if sys.platform == "linux" else []
    )
    assert not [words for words in running if "987654321" in words]
    expected = {"source", "release", "submitted", "autograded", "feedback", "gradebook.db", "fingerprint.txt"}
    assert {p.name for p in run.course.iterdir()} - {"gradebook.db-wal", "gradebook.db-shm"} <= expected
    graded = run.course / "autograded"
    for folder in graded.iterdir():
        names = {p.name for p in folder.rglob("*") if p.is_file() and not p.is_symlink()}
        assert names <= {f"{EXERCISE}.ipynb", "temperatures.csv", "mine.txt", collecting.NOTE}, folder.name
    assert not list(Path("/tmp").glob("curriculum-grading-*/x*"))


def _command(pid: str) -> str:
    try:
        return Path("/proc", pid, "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def test_the_bank_is_large_enough():
    assert len(BANK) >= 30
    assert sum(one.points == NOTHING for one in BANK.values()) >= 8
    assert shutil.which("bwrap") is None or WALLS in ("namespaces", "landlock", "bare")
