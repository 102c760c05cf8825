"""The same work on a dask.distributed cluster, whose machines see the course folder under the same path.

Each thread of a dask worker leads one worker process of ours, so nothing of nbgrader runs inside dask itself.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from curriculum.grading.marking.outcome import CannotRunError, Outcome, Task
from curriculum.grading.marking.processes import Seat
from curriculum.grading.wording import State

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_seats: dict[tuple[str, int], Seat] = {}  # in a dask worker: (run, thread) -> where our worker works
_changing = threading.Lock()


def machine() -> str:
    """What tells this machine from others."""
    boot = _BOOT.read_text().strip() if _BOOT.is_file() else ""
    return f"{socket.gethostname()} {boot}"


def mark_here(run: str, folder: str, only_on: str, exercise: str, student: str) -> dict[str, Any]:
    """On a dask worker: grade one submission. `{"stop": ...}` when this machine must not or cannot."""
    fault = fault_here(folder, only_on)
    if fault:
        return {"stop": fault}
    key = (run, threading.get_ident())
    with _changing:
        if key not in _seats:
            _seats[key] = Seat(Path(folder))
        seat = _seats[key]
    try:
        return seat.mark(Task(exercise, student)).as_dict()
    except CannotRunError as error:
        return {"stop": str(error)}


def fault_here(folder: str, only_on: str) -> str:
    """On a dask worker: why it cannot take part, or an empty string."""
    if not Path(folder).is_dir():
        return (
            f"The worker on {socket.gethostname()} does not see {folder}. Every machine of the cluster needs the "
            "course folder under the same path (a shared file system)."
        )
    if only_on and machine() != only_on:
        return (
            f"The gradebook is an SQLite file, and there is a worker on another machine ({socket.gethostname()}). "
            "Several machines must not write one SQLite file. Use PostgreSQL: set c.CourseDirectory.db_url to "
            "postgresql+psycopg://USER@HOST/DATABASE in nbgrader_config.py, or start all workers on this machine."
        )
    return ""


def forget(run: str) -> None:
    """On a dask worker: end the worker processes of a run."""
    with _changing:
        ours = [key for key in _seats if key[0] == run]
        ending = [_seats.pop(key) for key in ours]
    for seat in ending:
        seat.close(at_once=True)


class ClusterWorkers:
    """The workers of a dask.distributed cluster.

    Parameters
    ----------
    address : str
        The scheduler's, such as `tcp://127.0.0.1:8786`.
    seconds : float
        How long to wait for the scheduler, and for a first worker.

    Raises
    ------
    CannotRunError
        When dask.distributed is not installed, or nobody answers.
    """

    def __init__(self, address: str, seconds: float = 30) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as error:
            raise CannotRunError(
                f"--scheduler needs dask.distributed, and the package {error.name} is not installed. Install it "
                "with `python -m pip install distributed` in the environment of the course, on every machine."
            ) from None
        try:
            self._client = Client(address, timeout=seconds, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # no such address, nobody there
            raise CannotRunError(
                f"No dask scheduler answers at {address} ({str(error) or type(error).__name__}). Start one with "
                "`dask scheduler`; it prints its address."
            ) from None
        try:
            self._client.wait_for_workers(1, timeout=seconds)
        except TimeoutError:
            self._client.close()
            raise CannotRunError(
                f"The scheduler at {address} has no workers. Start some with `dask worker {address}`."
            ) from None
        self._run = uuid.uuid4().hex

    def spread(self, tasks: list[Task], folder: Path, sqlite: bool) -> Iterator[tuple[Task, Outcome]]:
        """Grade submissions, and hand out what became of each as soon as it is known.

        A worker that is lost costs nothing: dask gives its submissions to others.
        """
        from distributed import as_completed

        only_on = machine() if sqlite else ""
        try:
            faults = self._client.run(fault_here, str(folder), only_on).values()
        except Exception as error:  # whatever happens over there: no such package, another version of it
            raise CannotRunError(
                f"The workers of the cluster cannot grade ({type(error).__name__}: {error}). Every machine needs "
                "this package, in the same version."
            ) from None
        for fault in faults:
            if fault:
                raise CannotRunError(fault)
        waiting = {}
        for task in tasks:
            future = self._client.submit(
                mark_here,
                self._run,
                str(folder),
                only_on,
                task.exercise,
                task.student,
                key=f"grade-{self._run}-{task.exercise}-{task.student}",
                pure=False,
            )
            waiting[future] = task
        for future in as_completed(list(waiting), loop=self._client.loop):
            task = waiting.pop(future)
            if future.status == "finished":
                values = future.result()
                if "stop" in values:
                    raise CannotRunError(values["stop"])
                yield task, Outcome.from_dict(values)
            elif future.status == "error":  # it took several dask workers along, say
                error = future.exception()
                reason = f"The cluster gave it up ({type(error).__name__}: {str(error)[:200]})."
                yield task, Outcome(task.exercise, task.student, State.CRASHED, reason, again=True)
            else:
                raise CannotRunError(
                    "The scheduler is gone, or somebody cancelled the work. What is graded is kept: start the "
                    "scheduler and run the same command again."
                )
            future.release()

    def close(self, at_once: bool = False) -> None:
        """Let go of the cluster; its workers end our processes. What is still under way is given up."""
        with contextlib.suppress(Exception):  # the run is over, whatever the cluster says
            self._client.run(forget, self._run)
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)
