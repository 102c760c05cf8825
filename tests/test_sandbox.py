"""The pieces of the sandbox: walls, the warm parent and its children, what tests see, what is stored."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import sys
import time
from pathlib import Path

import nbformat
import pytest
from fixtures import ward_course
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from curriculum.grading import State, gradebook, preprocessors, wording
from curriculum.grading.sandbox import host, trusted, walls
from curriculum.grading.sandbox.inside import calls
from curriculum.grading.sandbox.inside.cells import Names

WAY = walls.found()[0]
forked = pytest.mark.skipif(WAY == "kernel", reason="notebooks run in an ordinary kernel on this system")
walled = pytest.mark.skipif(WAY != "namespaces", reason="needs bubblewrap and namespaces")
NOTHING = trusted.Trusted((), (), {}, ())
MOST = 100_000

pytestmark = pytest.mark.xdist_group("sandbox")


def run(child: host.Child, source: str, kind: str = "plain", seconds: float = 60) -> tuple[str, dict]:
    """What a cell prints or shows, its error's name at the end, and the report."""
    said, report = "", {}
    for message in child.run(source, kind, 1, seconds, 1):
        content = message.get("content", {})
        said += content.get("text", "") or content.get("data", {}).get("text/plain", "")
        said += f" {content['ename']}: {content['evalue']}" if "ename" in content else ""
        report = message.get("done", {})
    return said, report


@pytest.fixture(scope="module")
def parent():
    if WAY == "kernel":
        pytest.skip("notebooks run in an ordinary kernel on this system")
    made = host.WarmParent(
        trusted.Trusted(("numpy", "numpy.testing"), ("numpy",), {"np": ("numpy", None)}, ("median",))
    )
    yield made
    made.close()


@pytest.fixture
def child(parent):
    with parent.child({}, host.Limits(), MOST, ("median",)) as made:
        yield made


# ---- which walls there are


def test_what_is_missing_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr(walls, "found", lambda: ("bare", "bubblewrap is not installed"))
    line = walls.missing()
    assert "\n" not in line and "own files" in line and "no network" in line
    assert "bubblewrap is not installed" in line and "container" in line
    there = {layer.name for layer in walls.protections() if layer.present}
    assert there - {"few system calls"} == {"limits", "true tests"}


def test_each_reason_is_said_once(monkeypatch):
    monkeypatch.setattr(walls, "found", lambda: ("bare", "bubblewrap is not installed"))
    monkeypatch.setattr(walls.calls.platform, "machine", lambda: "riscv64")
    monkeypatch.setattr(walls.linux, "landlock_version", lambda: 0)
    assert "(bubblewrap is not installed; there is no list of system calls for riscv64)" in walls.missing()


def test_without_forking_nothing_is_promised(monkeypatch):
    monkeypatch.setattr(walls, "found", lambda: ("kernel", "there is no sandbox for win32"))
    assert not any(layer.present for layer in walls.protections())


@walled
def test_with_bubblewrap_nothing_is_missing():
    assert walls.missing() == ""


def test_a_required_sandbox_that_cannot_be_had_refuses_to_grade(monkeypatch, tmp_path):
    monkeypatch.setenv("CURRICULUM_SANDBOX", "require")
    monkeypatch.setattr(walls, "found", lambda: ("landlock", "bubblewrap is not installed"))
    step = preprocessors.ForkedExecute()
    resources = {"metadata": {"path": str(tmp_path)}, "nbgrader": {"assignment": "a", "notebook": "a"}}
    with pytest.raises(host.SandboxError, match="bubblewrap is not installed"):
        step.preprocess(new_notebook(cells=[new_code_cell("1")]), resources)


def test_a_missing_filter_of_system_calls_is_a_missing_wall(monkeypatch, tmp_path):
    monkeypatch.setenv("CURRICULUM_SANDBOX", "require")
    monkeypatch.setattr(walls, "found", lambda: ("namespaces", ""))
    monkeypatch.setattr(walls.calls, "missing", lambda: "there is no list of system calls for riscv64")
    step = preprocessors.ForkedExecute()
    resources = {"metadata": {"path": str(tmp_path)}, "nbgrader": {"assignment": "a", "notebook": "a"}}
    with pytest.raises(host.SandboxError, match=r"few system calls .*riscv64"):
        step.preprocess(new_notebook(cells=[new_code_cell("1")]), resources)


@walled
def test_a_course_folder_inside_pythons_own_is_hidden(monkeypatch, tmp_path):
    (tmp_path / "course" / ".venv").mkdir(parents=True)
    monkeypatch.setattr(walls, "readable", lambda: [str(tmp_path)])
    monkeypatch.setattr(walls.sys, "prefix", str(tmp_path / "course" / ".venv"))
    words = walls.command("bwrap", (str(tmp_path / "course"),))
    places = [words.index(str(p)) for p in (tmp_path, tmp_path / "course", tmp_path / "course" / ".venv")]
    assert places == sorted(places)
    assert words[places[1] - 1] == "--tmpfs"


def test_the_environment_holds_nothing_of_the_grading_persons(monkeypatch):
    monkeypatch.setenv("API_TOKEN", "secret")
    assert "secret" not in str(walls.environment())
    assert "API_TOKEN" not in walls.environment()


# ---- the filter of system calls


def judged(machine: str, number: int, *arguments: int, architecture: int | None = None) -> str:
    """What the filter says to a call: the filter's program is run here as the kernel runs it."""
    words = {0: number & 0xFFFFFFFF, 4: architecture or calls.ARCHITECTURES[machine]}
    for place, value in enumerate(arguments):
        words[16 + 8 * place] = value & 0xFFFFFFFF
    program, at, held = calls.program(machine), 0, 0
    while True:
        code, yes, no, value = program[at]
        at += 1
        if code == calls.RETURN:
            allowed = value == calls.ALLOW
            return "allowed" if allowed else errno.errorcode[value - calls.FAIL]
        if code == calls.LOAD:
            held = words.get(value, 0)
        else:
            true = {
                calls.EQUAL: held == value,
                calls.AT_LEAST: held >= value,
                calls.ANY_BIT: bool(held & value),
            }
            at += yes if true[code] else no


LINUX_ERRORS = pytest.mark.skipif(sys.platform != "linux", reason="errors have other numbers there")


@LINUX_ERRORS
@pytest.mark.parametrize("machine", calls.ARCHITECTURES)
def test_the_filter_denies_what_it_lists_and_nothing_else(machine):
    column = list(calls.ARCHITECTURES).index(machine)
    denied = {numbers[column] for numbers in calls.DENIED.values()} - {None}
    special = {numbers[column] for numbers in calls.JUDGED.values()}
    for number in range(calls.NEWER):
        if number not in special:
            assert judged(machine, number) == ("EPERM" if number in denied else "allowed"), number
    for number in (calls.NEWER, 1000, 0x40000000 | 1, -1):  # new ones, those of x32, nonsense
        assert judged(machine, number) == "ENOSYS"
    assert judged(machine, 1, architecture=0x40000003) == "ENOSYS"  # 32-bit programs have other numbers


@LINUX_ERRORS
@pytest.mark.parametrize("machine", calls.ARCHITECTURES)
def test_some_calls_are_judged_by_what_they_ask_for(machine):
    def asked(name: str, *arguments: int) -> str:
        return judged(machine, calls.JUDGED[name][list(calls.ARCHITECTURES).index(machine)], *arguments)

    assert asked("clone3") == "ENOSYS"
    thread, fork = 0x3D0F00, 0x01200011
    assert asked("clone", thread) == asked("clone", fork) == "allowed"
    for bit in (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        assert asked("clone", bit | 17) == "EPERM"
    assert asked("personality", 0xFFFFFFFF) == asked("personality", 0) == "allowed"
    assert asked("personality", 0x0040000) == "EPERM"
    assert asked("ioctl", 0, 0x5413) == "allowed"
    assert asked("ioctl", 0, 0x5412) == asked("ioctl", 0, 0x541C) == "EPERM"
    for family in range(50):
        usual = family in (1, 2, 10)
        assert asked("socket", family, 1, 0) == ("allowed" if usual else "EAFNOSUPPORT")
        assert asked("socketpair", family) == ("allowed" if family == 1 else "EAFNOSUPPORT")
    assert [asked("socket", 2, 1, protocol) for protocol in (6, 17, 132, 262)] == [
        *("allowed", "allowed", "EPROTONOSUPPORT", "EPROTONOSUPPORT")
    ]


@pytest.mark.parametrize(
    ("machine", "header", "name"),
    [
        ("x86_64", "x86_64-linux-gnu/asm/unistd_64.h", r"__NR_(\w+)\s+(\d+)"),
        ("aarch64", "asm-generic/unistd.h", r"__NR(?:3264)?_(\w+)\s+(\d+)"),
    ],
)
def test_the_numbers_are_those_of_the_kernels_own_headers(machine, header, name):
    path = Path("/usr/include", header)
    if not path.is_file():
        pytest.skip("the kernel's headers are not installed")
    known = {word: int(number) for word, number in re.findall(rf"#define {name}", path.read_text())}
    column = list(calls.ARCHITECTURES).index(machine)
    for call, numbers in (calls.DENIED | calls.JUDGED).items():
        assert numbers[column] == known.get(call), call
    assert set(known.values()) & set(range(440)), "the header was read"


@forked
def test_the_usual_libraries_work_behind_the_filter(child):
    """Programs, threads, pools of processes, joblib's workers, figures, a model on two cores, sqlite."""
    if reason := calls.missing():
        pytest.skip(reason)
    assert "Seccomp:\t2" in run(child, "print(open('/proc/self/status').read())")[0]
    said, report = run(child, LIBRARIES)
    assert not report["error"], said
    assert said.split() == [
        "5",
        "[1,",
        "2]",
        "[1,",
        "2]",
        "[1,",
        "2]",
        "[1,",
        "2]",
        "hi",
        "True",
        "True",
        "1",
    ]


LIBRARIES = """
import asyncio, multiprocessing, os, socket, sqlite3, subprocess, sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import joblib, numpy as np, pandas as pd, matplotlib.pyplot as plt
from sklearn.ensemble import RandomForestClassifier
print(subprocess.run([sys.executable, "-c", "print(5)"], capture_output=True, text=True).stdout.strip())
with ThreadPoolExecutor(2) as pool:
    print(list(pool.map(abs, [-1, 2])))
for way in ("fork", "spawn"):
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(way)) as pool:
        print(list(pool.map(abs, [-1, 2])))
print(joblib.Parallel(2)(joblib.delayed(abs)(x) for x in (-1, 2)))
program = await asyncio.create_subprocess_exec("echo", "hi", stdout=subprocess.PIPE)
print((await program.communicate())[0].decode().strip())
pd.DataFrame({"a": [1, 2]}).plot()
plt.savefig("figure.png")
plt.close("all")
print(os.path.getsize("figure.png") > 0)
table, y = np.random.rand(60, 3), np.arange(60) % 2
print(bool(RandomForestClassifier(20, n_jobs=2).fit(table, y).predict(table).size))
print(sqlite3.connect("x.db").execute("SELECT 1").fetchone()[0])
one, other = socket.socketpair()
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
"""


# ---- what the instructor's notebook says


def test_libraries_and_names_are_read_from_the_instructors_notebook():
    def cell(source: str, **marks: object):
        made = new_code_cell(source)
        if marks:
            made.metadata["nbgrader"] = {"grade": False, "solution": False, "locked": True, **marks}
        return made

    known = trusted.of_notebook(
        new_notebook(
            cells=[
                cell("import numpy as np\nfrom math import sqrt as root\n%matplotlib inline"),
                cell("import csv\ndef mean(x):\n    y = 1\nfor row in ():\n    total = 1", solution=True),
                cell("import pandas.testing\ndef helper():\n    import json", grade=True),
                cell("this is not Python"),
            ]
        )
    )
    assert {"numpy", "math", "csv", "pandas.testing", "json", "numpy.testing"} <= set(known.modules)
    assert set(known.tested) == {"pandas.testing", "json"}
    assert known.names == {"np": ("numpy", None), "root": ("math", "sqrt"), "pandas": ("pandas", None)}
    assert set(known.free) == {"csv", "mean", "row", "total"}


# ---- cells


@forked
def test_a_cell_gives_what_a_kernel_gives(child):
    assert run(child, "print('a')\n1 + 1")[0] == "a\n2"
    assert run(child, "1;")[0] == ""
    assert run(child, "_")[0] == "2"
    assert run(child, "await __import__('asyncio').sleep(0)\n'waited'")[0] == "'waited'"
    assert "StdinNotImplementedError" in run(child, "input()")[0]
    said, report = run(child, "1 / 0")
    assert "ZeroDivisionError: division by zero" in said and report["error"]
    assert run(child, "import subprocess\n_ = subprocess.run(['echo', 'past Python'])")[0] == "past Python\n"
    assert run(child, "exit()")[1]["exit"]


@forked
def test_figures_and_updated_displays_are_shown(child):
    said, report = run(child, "%matplotlib inline\nimport matplotlib.pyplot as plt\n_ = plt.plot([1, 2])")
    assert "<Figure size" in said and not report["error"]
    kinds = [
        message.get("msg_type")
        for message in child.run("h = display(1, display_id=True)\nh.update(2)", "plain", 1, 60, 1)
    ]
    assert kinds == ["display_data", "update_display_data", None]
    assert "no screen" in run(child, "%gui qt")[0]
    assert "There is no screen" not in run(child, "%matplotlib inline")[0]


@forked
def test_a_late_cell_is_interrupted_and_the_next_one_runs(child):
    said, report = run(child, "x = 1\nwhile True:\n    pass", seconds=0.5)
    assert report["late"] and "KeyboardInterrupt" in said
    assert run(child, "x")[0] == "1"


@forked
@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import os\nos._exit(0)", "dead"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "dead"),
        ("import time\nwhile True:\n    try: time.sleep(9)\n    except BaseException: pass", "stuck"),
        (
            "import os\nfor n in range(3, 200):\n    try: os.write(n, b'{}\\n')\n    except OSError: pass\nimport time\ntime.sleep(9)",
            "forged",
        ),
    ],
)
def test_why_a_child_is_lost_is_known(parent, source, why):
    with parent.child({}, host.Limits(), MOST) as child, pytest.raises(host.Lost) as lost:
        run(child, source, seconds=1)
    assert lost.value.why == why


@forked
def test_children_share_nothing(parent, tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("given")
    for _ in range(2):
        with parent.child({"data/data.csv": data}, host.Limits(), MOST) as child:
            assert run(child, "print(open('data/data.csv').read())")[0] == "given\n"
            assert "NameError" in run(child, "left")[0]
            assert run(child, "import os\nprint(os.path.exists('left'))")[0] == "False\n"
            run(child, "left = 1\nopen('left', 'w').write('x')\nopen('data/data.csv', 'w').write('changed')")
    assert data.read_text() == "given"


@forked
def test_random_numbers_differ_from_child_to_child(parent):
    seen = set()
    for _ in range(3):
        with parent.child({}, host.Limits(), MOST) as child:
            seen.add(run(child, "import random, numpy as np\nprint(random.random(), np.random.rand())")[0])
    assert len(seen) == 3


@walled
def test_a_child_that_is_closed_leaves_no_process(parent):
    child = parent.child({}, host.Limits(), MOST)
    run(child, "import subprocess\np = subprocess.Popen(['sleep', '424242'], start_new_session=True)")
    end = time.monotonic() + 30
    while not _running("424242") and time.monotonic() < end:
        time.sleep(0.05)
    assert _running("424242")
    child.close()
    end = time.monotonic() + 30
    while _running("424242") and time.monotonic() < end:
        time.sleep(0.05)
    assert not _running("424242")


def _running(words: str) -> list[str]:
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            line = Path("/proc", pid, "cmdline").read_bytes()
        except OSError:
            continue
        if b"sleep\0" in line and words.encode() in line:
            found.append(pid)
    return found


@forked
def test_a_warm_parent_is_kept_and_replaced_when_it_has_ended():
    first = host.warm_parent(NOTHING)
    assert host.warm_parent(NOTHING) is first
    first._process.kill()
    second = host.warm_parent(NOTHING)
    with second.child({}, host.Limits(), MOST) as child:
        assert second is not first and run(child, "2")[0] == "2"
    second.close()


@forked
@pytest.mark.parametrize("way", ["landlock", "bare"])
def test_without_bubblewrap_there_is_what_there_is(monkeypatch, tmp_path, way):
    """Forked children with fewer walls: limits and clean-up hold; Landlock keeps files and TCP."""
    from curriculum.grading.sandbox.inside import linux

    if way == "landlock" and linux.landlock_version() < 4:
        pytest.skip("this kernel has no Landlock for networks")
    monkeypatch.setattr(walls, "found", lambda: (way, "for this test"))
    (tmp_path / "secret.txt").write_text("secret")
    made = host.WarmParent(NOTHING)
    try:
        with made.child({}, host.Limits(processes=8), MOST) as child:
            refused = run(child, "import socket\nsocket.socket(17)")[0]  # a raw packet socket
            assert "not supported" in refused or calls.missing()
            said = run(child, f"print(open({str(tmp_path / 'secret.txt')!r}).read())")[0]
            assert (said == "secret\n") == (way == "bare")
            assert run(child, "import tempfile\nopen(tempfile.mkdtemp() + '/x', 'w').write('ok')")[0] == "2"
            if way == "landlock":
                out = run(child, "import socket\nsocket.create_connection(('127.0.0.1', 9))")[0]
                assert "PermissionError" in out
            run(child, "import subprocess\np = subprocess.Popen(['setsid', 'sleep', '434343'])")
            with pytest.raises(host.Lost, match="processes"):
                run(child, "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass")
        assert not _running("434343")
        assert not os.listdir(made._process.folder)
    finally:
        made.close()
    assert not os.path.exists(made._process.folder)


# ---- what tests see


def test_a_test_sees_the_notebooks_names_live_and_the_true_ones_in_place_of_covers():
    space = {"abs": lambda x: 0, "x": 1}
    names = Names(space)
    names.renew({"abs": abs})
    exec("y = abs(-x)\ndef f():\n    return abs(-x) + y", names)
    assert space["y"] == 1 and space["abs"](5) == 0
    space["x"] = 3
    assert eval("f()", names) == 4
    exec("abs = len\nz = [abs('ab') for _ in (1, 2)]\ndel y", names)
    assert space["abs"] is len and space["z"] == [2, 2] and "y" not in space
    assert "x" in names and names.get("nothing", 7) == 7 and set(names) >= {"x", "z"}


@forked
def test_a_name_that_the_solution_defines_is_the_learners(child):
    run(child, "def median(x):\n    return 'mine'\nfilter = 'a word'")
    assert run(child, "median([1])", "test")[0] == "'mine'"
    assert run(child, "list(filter(None, [0, 1]))", "test")[0] == "[1]"
    assert run(child, "filter")[0] == "'a word'"


@forked
def test_helpers_of_a_test_cannot_be_replaced_by_the_notebook(child):
    run(child, "def close(a, b):\n    return a == b", "test")
    run(child, "def close(a, b):\n    return True")
    assert "AssertionError" in run(child, "assert close(1, 2)", "test")[0]
    run(child, "def close(a, b):\n    return a != b", "given")  # the exercise itself may
    assert run(child, "assert close(1, 2)", "test")[1]["error"] is False


@forked
def test_what_was_patched_is_put_back_and_named(child):
    run(child, "import numpy as np, builtins\nbuiltins.len = lambda x: 7\nnp.testing.assert_equal = print")
    said, report = run(child, "assert len([1]) == 1\nnp.testing.assert_equal(1, 2)", "test")
    assert "AssertionError" in said
    assert report["changed"] == ["builtins.len", "numpy.testing.assert_equal"]
    assert run(child, "assert True", "test")[1]["changed"] == []


@forked
def test_a_test_that_follows_a_test_is_guarded_too(child):
    run(child, "def f():\n    np.testing.assert_allclose.__defaults__ = (1e9,) * 5", "plain")
    run(child, "import numpy as np\nassert True", "test")
    assert "assert_allclose" in str(run(child, "f()", "test")[1]["changed"])
    assert "AssertionError" in run(child, "np.testing.assert_allclose([1.0], [2.0])", "test")[0]


@forked
def test_a_test_may_await_and_give_part_of_the_points(child):
    assert run(child, "await __import__('asyncio').sleep(0)\n0.5", "test")[0] == "0.5"
    assert run(child, "0.5;", "test")[0] == ""


# ---- what is stored


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ({"message": "stream", "content": {"name": "odd", "text": 5}}, {"name": "stdout", "text": "5"}),
        (
            {"message": "display_data", "content": {"data": {"text/plain": 5, "x": "y", "image/png": ["a"]}}},
            {"data": {"text/plain": "5", "image/png": "['a']"}, "metadata": {}},
        ),
        (
            {"message": "error", "content": {"ename": 1, "traceback": "x"}},
            {"ename": "1", "evalue": "", "traceback": []},
        ),
        ({"message": "comm_open", "content": {}}, None),
        ({"message": "stream", "content": []}, None),
        ({"message": ["x"], "content": {}}, None),
    ],
)
def test_whatever_a_child_says_becomes_a_message_that_a_notebook_can_hold(said, stored):
    made = host.fit(said)
    assert (made and made["content"]) == stored


def test_points_are_stored_all_or_not_at_all(tmp_path, monkeypatch):
    ward = ward_course.make(tmp_path)
    ward.grade()
    db_url = f"sqlite:///{(ward.root / '.grading' / ward_course.EXERCISE / 'gradebook.db').as_posix()}"

    def points():
        with Gradebook(db_url) as book:
            grades = book.find_submission(ward_course.EXERCISE, "learner").notebooks[0].grades
            return {grade.name: grade.auto_score for grade in grades}

    before, real, calls = points(), preprocessors.SaveAutoGrades._add_score, []

    def breaks(self, cell, resources):
        calls.append(cell)
        if len(calls) == 3:
            raise RuntimeError("the power went off")
        real(self, cell, resources)

    monkeypatch.setattr(preprocessors.SaveAutoGrades, "_add_score", breaks)
    assert ward.grade({"q1_mean": "mean_known = None"}).problem
    assert len(calls) == 3 and points() == before and before["q1_form"] == 1


def test_an_ordinary_kernel_grades_when_the_sandbox_is_off(tmp_path, monkeypatch):
    ward = ward_course.make(tmp_path)
    monkeypatch.setenv("CURRICULUM_SANDBOX", "off")
    monkeypatch.setattr(host, "warm_parent", lambda *_: pytest.fail("no child was wanted"))
    report = ward.grade({"q1_mean": "mean_known = None"})
    assert report.earned == 3 and report.tests["q2_count"].state is State.EARNED


def test_the_error_of_a_tampered_test_is_told_as_such():
    cell = new_code_cell("assert True")
    cell.outputs = [
        nbformat.v4.new_output("error", ename=name, evalue="Wait.", traceback=[])
        for name in ("ValueError", wording.TAMPERED)
    ]
    error = wording.failure(cell)
    assert wording.explain(error) == (State.TAMPERED, "Wait.")


# ---- the gradebook


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known which disks are local")
def test_a_local_gradebook_uses_a_write_ahead_log_and_a_damaged_one_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "gradebook.db"
    monkeypatch.setattr(gradebook, "is_local", lambda _: True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE a (b)")
        gradebook._set_up(connection, None)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    path.write_bytes(b"garbage" * 1000)
    with sqlite3.connect(path) as connection:
        gradebook._set_up(connection, None)
    monkeypatch.setattr(gradebook, "is_local", lambda _: False)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE a (b)")
        gradebook._set_up(connection, None)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


@pytest.mark.skipif(sys.platform == "win32", reason="paths are written another way there")
def test_a_disk_that_is_not_known_counts_as_far_away(monkeypatch):
    mounts = "server:/home /home nfs4 rw 0 0\n/dev/sda / ext4 rw 0 0\n/dev/sdb /home/me/disk xfs rw 0 0\n"
    monkeypatch.setattr(gradebook.sys, "platform", "linux")
    monkeypatch.setattr(gradebook.Path, "read_text", lambda *_, **__: mounts)
    monkeypatch.setattr(gradebook.Path, "resolve", lambda self: self)
    assert not gradebook.is_local(Path("/home/me/gradebook.db"))
    assert gradebook.is_local(Path("/srv/gradebook.db"))
    assert gradebook.is_local(Path("/home/me/disk/gradebook.db"))
    monkeypatch.setattr(gradebook.sys, "platform", "darwin")
    assert not gradebook.is_local(Path("/srv/gradebook.db"))


@forked
def test_what_is_begun_early_is_taken_over_or_ended():
    hide, modules = ("/nowhere-1",), ["fractions", "no_such_module"]
    host.begin(hide, modules)
    begun = host._early[os.getpid(), hide]
    made = host.warm_parent(NOTHING, hide)
    assert made.pid == begun.pid and not host._early
    with made.child({}, host.Limits(), MOST) as child:
        assert run(child, "import sys; 'fractions' in sys.modules")[0] == "True"
    made.close()
    host.begin(hide, modules)
    begun = host._early[os.getpid(), hide]
    host.end(hide)
    assert begun.ended and not host._early
    host.end(hide)  # twice does no harm


@forked
def test_a_fork_of_the_grader_uses_its_warm_parent_and_leaves_it_alone():
    made = host.warm_parent(NOTHING, ("/nowhere-2",))
    if made._process.folder is not None:
        pytest.skip("children share a folder here, so each grader has a warm parent of its own")
    with made.child({}, host.Limits(), MOST) as mine:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                again = host.warm_parent(NOTHING, ("/nowhere-2",))
                with again.child({}, host.Limits(), MOST) as child:
                    code = 0 if again is made and run(child, "1 + 1")[0] == "2" else 2
                again.close()
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        assert run(mine, "2 + 2")[0] == "4"  # ours goes on
    assert made.alive
    made.close()


def test_a_cell_is_only_taken_as_it_stands_where_ipython_would_change_nothing(root):
    """Every cell of the course that is taken as plain Python, and notation that must not be."""
    from IPython.core.inputtransformer2 import TransformerManager

    from curriculum.grading.sandbox.inside.cells import NOTATION

    plain = 0
    for path in sorted((root / "exercises" / "source").glob("*/*.ipynb")):
        for one in nbformat.read(path, as_version=4).cells:
            if one.cell_type == "code" and "\n" in one.source.strip() and not NOTATION.search(one.source):
                plain += 1
                assert TransformerManager().transform_cell(one.source) == one.source.rstrip("\n") + "\n"
    assert plain > 200
    for text in (
        *(
            "x = 1\n%time x",
            "x = %pwd\ny = 1",
            "f = !ls\ng = 1",
            "a = 1\nsum?",
            "a = 1\n!ls",
            "%%timeit\n1\n2",
        ),
        *(
            "  a = 1\n  b = 2",
            ">>> a = 1\n>>> b",
            "In [1]: a = 1\nb = 2",
            "a = 1\n   \nb = 2",
            "\na = 1\nb",
            ",f a\nb",
        ),
        *("a = 1\n/f b", ";f a b\nc", "...: a\n...: b", "a = 1\x0cb = 2\nc"),
    ):
        assert NOTATION.search(text), text
