"""The warm parent: imports an exercise's libraries once, then forks a child for each submission.

Started by `curriculum.grading.sandbox.host`; it reads orders from the socket whose number it is given, and ends
when that socket closes. It never runs a learner's code itself. Several grading processes may share the socket.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
from typing import Any

MOST = 64  # children that can still be ended from outside


def main(number: int) -> None:
    """Serve one grading process."""
    control = socket.socket(fileno=number)
    control.set_inheritable(False)
    order = _hear(control)
    sys.path += order["paths"]
    from . import cells, child, linux, warm

    room = cells.Room()
    while "early" in order:
        for name in order["early"]:
            _import(name)
        order = _hear(control)
    missing = [name for name in order["modules"] if not _import(name)]
    warm.up()
    room.remember(order["tested"], order["names"])
    for name in [name for name in sys.modules if name.partition(".")[0] == __package__]:
        del sys.modules[name]  # not for a notebook to import
    gc.collect()
    gc.freeze()  # keeps the garbage collector from copying the libraries' pages in each child
    language = {
        "name": "python",
        "version": sys.version.split()[0],
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "pygments_lexer": f"ipython{sys.version_info[0]}",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }
    ready = {"language": language, "missing": missing, "threads": threading.active_count()}
    control.sendall(json.dumps(ready).encode("ascii"))
    fork = linux.fork_into_new_processes if order["walls"] == "namespaces" else os.fork
    forked: dict[bytes, int] = {}  # the last ones, by the name of their channel
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children leave nothing behind to wait for
    while True:
        said, descriptors, _, _ = socket.recv_fds(control, 9, 1)
        if not said:
            os._exit(0)  # nothing is left to be put away, and taking the libraries down takes a while
        word, name = said[:1], said[1:]
        if word == b"k" and name in forked:
            with contextlib.suppress(ProcessLookupError):
                os.kill(forked[name], signal.SIGKILL)
        for descriptor in descriptors:
            channel = socket.socket(fileno=descriptor)
            try:
                pid = fork()
            except OSError as error:
                channel.sendall(json.dumps({"broken": f"{type(error).__name__}: {error}"}).encode() + b"\n")
                pid = -1
            if pid == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                control.close()
                child.start(channel, room, order["walls"], order["work"])
            channel.close()
            if pid > 0:
                forked[name] = pid
                if len(forked) > MOST:
                    del forked[next(iter(forked))]


def _hear(control: socket.socket) -> dict[str, Any]:
    said = control.recv(1 << 18)
    if not said:
        sys.exit()
    return json.loads(said)


def _import(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True
