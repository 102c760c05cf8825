"""Runs the cells of one notebook, in the process that the learner's code shares.

Outputs are made by ipykernel's own shell, so that they are what a kernel would give. Answers and given cells run
as in a kernel. Tests come compiled and run here, past every hook of the notebook, on what `guard` has put back.
Between a learner's cell and the end of the next test only functions are used that were taken hold of before: a
notebook can change what stands in a module, but not these.
"""

from __future__ import annotations

import _signal
import _thread
import asyncio
import binascii
import builtins
import contextlib
import getpass
import inspect
import io
import json
import marshal
import os
import random
import re
import socket
import sys
import threading
from collections.abc import Iterator
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError, UsageError
from jupyter_client.session import Session
from traitlets.config import Config

from .guard import Guard, Watch
from .tracebacks import QuickTB

_read, _write, _pid = os.read, os.write, os.getpid
_load, _unpack, _scan = marshal.loads, binascii.a2b_base64, json.JSONDecoder().scan_once
_set_trace, _set_profile, _set_loop = sys.settrace, sys.setprofile, asyncio._set_running_loop
_set_signal, _suppress, _exit = _signal.signal, contextlib.suppress, os._exit
_encode = (
    json.encoder.c_make_encoder(
        None, str, json.encoder.encode_basestring_ascii, None, ": ", ", ", False, False, True
    )
    if json.encoder.c_make_encoder
    else json.JSONEncoder(default=str).iterencode
)
WAITS = inspect.CO_COROUTINE
SIGINT, IGNORED, INTERRUPT = _signal.SIGINT, _signal.SIG_IGN, _signal.default_int_handler

# What IPython's own steps look for (magics, `!`, `?`, prompts, indented cells), and perhaps more.
NOTATION = re.compile(
    r"\A\s|^[ \t]*(?:[%!,;/]|>>>|\.\.\.|In ?\[)|^[ \t]+$|=\s*[%!]|[?\r\f\v\x1c-\x1e\x85\u2028\u2029]", re.M
)

FLUSH = 8_000  # characters of printed text that are sent together
MUST_FAIL = ("assert 1 == 2",)
MUST_PASS = ("assert 1 == 1 and len([0, 0]) == sum([1, 1]) and not all([True, False])",)
IF_LOADED = {
    "numpy.testing": (
        "__import__('numpy').testing.assert_allclose([1.0, 2.0], [1.0, 3.0])",
        "__import__('numpy').testing.assert_allclose([1.0, 2.0], [1.0, 2.0])",
    ),
    "pandas.testing": (
        "__import__('pandas').testing.assert_series_equal(__import__('pandas').Series([1]), __import__('pandas').Series([2]))",
        "__import__('pandas').testing.assert_series_equal(__import__('pandas').Series([1]), __import__('pandas').Series([1]))",
    ),
}


def _no_input(name: str):
    def ask(*args: Any, **kwargs: Any) -> str:
        raise StdinNotImplementedError(
            f"{name} was called, but this frontend does not support input requests."
        )

    return ask


class Recorder(Session):
    """Takes what a kernel would publish, and hands it on as plain messages."""

    def attach(self, emit) -> Recorder:
        """Use a function that takes a message's type and content."""
        self._emit = emit
        return self

    def send(self, stream, msg_or_type, content=None, *args, **kwargs):
        """Hand one message on."""
        if isinstance(msg_or_type, dict):
            self._emit(msg_or_type["header"]["msg_type"], msg_or_type["content"])
        else:
            self._emit(msg_or_type, content or {})


class Stream(io.TextIOBase):
    """Standard output or error of a notebook."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, number: int, emit) -> None:
        self.name, self._number, self._emit = f"<{name}>", number, emit
        self._kind, self._parts, self._size = name, [], 0
        self._lock = threading.RLock()

    def write(self, text: str) -> int:
        """Keep text until there is enough of it."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        with self._lock:
            self._parts.append(text)
            self._size += len(text)
            if self._size > FLUSH:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        with self._lock:
            text, self._parts, self._size = "".join(self._parts), [], 0
        if text:
            self._emit("stream", {"name": self._kind, "text": text})

    def fileno(self) -> int:
        """The number of the file behind it, which is captured too."""
        return self._number

    def writable(self) -> bool:
        """True."""
        return True

    def isatty(self) -> bool:
        """False."""
        return False

    def close(self) -> None:
        """A notebook cannot close its output."""


class Names(dict):
    """What a test sees: the notebook's names, live, except those that cover a true one."""

    def __init__(self, space: dict[str, Any]) -> None:
        super().__init__(__builtins__=builtins)
        self._space, self._true = space, {}

    def renew(self, true: dict[str, Any]) -> None:
        """Set the names that are not the notebook's to choose."""
        self._true = true

    def __getitem__(self, name):
        if name in self._true:
            return self._true[name]
        if name in self._space:
            return self._space[name]
        return super().__getitem__(name)

    def __setitem__(self, name, value):
        self._true.pop(name, None)
        self._space[name] = value

    def __delitem__(self, name):
        self._true.pop(name, None)
        del self._space[name]

    def __contains__(self, name):
        return name in self._true or name in self._space or super().__contains__(name)

    def get(self, name, default=None):
        """As a dictionary's."""
        try:
            return self[name]
        except KeyError:
            return default

    def keys(self):
        """As a dictionary's."""
        return {**self._space, **self._true}.keys()

    def values(self):
        """As a dictionary's."""
        return {**self._space, **self._true}.values()

    def items(self):
        """As a dictionary's."""
        return {**self._space, **self._true}.items()

    def copy(self):
        """An ordinary dictionary."""
        return {**self._space, **self._true}

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())


class Compiler(XCachingCompiler):
    """ipykernel's, which works out the name of a cell's code twice, letter by letter."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """As ipykernel's."""
        if self._latest[0] != raw_code:
            self._latest = raw_code, super().get_code_name(raw_code, transformed_code, number)
        return self._latest[1]

    _latest = "", ""


class RoomShell(ZMQInteractiveShell):
    """ipykernel's shell without the kernel around it."""

    def enable_gui(self, gui: Any = None) -> None:
        """Figures are shown in the notebook: `%matplotlib inline` needs no event loop, and windows do not exist."""
        if gui not in (None, "inline"):
            raise UsageError(f"There is no screen for {gui!r} here.")


class Room:
    """A shell that is ready to run a notebook's cells. Made once, in the warm parent."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # it would start a thread, which a fork does not take along
        config.InteractiveShell.banner1 = ""
        self.shell = RoomShell.instance(
            config=config, kernel=SimpleNamespace(eventloop=None), compiler_class=Compiler
        )
        self._channel: int | None = None
        self._token, self._sent, self._most, self._owner, self._errors = "", 0, 0, 0, 0
        self._lock = threading.RLock()
        self.shell.InteractiveTB.__class__ = QuickTB  # keeps its settings
        self.shell.InteractiveTB.cells, self.shell.InteractiveTB.lines = {}, {}
        recorder = Recorder(key=b"").attach(self._emit)
        for part in (self.shell.displayhook, self.shell.display_pub):
            part.session, part.pub_socket = recorder, True
        self._streams = {"stdout": Stream("stdout", 1, self._emit), "stderr": Stream("stderr", 2, self._emit)}
        builtins.input = _no_input("raw_input")
        getpass.getpass = _no_input("getpass")
        self._given: dict[str, Any] = {}
        self._defined: dict[str, Any] = {}
        self._free: frozenset[str] = frozenset()
        self._own_files: set[str] = set()
        self._changed: list[str] = []  # put back since the last test
        self._compared = False  # nothing but tests has run since the last comparison
        self._threads = _thread._count

    def remember(self, tested: list[str], names: dict[str, list[str]]) -> None:
        """After the imports: what is true, and what the names of the exercise's own imports stand for."""
        self._baseline = dict(self.shell.user_ns)
        self._builtins = dict(vars(builtins))
        for name, (module, attribute) in names.items():
            found = sys.modules.get(module)
            if found is not None and attribute:
                found = getattr(found, attribute, None)
            if found is not None:
                self._given[name] = found
        self._warm_up()
        self._known_steps = self._steps()
        self._post = list(self.shell.events.callbacks["post_execute"])
        self._guard = Guard(tested, self.shell)
        self._canaries = [
            *((compile(text, "<canary>", "exec"), True) for text in MUST_FAIL),
            *((compile(text, "<canary>", "exec"), False) for text in MUST_PASS),
        ]
        for module, (fails, passes) in IF_LOADED.items():
            if module in sys.modules:
                self._canaries.append((compile(fails, "<canary>", "exec"), True))
                self._canaries.append((compile(passes, "<canary>", "exec"), False))

    def _warm_up(self) -> None:
        """Load what the first output of a notebook would load."""
        self.shell.display_formatter.format([1])
        self.shell.transform_cell("%pwd\n1")

    # ---- one child

    def serve(self, channel: socket.socket, options: dict[str, Any]) -> None:
        """Run cells as they come, until the channel closes. Never returns to the caller's stack with an error."""
        self._channel, self._owner = channel.fileno(), os.getpid()
        self._most = options["max_output"]
        self._free = frozenset(options["free_names"])
        work = options["work"]
        self._watch = Watch(
            lambda name: name in self._own_files or name == "<string>" or name.startswith(work)
        )
        random.seed()
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed()
        self._names = Names(self.shell.user_ns)
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        _set_signal(SIGINT, IGNORED)
        for line in self._lines():
            order = _scan(line, 0)[0]
            self._token, self._sent = order["token"], 0
            sys.stdout, sys.stderr = self._streams["stdout"], self._streams["stderr"]
            report: dict[str, Any] = {"error": False, "exit": False}
            try:
                try:
                    _set_signal(SIGINT, INTERRUPT)
                    if order["kind"] == "test":
                        self._test(order, report)
                    else:
                        self._loop.run_until_complete(self._plain(order["source"], report))
                        if order["kind"] == "given":
                            self._note_definitions(order["defined"])
                finally:
                    _set_signal(SIGINT, IGNORED)
                    _set_trace(None)  # it would follow this program too
            except BaseException as error:  # an interrupt between two lines of ours, a stopped event loop
                self._changed += self._guard.restore_builtins()
                report["error"] = True
                self._show(error)
            self._changed += self._guard.restore_builtins()
            if _pid() != self._owner:  # a copy that the cell forked: it ends with the cell
                _exit(0)
            with _suppress(Exception):
                for stream in self._streams.values():
                    stream.flush()
            self._send({"done": report})

    def _lines(self) -> Iterator[str]:
        """Orders as they come."""
        waiting = b""
        while part := _read(self._channel, 1 << 20):
            waiting += part
            if part.endswith(b"\n"):  # one order at a time
                line, waiting = waiting, b""
                yield line.decode()

    async def _plain(self, source: str, report: dict[str, Any]) -> None:
        shell = self.shell
        name = shell.compile.get_code_name(source, source, 0)
        self._own_files.add(name)
        shell.InteractiveTB.cells[name] = shell.execution_count
        transformed, failure, self._errors, self._compared = source, None, 0, False
        try:
            transformed = self._transformed(source)
        except Exception:
            failure = sys.exc_info()
        result = await shell.run_cell_async(
            source, store_history=True, transformed_cell=transformed, preprocessing_exc_tuple=failure
        )
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
        report["error"] = not result.success
        if not result.success and not self._errors:  # the notebook hides its errors
            self._show(result.error_before_exec or result.error_in_exec)
        report["exit"] = any(p.get("source") == "ask_exit" for p in shell.payload_manager.read_payload())
        shell.payload_manager.clear_payload()

    def _steps(self) -> list[Any]:
        manager = self.shell.input_transformer_manager
        return [*manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers]

    def _transformed(self, source: str) -> str:
        """What IPython makes of a cell; plain Python is taken as it stands, as long as nobody has added a step."""
        if "\n" in source.strip() and not NOTATION.search(source) and self._steps() == self._known_steps:
            return source if source.endswith("\n") else source + "\n"
        return self.shell.transform_cell(source)

    def _test(self, order: dict[str, Any], report: dict[str, Any]) -> None:
        """Run a test; what was put back and how the canaries did goes into the report."""
        _set_trace(None)
        _set_profile(None)
        changed, self._changed = self._changed, []
        if not self._compared or self._threads():  # nothing has run since the test before
            changed = [*changed, *self._restore()]
        self._names.renew(self._true_names())
        some = None if "testing" in order["source"] else 2  # the others try the modules of numpy and pandas
        sound = self._canaries_hold(some)
        before = {name: self.shell.user_ns.get(name) for name in order["defined"]}
        name = order["name"]
        self.shell.InteractiveTB.cells[name] = self.shell.execution_count = order["number"]
        self._watch.testing = True
        _set_loop(self._loop)
        try:
            self._run(order)
        except BaseException as error:
            report["error"] = True
            trace = error.__traceback__
            while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
                trace = trace.tb_next
            self._watch.testing = False
            # Here alone, after the test: hidden tests are not for other cells to print.
            self.shell.InteractiveTB.lines = {name: order["source"].splitlines()}
            self._show(error, trace)
        finally:
            _set_loop(None)
            self._watch.testing = False
            self.shell.InteractiveTB.lines = {}
        changed += [f"{name} (while the test ran)" for name in self._restore()]
        self._compared = True
        report["changed"] = list(dict.fromkeys(changed))[:20]
        report["looked"] = list(dict.fromkeys(self._watch.seen))
        report["sound"] = sound and self._canaries_hold(some)
        self._note_definitions(order["defined"], before)
        self.shell.execution_count += 1
        for callback in self._post:  # the figures
            with _suppress(Exception):
                callback()

    def _restore(self) -> list[str]:
        functions_too, self._watch.functions = self._watch.functions, False
        return self._guard.restore(functions_too)

    def _run(self, order: dict[str, Any]) -> None:
        if "show" not in order:  # no Python: said as Python says it
            compile(order["source"], order["name"], "exec")
        if order["body"]:
            self._execute(_load(_unpack(order["body"])))
        if order["last"]:
            value = self._execute(_load(_unpack(order["last"])))
            if value is not None and order["show"]:
                data, metadata = self.shell.display_formatter.format(value)
                for stream in self._streams.values():
                    stream.flush()
                content = {
                    "data": data,
                    "metadata": metadata,
                    "execution_count": self.shell.execution_count,
                }
                self._emit("execute_result", json_clean(content))

    def _execute(self, code: CodeType) -> Any:
        value = eval(code, self._names)  # `eval` runs both kinds of code
        if not code.co_flags & WAITS:
            return value
        ended: list[Any] = []

        async def whole() -> None:
            ended.append(await value)

        _set_loop(None)
        self._loop.run_until_complete(whole())
        return ended[0]  # an error when the loop did not run it

    def _true_names(self) -> dict[str, Any]:
        """Names in the notebook that cover a builtin, an import of the exercise or a helper of its tests."""
        space, true = self.shell.user_ns, {}
        for name in space.keys() & self._builtins.keys():
            true[name] = self._baseline.get(name, self._builtins[name])
        for known in (self._given, self._defined):
            for name, value in known.items():
                if name in space and space[name] is not value:
                    true[name] = value
        for name in self._free:
            true.pop(name, None)
        return {name: value for name, value in true.items() if space[name] is not value}

    def _note_definitions(self, names: list[str], before: dict[str, Any] | None = None) -> None:
        """Functions and classes that the exercise's own cells define stay what they are for later tests."""
        for name in names:
            value = self.shell.user_ns.get(name)
            if isinstance(value, (FunctionType, type)) and (before is None or before.get(name) is not value):
                self._defined[name] = value

    def _canaries_hold(self, some: int | None = None) -> bool:
        """Whether checks that must fail fail, and those that must pass pass; all of them, or the first ones."""
        for code, must_fail in self._canaries[:some]:
            try:
                eval(code, self._names)
                failed = False
            except AssertionError:
                failed = True
            except BaseException:
                return False
            if failed != must_fail:
                return False
        return True

    # ---- what is sent

    def _show(self, error: BaseException, trace: Any = None) -> None:
        """Publish an error as a kernel does."""
        for stream in self._streams.values():
            with _suppress(Exception):
                stream.flush()
        kind = type(error)
        try:
            text = str(error)
        except BaseException:
            text = ""
        try:
            lines = self.shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=0)
            lines = [str(line) for line in lines]
        except BaseException:
            lines = [f"{kind.__name__}: {text}"]
        self._emit("error", {"ename": kind.__name__, "evalue": text, "traceback": lines})

    def _emit(self, kind: str, content: dict[str, Any]) -> None:
        if kind in ("status", "execute_input") or kind.startswith("comm"):
            return
        self._errors += kind == "error"
        if self._sent > self._most and kind != "error":
            return
        line = _text({"message": kind, "content": content})
        self._sent += len(line)
        if self._sent > self._most and kind != "error":
            line = _text({"message": "too much"})
        self._send(line)

    def _send(self, what: str | dict[str, Any]) -> None:
        if self._channel is None or _pid() != self._owner:
            return
        line = what if isinstance(what, str) else _text(what)
        with self._lock:
            left = memoryview(f'{{"token": "{self._token}", {line[1:]}\n'.encode("ascii"))
            while left:
                left = left[_write(self._channel, left) :]


def _text(what: dict[str, Any]) -> str:
    return "".join(_encode(what, 0))
