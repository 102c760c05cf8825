"""Worker processes on this machine: starting one, asking it, and noticing when it is gone."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar, NoReturn

from curriculum.grading.marking.outcome import CannotRunError, Outcome, Task
from curriculum.grading.sandbox import early
from curriculum.grading.wording import State

if TYPE_CHECKING:
    from curriculum.grading.marking.classcourse import ClassCourse

PACKAGES = Path(__file__).resolve().parents[3]  # the folder that holds the package `curriculum`
START = (
    "from curriculum.startup import skip_slow_parsers; skip_slow_parsers(); "
    "from curriculum.grading.marking.worker import main; main()"
)


class LostError(Exception):
    """A worker ended in the middle of a request. The message says how."""

    def __init__(self, message: str, late: bool = False) -> None:
        self.late = late
        super().__init__(message)


class Fork:
    """A process forked from this one, with the part of `subprocess.Popen` that is used here.

    Parameters
    ----------
    run : callable
        What it does; takes the numbers of the files that it reads from and writes to, and never returns.
    """

    _open: ClassVar[set[IO[bytes]]] = set()  # this process's ends, which no other fork may hold

    def __init__(self, run: Callable[[int, int], NoReturn]) -> None:
        (read, theirs), (mine, write) = os.pipe(), os.pipe()
        Fork._open = {file for file in Fork._open if not file.closed}
        ours = [read, write, *(file.fileno() for file in Fork._open)]
        self.pid = os.fork()
        if self.pid == 0:
            try:
                for number in ours:
                    os.close(number)
                run(mine, theirs)
            finally:
                os._exit(1)
        os.close(mine)
        os.close(theirs)
        self.stdin, self.stdout = os.fdopen(write, "wb"), os.fdopen(read, "rb")
        Fork._open |= {self.stdin, self.stdout}
        self.returncode: int | None = None
        self._waiting = threading.Lock()

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        with self._waiting:
            if self.returncode is None:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended.

        Raises
        ------
        subprocess.TimeoutExpired
            When it has not, after `timeout` seconds.
        """
        end = None if timeout is None else time.monotonic() + timeout
        pause = 0.001
        while (code := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise subprocess.TimeoutExpired("a worker", timeout)
            time.sleep(pause)
            pause = min(2 * pause, 0.05)
        return code

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


class Worker:
    """One process that grades one submission after the other (see `worker.py`).

    Parameters
    ----------
    folder : Path
        The course folder.
    limit : float, optional
        Seconds for one submission, after which the process is killed; from the course's own limits when left
        out.
    course : ClassCourse, optional
        The course, opened: the worker is forked from this process, and has imported everything at once. Only while
        this process has one thread.
    """

    def __init__(self, folder: Path, limit: float | None = None, course: ClassCourse | None = None) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the process)
        self._process: Fork | subprocess.Popen[bytes]
        if course is not None:
            from curriculum.grading.marking import worker

            self._process = Fork(lambda *files: worker.forked(course, *files, self._said.fileno()))
        else:
            path = os.pathsep.join([str(PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])])
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", START, str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env={**os.environ, "PYTHONPATH": path},
            )
        self._limit, self._asking = limit, threading.Lock()
        self._hello: dict[str, Any] | None = None

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def hello(self) -> dict[str, Any]:
        """What the worker says when it is ready: `root` of the course, `sqlite`, `limit`; waits for it once."""
        if self._hello is None:
            said = self._read(None)
            if said is None:
                raise CannotRunError(f"A worker could not start: {self._last_words()}")
            self._hello = self._checked(said)
            self._limit = self._limit or said["limit"]
        return self._hello

    def ask(self, request: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        """The answer to a request.

        Raises
        ------
        CannotRunError
            When the worker says that the run cannot go on, or cannot even start.
        LostError
            When it ends before it has answered.
        """
        self.hello()
        late = threading.Event()
        with self._asking:
            try:
                self._process.stdin.write(json.dumps(request).encode() + b"\n")
                self._process.stdin.flush()
                answer = self._read(seconds, late)
            except (OSError, ValueError):  # ValueError: closed by `close` or `kill`
                answer = None
        if answer is None:
            raise self._lost(late.is_set())
        return self._checked(answer)

    def mark(self, task: Task) -> Outcome:
        """What becomes of a submission."""
        request = {"exercise": task.exercise, "student": task.student}
        return Outcome.from_dict(self.ask(request, self._limit))

    def close(self) -> None:
        """End the process in good order, or kill it when it does not end."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self.kill()
        self.tidy()

    def tidy(self) -> None:
        """Close the pipes of a process that has ended, once nobody reads from them any more."""
        with self._asking:
            for pipe in (self._process.stdin, self._process.stdout, self._said):
                with contextlib.suppress(OSError):
                    pipe.close()

    def kill(self) -> None:
        """End the process and everything that it started, at once."""
        import psutil

        if self._process.poll() is None:
            with contextlib.suppress(psutil.Error):
                for process in psutil.Process(self.pid).children(recursive=True):
                    with contextlib.suppress(psutil.Error):
                        process.kill()
        self._process.kill()
        self._process.wait()

    def _read(self, seconds: float | None, late: threading.Event | None = None) -> dict[str, Any] | None:
        def give_up() -> None:
            late.set()
            self.kill()

        timer = threading.Timer(seconds, give_up) if seconds and late else None
        if timer:
            timer.daemon = True
            timer.start()
        try:
            line = self._process.stdout.readline()
            return json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError):
            return None
        finally:
            if timer:
                timer.cancel()

    def _checked(self, answer: dict[str, Any]) -> dict[str, Any]:
        if "stop" in answer:
            raise CannotRunError(answer["stop"])
        return answer

    def _lost(self, late: bool) -> LostError:
        if late:
            return LostError(f"was still being graded after {self._limit:g} seconds", late=True)
        self.kill()
        code = self._process.returncode
        return LostError(f"was being graded when its process ended ({_ending(code)})")

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"its process ended ({_ending(self._process.poll())})"


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code}" + (", perhaps because memory ran out" if code == -9 else "")
    return f"exit code {code}"


class Seat:
    """A place where one worker works; a lost worker is replaced.

    Submissions are independent of each other, so what one of them does to its worker costs no other: it is
    tried once more in a new worker, and then reported.
    """

    def __init__(self, folder: Path, limit: float | None = None, course: ClassCourse | None = None) -> None:
        self._folder, self._limit = folder, limit
        self._changing, self._closed = threading.Lock(), False
        self._worker: Worker | None = Worker(folder, limit, course)

    @property
    def worker(self) -> Worker:
        """The worker of the moment.

        Raises
        ------
        LostError
            When the seat is closed.
        """
        with self._changing:
            if self._closed:
                raise LostError("was left when the run was stopped")
            if self._worker is None:
                self._worker = Worker(self._folder, self._limit)
            return self._worker

    def mark(self, task: Task) -> Outcome:
        """What becomes of a submission, whatever becomes of the worker."""
        for last in (False, True):
            try:
                return self.worker.mark(task)
            except LostError as lost:
                self._leave()
                if lost.late or last:
                    state = State.TIMED_OUT if lost.late else State.CRASHED
                    return Outcome(task.exercise, task.student, state, f"It {lost}.", again=True)
        raise AssertionError("not reached")

    def close(self, at_once: bool = False) -> None:
        """End the worker; `at_once` also in the middle of a submission."""
        with self._changing:
            self._closed, worker = True, self._worker
        if worker is not None:
            if at_once:
                worker.kill()
                worker.tidy()
            else:
                worker.close()

    def _leave(self) -> None:
        with self._changing:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.tidy()


class LocalWorkers:
    """Several workers on this machine.

    On Linux they are forked from this process, which has imported nbgrader and has the exercise's warm parent, so a run
    is under way in half the time. Elsewhere, and in a process with several threads, which must not be forked, each is a
    program of its own, and they import while this process does.

    Parameters
    ----------
    folder : Path
        The course folder.
    number : int
        How many.
    exercises : list of str
        Those that are meant, if not all.
    limit : float, optional
        See `Worker`.
    """

    def __init__(
        self, folder: Path, number: int, exercises: list[str] | None = None, limit: float | None = None
    ) -> None:
        self._folder, self._number, self._limit = folder, number, limit
        self._seats: list[Seat] = []
        self._forks = _has_one_thread()
        if not self._forks:
            self._seats = [Seat(folder, limit) for _ in range(number)]
        elif number:
            there = exercises or sorted(path.name for path in (folder / "submitted").glob("*/*"))
            for first in there[:1]:
                early.begin(folder, first, folder)
        try:
            from curriculum.grading.marking.classcourse import opened

            self._course = opened(folder)
        except BaseException:
            self.close(at_once=True)
            raise

    @property
    def course(self) -> dict[str, Any]:
        """`root` of the course, and whether its gradebook is `sqlite`."""
        return self._course.facts

    def plan(self, exercises: list[str], students: list[str]) -> dict[str, Any]:
        """See `ClassCourse.plan`."""
        return self._course.plan(exercises, students)

    def start(self, tasks: list[Task]) -> str:
        """Start the workers; a line about protections that are missing here, or an empty one."""
        number = min(self._number, len(tasks))
        if self._forks:
            self._course.warm_up(tasks[0].exercise)
        if self._forks and _has_one_thread():
            gc.collect()
            gc.freeze()  # keeps the garbage collector of each worker from copying what they share
            self._seats = [Seat(self._folder, self._limit, self._course) for _ in range(number)]
        elif not self._seats:
            self._seats = [Seat(self._folder, self._limit) for _ in range(number)]
        return self._course.lacking

    def spread(self, tasks: list[Task]) -> Iterator[tuple[Task, Outcome]]:
        """Grade submissions, and hand out what became of each as soon as it is known. `start` comes before."""
        todo: queue.SimpleQueue[Task] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[Task, Outcome] | BaseException] = queue.SimpleQueue()
        for task in tasks:
            todo.put(task)

        def work(seat: Seat) -> None:
            try:
                while True:
                    try:
                        task = todo.get_nowait()
                    except queue.Empty:
                        return
                    done.put((task, seat.mark(task)))
            except BaseException as error:  # handed to the one who leads
                done.put(error)

        for seat in self._seats[: len(tasks)]:
            threading.Thread(target=work, args=(seat,), daemon=True).start()
        for _ in tasks:
            yield _next(done)

    def close(self, at_once: bool = False) -> None:
        """End all workers; `at_once` also in the middle of a submission."""
        for seat in self._seats:
            seat.close(at_once)
        early.end(self._folder)


def _has_one_thread() -> bool:
    """Whether this process may be forked: a lock that another thread holds would stay locked in the fork."""
    tasks = Path("/proc/self/task")  # Linux alone; macOS's own libraries do not survive a fork
    return tasks.is_dir() and len(list(tasks.iterdir())) == 1


def _next(done: queue.SimpleQueue) -> tuple[Task, Outcome]:
    """The next result. Waits in short steps, so that Ctrl-C is heard on Windows as well."""
    while True:
        try:
            found = done.get(timeout=0.5)
        except queue.Empty:
            continue
        if isinstance(found, BaseException):
            raise found
        return found
