"""The grading side of the sandbox: starts the warm parent, asks it for children, and talks to one at a time."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import re
import secrets
import select
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curriculum.grading.sandbox import walls

if TYPE_CHECKING:
    from curriculum.grading.sandbox.trusted import Trusted

BEGIN = "import sys; sys.path.insert(0, sys.argv[1]); from inside import parent; del sys.path[0]; parent.main(int(sys.argv[2]))"
START = 180  # seconds for the imports of the warm parent
MARGIN = 20  # seconds beyond a cell's own limit after which the supervisor itself is given up
LONGEST = 96_000_000  # bytes of one line
SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
TEXT_MESSAGES = ("stream", "display_data", "update_display_data", "execute_result", "error", "clear_output")


class SandboxError(Exception):
    """Notebooks cannot be run behind a wall here; the message says why and what to do."""


class Lost(Exception):
    """The child is gone: `why` is dead, stuck, memory, processes or forged."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Limits:
    """What a notebook may use: bytes of memory and of scratch disk, processes, seconds of processor time."""

    memory: int = 2_000_000_000
    disk: int = 200_000_000
    processes: int = 32
    seconds: int = 600


class _Process:
    """The process of a warm parent, behind its wall, before it knows for which exercise."""

    def __init__(self, hide: tuple[str, ...]) -> None:
        self.walls, _ = walls.found()
        self.folder: str | None = None  # of all its children, where they have no private file system
        begin = [walls.python(), "-I", "-c", BEGIN]
        if self.walls == "namespaces":
            self.work, home = walls.WORK, "/tmp"
            words = [*walls.command(shutil.which("bwrap") or "bwrap", hide), *begin, "/engine"]
        else:
            self.folder = tempfile.mkdtemp(prefix="curriculum-grading-")
            self.work = home = self.folder
            words = [*begin, str(walls.INSIDE.parent)]
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (read when it does not start; closed with it)
        environment = walls.environment(home) | ({} if self.folder is None else {"TMPDIR": home})
        with theirs:
            self._process = subprocess.Popen(
                [*words, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._said,
                env=environment,
                cwd="/",
                start_new_session=True,  # an interrupt from the keyboard is for the grader alone
            )

    @property
    def pid(self) -> int:
        """Of what was started (bubblewrap, where there is one)."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it has; only for the process that started it."""
        return self._process.poll() is not None

    def tell(self, order: dict[str, Any]) -> None:
        """Send an order."""
        self.control.sendall(json.dumps(order).encode())

    def kill(self) -> str:
        """End it at once; the last line that it said."""
        self._process.kill()
        self._process.wait()
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace").strip().splitlines()
        return said[-1] if said else "no answer"

    def close(self) -> None:
        """End it and whatever it has forked, in good order."""
        self.control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


class WarmParent:
    """A process that has imported an exercise's libraries and forks a child for each submission.

    Where every child has a private file system, processes that are forked from the one that made this object use it
    as well; it ends with the one that made it.
    """

    def __init__(self, trusted: Trusted, hide: tuple[str, ...] = ()) -> None:
        self._owner = os.getpid()
        self._last: socket.socket | None = None  # of a child that is about to end
        self._process = process = _early.pop((os.getpid(), hide), None) or _Process(hide)
        order = {
            "paths": walls.library_folders(),
            "modules": trusted.modules,
            "tested": trusted.tested,
            "names": trusted.names,
            "walls": process.walls,
            "work": process.work,
        }
        try:
            process.control.settimeout(START)
            process.tell(order)
            line = process.control.recv(1 << 16)
            if not line:
                raise ConnectionError
            process.control.settimeout(None)
        except OSError:
            said = process.kill()
            self.close()
            raise SandboxError(
                f"The process that runs notebooks did not start ({said}). "
                "Set CURRICULUM_SANDBOX=off to grade with an ordinary kernel, in a container."
            ) from None
        told = json.loads(line)
        self.language, self.missing, self.threads = told["language"], told["missing"], told["threads"]
        atexit.register(self.close)

    @property
    def alive(self) -> bool:
        """Whether it can still fork, for this process."""
        mine = self._owner == os.getpid()
        if (mine and self._process.ended) or (not mine and self._process.folder is not None):
            return False
        try:
            return bool(self._process.control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True  # it says nothing, as it should
        except OSError:
            return False

    @property
    def pid(self) -> int:
        """Of the process that was started (bubblewrap, where there is one)."""
        return self._process.pid

    def child(
        self, files: dict[str, Path], limits: Limits, max_output: int, free: tuple[str, ...] = ()
    ) -> Child:
        """A fresh child with copies of some files in its folder.

        Parameters
        ----------
        files : dict
            Relative path in the notebook's folder -> file to copy.
        limits : Limits
            What the notebook may use.
        max_output : int
            Characters of output that a cell may make.
        free : tuple of str
            Names that the learner defines for the tests.
        """
        self._see_off()
        ours, theirs = socket.socketpair()
        with theirs:
            name = os.fstat(theirs.fileno()).st_ino.to_bytes(8, "big")
            socket.send_fds(self._process.control, [b"f" + name], [theirs.fileno()])
        child = Child(ours, self, name)
        try:
            child.begin(files, limits, max_output, free)
        except BaseException:
            child.close()
            raise
        return child

    def kill_child(self, name: bytes) -> None:
        """End a child from outside."""
        with contextlib.suppress(OSError):
            self._process.control.sendall(b"k" + name)

    def close(self) -> None:
        """End the warm parent and whatever it has forked."""
        if self._owner != os.getpid():
            return
        atexit.unregister(self.close)
        self._see_off()
        self._process.close()

    def leaving(self, channel: socket.socket) -> None:
        """Remember the last child, which ends while the grader goes on; where it shares a folder with the next, wait."""
        self._last = channel
        if self._process.folder is not None:
            self._see_off()

    def _see_off(self) -> None:
        """Wait until the last child is gone, and without a private file system take away what it left."""
        if self._last is None:
            return
        channel, self._last = self._last, None
        with channel, contextlib.suppress(OSError):
            channel.settimeout(5)
            while channel.recv(1 << 16):
                pass
        if self._process.folder is not None:
            for path in Path(self._process.folder).iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)


class Child:
    """One forked child; see `WarmParent.child`. Use it as a context manager."""

    def __init__(self, channel: socket.socket, parent: WarmParent, name: bytes) -> None:
        self._channel, self._parent, self._name = channel, parent, name
        self._waiting = b""
        self._max_output = 0

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child: its processes and files go with it. The parent waits for it before it forks the next."""
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_WR)
        self._parent.leaving(self._channel)

    def begin(self, files: dict[str, Path], limits: Limits, max_output: int, free: tuple[str, ...]) -> None:
        """Send the files and wait until the child is ready."""
        self._max_output = max_output
        contents = [(name, path.read_bytes()) for name, path in sorted(files.items())]
        order = {
            "limits": asdict(limits)
            | {"files": sum(len(c) + 8192 for _, c in contents), "readable": walls.readable()},
            "files": [[name, len(content)] for name, content in contents],
            "max_output": max_output,
            "free_names": free,
        }
        try:
            self._channel.sendall(json.dumps(order).encode() + b"\n" + b"".join(c for _, c in contents))
            said = self._line(time.monotonic() + 60)
        except OSError:
            raise SandboxError("The child that should run a notebook ended at once.") from None
        if not said.get("ready"):
            raise SandboxError(f"The child that should run a notebook could not be made: {said}.")

    def run(
        self, source: str, kind: str, number: int, seconds: float, grace: float
    ) -> Iterator[dict[str, Any]]:
        """Run one cell; yields a kernel's messages as they come, then the report under `done`.

        Parameters
        ----------
        source : str
            The cell.
        kind : str
            `plain` (a learner's), `given` (the exercise's own, no test) or `test`.
        number : int
            Its place among the cells that were run, as a notebook shows it.
        seconds, grace : float
            After so many seconds it is interrupted, and after so many more it is killed.

        Raises
        ------
        Lost
            When there is no child any more.
        """
        from curriculum.grading.sandbox.inside import compiled

        token = secrets.token_hex(16)
        limits = {"token": token, "seconds": seconds, "grace": grace, "max_output": self._max_output}
        order = {"token": token, "source": source, "kind": kind, "number": number}
        if kind != "plain":
            order["defined"] = compiled.defined(source)
        if kind == "test":
            order["name"] = f"<test {hashlib.sha256(source.encode()).hexdigest()[:12]}>"
            order |= compiled.test(source, order["name"])
        end = time.monotonic() + seconds + grace + MARGIN
        try:
            self._channel.sendall(f"{json.dumps(limits)}\n{json.dumps(order)}\n".encode())
        except OSError:
            raise Lost("dead") from None
        while True:
            try:
                said = self._line(end)
            except TimeoutError:
                self._parent.kill_child(self._name)
                raise Lost("stuck") from None
            except OSError:
                raise Lost("dead") from None
            if "lost" in said or "broken" in said:
                raise Lost(str(said.get("lost", "dead")))
            if "done" in said:
                yield {"done": _report(said["done"])}
                return
            if (message := fit(said)) is not None:
                yield message

    def _line(self, end: float) -> dict[str, Any]:
        while b"\n" not in self._waiting:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self._channel], [], [], left)[0]:
                raise TimeoutError
            part = self._channel.recv(1 << 20)
            if not part or len(self._waiting) > LONGEST:
                raise ConnectionError
            self._waiting += part
        line, _, self._waiting = self._waiting.partition(b"\n")
        said = json.loads(line)
        return _whole(said) if SURROGATE.search(line) else said


_early: dict[tuple[int, tuple[str, ...]], _Process] = {}  # by who started it, and what is hidden from it


def begin(hide: tuple[str, ...], modules: Iterable[str]) -> None:
    """Start the process of a warm parent while the grader itself is still importing.

    Parameters
    ----------
    hide : tuple of str
        As for `warm_parent`, which takes the process over when the same is to be hidden.
    modules : iterable of str
        Libraries that will probably be needed.
    """
    key = (os.getpid(), hide)
    if walls.found()[0] != "kernel" and key not in _early:
        _early[key] = _Process(hide)
        _early[key].tell({"paths": walls.library_folders(), "early": list(modules)})
        atexit.register(end, hide)


def end(hide: tuple[str, ...]) -> None:
    """End what this process has started early for nothing."""
    if process := _early.pop((os.getpid(), hide), None):
        process.close()
    atexit.unregister(end)


_KEPT = 2  # warm parents that stay, for somebody who grades two exercises in turn
_parents: dict[str, WarmParent] = {}


def warm_parent(trusted: Trusted, hide: tuple[str, ...] = ()) -> WarmParent:
    """The warm parent of an exercise in this process, started when there is none yet.

    Raises
    ------
    SandboxError
        When it does not start.
    """
    key = repr((trusted.modules, trusted.tested, trusted.names, hide))
    parent = _parents.pop(key, None)
    if parent is None or not parent.alive:
        if parent is not None:
            parent.close()
        parent = WarmParent(trusted, hide)
    _parents[key] = parent  # the latest stands last
    while len(_parents) > _KEPT:
        _parents.pop(next(iter(_parents))).close()
    return parent


def _report(said: dict[str, Any]) -> dict[str, Any]:
    """The end of a cell, in known types whatever was sent."""
    return {
        "error": bool(said.get("error")),
        "exit": bool(said.get("exit")),
        "late": bool(said.get("late")),
        "sound": said.get("sound", True) is True,
        "changed": [str(name)[:120] for name in _list(said.get("changed"))[:20]],
        "looked": [str(name)[:120] for name in _list(said.get("looked"))[:20]],
    }


def fit(said: dict[str, Any]) -> dict[str, Any] | None:
    """A message as a kernel would send it, safe to store in a notebook; None for anything else."""
    kind, content = said.get("message"), said.get("content")
    if kind == "too much":
        return {"too much": True}
    if kind not in TEXT_MESSAGES or not isinstance(content, dict):
        return None
    if kind == "stream":
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        made: dict[str, Any] = {"name": name, "text": str(content.get("text", ""))}
    elif kind == "error":
        made = {
            "ename": str(content.get("ename", "")),
            "evalue": str(content.get("evalue", "")),
            "traceback": [str(line) for line in _list(content.get("traceback"))],
        }
    elif kind == "clear_output":
        made = {"wait": bool(content.get("wait"))}
    else:
        made = {"data": _bundle(content.get("data")), "metadata": _dict(content.get("metadata"))}
        transient = _dict(content.get("transient"))
        if isinstance(transient.get("display_id"), str):
            made["transient"] = {"display_id": transient["display_id"]}
        if kind == "execute_result":
            count = content.get("execution_count")
            made["execution_count"] = count if isinstance(count, int) else None
    return {"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {"msg_id": ""}, "content": made}


def _bundle(data: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for kind, value in _dict(data).items():
        if re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
            made[kind] = value if kind.endswith("json") else str(value)
    return made


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _whole(value: Any) -> Any:
    """The same without lone surrogates, which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_whole(part) for part in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(part) for key, part in value.items()}
    return value
