"""A process that grades one submission after the other, told by lines of JSON (see `processes.Worker`).

It imports nbgrader and makes its API once. Each line on standard input is a request, each line on standard
output the answer to it; what anything else in the process prints goes to standard error. When the other
side closes standard input, or is killed, the process ends, in the middle of a submission too.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from curriculum.grading.marking.outcome import CannotRunError


def main() -> None:
    """Answer requests until there are no more."""
    requests, answers = _private_channels()
    _ignore_interrupts()
    lines: SimpleQueue[str | None] = SimpleQueue()
    busy = threading.Event()
    threading.Thread(target=_listen, args=(requests, lines, busy), daemon=True).start()

    def answer(values: dict[str, Any]) -> None:
        answers.write(json.dumps(values) + "\n")
        answers.flush()

    try:
        from curriculum.grading.marking.classcourse import ClassCourse

        course = ClassCourse(Path(sys.argv[1]))
        if not course.sqlite:
            _driver(course.db_url)
        course.api  # noqa: B018  (made now, so that the first submission does not pay for it)
    except CannotRunError as error:
        answer({"stop": str(error)})
        return
    answer({"root": str(course.root), "limit": course.limit, "sqlite": course.sqlite})
    while (line := lines.get()) is not None:
        busy.set()
        try:
            values = _do(course, json.loads(line))
        except CannotRunError as error:
            values = {"stop": str(error)}
        busy.clear()
        answer(values)


def _do(course: Any, request: dict[str, Any]) -> dict[str, Any]:
    if request["do"] == "plan":
        return course.plan(request["exercises"], request["students"])
    return course.mark(request["exercise"], request["student"]).as_dict()


def _private_channels() -> tuple[IO[str], IO[str]]:
    """Standard input and output, moved to where no graded code or library finds them."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _ignore_interrupts() -> None:
    """Ctrl-C in the terminal is for the process that leads the run; what this one starts may be interrupted."""
    signal.signal(signal.SIGINT, lambda *_: None)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))


def _listen(requests: IO[str], lines: SimpleQueue[str | None], busy: threading.Event) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in requests:
            lines.put(line)
    lines.put(None)
    if busy.is_set():
        os._exit(1)  # whoever asked is gone: the next run does it


def _driver(db_url: str) -> None:
    """Make sure that the gradebook's driver is installed, and that the gradebook answers."""
    from sqlalchemy import create_engine
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import SQLAlchemyError

    url = make_url(db_url)
    try:
        engine = create_engine(url)
        engine.connect().close()
        engine.dispose()
    except ModuleNotFoundError as error:
        raise CannotRunError(
            f"The gradebook is {url.get_backend_name()}, and the package {error.name} is not installed. Install it "
            f'with `{Path(sys.executable).name} -m pip install "curriculum[cluster]"`, or `... pip install '
            '"psycopg[binary]"` for postgresql+psycopg://.'
        ) from None
    except SQLAlchemyError as error:
        told = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CannotRunError(
            f"The gradebook {url.render_as_string(hide_password=True)} does not answer: {told}"
        ) from None
