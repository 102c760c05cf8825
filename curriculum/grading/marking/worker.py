"""A process that grades one submission after the other, told by lines of JSON (see `processes.Worker`).

It imports nbgrader and makes its API once, or is forked from a process that has. Each line that it reads is a
request, each line that it writes the answer to it; what anything else in the process prints goes to a file. When the
other side closes the requests, or is killed, the process ends, in the middle of a submission too.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from curriculum.grading.marking.outcome import CannotRunError
from curriculum.grading.sandbox.inside import linux


def main() -> None:
    """A process of its own: open the course that is named on the command line, and answer requests."""
    requests, answers = os.dup(0), os.dup(1)
    _lead_away_from(os.dup(2))
    try:
        from curriculum.grading.marking.classcourse import opened

        course = opened(Path(sys.argv[1]))
    except CannotRunError as error:
        with os.fdopen(answers, "w", encoding="utf-8") as file:
            file.write(json.dumps({"stop": str(error)}) + "\n")
        return
    gc.collect()
    gc.freeze()  # the libraries are not looked through for each submission; who forks has done so before
    serve(course, requests, answers)


def forked(course: Any, requests: int, answers: int, said: int) -> None:
    """The same in a process that was forked from one that has opened the course; ends the process."""
    code = 1
    try:
        linux.die_with_parent()
        _lead_away_from(said)
        serve(course, requests, answers)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def serve(course: Any, requests: int, answers: int) -> None:
    """Say hello, then answer requests until there are no more; `requests` and `answers` are numbers of files."""
    _ignore_interrupts()
    gc.set_threshold(10_000, 20, 20)  # a submission makes little garbage
    lines: SimpleQueue[str | None] = SimpleQueue()
    busy = threading.Event()
    threading.Thread(
        target=_listen, args=(os.fdopen(requests, encoding="utf-8"), lines, busy), daemon=True
    ).start()
    with os.fdopen(answers, "w", encoding="utf-8") as file:

        def answer(values: dict[str, Any]) -> None:
            file.write(json.dumps(values) + "\n")
            file.flush()

        answer(course.facts)
        while (line := lines.get()) is not None:
            busy.set()
            request = json.loads(line)
            try:
                values = course.mark(request["exercise"], request["student"]).as_dict()
            except CannotRunError as error:
                values = {"stop": str(error)}
            busy.clear()
            answer(values)


def _lead_away_from(said: int) -> None:
    """Standard input and output lead to nowhere and to a file: no graded code or library finds the answers."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(said, 2)
    os.dup2(2, 1)


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
