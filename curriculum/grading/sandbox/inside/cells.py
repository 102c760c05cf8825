"""Runs the cells of one notebook, in the process that the learner's code shares.

Outputs are made by ipykernel's own shell, so that they are what a kernel would give. Answers and given cells run
as in a kernel. Tests are compiled and run here, past every hook of the notebook, on what `guard` has put back.
"""

from __future__ import annotations

import _thread
import ast
import asyncio
import builtins
import contextlib
import getpass
import inspect
import io
import json
import linecache
import os
import random
import signal
import socket
import sys
import threading
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError, UsageError
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.session import Session
from traitlets.config import Config

from .guard import Guard, Watch
from .tracebacks import QuickTB

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
            config=config, kernel=SimpleNamespace(eventloop=None), compiler_class=XCachingCompiler
        )
        self._channel: socket.socket | None = None
        self._token, self._sent, self._most, self._owner, self._errors = "", 0, 0, 0, 0
        self._lock = threading.RLock()
        self.shell.InteractiveTB.__class__ = QuickTB  # keeps its settings
        self.shell.InteractiveTB.cells = {}
        recorder = Recorder(key=b"").attach(self._emit)
        for part in (self.shell.displayhook, self.shell.display_pub):
            part.session, part.pub_socket = recorder, True
        self._streams = {"stdout": Stream("stdout", 1, self._emit), "stderr": Stream("stderr", 2, self._emit)}
        builtins.input = _no_input("raw_input")
        getpass.getpass = _no_input("getpass")
        self._transformer = TransformerManager()
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
        self._channel, self._owner = channel, os.getpid()
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
        receive = channel.makefile("rb")
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        default = signal.default_int_handler
        for line in receive:
            order = json.loads(line)
            self._token, self._sent = order["token"], 0
            sys.stdout, sys.stderr = self._streams["stdout"], self._streams["stderr"]
            report: dict[str, Any] = {"error": False, "exit": False}
            try:
                with _interruptible(default):
                    if order["kind"] == "test":
                        self._loop.run_until_complete(self._test(order["source"], report))
                    else:
                        self._loop.run_until_complete(self._plain(order["source"], report))
                        if order["kind"] == "given":
                            self._note_definitions(order["source"])
            except BaseException as error:  # an interrupt between two lines of ours, a stopped event loop
                self._changed += self._guard.restore_builtins()
                report["error"] = True
                self._show(error)
            self._changed += self._guard.restore_builtins()
            if os.getpid() != self._owner:  # a copy that the cell forked: it ends with the cell
                os._exit(0)
            with contextlib.suppress(Exception):
                for stream in self._streams.values():
                    stream.flush()
            self._send({"done": report})

    async def _plain(self, source: str, report: dict[str, Any]) -> None:
        shell = self.shell
        name = shell.compile.get_code_name(source, source, 0)
        self._own_files.add(name)
        shell.InteractiveTB.cells[name] = shell.execution_count
        transformed, failure, self._errors, self._compared = source, None, 0, False
        try:
            transformed = shell.transform_cell(source)
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

    async def _test(self, source: str, report: dict[str, Any]) -> None:
        """Run a test; what was put back and how the canaries did goes into the report."""
        sys.settrace(None)
        sys.setprofile(None)
        changed, self._changed = self._changed, []
        if not self._compared or self._threads():  # nothing has run since the test before
            changed = [*changed, *self._restore()]
        self._names.renew(self._true_names())
        some = None if "testing" in source else 2  # the others try the testing modules of numpy and pandas
        sound = self._canaries_hold(some)
        before = dict(self.shell.user_ns)
        self._watch.testing = True
        try:
            await self._run(source)
        except BaseException as error:
            report["error"] = True
            trace = error.__traceback__
            while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
                trace = trace.tb_next
            self._watch.testing = False
            self._show(error, trace)
        finally:
            self._watch.testing = False
            for name in [name for name in linecache.cache if name.startswith("<test ")]:
                del linecache.cache[name]  # hidden tests are not for later cells to print
        changed += [f"{name} (while the test ran)" for name in self._restore()]
        self._compared = True
        report["changed"] = list(dict.fromkeys(changed))[:20]
        report["looked"] = list(dict.fromkeys(self._watch.seen))
        report["sound"] = sound and self._canaries_hold(some)
        self._note_definitions(source, before)
        self.shell.execution_count += 1
        for callback in self._post:  # the figures
            with contextlib.suppress(Exception):
                callback()

    def _restore(self) -> list[str]:
        functions_too, self._watch.functions = self._watch.functions, False
        return self._guard.restore(functions_too)

    async def _run(self, source: str) -> None:
        text = source
        try:
            tree = ast.parse(text)
        except SyntaxError:
            text = self._transformer.transform_cell(source)
            tree = None
        name = self._name_code(text)
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        if tree is None:
            tree = compile(text, name, "exec", flags | ast.PyCF_ONLY_AST)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        if tree.body:
            await self._execute(compile(tree, name, "exec", flags))
        if last is not None:
            value = await self._execute(compile(ast.Expression(last.value), name, "eval", flags))
            if value is not None and not _quiet(source):
                data, metadata = self.shell.display_formatter.format(value)
                for stream in self._streams.values():
                    stream.flush()
                content = {
                    "data": data,
                    "metadata": metadata,
                    "execution_count": self.shell.execution_count,
                }
                self._emit("execute_result", json_clean(content))

    async def _execute(self, code: CodeType) -> Any:
        value = eval(code, self._names)  # `eval` runs both kinds of code
        return await value if code.co_flags & inspect.CO_COROUTINE else value

    def _name_code(self, text: str) -> str:
        """A name for a test's code, under which a traceback finds its lines."""
        name = f"<test {self.shell.execution_count}>"
        linecache.cache[name] = (len(text), None, text.splitlines(True), name)
        self.shell.InteractiveTB.cells[name] = self.shell.execution_count
        return name

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

    def _note_definitions(self, source: str, before: dict[str, Any] | None = None) -> None:
        """Functions and classes that the exercise's own cells define stay what they are for later tests."""
        if "def " not in source and "class " not in source:
            return
        try:
            tree = ast.parse(source)
        except SyntaxError:  # magics, or a slip
            try:
                tree = ast.parse(self._transformer.transform_cell(source))
            except SyntaxError:
                return
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                value = self.shell.user_ns.get(node.name)
                if isinstance(value, (FunctionType, type)) and (
                    before is None or before.get(node.name) is not value
                ):
                    self._defined[node.name] = value

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
            with contextlib.suppress(Exception):
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
        line = json.dumps({"message": kind, "content": content}, default=str)
        self._sent += len(line)
        if self._sent > self._most and kind != "error":
            line = json.dumps({"message": "too much"})
        self._send(line)

    def _send(self, what: str | dict[str, Any]) -> None:
        if self._channel is None or os.getpid() != self._owner:
            return
        line = what if isinstance(what, str) else json.dumps(what)
        with self._lock:
            self._channel.sendall(f'{{"token": "{self._token}", {line[1:]}\n'.encode("ascii"))


@contextlib.contextmanager
def _interruptible(handler):
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _quiet(source: str) -> bool:
    """True when a cell ends in a semicolon, as IPython sees it."""
    last = source.rstrip().splitlines()[-1] if source.strip() else ""
    return last.partition("#")[0].rstrip().endswith(";")
