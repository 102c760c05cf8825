"""The warm parent: imports an exercise's libraries once, then forks a child for each submission.

Started by `curriculum.grading.sandbox.host`; it reads orders from the socket whose number it is given, and ends
when that socket closes. It never runs a learner's code itself.
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


def main(number: int) -> None:
    """Serve one grading process."""
    control = socket.socket(fileno=number)
    control.set_inheritable(False)
    orders = control.makefile("rb")
    order = json.loads(orders.readline())
    sys.path += order["paths"]
    from . import cells, child, linux, warm

    room = cells.Room()
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
    _say(control, {"language": language, "missing": missing, "threads": threading.active_count()})
    fork = linux.fork_into_new_processes if order["walls"] == "namespaces" else os.fork
    last = 0
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children leave nothing behind to wait for
    while True:
        word, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not word:
            return
        if word == b"k" and last > 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(last, signal.SIGKILL)
        for descriptor in descriptors:
            channel = socket.socket(fileno=descriptor)
            try:
                last = fork()
            except OSError as error:
                _say(channel, {"broken": f"{type(error).__name__}: {error}"})
                last = -1
            if last == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                control.close()
                child.start(channel, room, order["walls"], order["work"])
            channel.close()


def _import(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


def _say(control: socket.socket, what: dict[str, Any]) -> None:
    control.sendall(json.dumps(what).encode("ascii") + b"\n")
