"""One submission: a room of its own, a supervisor outside the learner's code, and a runner inside it.

The supervisor never runs a line of the learner's. It hands one cell at a time to the runner, keeps the limits,
and is the first process of its namespace: when it ends, everything that a notebook started ends with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import socket
import time
from pathlib import Path
from typing import Any

from . import calls, linux

LOOK = 0.1  # seconds between two looks at memory and processes
MOST_THREADS = 400  # of all processes together
LONGEST_LINE = 64_000_000
PAGE = resource.getpagesize()


def start(channel: socket.socket, room: Any, walls: str, work: str) -> None:
    """In a fresh fork of the warm parent: make the child's own room, then supervise. Does not return."""
    code = 1
    try:
        if walls == "namespaces":
            linux.die_with_parent()
            linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWIPC)
        Supervisor(channel, room, walls, work).run()
        code = 0
    except (BrokenPipeError, ConnectionError, EOFError):
        code = 0  # the grader has gone
    except BaseException as error:
        with contextlib.suppress(OSError):
            _write(channel, {"broken": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(code)


class Supervisor:
    """Keeps a runner within its limits; talks to the grader on one side and to the runner on the other."""

    def __init__(self, channel: socket.socket, room: Any, walls: str, work: str) -> None:
        self._grader, self._room, self._walls, self._work = channel, room, walls, work
        self._from_grader = channel.makefile("rb")
        self._runner = 0
        # What the warm parent brings along: libraries that cost no memory of their own.
        self._warm = int(Path("/proc/self/statm").read_text().split()[1]) * PAGE

    def run(self) -> None:
        """Set up, then serve the grader until it closes the channel."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        order = self._order()
        self._limits = order["limits"]
        if self._walls == "namespaces":
            self._private_folders()
        else:
            linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        self._take_files(order["files"])
        self._fork(order)
        if self._walls == "namespaces":
            linux.drop_privileges()
        linux.prctl(linux.PR_SET_DUMPABLE, 0)
        _write(self._grader, {"ready": True})
        try:
            while True:
                self._cell(self._order(), self._from_grader.readline())
        finally:
            self._end_all()

    def _order(self) -> dict[str, Any]:
        line = self._from_grader.readline()
        if not line:
            raise EOFError
        return json.loads(line)

    # ---- the room

    def _private_folders(self) -> None:
        flags, size = linux.MS_NOSUID | linux.MS_NODEV, self._limits["disk"]
        # Python itself may live below /tmp: keep a hand on it, and put it back where it was.
        kept = {
            path: os.open(path, os.O_PATH) for path in self._limits["readable"] if path.startswith("/tmp/")
        }
        linux.mount("tmpfs", "/tmp", "tmpfs", flags, f"size={size},mode=1777")
        for path, place in kept.items():
            os.makedirs(path, exist_ok=True)
            linux.mount(f"/proc/self/fd/{place}", path, "none", linux.MS_BIND)
            linux.mount("none", path, "none", linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | flags)
            os.close(place)
        linux.mount("tmpfs", self._work, "tmpfs", flags, f"size={size + self._limits['files']},mode=755")
        linux.mount("tmpfs", "/dev/shm", "tmpfs", flags | linux.MS_NOEXEC, f"size={size // 4},mode=1777")
        linux.mount("proc", "/proc", "proc", flags | linux.MS_NOEXEC)
        if Path("/proc/self/uid_map").read_text().split()[2] != "4294967295":  # never the system's own
            Path("/proc/sys/user/max_user_namespaces").write_text("0")
        for name in ("sys", "sysrq-trigger", "irq", "bus"):
            path = f"/proc/{name}"
            with contextlib.suppress(FileNotFoundError):
                linux.mount(path, path, "none", linux.MS_BIND)
                linux.mount("none", path, "none", linux.MS_BIND | linux.MS_REMOUNT | linux.MS_RDONLY | flags)

    def _take_files(self, files: list[list[Any]]) -> None:
        os.makedirs(self._work, exist_ok=True)
        os.chdir(self._work)
        for name, size in files:
            path = Path(name)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"a file name that leads out of the folder: {name}")
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                while size:
                    part = self._from_grader.read(min(size, 1 << 20))
                    if not part:
                        raise EOFError
                    file.write(part)
                    size -= len(part)

    def _fork(self, options: dict[str, Any]) -> None:
        ours, theirs = socket.socketpair()
        out, err = os.pipe(), os.pipe()
        self._runner = os.fork()
        if self._runner == 0:
            try:
                self._become_runner(theirs, out[1], err[1], options)
            finally:
                os._exit(0)
        theirs.close()
        os.close(out[1])
        os.close(err[1])
        ours.setblocking(False)
        self._line, self._waiting = ours, b""
        self._pipes = {out[0]: "stdout", err[0]: "stderr"}
        for pipe in self._pipes:
            os.set_blocking(pipe, False)

    def _become_runner(self, channel: socket.socket, out: int, err: int, options: dict[str, Any]) -> None:
        nothing = os.open("/dev/null", os.O_RDONLY)
        for number, place in ((nothing, 0), (out, 1), (err, 2)):
            os.dup2(number, place)
        kept = 100  # beyond what a notebook opens by itself
        os.dup2(channel.fileno(), kept)
        os.closerange(3, kept)
        os.closerange(kept + 1, 4096)
        os.setsid()
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
        self._limit()
        linux.drop_privileges()
        if self._walls != "namespaces":
            linux.die_with_parent()
        if self._walls == "namespaces":
            linux.landlock(["/"], [self._work, "/tmp", "/dev/shm"], ["/dev"])
        elif self._walls == "landlock":
            linux.landlock(self._limits["readable"], [self._work], ["/dev"])
        if not calls.missing():
            calls.install()
        self._room.serve(socket.socket(fileno=kept), options | {"work": self._work})

    def _limit(self) -> None:
        limits = self._limits
        used = int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
        for kind, value in (
            (resource.RLIMIT_AS, used + limits["memory"]),
            (resource.RLIMIT_CPU, limits["seconds"]),
            (resource.RLIMIT_FSIZE, limits["disk"]),
            (resource.RLIMIT_NOFILE, 512),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 0),
            (resource.RLIMIT_MSGQUEUE, 0),
            # Outside a namespace the limit counts everything that the grading person runs.
            (resource.RLIMIT_NPROC, MOST_THREADS if self._walls == "namespaces" else resource.RLIM_INFINITY),
        ):
            hard = resource.getrlimit(kind)[1]
            if hard != resource.RLIM_INFINITY and (value == resource.RLIM_INFINITY or value > hard):
                value = hard
            resource.setrlimit(kind, (value, value))

    # ---- one cell

    def _cell(self, order: dict[str, Any], words: bytes) -> None:
        """Run one cell within its limits and report how it ended; `words` are for the runner alone."""
        self._token, self._passed, self._most = order["token"], 0, order["max_output"]
        try:
            self._line.setblocking(True)
            self._line.sendall(words)
        except OSError:
            return self._lost("dead")
        finally:
            self._line.setblocking(False)
        now = time.monotonic()
        end, look, interrupted = now + order["seconds"], now + LOOK, False
        inputs = [self._line, *self._pipes, self._grader]
        while True:
            now = time.monotonic()
            if now >= end:
                if interrupted:
                    return self._lost("stuck")
                interrupted, end = True, now + order["grace"]
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._runner, signal.SIGINT)
            if now >= look:
                look = now + LOOK
                if too_much := self._too_much():
                    return self._lost(too_much)
            ready = select.select(inputs, [], [], max(0.0, min(end, look) - now))[0]
            if self._grader in ready:
                raise EOFError  # the grader speaks only between cells: it has gone
            for pipe in [p for p in ready if p in self._pipes]:
                self._printed(pipe)
            if self._line in ready:
                outcome = self._read()
                if isinstance(outcome, str):
                    return self._lost(outcome)
                if outcome is not None:
                    for pipe in self._pipes:
                        self._printed(pipe)
                    _write(self._grader, {"done": outcome | {"late": interrupted}})
                    return None

    def _read(self) -> dict[str, Any] | str | None:
        """What the runner says: the report of a finished cell, why it is lost, or nothing yet."""
        try:
            part = self._line.recv(1 << 20)
        except BlockingIOError:
            return None
        except OSError:
            part = b""
        if not part:
            return "dead"
        self._waiting += part
        *lines, self._waiting = self._waiting.split(b"\n")
        if len(self._waiting) > LONGEST_LINE:
            return "forged"
        for number, line in enumerate(lines):
            try:
                said = json.loads(line)
                if not isinstance(said, dict) or said.pop("token", None) != self._token:
                    return "forged"
            except (ValueError, RecursionError):
                return "forged"
            if "done" in said:
                if number + 1 < len(lines) or self._waiting or not isinstance(said["done"], dict):
                    return "forged"
                return said["done"]
            self._pass_on(said, len(line))
        return None

    def _printed(self, pipe: int) -> None:
        """Text that was written past Python: by a library or another program."""
        with contextlib.suppress(BlockingIOError):
            while part := os.read(pipe, 1 << 16):
                text = part.decode("utf-8", "replace")
                content = {"name": self._pipes[pipe], "text": text}
                self._pass_on({"message": "stream", "content": content}, len(part))
                if self._passed > 2 * self._most:
                    return  # an endless flood: look at the clock in between

    def _pass_on(self, said: dict[str, Any], size: int) -> None:
        error = said.get("message") == "error" and size < 1_000_000
        if self._passed > self._most and not error:
            self._passed += size
            return
        self._passed += size
        if self._passed > self._most and not error:
            said = {"message": "too much"}
        _write(self._grader, said)

    def _lost(self, why: str) -> None:
        """Tell why there is no runner any more; the grader begins again with a new child."""
        self._end_all()
        _write(self._grader, {"lost": why})
        raise EOFError

    def _processes(self) -> dict[int, tuple[int, int]]:
        """Pages in memory and threads of every process that the notebook has started, itself included."""
        found: dict[int, tuple[int, int, int]] = {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    fields = Path("/proc", name, "stat").read_text().rpartition(")")[2].split()
                    found[int(name)] = int(fields[1]), int(fields[21]), int(fields[17])
        me = os.getpid()
        if self._walls == "namespaces":
            return {pid: (pages, threads) for pid, (_, pages, threads) in found.items() if pid != me}
        ours, more = {me}, True
        while more:
            new = {pid for pid, (parent, *_) in found.items() if parent in ours} - ours
            ours, more = ours | new, bool(new)
        return {pid: found[pid][1:] for pid in ours if pid != me and pid in found}

    def _too_much(self) -> str:
        processes = self._processes()
        threads = sum(threads for _, threads in processes.values())
        if len(processes) > self._limits["processes"] or threads > MOST_THREADS:
            return "processes"
        most = (self._limits["memory"] + self._warm) // PAGE
        if sum(pages for pages, _ in processes.values()) <= most:
            return ""
        return "memory" if sum(map(_own_pages, processes)) > most else ""

    def _end_all(self) -> None:
        """Kill whatever the notebook has started, however deep."""
        for _ in range(100):
            pids = self._processes()
            if not pids:
                return
            for pid in pids:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            time.sleep(0.005)


def _own_pages(pid: int) -> int:
    """Pages of a process, with shared ones divided among those that share them."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 // PAGE
    return 0


def _write(channel: socket.socket, what: dict[str, Any]) -> None:
    channel.sendall(json.dumps(what).encode("ascii") + b"\n")
