"""start.py: set-up, repair, its clear sentences, and the server it starts.

Each test works in a copy of the course (in a folder with spaces in its name) and never touches the
environment that the tests run in. `uv` is a stand-in that makes a real, empty environment and prints
what the real tool prints when it fails; pip is the real one, without a network.
"""

from __future__ import annotations

import ast
import errno
import hashlib
import http.client
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = os.name == "nt"
posix = pytest.mark.skipif(WINDOWS, reason="signals and modes of POSIX")

FAKE_UV = """
import os, subprocess, sys, time
arguments, mode = sys.argv[1:], os.environ.get("FAKE_UV", "")
with open(os.environ["FAKE_UV_LOG"], "a") as log:
    log.write(" ".join(arguments) + "\\n")
if arguments[0] == "venv":
    sys.exit(subprocess.call([arguments[2], "-m", "venv", "--without-pip", arguments[3]]))
if arguments[:2] == ["pip", "install"]:
    if mode.startswith("sleep"):
        time.sleep(float(mode.split()[1]))
    elif mode:
        sys.stderr.write(mode)
        sys.exit(2)
"""

# What the real tools print (uv 0.13, pip 23 and 25, Debian's venv), shortened to the lines that matter.
UV_NO_NETWORK = """error: Failed to fetch: `https://example.org/simple/numpy/`
  cause: error sending request for url (https://example.org/simple/numpy/)
  cause: client error (Connect)
  cause: dns error"""
UV_DISK_FULL = """error: Failed to install: joblib-1.6.0-py3-none-any.whl (joblib==1.6.0)
  cause: failed to copy file from /c/joblib to /v/joblib: No space left on device (os error 28)"""
UV_HASH = """error: Hash mismatch for `numpy==2.4.0`

Expected:
  sha256:00

Computed:
  sha256:11"""
UV_NO_WHEEL = """error: No solution found when resolving dependencies
  cause: Because numpy==2.4.0 has no usable wheels and you require numpy==2.4.0"""
UV_CERTIFICATE = """error: Failed to fetch: `https://example.org/simple/numpy/`
  cause: client error (Connect)
  cause: invalid peer certificate: UnknownIssuer"""
PIP_NO_NETWORK = """WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<pip>:
Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/numpy/
ERROR: Could not find a version that satisfies the requirement numpy==2.4.0 (from versions: none)
ERROR: No matching distribution found for numpy==2.4.0"""
PIP_DISK_FULL = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device"
PIP_LOCKED = "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: 'x.pyd'"
DEBIAN_VENV = """The virtual environment was not created successfully because ensurepip is not
available.  On Debian/Ubuntu systems, you need to install the python3-venv
package using the following command."""


def load_start():
    """start.py as a module."""
    spec = importlib.util.spec_from_file_location("start_under_test", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


start = load_start()


class Course:
    """A small copy of the course, and a way to run its start.py."""

    def __init__(self, folder: Path, tools: Path) -> None:
        self.folder = folder
        self.tools = tools
        self.log = tools / "calls.txt"

    def environment(self, **more: str) -> dict[str, str]:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("CURRICULUM_", "JUPYTER", "PYTEST"))}
        env["PATH"] = os.pathsep.join([str(self.tools), env["PATH"]])
        return env | {"FAKE_UV_LOG": str(self.log), "PYTHONIOENCODING": "utf-8", **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "start.py", *arguments],
            cwd=self.folder,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def installs(self) -> list[str]:
        return [call for call in self.calls() if call.startswith("pip install")]

    @property
    def python(self) -> Path:
        return start.venv_python(self.folder)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    folder, tools = tmp_path / "my course folder", tmp_path / "tools"
    (folder / "curriculum").mkdir(parents=True)
    tools.mkdir()
    for name in ("start.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    for name in ("workspace.py", "changes.py"):
        shutil.copy(ROOT / "curriculum" / name, folder / "curriculum")
    shutil.copytree(ROOT / "jupyter", folder / "jupyter")
    (folder / "curriculum/__init__.py").write_text("")
    (folder / "curriculum/__main__.py").write_text("import sys; print('curriculum', *sys.argv[1:])")
    (folder / "requirements.txt").write_text("# none\n")
    (folder / "requirements-test.txt").write_text("# none\n")
    release = folder / "exercises/release/12_demo"
    release.mkdir(parents=True)
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (release / "12_demo.ipynb").write_text(json.dumps(notebook))
    (folder / "notebooks").mkdir()
    (folder / "notebooks/00_start_here.ipynb").write_text(json.dumps(notebook))
    (tools / "uv.py").write_text(FAKE_UV)
    if WINDOWS:
        (tools / "uv.bat").write_text(f'@"{sys.executable}" "{tools / "uv.py"}" %*\n')
    else:
        (tools / "uv").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tools / "uv.py"}" "$@"\n')
        (tools / "uv").chmod(0o755)
    return Course(folder, tools)


def one_sentence(done: subprocess.CompletedProcess, *fragments: str) -> None:
    """The run failed, said so in plain words, and showed no traceback."""
    everything = done.stdout + done.stderr
    assert done.returncode != 0, everything
    assert "Traceback" not in everything
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for fragment in fragments:
        assert fragment in done.stderr, done.stderr


# ---------------------------------------------------------------------------------------------- old Pythons


def test_old_pythons_can_parse_it() -> None:
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    names = {
        (node.names[0].name if isinstance(node, ast.Import) else node.module or "").split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert names - {"curriculum"} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 10, 13)])
def test_old_python_gets_a_sentence(version: tuple[int, int, int]) -> None:
    code = (
        f"import sys; sys.version_info = {version}; sys.argv = ['start.py']; "
        "exec(compile(open('start.py', encoding='utf-8').read(), 'start.py', 'exec'), "
        "{'__name__': '__main__', '__file__': 'start.py'})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    one_sentence(done, "needs Python 3.11", f"this is Python {version[0]}.{version[1]}")


# ----------------------------------------------------------------------------------- set-up and second call


def test_first_call_installs_and_second_call_does_not(course: Course) -> None:
    first = course.run("prepare")
    assert first.returncode == 0, first.stderr
    assert first.stdout.rstrip().endswith("curriculum prepare")
    installs = course.installs()
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert installs[0].endswith("requirements.txt")
    assert "--no-deps -e" in installs[1]
    calls, begin = course.calls(), time.monotonic()
    second = course.run("grade", "12_demo", "--verbose")
    assert second.stdout.strip() == "curriculum grade 12_demo --verbose"
    assert time.monotonic() - begin < 10
    assert course.calls() == calls, "the second call must not even ask uv for its version"


def test_tests_and_authors_get_their_packages_once(course: Course) -> None:
    course.run("prepare")
    before = len(course.installs())
    assert course.run("build", "--check").returncode == 0
    assert [call for call in course.installs()[before:] if call.endswith("requirements-test.txt")]
    again = len(course.installs())
    course.run("check")
    course.run("prepare")
    assert len(course.installs()) == again


def test_changed_requirements_are_installed_in_place(course: Course) -> None:
    course.run("prepare")
    marker = course.folder / ".venv/marker"
    marker.touch()
    (course.folder / "requirements.txt").write_bytes(b"# none\r\n")  # other line ends are no change
    before = len(course.installs())
    course.run("prepare")
    assert len(course.installs()) == before
    (course.folder / "requirements.txt").write_text("# none, but newer\n")
    done = course.run("prepare")
    assert len(course.installs()) == before + 2
    assert "anew" not in done.stdout
    assert marker.exists()


def test_an_update_without_network_keeps_the_environment(course: Course) -> None:
    course.run("prepare")
    marker = course.folder / ".venv/marker"
    marker.touch()
    (course.folder / "requirements.txt").write_text("# none, but newer\n", encoding="utf-8")
    for _ in range(2):  # the second try must not take the first one's failure for a broken environment
        done = course.run("prepare", FAKE_UV=UV_NO_NETWORK)
        assert done.returncode == 1
        assert "cannot be reached" in done.stderr
        assert "anew" not in done.stdout
        assert marker.exists()
    assert course.run("prepare").returncode == 0
    assert marker.exists()


def test_a_command_for_authors_without_network_leaves_the_learner_able_to_work(course: Course) -> None:
    course.run("prepare")
    assert course.run("check", FAKE_UV=UV_NO_NETWORK).returncode == 1
    before = len(course.installs())
    assert course.run("prepare").returncode == 0
    assert len(course.installs()) == before


def test_new_entry_points_are_installed(course: Course) -> None:
    course.run("prepare")
    before = len(course.installs())
    project = course.folder / "pyproject.toml"
    project.write_text(project.read_text().replace("[project.scripts]", '[project.scripts]\nother = "a:b"'))
    course.run("prepare")
    assert [call.split(" -e ")[0].split(" --no-deps")[1:] for call in course.installs()[before:]] == [[""]]


def test_nothing_is_installed_in_the_middle_of_a_test_run(course: Course) -> None:
    course.run("prepare")
    before = course.calls()
    (course.folder / "requirements.txt").write_text("# changed\n")
    done = course.run("prepare", CURRICULUM_TEST_RUN=str(course.folder))
    assert done.returncode == 0
    assert course.calls() == before


def test_two_at_once_install_once(course: Course) -> None:
    command = [sys.executable, "start.py", "prepare"]
    env = course.environment(FAKE_UV="sleep 1")
    both = [subprocess.Popen(command, cwd=course.folder, env=env, stdout=subprocess.PIPE) for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0].decode() for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert len(course.installs()) == 2, course.calls()
    assert sum("waiting" in output for output in outputs) == 1


def test_both_requirements_files_agree() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([A-Za-z0-9._-]+(?:\[[^\]]*\])?)==([^ ;\\\n]+)", text, re.M))

    learner, tests = pins("requirements.txt"), pins("requirements-test.txt")
    assert learner
    assert {name: tests.get(name) for name in learner} == learner


def test_every_pin_has_hashes() -> None:
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.count("--hash=sha256:") >= len(re.findall(r"^[A-Za-z0-9._\[\]-]+==", text, re.M)) > 100


# ---------------------------------------------------------------------------------------------------- repair


@pytest.mark.parametrize("damage", ["interpreter", "stamp", "moved", "interrupted early"])
def test_broken_environment_is_made_anew(course: Course, damage: str) -> None:
    course.run("prepare")
    venv = course.folder / ".venv"
    (venv / "left over").touch()
    if damage == "interpreter":
        course.python.unlink()
    elif damage == "stamp":
        (venv / ".course-stamp.json").write_text("{ half")
    elif damage == "moved":
        course.folder = course.folder.rename(course.folder.with_name("moved folder"))
        venv = course.folder / ".venv"
    else:
        (venv / ".course-stamp.json").unlink()
        (venv / "pyvenv.cfg").unlink()
    done = course.run("prepare")
    assert done.returncode == 0, done.stderr
    assert "making it anew" in done.stdout
    assert not (venv / "left over").exists()
    assert "anew" not in course.run("prepare").stdout


def test_something_else_named_venv_is_kept(course: Course) -> None:
    (course.folder / ".venv").mkdir()
    (course.folder / ".venv/thesis.txt").write_text("mine")
    done = course.run("prepare")
    assert done.returncode == 0, done.stderr
    kept = [path for path in course.folder.glob(".venv-*/thesis.txt")]
    assert [path.read_text() for path in kept] == ["mine"]


def test_failed_first_installation_leaves_nothing_half(course: Course) -> None:
    course.run("prepare", FAKE_UV=UV_NO_NETWORK)
    assert not (course.folder / ".venv").exists()
    done = course.run("prepare")
    assert done.returncode == 0
    assert "anew" not in done.stdout


# ------------------------------------------------------------------------------------------- clear sentences


@pytest.mark.parametrize(
    ("message", "fragments"),
    [
        (UV_NO_NETWORK, ["cannot be reached", "Check the connection"]),
        (UV_DISK_FULL, ["disk is full", "about 1 GB"]),
        (UV_HASH, ["checksum differs"]),
        (UV_NO_WHEEL, ["does not"]),
        (UV_CERTIFICATE, ["root certificate"]),
    ],
    ids=["network", "disk", "hash", "wheel", "certificate"],
)
def test_uv_fails(course: Course, message: str, fragments: list[str]) -> None:
    one_sentence(course.run("prepare", FAKE_UV=message), *fragments)


@pytest.mark.parametrize(
    ("message", "fragment"),
    [
        (PIP_NO_NETWORK, "cannot be reached"),
        (PIP_DISK_FULL, "disk is full"),
        (PIP_LOCKED, "Close programs"),
        (DEBIAN_VENV, "-venv`"),
        ("/usr/bin/python3: No module named venv", "-venv`"),
    ],
)
def test_messages_of_pip_and_venv(message: str, fragment: str, tmp_path: Path) -> None:
    sentence = start.explain(message, tmp_path)
    assert sentence is not None
    assert fragment in sentence


def test_too_new_python(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(start.sys, "version_info", (3, 19, 0))
    assert "Use Python 3.11 to 3.13" in start.explain(UV_NO_WHEEL, tmp_path)


def test_unknown_failure_shows_its_last_lines_and_the_log(course: Course) -> None:
    done = course.run("prepare", FAKE_UV="error: the moon is in the wrong house")
    assert done.returncode == 1
    assert "the moon is in the wrong house" in done.stderr
    assert "setup.log" in done.stderr
    assert "Traceback" not in done.stderr


def wheel(folder: Path) -> None:
    """A tiny package to install offline."""
    info = "demo_package-1.0.dist-info"
    record = f"{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / "demo_package-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: demo-package\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", record)


def pip_is_there() -> bool:
    done = subprocess.run([start.base_python(), "-c", "import pip"], capture_output=True)
    return done.returncode == 0


@pytest.mark.skipif(not pip_is_there(), reason="the Python under this environment has no pip")
@pytest.mark.parametrize("failure", ["network", "hash", "missing"])
def test_the_real_pip_fails(failure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel(tmp_path)
    (tmp_path / "empty").mkdir()
    requirements = tmp_path / "requirements.txt"
    requirements.write_text("demo-package==1.0 --hash=sha256:" + "0" * 64 + "\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    more, sentence = {
        "network": (
            ["--index-url", "http://127.0.0.1:9/simple", "--retries", "1", "--timeout", "2"],
            "cannot be reached",
        ),
        "hash": (["--no-index", "--find-links", str(tmp_path)], "checksum differs"),
        "missing": (["--no-index", "--find-links", str(tmp_path / "empty")], "does not"),
    }[failure]
    command = [start.base_python(), "-m", "pip", "download", "--no-deps", "-d", str(tmp_path / "empty")]
    with pytest.raises(start.Trouble, match=sentence):
        start.run_tool([*command, "--require-hashes", "-r", str(requirements), *more], tmp_path, "Installing")


def real_uv() -> str | None:
    found = shutil.which("uv")
    ok = found and subprocess.run([found, "--version"], capture_output=True).returncode == 0
    return str(Path(found).parent) if ok else None


@pytest.mark.skipif(real_uv() is None, reason="uv is not installed here")
@pytest.mark.parametrize("failure", ["network", "hash"])
def test_the_real_uv_fails(course: Course, failure: str) -> None:
    wheel(course.tools)
    for name in ("uv", "uv.bat"):
        (course.tools / name).unlink(missing_ok=True)
    (course.folder / "requirements.txt").write_text("demo-package==1.0 --hash=sha256:" + "0" * 64 + "\n")
    env = {"UV_NO_CACHE": "1", "UV_NO_CONFIG": "1", "UV_HTTP_RETRIES": "0"}
    if failure == "network":
        env |= {"UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple"}
    else:
        env |= {"UV_NO_INDEX": "1", "UV_FIND_LINKS": str(course.tools)}
    sentence = {"network": "cannot be reached", "hash": "checksum differs"}[failure]
    one_sentence(course.run("prepare", **env), sentence)


def test_uv_that_does_not_run_is_not_used(course: Course) -> None:
    if WINDOWS:
        (course.tools / "uv.bat").write_text("@exit /b 127\n")
    else:
        (course.tools / "uv").write_text("#!/bin/sh\nexit 127\n")
    env = course.environment()
    code = "import start; print(start.find_uv())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=course.folder, env=env, capture_output=True, text=True
    )
    assert done.stdout.strip() == "None"


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_incomplete_copy(course: Course, name: str) -> None:
    (course.folder / name).unlink()
    one_sentence(course.run(), f"{name} is missing", "Clone or download")


def test_damaged_pyproject(course: Course) -> None:
    (course.folder / "pyproject.toml").write_text("[project\n")
    one_sentence(course.run("prepare"), "pyproject.toml", "damaged")


@posix
def test_folder_that_cannot_be_written(course: Course, monkeypatch, capsys) -> None:
    if os.geteuid() == 0:  # root may write everywhere, so let the system call say no

        def refuse(path, *_, **__):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(start.Path, "mkdir", refuse)
        assert start.main(["prepare"], course.folder) == 1
        assert "Nothing can be written in" in capsys.readouterr().err
        return
    course.folder.chmod(0o555)
    try:
        one_sentence(course.run("prepare"), "Nothing can be written in")
    finally:
        course.folder.chmod(0o755)


def test_full_disk_while_writing(course: Course, monkeypatch, capsys) -> None:
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(start, "scratch_folder", full)
    assert start.main(["prepare"], course.folder) == 1
    error = capsys.readouterr().err
    assert "disk is full" in error
    assert "Traceback" not in error


def test_debian_without_venv(course: Course, monkeypatch, capsys) -> None:
    fake = course.tools / ("python.bat" if WINDOWS else "python")
    if WINDOWS:
        fake.write_text("@echo The virtual environment: ensurepip is not available.\n@exit /b 1\n")
    else:
        fake.write_text(f"#!/bin/sh\ncat <<'E'\n{DEBIAN_VENV}\nE\nexit 1\n")
        fake.chmod(0o755)
    monkeypatch.setattr(start, "base_python", lambda: str(fake))
    monkeypatch.setattr(start, "find_uv", lambda: None)
    assert start.main(["prepare"], course.folder) == 1
    assert re.search(r"sudo apt install python3\.\d+-venv", capsys.readouterr().err)


def test_error_of_its_own_is_one_line(course: Course, monkeypatch, capsys) -> None:
    def broken(*_, **__):
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(start, "ensure", broken)
    assert start.main(["prepare"], course.folder) == 1
    error = capsys.readouterr().err
    assert "a mistake of ours" in error
    assert "Traceback" not in error
    assert "RuntimeError" in (course.folder / ".venv-setup/error.log").read_text()


def test_port_in_use_is_said_before_anything_is_installed(course: Course) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one_sentence(course.run("--no-browser", "--port", str(port)), f"Port {port} is in use")
    assert course.calls() == []
    one_sentence(course.run("--port", "70000"), "70000 is no port")


def test_8888_or_a_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "port_is_free", lambda port: port != 8888)
    assert start.choose_port(None) not in (0, 8888)
    monkeypatch.setattr(start, "port_is_free", lambda port: True)
    assert start.choose_port(None) == 8888


def test_unknown_option_and_help(course: Course) -> None:
    done = course.run("--brwoser")
    assert done.returncode == 2
    assert "--no-browser" in done.stderr
    assert "start.py grade" in course.run("help").stdout
    assert course.calls() == []


@posix
def test_ctrl_c_while_installing(course: Course) -> None:
    process = subprocess.Popen(
        [sys.executable, "start.py"], cwd=course.folder, env=course.environment(FAKE_UV="sleep 60"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not course.installs():
        time.sleep(0.05)
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    out, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Stopped" in error
    assert "Traceback" not in out + error
    done = course.run("prepare")
    assert "its installation was not finished" in done.stdout
    assert done.returncode == 0


# ---------------------------------------------------------------------------------- pytest and the JupyterLab


def borrow_packages(course: Course) -> dict[str, str]:
    """Set the course up and let its empty environment use the packages of the one that runs this test."""
    assert course.run("prepare").returncode == 0
    inside = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.check_output([str(course.python), "-c", inside], text=True).strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    prefix = Path(sys.prefix)
    return {
        "JUPYTER_PATH": str(prefix / "share/jupyter"),
        "JUPYTER_CONFIG_PATH": str(prefix / "etc/jupyter"),
        "JUPYTERLAB_DIR": str(prefix / "share/jupyter/lab"),
        "HOME": str(course.tools),
        # nbgrader calls `alembic` by name, so the borrowed commands have to be found as well
        "PATH": os.pathsep.join([str(course.tools), str(Path(sys.executable).parent), os.environ["PATH"]]),
        "JUPYTER_CONFIG_DIR": str(course.tools / "config"),
    }


def test_the_exit_code_is_that_of_pytest(course: Course) -> None:
    borrow_packages(course)
    (course.folder / "tests").mkdir()
    (course.folder / "tests/test_it.py").write_text("def test_good(): pass\ndef test_bad(): assert 0\n")
    done = course.run("test", "-q", "-n0")
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert course.run("test", "-q", "-n0", "no_such_file.py").returncode == 4


def test_pytest_gets_workers_unless_told_otherwise() -> None:
    usual = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup"]
    assert start.pytest_arguments(["-k", "x"]) == [*usual, "-k", "x"]
    for own in (["-n0"], ["-n", "3"], ["--pdb"], ["-p", "no:xdist"], ["--dist=no"]):
        assert start.pytest_arguments(own) == own


class Server:
    """A server started by start.py, from its printed address."""

    def __init__(self, course: Course, env: dict[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "start.py", *arguments, "--no-browser"], cwd=course.folder,
            env=course.environment(**env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:(\d+)(/\S*)token=(\w+)", line):
                self.port, self.page, self.token = int(found[1]), found[2], found[3]
                break
        self.text = "".join(lines)
        assert hasattr(self, "port"), self.text

    def get(self, path: str, token: bool = True) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", path, headers={"Authorization": f"token {self.token}"} if token else {})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def disabled(self) -> list[str]:
        """The extensions that JupyterLab's page switches off."""
        body = self.get("/lab")[1]
        data = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', body, re.S)
        return json.loads(data[1])["disabledExtensions"]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        finally:
            self.process.kill()
            self.process.stdout.close()


@posix
@pytest.mark.xdist_group("jupyterlab")
def test_learners_jupyterlab(course: Course) -> None:
    server = Server(course, borrow_packages(course))
    try:
        assert server.page == "/lab/tree/notebooks/00_start_here.ipynb?"
        assert (course.folder / "my-work/12_demo/12_demo.ipynb").is_file()
        assert server.get("/lab/tree/notebooks/00_start_here.ipynb")[0] == 200
        assert server.get("/api/contents", token=False)[0] == 403
        assert '"python3"' in server.get("/api/kernelspecs")[1]
        assert "@jupyter/nbgrader:formgrader" in server.disabled()
        assert "@jupyter/nbgrader:create-assignment" in server.disabled()
        assert "@jupyter/nbgrader:validate-assignment" not in server.disabled()
        assert server.get("/formgrader/manage_assignments")[0] == 404
        assert server.get("/nbgrader_version?version=0")[0] == 200, "the Validate button's service is there"
        news = json.loads(server.get("/lab/api/settings/@jupyterlab/apputils-extension:notification")[1])
        assert news["schema"]["properties"]["fetchNews"]["default"] == "false"
        with socket.socket() as outside:  # another address of this machine gets no answer
            assert outside.connect_ex(("127.0.0.2", server.port)) != 0 or sys.platform == "darwin"
    finally:
        code = server.stop()
    assert code == 0
    assert start.port_is_free(server.port)


@posix
@pytest.mark.xdist_group("jupyterlab")
def test_instructors_jupyterlab(course: Course) -> None:
    env = borrow_packages(course)
    exercise = course.folder / "exercises/source/12_demo"
    exercise.mkdir(parents=True)
    shutil.copy(course.folder / "exercises/release/12_demo/12_demo.ipynb", exercise)
    (course.folder / "exercises/nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'x'\nimport os\nc.Exchange.root = os.environ['HOME']\n"
    )
    server = Server(course, env, "teach")
    try:
        assert server.page == "/lab?formgrader=true&"
        assert not [name for name in server.disabled() if "nbgrader" in name]
        status, body = server.get("/formgrader/api/assignments")
        assert status == 200
        assert [row["name"] for row in json.loads(body)] == ["12_demo"]
        assert not (course.folder / "my-work").exists()
    finally:
        server.stop()


def test_stamp_is_a_plain_digest(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_bytes(b"a\n")
    assert start.digest(tmp_path / "r.txt") == hashlib.sha256(b"a\n").hexdigest()


def test_port_taken_meanwhile_is_not_the_learners_problem(course: Course, monkeypatch, capsys) -> None:
    """JupyterLab finds its port taken (a stand-in that prints what it prints); start.py tries another."""
    course.run("prepare")
    stand_in = course.folder / "jupyterlab.py"
    stand_in.write_text("import sys; print('The port 1 is already in use.'); sys.exit(1)")
    ports = iter([1, 2, 3, 4, 5])
    monkeypatch.setattr(start, "choose_port", lambda asked: asked or next(ports))
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    assert start.main(["--no-browser"], course.folder) == 1
    assert "Port 5 was taken" in capsys.readouterr().err
    assert start.main(["--no-browser", "--port", "7"], course.folder) == 1
    assert "Port 7 was taken" in capsys.readouterr().err


def as_on_binder(monkeypatch: pytest.MonkeyPatch, place: Path, editable: bool = True) -> None:
    """The Python that runs the tests has a course installed from `place`."""
    from importlib import metadata

    class Installed:
        @staticmethod
        def read_text(name: str) -> str:
            assert name == "direct_url.json"
            return json.dumps({"url": place.as_uri(), "dir_info": {"editable": editable}})

    monkeypatch.setattr(metadata, "distribution", lambda name: Installed)


def test_on_binder_the_ready_environment_runs_the_commands(course: Course, monkeypatch) -> None:
    root = course.folder
    ran = []
    monkeypatch.setattr(start, "hand_over", lambda *a, **k: ran.append((a, k)) or 0)
    monkeypatch.setattr(start, "ensure", lambda *a, **k: ran.append("ensure"))
    as_on_binder(monkeypatch, root)
    assert start.is_installed_here(root)
    assert start.run(root, ["progress"]) == 0
    assert ran == [((root, ["-m", "curriculum", "progress"], Path(sys.executable)), {})]
    ran.clear()
    start.run(root, ["build"])  # authors need more than Binder has
    (root / ".venv").mkdir(exist_ok=True)
    start.run(root, ["progress"])  # somebody's own environment comes first
    assert [what == "ensure" for what in ran] == [True, False, True, False]


def test_another_courses_environment_is_not_used(course: Course, monkeypatch, tmp_path: Path) -> None:
    as_on_binder(monkeypatch, tmp_path)
    assert not start.is_installed_here(course.folder)
    as_on_binder(monkeypatch, course.folder, editable=False)
    assert not start.is_installed_here(course.folder)
    monkeypatch.setattr("importlib.metadata.distribution", lambda name: 1 / 0)
    assert not start.is_installed_here(course.folder)
