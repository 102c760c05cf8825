"""Grading a class over a dask cluster, and into a PostgreSQL gradebook. Everything on 127.0.0.1."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from fixtures import ward_class, ward_course
from fixtures.ward_class import EXERCISE

from curriculum.grading import marking
from curriculum.grading.marking import cluster
from curriculum.grading.marking.outcome import CannotRunError

pytestmark = pytest.mark.xdist_group("marking")
DASK = pytest.mark.skipif(
    not importlib.util.find_spec("distributed"), reason="dask.distributed is not installed"
)
POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    return ward_course.make(tmp_path_factory.mktemp("ward-far"))


def printed_lines(text: str) -> list[str]:
    return re.findall(r"^\d+/\d+ (\w+), ", text, re.M)


# ---- dask


@contextlib.contextmanager
def process(words: list[str], env: dict[str, str], until: str):
    """A process in a session of its own, once it has said `until`; killed at the end. Yields it and the match."""
    with subprocess.Popen(
        [sys.executable, "-m", *words],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            told = ""
            while not (found := re.search(until, told)):
                line = running.stdout.readline()
                assert line, f"{words[0]} ended: {told}"
                told += line
            yield running, found
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)


@DASK
@pytest.mark.skipif(sys.platform == "win32", reason="Process groups are POSIX")
def test_a_cluster_that_loses_a_worker_grades_every_submission_once(ward, tmp_path, monkeypatch):
    room = ward_class.make(tmp_path / "course", ward)
    students = ward_class.of_same(room, 12)
    alone = ward_class.make(tmp_path / "alone", ward)
    ward_class.of_same(alone, 3)  # one of each kind
    monkeypatch.setattr(marking, "LocalWorkers", ward_class.HereWorkers)
    assert marking.run(alone.folder) == 0
    scheduler = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with process(scheduler, room.env, r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)") as (_, found):
        worker = ["distributed.cli.dask_worker", found[1], "--host", "127.0.0.1", "--nthreads", "1"]
        worker += ["--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path)]
        ready = r"Registered to:"
        with process(worker, room.env, ready) as (one, _), process(worker, room.env, ready):
            with subprocess.Popen(
                room.command("--scheduler", found[1]),
                env={**room.env, "PYTHONUNBUFFERED": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            ) as run:
                told = ""
                while len(printed_lines(told)) < 4 and (line := run.stdout.readline()):
                    told += line
                assert len(printed_lines(told)) == 4, told
                os.killpg(one.pid, signal.SIGKILL)
                told += run.stdout.read()
            assert run.returncode == 0, told
    assert sorted(printed_lines(told)) == students == room.submissions()
    kinds = alone.grades()
    for (student, test), grade in room.grades().items():
        like = f"student{(int(student[-3:]) - 1) % 3 + 1:03}"
        assert grade == kinds[like, test], (student, test)
    assert len(marking.read_states(room.folder)) == 12


def test_sqlite_is_written_by_one_machine_only(tmp_path):
    assert cluster.fault_here(str(tmp_path), cluster.machine()) == ""
    assert cluster.fault_here(str(tmp_path), "") == ""
    assert "Use PostgreSQL" in cluster.fault_here(str(tmp_path), "another machine")
    assert "under the same path" in cluster.fault_here(str(tmp_path / "no"), "")


@DASK
def test_no_scheduler_is_a_plain_sentence():
    with pytest.raises(CannotRunError, match="No dask scheduler answers at"):
        cluster.ClusterWorkers("tcp://127.0.0.1:9", seconds=1)


def test_a_missing_package_is_a_plain_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CannotRunError, match="--scheduler needs"):
        cluster.ClusterWorkers("tcp://127.0.0.1:9")


# ---- PostgreSQL


@pytest.fixture(scope="module")
def postgres():
    """Address of a PostgreSQL server of our own; nothing of it is left behind."""
    if not POSTGRES:
        pytest.skip("PostgreSQL's server is not installed (Debian: postgresql)")
    if not importlib.util.find_spec("psycopg"):
        pytest.skip("psycopg is not installed")
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # it refuses to run as root
    if as_server and not shutil.which("runuser"):
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    folder = tempfile.mkdtemp(prefix="pg-")  # not pytest's, which only its owner may enter
    if as_server:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    tool = POSTGRES[-1].parent

    def call(name: str, *words: str) -> None:
        subprocess.run(
            [*as_server, str(tool / name), *words], check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=60
        )

    data = f"{folder}/data"
    try:
        call("initdb", "-D", data, "-U", "teacher", "-A", "trust", "-N", "-E", "UTF8", "--locale=C")
        options = f"-h 127.0.0.1 -p {port} -k {folder} -F"
        call("pg_ctl", "-D", data, "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            call("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "teacher", "grades")
            yield f"postgresql+psycopg://teacher@127.0.0.1:{port}/grades"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def test_the_gradebook_may_be_postgresql(ward, tmp_path, postgres, monkeypatch):
    here, far = ward_class.make(tmp_path / "here", ward), ward_class.make(tmp_path / "far", ward, postgres)
    for room in (here, far):
        students = ward_class.of_same(room, 3)
        room.hand_in("torn", b"{")
    monkeypatch.setattr(marking, "LocalWorkers", ward_class.HereWorkers)
    assert marking.run(here.folder) == 1
    told = far.grade("--workers", "2", code=1)
    assert sorted(printed_lines(told)) == [*students, "torn"]
    assert not (far.folder / "gradebook.db").exists()
    assert far.submissions() == students and far.grades() == here.grades()
    assert printed_lines(far.grade("--workers", "1", EXERCISE, code=1)) == []


def test_a_gradebook_that_does_not_answer_is_a_plain_sentence(ward, tmp_path):
    if not importlib.util.find_spec("psycopg"):
        pytest.skip("psycopg is not installed")
    room = ward_class.make(tmp_path / "c", ward, "postgresql+psycopg://teacher:secret@127.0.0.1:9/grades")
    room.hand_in("ann", ward.notebook())
    said = room.grade("--workers", "1", code=2)
    assert "does not answer" in said and "secret" not in said and "Traceback" not in said
