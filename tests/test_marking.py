"""Grading a class: every submission ends in a named state, one bad one costs no other, nothing is done twice."""

from __future__ import annotations

import copy
import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from fixtures import ward_class, ward_course
from fixtures.ward_course import EXERCISE, cell
from nbgrader.api import Gradebook
from rich.console import Console
from typer.testing import CliRunner

from curriculum import cli, grading
from curriculum.grading import marking
from curriculum.grading.marking import inspection, progress, summary
from curriculum.grading.marking.classcourse import ClassCourse, fingerprint
from curriculum.grading.marking.journal import Journal
from curriculum.grading.marking.outcome import Outcome, Task
from curriculum.grading.sandbox import early, walls
from curriculum.grading.wording import State

pytestmark = pytest.mark.xdist_group("marking")
PORTABLE = sys.platform != "win32"


@pytest.fixture(scope="session")
def ward(tmp_path_factory):
    return ward_course.make(tmp_path_factory.mktemp("ward-class"))


@pytest.fixture(scope="session")
def prepared(ward, tmp_path_factory):
    """A class whose cells run quickly; the gradebook knows the exercise, and nobody has handed anything in."""
    room = ward_class.make(tmp_path_factory.mktemp("prepared") / "course", ward)
    course = ClassCourse(room.folder)
    course.mend_gradebook()
    course.prepare(EXERCISE)
    return room


@pytest.fixture
def room(prepared, tmp_path):
    """A copy of it."""
    return ward_class.copy_of(prepared, tmp_path / "course")


def run(room, processes: int = 0, **options) -> tuple[int, str]:
    """`marking.run`: exit code and what was printed. Without `processes`, submissions are graded in this one."""
    out = io.StringIO()
    options |= {"console": Console(file=out, width=110), "workers": processes or 1}
    with pytest.MonkeyPatch.context() as patch:
        if not processes:
            patch.setattr(marking, "LocalWorkers", ward_class.HereWorkers)
        return marking.run(room.folder, **options), out.getvalue()


def started(room) -> subprocess.Popen[str]:
    """The command on two workers, under way, in a process group of its own."""
    return subprocess.Popen(
        room.command("--workers", "2"),
        env={**room.env, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def graded_now(printed: str) -> list[str]:
    """Students whose line was printed in a run, which is when they are in the journal."""
    lines = (line.split(" ", 1) for line in printed.splitlines() if line[:1].isdigit() and "/" in line[:7])
    return [rest.split(",")[0] for _, rest in lines]


# ---- states


@pytest.fixture(scope="module")
def mixed(ward, tmp_path_factory):
    """One run over a class with every kind of damage: the room, and what was printed."""
    room = ward_class.make(tmp_path_factory.mktemp("mixed") / "course", ward)
    right = nbformat.writes(ward.notebook())
    ward_class.of_same(room, 3)
    room.hand_in("cut", right[:900].encode())
    room.hand_in("utf16", right.encode("utf-16"))
    room.hand_in("other", nbformat.writes(nbformat.v4.new_notebook()).encode())
    room.hand_in("nothing", None)
    room.hand_in("renamed", right.encode(), name="my_solution")
    room.hand_in("a[1]", right.encode())
    if PORTABLE:
        folder = room.hand_in("linked", right.encode())
        (folder / "help.txt").symlink_to(room.folder / "source" / EXERCISE / f"{EXERCISE}.ipynb")
    return room, room.grade("--workers", "2", "--class", code=1)


def test_every_submission_ends_in_a_named_state(mixed):
    room, printed = mixed
    found = {student: outcome.state for (_, student), outcome in marking.read_states(room.folder).items()}
    expected = {
        "student001": State.PERSON,
        "student002": State.PERSON,
        "student003": State.GRADED,
        "cut": State.DAMAGED,
        "utf16": State.PERSON,
        "other": State.DAMAGED,
        "nothing": State.MISSING,
        "renamed": State.MISSING,
        "a[1]": State.DAMAGED,
        **({"linked": State.DAMAGED} if PORTABLE else {}),
    }
    assert found == expected
    assert sorted(graded_now(printed)) == sorted(expected)


def test_there_is_no_grade_where_nothing_could_be_graded(mixed):
    room, printed = mixed
    with_grade = ["student001", "student002", "student003", "utf16"]
    assert room.submissions() == with_grade
    for (_, student), outcome in marking.read_states(room.folder).items():
        assert outcome.graded == (student in with_grade), student
        assert bool(outcome.reason) != outcome.settled, student
    without = len(marking.read_states(room.folder)) - len(with_grade)
    assert " ".join(printed.split()).count("It has no grade (not 0).") == without


def test_what_is_saved_in_an_odd_way_is_read_all_the_same(mixed):
    room, _ = mixed
    assert room.outcome("utf16").earned == 6 and "UTF-16" in room.outcome("utf16").notes[0]
    assert not list(room.folder.glob("submitted-rewritten-*"))


def test_what_is_wrong_is_said_to_the_instructor_and_not_to_the_learner(mixed):
    room, printed = mixed
    assert "not valid JSON" in room.outcome("cut").reason
    assert "another notebook" in room.outcome("other").reason
    assert "my_solution.ipynb" in room.outcome("renamed").reason
    assert "start.py fresh" not in printed


@pytest.mark.skipif(not PORTABLE, reason="Links are POSIX")
def test_a_link_out_of_the_folder_is_never_followed(mixed):
    room, _ = mixed
    assert "help.txt is a symbolic link out of the folder" in room.outcome("linked").reason
    assert not (room.folder / "autograded" / "linked").exists()


def test_the_summary_names_the_hardest_item_and_the_commonest_misconception(mixed):
    flat = " ".join(mixed[1].split())
    assert "was new to the gradebook: `nbgrader generate_assignment` was run on it" in flat
    assert "4 graded, " in flat and "Mean 4.0 of the 6 points that tests give" in flat
    assert "Hardest item: 2. How many have a fever (50% of its points earned)" in flat
    assert "Commonest misconception (1 of 4): Count 38 as a fever as well." in flat


def test_the_exit_code_says_whether_something_needs_a_look(mixed):
    room, _ = mixed
    assert run(room, students=["student001"])[0] == 0  # settled: nothing to look at
    assert run(room, students=["cut"])[0] == 1


def test_a_crash_and_an_endless_loop_have_names_and_cost_only_their_own_points(ward, tmp_path):
    room = ward_class.make(tmp_path / "course", ward, quick=False, more="c.Execute.timeout = 4\n")
    room.hand_in("loops", ward.notebook({"q3_highest": "while True:\n    pass"}))
    room.hand_in("exits", ward.notebook({"q3_highest": "import os\nos._exit(0)"}))
    code, _ = run(room, processes=2)
    assert (code, room.outcome("loops").state, room.outcome("exits").state) == (
        1,
        State.TIMED_OUT,
        State.CRASHED,
    )
    for student in ("loops", "exits"):
        assert room.outcome(student).earned == 5 and room.outcome(student).graded
        states = {test["id"]: test["state"] for test in room.outcome(student).tests}
        assert states.pop("q3_value") == room.outcome(student).state
        assert set(states.values()) == {State.EARNED, State.PERSON}


# ---- what is done again, and what is not


def test_a_second_run_does_only_what_has_changed(room, ward):
    ward_class.of_same(room, 4)
    code, printed = run(room)
    assert code == 0 and "was new to the gradebook" not in printed
    assert sorted(graded_now(printed)) == ["student001", "student002", "student003", "student004"]
    code, printed = run(room)
    assert (code, graded_now(printed)) == (0, [])
    room.hand_in("student003", ward.notebook())
    code, printed = run(room)
    assert graded_now(printed) == ["student003"] and room.outcome("student003").earned == 6
    with sqlite3.connect(room.folder / "gradebook.db") as gradebook:  # as a restored copy would differ
        gradebook.execute("UPDATE grade SET auto_score = 0.5 WHERE auto_score = 2")
    gradebook.close()
    assert sorted(graded_now(run(room)[1])) == [
        "student001",
        "student002",
        "student003",
        "student004",
    ]
    (room.folder / "gradebook.db").unlink()
    assert len(graded_now(run(room)[1])) == 4 and len(room.submissions()) == 4
    assert len(graded_now(run(room, again=True)[1])) == 4


def test_manual_grades_and_comments_survive_grading_again(room, ward):
    room.hand_in("ann", ward.notebook())
    run(room)
    with Gradebook(room.db_url) as gradebook:  # as the formgrader stores them
        written = gradebook.find_grade("q4_note", EXERCISE, EXERCISE, "ann")
        written.manual_score, written.needs_manual_grade = 2.5, False
        changed = gradebook.find_grade("q2_count", EXERCISE, EXERCISE, "ann")
        changed.manual_score, changed.needs_manual_grade = 1.5, False
        gradebook.find_comment("q4_note", EXERCISE, EXERCISE, "ann").manual_comment = "Say whom it harms."
        gradebook.db.commit()
    room.hand_in("ann", ward.notebook({"q1_mean": "def mean_known(values):\n    return 37.0"}))
    run(room)
    grades = room.grades()
    assert grades["ann", "q4_note"][:2] == (None, 2.5) and grades["ann", "q4_note"][3] == "Say whom it harms."
    assert grades["ann", "q2_count"][:2] == (2, 1.5)
    room.hand_in("ann", ward.notebook({"q1_mean": "def mean_known(values):\n    return 36.0"}))
    run(room)
    assert room.grades()["ann", "q1_new"][0] == 0
    assert room.grades()["ann", "q4_note"][1] == 2.5


def test_a_damaged_second_hand_in_leaves_the_first_grade_and_says_so(room, ward):
    room.hand_in("ann", ward.notebook())
    run(room)
    before = room.grades()
    room.hand_in("ann", b"not a notebook")
    code, printed = run(room)
    assert code == 1 and "still has the grade of what was handed in before" in " ".join(printed.split())
    assert room.grades() == before


def test_a_source_that_changed_after_the_hand_in_is_reported(room, ward):
    room.hand_in("ann", ward.notebook())
    run(room)
    path = room.folder / "source" / EXERCISE / f"{EXERCISE}.ipynb"
    source = nbformat.read(path, as_version=4)
    cell(source, "q2_count").source += "\nassert fevers([]) == 0"
    nbformat.write(source, path)
    _, printed = run(room)
    assert "has changed since the gradebook saw it (q2_count)" in printed
    assert graded_now(printed) == ["ann"]


def test_a_damaged_journal_is_set_aside(room, ward):
    room.hand_in("ann", ward.notebook())
    run(room)
    (room.folder / "grading-journal.db").write_bytes(b"\0" * 5000)
    code, printed = run(room)
    assert code == 0 and graded_now(printed) == ["ann"]
    assert "was set aside as grading-journal-damaged-" in printed


def test_a_gradebook_left_without_its_version_is_mended(room):
    version = "SELECT version_num FROM alembic_version"
    with sqlite3.connect(room.folder / "gradebook.db") as gradebook:
        before = gradebook.execute(version).fetchall()
        gradebook.execute("DROP TABLE alembic_version")
        gradebook.commit()
        ClassCourse(room.folder).mend_gradebook()
        assert gradebook.execute(version).fetchall() == before
        gradebook.execute("DELETE FROM alembic_version")
        gradebook.commit()
        ClassCourse(room.folder).mend_gradebook()
        assert gradebook.execute(version).fetchall() == before
    gradebook.close()


# ---- killed, crashed, locked


@pytest.mark.skipif(not PORTABLE, reason="Process groups are POSIX")
def test_a_run_killed_at_any_moment_loses_and_doubles_nothing(ward, tmp_path):
    kept, killed = (ward_class.make(tmp_path / name, ward) for name in ("kept", "killed"))
    students = ward_class.of_same(kept, 48)
    ward_class.of_same(killed, 48)
    kept.hand_in("torn", b"{")
    killed.hand_in("torn", b"{")
    assert run(kept)[0] == 1
    chance, seen = random.Random(20), []
    for lines in (0, 2, 3):  # 0: while the exercise is prepared or the first is graded
        with started(killed) as process:
            while lines and (line := process.stdout.readline()):
                lines -= len(now := graded_now(line))
                seen += now
            if lines == 0 and not seen:
                while process.poll() is None and not (killed.folder / "gradebook.db").exists():
                    time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.3))
            os.killpg(process.pid, signal.SIGKILL)
            seen += graded_now(process.stdout.read())
    assert 0 < len(seen) < 49, "the run was not killed in the middle"
    seen += graded_now(killed.grade("--workers", "2", code=1))
    assert len(seen) == len(set(seen)), "what was in the journal was graded again"
    assert killed.submissions() == kept.submissions() == students
    assert killed.grades() == kept.grades()
    assert {k: o.state for k, o in marking.read_states(killed.folder).items()} == {
        k: o.state for k, o in marking.read_states(kept.folder).items()
    }
    for student in students:
        path = Path("autograded", student, EXERCISE, f"{EXERCISE}.ipynb")
        assert (killed.folder / path).read_bytes() == (kept.folder / path).read_bytes()


@pytest.mark.skipif(not PORTABLE, reason="Forking is POSIX")
def test_a_run_killed_many_times_at_chosen_steps_ends_as_if_it_never_was(prepared, tmp_path):
    """Before and after statements, commits and files: the moments between which something could be half done."""
    from fixtures import killed as killing

    kept, killed = (ward_class.copy_of(prepared, tmp_path / name) for name in ("kept", "killed"))
    students = ward_class.of_same(kept, 16)
    ward_class.of_same(killed, 16)
    run(kept)
    places = killing.storm(killed.folder, killed.env, kills=24, steps=64)
    assert places.count("finished") <= 4 and len(set(places)) >= 8, places
    assert {"before commit", "after commit"} <= set(places)
    before = {student for _, student in marking.read_states(killed.folder)}
    assert before < set(students), "nothing was left to do"
    _, printed = run(killed)
    assert sorted(graded_now(printed)) == sorted(set(students) - before)
    assert killed.submissions() == kept.submissions() == students
    assert killed.grades() == kept.grades()
    for student in students:
        path = Path("autograded", student, EXERCISE, f"{EXERCISE}.ipynb")
        assert (killed.folder / path).read_bytes() == (kept.folder / path).read_bytes()


def processes_on(room) -> list[int]:
    """Processes that have the class's folder in their command line."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "status"]):
        words = process.info["cmdline"] or []
        if str(room.folder) in words and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process.pid)
    return found


@pytest.mark.skipif(not PORTABLE, reason="Process groups are POSIX")
@pytest.mark.parametrize("how", ["interrupted", "leader killed"])
def test_a_run_that_is_stopped_leaves_no_process_behind(room, ward, how):
    ward_class.of_same(room, 2)
    room.hand_in("z_slow", ward.notebook({"q1_mean": "import time\ntime.sleep(600)"}))
    with started(room) as process:
        told = process.stdout.readline() + process.stdout.readline()
        assert sorted(graded_now(told)) == ["student001", "student002"], told
        if how == "interrupted":
            os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C in a terminal
            told += process.stdout.read()
            assert process.wait() == 130 and "Stopped; 1 are left." in told and "Traceback" not in told
        else:
            process.kill()
            process.wait()
    for _ in range(300):
        if not processes_on(room):
            break
        time.sleep(0.1)
    assert processes_on(room) == []
    assert sorted(student for _, student in marking.read_states(room.folder)) == ["student001", "student002"]


@pytest.mark.skipif(walls.found()[0] != "namespaces", reason="needs bubblewrap and namespaces")
def test_workers_share_a_warm_parent_and_one_that_is_killed_costs_nothing(ward, tmp_path):
    room = ward_class.make(tmp_path / "course", ward, quick=False)
    students = ward_class.of_same(room, 24)
    with started(room) as process:
        told = process.stdout.readline()
        children = psutil.Process(process.pid).children()
        workers = [child for child in children if child.name() != "bwrap"]
        assert len(workers) == 2 and len(children) == 3, [child.cmdline() for child in children]
        workers[0].kill()
        told += process.stdout.read()
    assert process.returncode == 0 and sorted(graded_now(told)) == students
    assert all(room.outcome(student).settled for student in students)
    assert room.submissions() == students


def test_protections_that_are_missing_are_said_for_a_class_too(ward, tmp_path, monkeypatch):
    room = ward_class.make(tmp_path / "course", ward, quick=False)
    room.hand_in("ann", ward.notebook())
    monkeypatch.setenv("CURRICULUM_SANDBOX", "off")
    assert "The sandbox is switched off: notebooks run with your rights." in room.grade("--class")
    if not walls.missing():
        monkeypatch.setenv("CURRICULUM_SANDBOX", "auto")
        assert "protection" not in room.grade("--class", "--again")


def test_libraries_are_guessed_from_the_instructors_notebook(ward, tmp_path):
    room = ward_class.make(tmp_path / "course", ward)
    assert early.libraries(room.folder, EXERCISE) == ["csv"]
    assert early.libraries(room.folder, "99_not_there") == []
    path = room.folder / "source" / EXERCISE / f"{EXERCISE}.ipynb"
    for damaged in ("{", "[]", '{"cells": [{}]}'):
        path.write_text(damaged)
        assert early.libraries(room.folder, EXERCISE) == []


def test_a_submission_that_takes_its_worker_along_or_holds_it_costs_no_other(room, ward):
    students = ward_class.of_same(room, 4)
    room.hand_in("a_killer", ward.notebook({"q1_mean": "import os\nos._exit(9)"}))
    room.hand_in("b_holder", ward.notebook({"q1_mean": "import time\ntime.sleep(600)"}))
    code, printed = run(room, processes=2, limit=6)
    assert code == 1 and sorted(graded_now(printed)) == ["a_killer", "b_holder", *students]
    killer, holder = room.outcome("a_killer"), room.outcome("b_holder")
    assert (killer.state, killer.graded, killer.again) == (State.CRASHED, False, True)
    assert (holder.state, holder.graded, holder.again) == (State.TIMED_OUT, False, True)
    assert "process ended" in killer.reason and "after 6 seconds" in holder.reason
    assert all(room.outcome(student).settled for student in students)
    room.hand_in("a_killer", ward.notebook())
    room.hand_in("b_holder", ward.notebook())
    code, printed = run(room, processes=2)
    assert code == 0 and sorted(graded_now(printed)) == ["a_killer", "b_holder"]


def test_a_write_lock_that_somebody_holds_is_waited_for(room, ward):
    room.hand_in("ann", ward.notebook())
    run(room)
    holder = sqlite3.connect(room.folder / "gradebook.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(9, holder.rollback)  # SQLite's own patience ends after 5 seconds
    timer.start()
    code, _ = run(room, again=True)
    timer.join()
    holder.close()
    assert code == 0 and room.outcome("ann").state is State.PERSON


def test_one_run_at_a_time(room, ward):
    room.hand_in("ann", ward.notebook())
    holder = "from pathlib import Path; from curriculum.grading.marking import locks; import sys, time\n"
    holder += (
        "with locks.hold(Path(sys.argv[1]), locks.RUN):\n    print('held', flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(room.folder)], stdout=subprocess.PIPE, text=True, env=room.env
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(marking.CannotRunError, match="Another run is grading this course"):
            run(room)
        assert not (room.folder / "autograded").exists()
        other.kill()
    assert run(room)[0] == 0


# ---- looking at submissions


def released(ward) -> dict:
    return {EXERCISE: ward.released}


def write(folder: Path, data: bytes) -> Path:
    folder.mkdir()
    (folder / f"{EXERCISE}.ipynb").write_bytes(data)
    return folder


def test_a_good_submission_passes_inspection(ward, tmp_path):
    folder = write(tmp_path / "x", nbformat.writes(ward.notebook()).encode())
    (folder / "helper.py").write_text("x = 1")
    seen = inspection.inspect(folder, "ann", released(ward))
    assert (seen.state, seen.there, seen.notes, seen.rewritten) == (None, (EXERCISE,), (), {})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\0" * 500, "is empty"),
        (b"<html>", "not valid JSON"),
        (b"[" * 200_000, "not valid JSON"),
        (b"[]", "is not a notebook"),
        (b'{"nbformat": 9, "cells": []}', "newer than this course knows"),
        (b'{"nbformat": 4, "nbformat_minor": 5, "cells": 3, "metadata": {}}', "list of cells cannot be read"),
        (b"<<<<<<< HEAD\n{}", "merge conflict"),
        (b"x" * 3000, "has 0 MB"),
    ],
)
def test_damage_is_named(ward, tmp_path, monkeypatch, data, words):
    monkeypatch.setattr(inspection, "LARGEST_NOTEBOOK", 2500 if data[:1] == b"x" else 10**6)
    seen = inspection.inspect(write(tmp_path / "x", data), "ann", released(ward))
    assert seen.state is State.DAMAGED and words in seen.reason and "`" not in seen.reason


def test_too_much_handed_in_is_set_aside(ward, tmp_path, monkeypatch):
    folder = write(tmp_path / "x", nbformat.writes(ward.notebook()).encode())
    (folder / "video.mp4").write_bytes(b"v" * 100_000)
    monkeypatch.setattr(inspection, "LARGEST_FOLDER", 90_000)
    assert "nbgrader would copy them all" in inspection.inspect(folder, "ann", released(ward)).reason


@pytest.mark.skipif(not PORTABLE, reason="Links and pipes are POSIX")
def test_links_and_pipes_are_not_opened(ward, tmp_path):
    good = nbformat.writes(ward.notebook()).encode()
    for name, make, words in (
        ("pipe", lambda f: os.mkfifo(f / "data.csv"), "data.csv is neither a file nor a folder"),
        ("out", lambda f: (f / "d").symlink_to("/etc"), "d is a symbolic link out of the folder"),
        ("gone", lambda f: (f / "d").symlink_to("nowhere"), "d is a symbolic link that leads nowhere"),
        ("loop", lambda f: (f / "d").symlink_to("d"), "d is a symbolic link that leads nowhere"),
        ("inside", lambda f: (f / "d").symlink_to(f"{EXERCISE}.ipynb"), ""),
    ):
        folder = write(tmp_path / name, good)
        make(folder)
        seen = inspection.inspect(folder, "ann", released(ward))
        assert words in seen.reason and (seen.state is State.DAMAGED) == bool(words), name
    whole = tmp_path / "whole"
    whole.symlink_to(tmp_path / "inside")
    assert "is a symbolic link" in inspection.inspect(whole, "ann", released(ward)).reason


@pytest.mark.skipif(not PORTABLE, reason="Links are POSIX")
def test_a_fingerprint_follows_contents_and_no_links(tmp_path):
    folder = write(tmp_path / "x", b"{}")
    first = fingerprint(folder)
    os.utime(folder / f"{EXERCISE}.ipynb", (1, 1))
    assert fingerprint(folder) == first
    outside = tmp_path / "outside"
    outside.write_text("1")
    (folder / "link").symlink_to(outside)
    second = fingerprint(folder)
    outside.write_text("2")
    assert first != second == fingerprint(folder)
    (folder / f"{EXERCISE}.ipynb").write_bytes(b"{ }")
    assert fingerprint(folder) != second


# ---- what is told


def outcome(student: str, earned: float, message: str = "", **more) -> Outcome:
    tests = (
        {
            "item": 1,
            "title": "Means",
            "id": "a",
            "earned": 2,
            "possible": 2,
            "state": "earned",
            "message": "",
        },
        {
            "item": 2,
            "title": "Counts",
            "id": "b",
            "earned": earned - 2,
            "possible": 4,
            "state": "not yet" if message else "earned",
            "message": message,
        },
    )
    tests = tuple({**test, "written": False, "objective": ""} for test in tests)
    values = {"graded": True, "earned": earned, "possible": 6, "tests": tests, "state": State.GRADED, **more}
    return Outcome("e", student, **values)


def test_a_summary_counts_only_what_has_a_grade():
    found = summary.sum_up(
        "e",
        [
            outcome("a", 6),
            outcome("b", 2, "Count 38."),
            outcome("c", 4, "Count 38."),
            outcome("d", 4, "Other."),
            Outcome("e", "f", State.DAMAGED, "It is cut off."),
            outcome("g", 6, state=State.TAMPERED),
        ],
    )
    assert (found.graded, found.mean, found.lowest, found.highest) == (4, 4, 2, 6)
    assert found.spread == pytest.approx(1.633, abs=1e-3)
    assert (found.hardest.title, found.hardest.share) == ("2. Counts", 0.5)
    assert (found.misconception.message, found.misconception.submissions) == ("Count 38.", 2)
    assert summary.sum_up("e", [Outcome("e", "f", State.DAMAGED, "x")]).mean is None


def test_a_terminal_gets_a_bar_and_hears_only_of_trouble():
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    with progress.watch(3, console) as tell:
        tell(outcome("ann", 6))
        tell(Outcome("e", "ben", State.DAMAGED, "It is cut off."))
        tell(outcome("cem", 6))
    said = out.getvalue()
    assert "3 done, 1 failed, 0 left" in said
    assert "ben, e: damaged. It is cut off." in said and "ann" not in said


def test_an_outcome_survives_the_journal(tmp_path):
    journal, task = Journal(tmp_path), Task("e", "Zoë", "1", "2")
    written = outcome("Zoë", 4, "Count 38.", notes=("A note.",))
    journal.record(task, outcome("Zoë", 2))
    journal.record(task, written)
    journal.close()
    journal = Journal(tmp_path)
    assert journal.entries("e") == {"Zoë": (task, written)} and journal.entries("f") == {}
    journal.close()
    assert json.loads(json.dumps(written.as_dict()))["student"] == "Zoë"


@pytest.mark.parametrize(
    ("errors", "state"),
    [
        ([("TimeBudgetError", "late"), ("DeadKernelError", "dead")], State.PARTLY_RUN),
        ([("DeadKernelError", "dead"), ("CellTimeoutError", "slow")], State.CRASHED),
        ([("CellTimeoutError", "slow")], State.TIMED_OUT),
        ([("ValueError", "own")], State.GRADED),
    ],
)
def test_what_broke_a_run_counts_only_where_points_are_missing(errors, state):
    from curriculum.grading.marking.classcourse import _stands
    from curriculum.grading.results import Item, Report, Test

    def report(earned):
        test = Test("t", "", earned, 1, State.EARNED if earned else State.NOT_YET)
        return Report("e", (Item(1, "One", (test,), test.state),))

    assert _stands(report(0), set(errors))[0] is state
    assert _stands(report(1), set(errors))[0] is State.GRADED


def test_tampering_comes_before_everything_else():
    from curriculum.grading.marking.classcourse import _stands
    from curriculum.grading.results import Item, Report, Test

    test = Test("t", "", 0, 1, State.TAMPERED, "The check was replaced.")
    report = Report("e", (Item(1, "One", (test,), test.state),))
    assert _stands(report, {("TimeBudgetError", "late")}) == (State.TAMPERED, "The check was replaced.")
    full = Report("e", (Item(1, "One", (Test("t", "", 1, 1, State.EARNED),), State.EARNED),))
    assert _stands(full, set(), ["It replaced a check."]) == (State.TAMPERED, "It replaced a check.")
    assert _stands(full, set()) == (State.GRADED, "")


# ---- the command


def test_what_cannot_run_is_said_in_a_plain_sentence(room, ward):
    def fails_with(words: str, **options) -> None:
        with pytest.raises(marking.CannotRunError, match=words):
            run(room, **options)

    fails_with("Nobody has handed anything in")
    room.hand_in("ann", ward.notebook())
    fails_with(f"Nobody has handed in 77_none. Handed in are: {EXERCISE}", exercises=["77_none"])
    fails_with("zoe has handed in nothing", students=["zoe"])
    fails_with("leave --workers out", scheduler="tcp://127.0.0.1:9")
    shutil.move(room.folder / "source", room.folder / "elsewhere")
    (room.folder / "gradebook.db").unlink()
    fails_with(f"There is no exercise {EXERCISE}")
    config = room.folder / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nsyntax error here\n")
    fails_with("cannot be used: SyntaxError")
    config.unlink()
    fails_with("holds no nbgrader_config.py")
    shutil.rmtree(room.folder)
    fails_with("There is no folder")


def test_what_cannot_run_ends_with_2(room, ward):
    room.hand_in("ann", ward.notebook())
    config = room.folder / "nbgrader_config.py"
    config.write_text(
        config.read_text() + "\nc.CourseDirectory.db_url = 'postgresql+psycopg2://localhost/x'\n"
    )
    said = room.grade("--workers", "1", code=2)
    assert "the package psycopg2 is not installed" in said and "Traceback" not in said
    config.write_text("c = get_config()\nc.CourseDirectory.course_id = 5\n")
    said = room.grade("--workers", "1", code=2)
    assert "nbgrader cannot use" in said and "course_id" in said and "Traceback" not in said


def test_without_an_option_for_classes_ones_own_copy_is_graded(monkeypatch):
    asked = []
    monkeypatch.setattr(grading, "run", lambda root, names: asked.append(names) or 0)
    monkeypatch.setattr(marking, "run", lambda *a: pytest.fail("a class was graded"))
    assert CliRunner().invoke(cli.app, ["grade", "12_data_quality"]).exit_code == 0
    assert asked == [["12_data_quality"]]


@pytest.mark.parametrize(
    "words",
    [
        ["--class"],
        ["--student", "ann"],
        ["--workers", "2"],
        ["--scheduler", "tcp://x:1"],
        ["--again"],
        ["--course", "q"],
    ],
)
def test_an_option_for_classes_grades_the_class(monkeypatch, words):
    asked = []
    monkeypatch.setattr(grading, "run", lambda *a: pytest.fail("one's own copy was graded"))
    monkeypatch.setattr(marking, "run", lambda *a: asked.append(a) or 1)
    assert CliRunner().invoke(cli.app, ["grade", *words]).exit_code == 1
    assert asked[0][0] == (Path("q") if "q" in words else ward_class.ROOT / "exercises")


def test_blank_work_earns_nothing_and_is_graded(room, ward):
    room.hand_in("ann", copy.deepcopy(ward.released))
    code, _ = run(room)
    assert code == 0 and room.outcome("ann").earned == 0 and room.outcome("ann").state is State.GRADED
