#!/usr/bin/env python3
# ruff: noqa: E402  (the version of Python is looked at before anything else is imported)
"""Set up the course and open it: `python3 start.py`. Needs nothing but Python 3.11 or later.

python3 start.py                  set up once, then open JupyterLab on the start page
python3 start.py grade EXERCISE   grade your own copy in my-work/
python3 start.py progress         what you have earned, and what to do next
python3 start.py solution EXERCISE  the worked solution beside your answers, once graded
python3 start.py portfolio        a page of what you have shown, for an employer
python3 start.py prepare          put the exercises into my-work/ (never overwrites)
python3 start.py teach            open JupyterLab for instructors, in exercises/
python3 start.py test [...]       run the test suite; arguments go to pytest
python3 start.py COMMAND [...]    any other command of `curriculum`

Options of the first form and of `teach`:
  --no-browser   do not open a browser; only print the address
  --port N       use this port (otherwise 8888, or a free one when 8888 is taken)
"""

import sys

# Keep this file parseable by Python 3.6 (tests/test_start.py sees to it), so that an old Python
# prints the sentence below and not a syntax error.
NEEDED = (3, 11)


def old_python_message(version, found):
    """What to tell somebody whose Python is too old; `found` names a newer one on this machine, or ''."""
    what = "This course needs Python {}.{} or later, and this is Python {}.{}.".format(*NEEDED, *version[:2])
    if found:
        return what + " You have a newer one: run `" + found + " start.py` instead."
    return what + " Install a newer Python (3.12 is a good choice), then run start.py with that one."


def newer_python():
    """The command of a newer Python on the PATH, or ''."""
    import subprocess

    for minor in (13, 12, 11, 14):
        name = "python3." + str(minor)
        try:
            subprocess.check_output([name, "-c", "pass"], stderr=subprocess.STDOUT)
        except (OSError, subprocess.CalledProcessError):
            continue
        return name
    return ""


if sys.version_info < NEEDED:
    sys.stderr.write(old_python_message(sys.version_info, newer_python()) + "\n")
    sys.exit(1)

import argparse
import contextlib
import errno
import hashlib
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
import tomllib
import traceback
import webbrowser
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
START_PAGE = "notebooks/00_start_here.ipynb"
LEARNER, TESTS = "requirements.txt", "requirements-test.txt"
TESTED = (3, 13)  # the newest Python that every package of the course is known to support
# Commands of `curriculum` that need the author's and tester's packages as well.
AUTHOR_COMMANDS = {"answers", "build", "check", "datasets"}
# Compiled packages: without a ready-made one for this Python, say so at once instead of compiling for an hour.
COMPILED = ("matplotlib", "numpy", "pandas", "pyzmq", "scikit-learn", "scipy", "statsmodels")


class Trouble(Exception):
    """Something the person at the keyboard has to know. The message says what is wrong and what to do."""


class PortTaken(Trouble):
    """Another program took the port after it was found free."""


def say(text: str = "") -> None:
    """Print one line at once; plain ASCII, because not every terminal knows more."""
    print(text, flush=True)


# ---------------------------------------------------------------------------------------------- places


def venv_folder(root: Path) -> Path:
    """The environment of the course."""
    return root / ".venv"


def venv_python(root: Path) -> Path:
    """The Python inside the environment."""
    return venv_folder(root) / ("Scripts/python.exe" if WINDOWS else "bin/python")


def scratch_folder(root: Path) -> Path:
    """Logs, the set-up lock and JupyterLab's window layouts (git-ignored). Made when missing.

    Raises
    ------
    Trouble
        When nothing can be written in the course folder.
    """
    folder = root / ".venv-setup"
    try:
        folder.mkdir(exist_ok=True)
        probe = folder / f"probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Trouble(
                f"Nothing can be written in {root}. Copy the course to a folder of your own "
                "(your home folder, for example) and run start.py there."
            ) from error
        raise
    return folder


def child_environment(root: Path, *config: str) -> dict[str, str]:
    """Environment variables for a program of `.venv`, with config folders of `jupyter/` in front of others.

    Variables that would mix other Python installations into the course are left out.
    """
    env = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__")
    }
    env["VIRTUAL_ENV"] = str(venv_folder(root))
    env["PATH"] = os.pathsep.join([str(venv_python(root).parent), env.get("PATH", "")])
    env["PYTHONNOUSERSITE"] = "1"
    env["PYTHONUTF8"] = "1"  # the same text on every system
    if config:
        folders = [str(root / "jupyter" / name) for name in config]
        env["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
            folders + [part for part in [env.get("JUPYTER_CONFIG_PATH", "")] if part]
        )
        env["JUPYTER_PREFER_ENV_PATH"] = "1"
    return env


# ------------------------------------------------------------------------------- what tools complain about

NO_SPACE = ("no space left on device", "os error 28)", "errno 28]", "not enough space on the disk",
            "os error 112)", "disk quota exceeded", "os error 122)")  # fmt: skip
BAD_HASH = ("do not match the hashes", "hash mismatch for", "hashes are required in --require-hashes mode")
BAD_CERTIFICATE = ("certificate_verify_failed", "certificate verify failed", "invalid peer certificate",
                   "unknownissuer")  # fmt: skip
NO_NETWORK = ("newconnectionerror", "failed to establish a new connection", "name resolution", "getaddrinfo failed",
              "nodename nor servname", "proxyerror", "cannot connect to proxy", "tunnel connection failed",
              "readtimeouterror", "connecttimeout", "connection timed out", "connection refused",
              "connection reset", "connection aborted", "network is unreachable", "error sending request for url",
              "dns error", "failed to lookup address", "tcp connect error", "client error (connect)",
              "could not connect, are you offline", "failed to fetch", "failed to download", "operation timed out",
              "incompleteread", "sslerror")  # fmt: skip
NOT_ALLOWED = ("permission denied", "os error 13)", "read-only file system", "os error 30)", "access is denied",
               "os error 5)")  # fmt: skip
NO_PACKAGE = ("no matching distribution found", "could not find a version that satisfies", "no usable wheels",
              "no wheels with a matching", "no wheels are usable", "requires a different python",
              "no solution found", "failed building wheel", "failed to build", "has no wheels",
              "requires-python")  # fmt: skip
NO_VENV = ("ensurepip is not available", "no module named venv", "no module named ensurepip", "python3-venv")


def explain(output: str, root: Path) -> str | None:
    """One sentence for what pip, uv or venv printed when it failed, or None when nothing is recognised.

    The order matters: pip ends a run without network with "no matching distribution", for example.
    """
    text = output.lower()

    def has(signs: tuple[str, ...]) -> bool:
        return any(sign in text for sign in signs)

    if has(NO_VENV):
        return (
            "This Python cannot make environments. On Debian or Ubuntu run "
            f"`sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv` "
            "(or install uv), then run start.py again."
        )
    if has(NO_SPACE):
        return no_space_message(root)
    if has(BAD_HASH):
        return (
            "A downloaded package is not the one that this course was tested with (its checksum differs), so it was "
            "not installed. Run start.py again; if it happens twice, update the course, and ask whoever runs your "
            "network whether a proxy or mirror changes downloads."
        )
    if has(BAD_CERTIFICATE):
        return (
            "The secure connection to the package index was refused, usually because a company network inspects "
            "traffic. Ask for its root certificate and set SSL_CERT_FILE (uv) or PIP_CERT (pip) to that file, "
            "then run start.py again."
        )
    if has(NO_NETWORK):
        return (
            "The package index cannot be reached. Check the connection to the internet (and the proxy settings, "
            "if you need a proxy), then run start.py again; it carries on where it can."
        )
    if has(NOT_ALLOWED):
        return (
            f"A file in {root} or in the package cache may not be written. Close programs that use this course "
            "(JupyterLab, an editor, a synchronised folder), check that the folder is yours, then run start.py again."
        )
    if has(NO_PACKAGE):
        this = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
        if sys.version_info[:2] <= TESTED and sys.maxsize > 2**32:
            return (
                f"The package index that this machine uses does not have a package of this course for {this}. "
                "Check the connection and, if a mirror is set up for pip or uv, whether it is up to date; "
                "then run start.py again."
            )
        return (
            f"A package of this course does not exist for {this} on this kind of machine. "
            f"Use Python 3.11 to {TESTED[0]}.{TESTED[1]} (64 bit) and run start.py with that one."
        )
    return None


def no_space_message(root: Path) -> str:
    """The sentence for a full disk, with what is free."""
    free = ""
    with contextlib.suppress(OSError):
        free = f" ({shutil.disk_usage(root).free // 2**20} MB are free in the course folder)"
    return (
        f"The disk is full{free}. The course needs about 1 GB for its packages, and some room for temporary files: "
        "make room, then run start.py again."
    )


def explain_os_error(error: OSError, root: Path) -> str:
    """One sentence for an error of the operating system."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return no_space_message(root)
    name = error.filename or root
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            f"{name} may not be written. Close programs that use it, check that the folder is yours, "
            "then run start.py again."
        )
    return f"The system says: {error.strerror or error} ({name}). Mend that, then run start.py again."


# ------------------------------------------------------------------------------------------- the environment


def digest(path: Path) -> str:
    """SHA-256 of a requirements file, the same with any line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def package_digest(root: Path) -> str:
    """SHA-256 of what `pyproject.toml` says about commands and entry points: what an editable install freezes."""
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (KeyError, ValueError) as error:
        raise Trouble(f"pyproject.toml in {root} is damaged ({error}). Get the course again.") from error
    frozen = {key: project.get(key) for key in ("name", "scripts", "gui-scripts", "entry-points")}
    return hashlib.sha256(json.dumps(frozen, sort_keys=True).encode()).hexdigest()


def stamp_file(root: Path) -> Path:
    """Written when an installation has succeeded; removed before one begins."""
    return venv_folder(root) / ".course-stamp.json"


def read_stamp(root: Path) -> dict:
    """What was installed, or {} when that is unknown."""
    try:
        stamp = json.loads(stamp_file(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def python_version_of(python: Path) -> str | None:
    """The version that an interpreter reports, or None when it does not run."""
    try:
        done = subprocess.run(
            [str(python), "-I", "-c", "import sys; print(*sys.version_info[:3], sep='.')"],
            capture_output=True, text=True, timeout=60, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def what_is_broken(root: Path) -> str | None:
    """Why an existing `.venv` cannot be used, in a few words; None when it can.

    A `.venv` of another Python than the one that runs this file is fine as long as it works.
    """
    stamp = read_stamp(root)
    if not stamp:
        return "its installation was not finished"
    if stamp.get("folder") != str(root):
        return "the course folder was moved or copied"
    version = python_version_of(venv_python(root))
    if version is None:
        return "its Python does not start any more"
    if version.split(".")[:2] != str(stamp.get("python")).split(".")[:2]:
        return "its Python was replaced by another version"
    return None


def needed_files(root: Path, for_tests: bool) -> dict[str, str]:
    """The requirements files to have installed, with their digests.

    Raises
    ------
    Trouble
        When one is not there.
    """
    files = [LEARNER, TESTS] if for_tests else [LEARNER]
    for name in [*files, "pyproject.toml"]:
        if not (root / name).is_file():
            raise Trouble(
                f"{name} is missing in {root}, so this is not a complete copy of the course. "
                "Clone or download the course again, and run start.py in the new folder."
            )
    return {name: digest(root / name) for name in files}


def base_python() -> str:
    """The Python to build on: never the one inside an environment that may be about to go."""
    return getattr(sys, "_base_executable", None) or sys.executable


def find_uv() -> str | None:
    """The path of a working `uv`, unless CURRICULUM_INSTALLER says `pip`."""
    if os.environ.get("CURRICULUM_INSTALLER", "").lower() == "pip":
        return None
    uv = shutil.which("uv")
    if uv is None:
        return None
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run([uv, "--version"], capture_output=True, timeout=60, check=False)
        if done.returncode == 0:
            return uv
    return None


def run_tool(command: list[str], root: Path, what: str) -> None:
    """Run a step of the set-up quietly, with a sign of life every 15 seconds.

    Everything it prints goes to `.venv-setup/setup.log`.

    Raises
    ------
    Trouble
        When it fails: one sentence, or the last lines and the name of the log.
    """
    log = scratch_folder(root) / "setup.log"
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")}
    env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    with log.open("ab") as out:
        begin = out.tell()
        out.write(("\n$ " + " ".join(command) + "\n").encode())
        out.flush()
        try:
            process = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd=root, env=env
            )
        except OSError as error:
            raise Trouble(f"{command[0]} could not be started: {explain_os_error(error, root)}") from error
        started = shown = time.monotonic()
        try:
            while process.poll() is None:
                time.sleep(0.1)
                if time.monotonic() - shown > 15:
                    shown = time.monotonic()
                    say(f"    still working: {shown - started:.0f} s")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode != 0:
        with log.open("rb") as text:
            text.seek(begin)
            output = text.read().decode("utf-8", "replace")
        sentence = explain(output, root)
        if sentence is None:
            tail = [line.strip() for line in output.splitlines() if line.strip()][-3:]
            sentence = (
                f"{what} failed. The last lines were:\n    "
                + "\n    ".join(tail)
                + f"\nAll of it is in {log}. "
                "Run start.py again; with uv on the PATH, setting CURRICULUM_INSTALLER=pip tries pip instead."
            )
        raise Trouble(sentence)


@contextlib.contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Hold the set-up lock; the system lets go of it when this process ends, however it ends."""
    with (scratch_folder(root) / "lock").open("a+b") as handle:
        told = False
        while True:
            try:
                if WINDOWS:
                    import msvcrt

                    handle.seek(0)
                    msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    import fcntl

                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                    break  # a file system without locks: go on without one
                if not told:
                    say("Another start.py is setting up this course; waiting for it ...")
                    told = True
                time.sleep(0.5)
        yield


def remove_environment(root: Path) -> None:
    """Take `.venv` away. What is not an environment is kept under another name."""
    folder = venv_folder(root)
    try:
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        elif (folder / "pyvenv.cfg").exists() or not any(folder.iterdir()):
            shutil.rmtree(folder)
        elif any((folder / name).exists() for name in ("bin/python", "Scripts/python.exe", "lib", "Lib")):
            shutil.rmtree(folder)  # an environment whose set-up was cut off early
        else:
            kept = root / f".venv-{time.strftime('%Y%m%d-%H%M%S')}"
            folder.rename(kept)
            say(f"    .venv was not a Python environment; it is now {kept.name}")
    except OSError as error:
        raise Trouble(
            f"The old .venv cannot be removed ({error.strerror}: {error.filename}). Close JupyterLab and every "
            "terminal that uses it, delete the folder .venv, then run start.py again."
        ) from error


def is_ready(root: Path, wanted: dict[str, str]) -> bool:
    """True when everything wanted is installed and `.venv` works."""
    stamp = read_stamp(root)
    installed = stamp.get("installed", {})
    return (
        all(installed.get(name) == value for name, value in wanted.items())
        and stamp.get("package") == package_digest(root)
        and what_is_broken(root) is None
    )


def ensure(root: Path, for_tests: bool = False) -> None:
    """Make `.venv` when it is missing or broken, and install what changed. Does nothing when all is there.

    Raises
    ------
    Trouble
        When that is impossible; the message says what to do.
    """
    if os.environ.get("CURRICULUM_TEST_RUN") == str(root) and venv_python(root).exists():
        return  # inside `start.py test`: never change the environment that the tests run in
    wanted = needed_files(root, for_tests)
    if is_ready(root, wanted):
        return
    with one_at_a_time(root):
        if is_ready(root, wanted):
            return
        with contextlib.suppress(OSError):
            (scratch_folder(root) / "setup.log").unlink()
        uv = find_uv()
        began = time.monotonic()
        folder = venv_folder(root)
        broken = what_is_broken(root) if folder.exists() or folder.is_symlink() else None
        if broken is None and folder.exists() and uv is None and not has_pip(root):
            broken = "it was made with uv, which is not on the PATH now"
        if broken:
            say(f"The folder .venv cannot be used ({broken}): making it anew.")
            remove_environment(root)
        before = read_stamp(root)
        already = dict(before.get("installed", {}))
        with contextlib.suppress(FileNotFoundError):
            stamp_file(root).unlink()
        made_now = not folder.exists()
        try:
            install(root, uv, wanted, already)
        except Trouble:
            if made_now:  # half an environment is of no use, and the disk may be full
                shutil.rmtree(folder, ignore_errors=True)
            elif python_version_of(
                venv_python(root)
            ):  # it worked before: mend it next time, do not throw it away
                write_stamp(root, already, before.get("package", ""))
            raise
        say(f"Set up in {time.monotonic() - began:.0f} s.")


def install(root: Path, uv: str | None, wanted: dict[str, str], already: dict[str, str]) -> None:
    """Make `.venv` if there is none, install what is not in `already`, and leave the stamp."""
    folder = venv_folder(root)
    if not folder.exists():
        say(f"Making the folder .venv for the course's packages (Python {sys.version.split()[0]}) ...")
        tool = [uv, "venv", "--python", base_python()] if uv else [base_python(), "-m", "venv"]
        run_tool([*tool, str(folder)], root, "Making .venv")
    python = str(venv_python(root))
    tool = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    wheels = [part for name in COMPILED for part in ("--only-binary", name)]
    for name, value in wanted.items():
        if already.get(name) == value:
            continue
        already.pop(name, None)  # until it has succeeded, nobody knows what is there
        how = "uv: usually 5 to 60 seconds" if uv else "pip: usually 1 to 4 minutes"
        say(f"Installing the packages of {name} ({how}) ...")
        run_tool([*tool, *wheels, "--require-hashes", "-r", str(root / name)], root, f"Installing {name}")
        already[name] = value
    say("Installing the course's own tools ...")
    run_tool([*tool, "--no-deps", "-e", str(root)], root, "Installing the course")
    write_stamp(root, already, package_digest(root))


def write_stamp(root: Path, installed: dict[str, str], package: str) -> None:
    """Note what `.venv` holds, whole or not at all."""
    stamp = {
        "folder": str(root),
        "python": python_version_of(venv_python(root)),
        "installed": installed,
        "package": package,
    }
    part = stamp_file(root).with_suffix(".part")
    part.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    part.replace(stamp_file(root))


def has_pip(root: Path) -> bool:
    """True when `.venv` has pip in it (uv makes environments without)."""
    done = subprocess.run(
        [str(venv_python(root)), "-I", "-c", "import pip"], capture_output=True, check=False, timeout=60
    )
    return done.returncode == 0


# ------------------------------------------------------------------------------------------------- JupyterLab


def port_is_free(port: int) -> bool:
    """True when a server can be started on this port of the loopback address."""
    with socket.socket() as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(asked: int | None) -> int:
    """The port asked for, or 8888, or a free one.

    Raises
    ------
    Trouble
        When the port asked for is taken or out of range.
    """
    if asked is not None:
        if not 1 <= asked <= 65535:
            raise Trouble(f"{asked} is no port. Give a number from 1024 to 65535, or leave --port out.")
        if not port_is_free(asked):
            raise Trouble(
                f"Port {asked} is in use by another program (or may not be used by you). "
                "Leave --port out, and a free one is found; or give another number."
            )
        return asked
    if port_is_free(8888):
        return 8888
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int, token: str) -> bool:
    """True when our server answers on this port."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/api/status", headers={"Authorization": f"token {token}"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def can_open_browser() -> bool:
    """False on a machine without a screen, where a text browser would take over the terminal."""
    if WINDOWS or sys.platform == "darwin":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def serve(root: Path, port: int | None, browser: bool, teach: bool = False) -> int:
    """Run JupyterLab on the loopback address until it is stopped; return the exit code.

    Parameters
    ----------
    root : Path
        The course folder.
    port : int or None
        The port, or None for a free one.
    browser : bool
        Whether to open a browser when the page is ready.
    teach : bool
        Instructors: start in `exercises/` with nbgrader's panels; otherwise the learner's view.
    """
    view = "instructor" if teach else "learner"
    folder = root / "exercises" if teach else root
    if not folder.is_dir():
        raise Trouble(f"The folder {folder} is missing. Clone or download the course again.")
    page = "/lab?formgrader=true&" if teach else f"/lab/tree/{START_PAGE}?"
    if not teach and not (root / START_PAGE).is_file():
        say(f"{START_PAGE} is missing, so JupyterLab opens on the file browser.")
        page = "/lab?"
    scratch = scratch_folder(root)
    workspaces = scratch / "workspaces" / view
    workspaces.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(24)
    env = child_environment(root, *([] if teach else ["learner"]), "common")
    env["JUPYTER_TOKEN"] = token  # not on the command line, where every user of the machine could read it
    env["JUPYTERLAB_WORKSPACES_DIR"] = str(workspaces)
    command = [
        str(venv_python(root)), "-m", "jupyterlab", "-y", "--no-browser",
        "--ServerApp.ip=127.0.0.1", "--ServerApp.port_retries=0", "--ServerApp.base_url=/",
        "--ServerApp.certfile=", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    stopped = []

    def asked_to_stop(number: int, frame: object) -> None:
        stopped.append(number)
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` ignores SIGHUP
            signal.signal(number, asked_to_stop)
    say("Starting JupyterLab (about 5 seconds; the first time up to 30) ...")
    for attempt in range(5):
        chosen = choose_port(port)
        log = scratch / f"jupyterlab-{chosen}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*command, f"--ServerApp.port={chosen}"], cwd=folder, env=env, stdout=out,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=not WINDOWS,
            )  # fmt: skip
        try:
            wait_for_answer(process, chosen, token, log, root)
            show(f"http://127.0.0.1:{chosen}{page}token={token}", browser)
            if process.wait() != 0:
                raise Trouble(f"JupyterLab ended by itself. Its messages are in {log}. Run start.py again.")
            return 0
        except PortTaken:
            if port is not None or attempt == 4:
                raise
        except KeyboardInterrupt:
            say("\nStopping JupyterLab; saved notebooks stay as they are.")
            return 128 + stopped[0] if stopped else 0
        finally:
            end(process)
    return 1


def wait_for_answer(process: subprocess.Popen, port: int, token: str, log: Path, root: Path) -> None:
    """Return when the server answers.

    Raises
    ------
    PortTaken
        When another program took the port between the look and the start.
    Trouble
        When the server ends, or says nothing for three minutes.
    """
    begin = time.monotonic()
    while not answers(port, token):
        if process.poll() is not None:
            raise lab_failed(log, port, root)
        if time.monotonic() - begin > 180:
            raise Trouble(f"JupyterLab did not answer within 3 minutes. Its messages are in {log}.")
        time.sleep(0.1)


def show(address: str, browser: bool) -> None:
    """Print the address, and open it."""
    say()
    say("The course is open at this address (only from this computer):")
    say(f"    {address}")
    say("Leave this window open while you work. To stop, press Ctrl-C here.")
    if browser and can_open_browser():
        with contextlib.suppress(Exception):
            webbrowser.open(address)
    elif browser:
        say("No browser was found here: copy the address into one.")


def end(process: subprocess.Popen) -> None:
    """Stop a server gently, then firmly. On Windows Ctrl-C has reached it already."""
    try:
        if WINDOWS:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        if process.poll() is None:
            process.terminate()
            process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
    except KeyboardInterrupt:
        process.kill()


def lab_failed(log: Path, port: int, root: Path) -> Trouble:
    """Why JupyterLab did not start, from its log."""
    text = log.read_text(encoding="utf-8", errors="replace")
    if "already in use" in text or f"port {port} is not available" in text:
        return PortTaken(f"Port {port} was taken by another program meanwhile. Run start.py again.")
    if "No module named" in text:
        return Trouble("A package is missing in .venv. Delete the folder .venv and run start.py again.")
    if any(sign in text.lower() for sign in NO_SPACE):
        return Trouble(no_space_message(root))
    tail = "\n    ".join([line.strip() for line in text.splitlines() if line.strip()][-3:])
    return Trouble(f"JupyterLab did not start. The last lines were:\n    {tail}\nAll of it is in {log}.")


# ---------------------------------------------------------------------------------------------------- commands


def fill_my_work(root: Path) -> None:
    """Hand out the exercises, and say what was done. See `curriculum/workspace.py`."""
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        from curriculum import workspace
    except ImportError as error:
        raise Trouble(
            f"The folder curriculum/ is not complete ({error}). Clone or download the course again."
        ) from error
    for line in workspace.prepare(root):
        say(line)


def is_installed_here(root: Path) -> bool:
    """True when the Python that runs this file has this very course installed, as on Binder: no `.venv` is needed."""
    from importlib import metadata
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    with contextlib.suppress(Exception):  # whatever is odd about an installation: then .venv is made as usual
        text = metadata.distribution("curriculum").read_text("direct_url.json")
        found = json.loads(text or "{}")
        place = Path(url2pathname(urlsplit(str(found.get("url", ""))).path))
        return bool(found.get("dir_info", {}).get("editable")) and place.resolve() == root
    return False


def hand_over(root: Path, command: list[str], python: Path | None = None, **extra: str) -> int:
    """Run a program of `.venv` in the course folder with our terminal; return its exit code.

    With `python`, another environment's Python runs it, and its variables stay as they are.
    """
    env = child_environment(root) if python is None else {**os.environ, "PYTHONUTF8": "1"}
    process = subprocess.Popen([str(python or venv_python(root)), *command], cwd=root, env={**env, **extra})
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            continue  # the program got Ctrl-C as well and says what it has to say


def pytest_arguments(given: list[str]) -> list[str]:
    """The arguments for pytest: one worker for each core (four at most), unless the caller says otherwise.

    Tests that share something carry `@pytest.mark.xdist_group`, which `--dist loadgroup` respects.
    """
    own = (
        "-n",
        "--numprocesses",
        "--dist",
        "--pdb",
        "--trace",
        "--help",
        "-h",
        "--version",
        "--collect-only",
        "--co",
    )
    if any(arg.startswith("-n") or arg.split("=")[0] in own or arg == "no:xdist" for arg in given):
        return given
    return ["-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup", *given]


def run(root: Path, arguments: list[str]) -> int:
    """Do what the command line asks; return the exit code."""
    name = arguments[0] if arguments else ""
    if name in ("-h", "--help", "help"):
        say(__doc__ or "")
        return 0
    if name == "test":
        ensure(root, for_tests=True)
        return hand_over(
            root, ["-m", "pytest", *pytest_arguments(arguments[1:])], CURRICULUM_TEST_RUN=str(root)
        )
    if name and name != "teach" and not name.startswith("-"):
        if name not in AUTHOR_COMMANDS and not venv_folder(root).exists() and is_installed_here(root):
            return hand_over(root, ["-m", "curriculum", *arguments], Path(sys.executable))
        ensure(root, for_tests=name in AUTHOR_COMMANDS)
        return hand_over(root, ["-m", "curriculum", *arguments])
    teach = name == "teach"
    parser = argparse.ArgumentParser(
        prog="start.py teach" if teach else "start.py", allow_abbrev=False,
        epilog="Run `start.py help` for the other commands.",
    )  # fmt: skip
    parser.add_argument(
        "--no-browser", action="store_true", help="do not open a browser; only print the address"
    )
    parser.add_argument("--port", type=int, metavar="N", help="use this port (default: 8888, or a free one)")
    options = parser.parse_args(arguments[1:] if teach else arguments)
    if options.port is not None:
        choose_port(options.port)  # say so before a long installation
    ensure(root)
    if not teach:
        fill_my_work(root)
    return serve(root, options.port, not options.no_browser, teach)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run, and turn every trouble into one clear sentence and an exit code."""
    try:
        return run(root, sys.argv[1:] if arguments is None else arguments)
    except Trouble as trouble:
        message = str(trouble)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run start.py again whenever you like.\n")
        return 130
    except OSError as error:
        message = explain_os_error(error, root)
    except Exception as error:
        message = (
            f"Something went wrong in start.py itself ({type(error).__name__}: {error}). Please report it"
        )
        with contextlib.suppress(Exception):
            place = scratch_folder(root) / "error.log"
            place.write_text(traceback.format_exc(), encoding="utf-8")
            message += f" with the file {place}"
        message += "."
    sys.stderr.write(f"\n{message}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
