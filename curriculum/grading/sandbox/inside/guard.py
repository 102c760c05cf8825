"""Remembers what tests rely on, and puts it back when a notebook has changed it.

The memory is made in the warm parent, before a learner's code runs. Before and after each test every function
and class of the guarded modules is compared with it by identity, which takes a millisecond or two.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable, Iterable
from itertools import compress
from operator import attrgetter, is_
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

# The whole of a large package would take ten times as long to compare; what tests call, and what that calls
# in turn, is enough: the canaries beside each test would notice the rest.
ALWAYS = (
    *("builtins", "cmath", "collections", "copy", "decimal", "fractions", "functools", "itertools", "json"),
    *("math", "numbers", "operator", "random", "re", "statistics", "unittest", "unittest.case"),
    *("numpy", "numpy.linalg", "numpy.random", "numpy.testing", "numpy.testing._private.utils"),
    *(f"numpy._core.{name}" for name in ("numeric", "fromnumeric", "multiarray", "umath", "_methods")),
    *("pandas", "pandas.testing", "pandas._testing", "pandas._testing.asserters"),
    *(f"pandas.core.dtypes.{name}" for name in ("common", "missing")),
)
# Classes whose own methods tests lean on, wherever they are defined.
CLASSES = {"DataFrame", "NDFrame", "Series", "Index", "OpsMixin", "IndexOpsMixin", "SelectionMixin"}
CALLABLE = (FunctionType, BuiltinFunctionType, MethodType, type, property, staticmethod, classmethod)


class _Place(NamedTuple):
    """A module or class, its names, and what those that count stood for."""

    owner: Any
    label: str
    space: Any  # its dictionary
    names: tuple[str, ...]
    values: tuple[Any, ...]
    size: int
    chosen: tuple[bool, ...]  # for each entry of the dictionary, whether it counts
    last: str | None  # its last name


class Guard:
    """The true state of the modules that tests rely on.

    Parameters
    ----------
    modules : iterable of str
        Names of modules besides the usual ones: those that the exercise's tests import.
    shell : InteractiveShell
        Whose own methods are guarded too.
    """

    def __init__(self, modules: Iterable[str], shell: Any) -> None:
        self._modules = {
            name: sys.modules[name]
            for name in dict.fromkeys((*ALWAYS, *modules))
            if isinstance(sys.modules.get(name), ModuleType)
        }
        self._shell = shell
        self._transformers = list(shell.ast_transformers)
        self._builtin_names = frozenset(vars(builtins))
        self._places: list[_Place] = []
        functions: dict[int, FunctionType] = {}
        classes: dict[int, type] = {}
        for name, module in self._modules.items():
            space = vars(module)
            kept = {
                key: value
                for key, value in space.items()
                if isinstance(value, CALLABLE)
                or callable(value)
                or (isinstance(value, (int, float, str, ModuleType)) and not key.startswith("_"))
            }
            self._add(module, name, space, kept)
            for value in kept.values():
                if isinstance(value, FunctionType) and (value.__module__ or "").startswith(
                    name.partition(".")[0]
                ):
                    functions[id(value)] = value
                elif isinstance(value, type) and value.__name__ in CLASSES:
                    for base in value.__mro__:
                        classes[id(base)] = base
        for base in type(shell).__mro__:
            classes[id(base)] = base
        for found in classes.values():
            if found is object or not found.__flags__ & (
                1 << 9
            ):  # only classes made in Python can be changed
                continue
            space = found.__dict__
            kept = {key: value for key, value in space.items() if isinstance(value, CALLABLE)}
            self._add(found, found.__name__, space, kept)
            for value in kept.values():
                inner = getattr(value, "__func__", value)
                if isinstance(inner, FunctionType):
                    functions[id(inner)] = inner
        self._functions = tuple(functions.values())
        # A changed default (a tolerance, say) matters in the functions that compare; changed code anywhere.
        compare = tuple(f for f in self._functions if "testing" in f.__module__ or "unittest" in f.__module__)
        self._truth = tuple(
            (name, attrgetter(name), those, tuple(map(attrgetter(name), those)))
            for name, those in (
                ("__code__", self._functions),
                ("__defaults__", compare),
                ("__kwdefaults__", compare),
            )
        )
        self._known = {id(place.owner): frozenset(place.space) for place in self._places}
        # True functions, kept here because the names in this module's own globals could be changed.
        self._tools = (all, map, is_, len, zip, setattr, getattr, sys, compress, reversed, next)

    def _add(self, owner: Any, name: str, space: Any, kept: dict[str, Any]) -> None:
        chosen = tuple(key in kept for key in space)
        last = next(reversed(space), None)
        self._places.append(
            _Place(owner, name, space, tuple(kept), tuple(kept.values()), len(space), chosen, last)
        )

    def restore(self, functions_too: bool = True) -> list[str]:
        """Put back whatever differs; the names of it, empty when nothing had been changed.

        Parameters
        ----------
        functions_too : bool
            Whether the code and the defaults of functions are compared too. Python tells of each change of them
            (see `Watch.functions`), so this is only needed when it did.
        """
        all_, map_, same, length, zip_, set_, get_, system, chosen_, reversed_, next_ = self._tools
        changed: list[str] = []
        for name, module in self._modules.items():
            if system.modules.get(name) is not module:
                system.modules[name] = module
                changed.append(f"sys.modules[{name!r}]")
        for owner, label, space, names, values, size, chosen, last in self._places:
            # In the order of the dictionary, which looks nothing up: a fork pays for each object that it touches.
            if (
                length(space) == size
                and next_(reversed_(space), None) == last
                and all_(map_(same, chosen_(space.values(), chosen), values))
            ):
                continue
            for name, value in zip_(names, values):
                if space.get(name) is not value:
                    set_(owner, name, value)
                    changed.append(f"{label}.{name}")
            if length(space) != size:
                changed += self._remove_covers(owner, label)
        for name, read, functions, values in self._truth if functions_too else ():
            if not all_(map_(same, map_(read, functions), values)):
                for function, value in zip_(functions, values):
                    if get_(function, name) is not value:
                        set_(function, name, value)
                        changed.append(f"{function.__module__}.{function.__qualname__}")
        if self._shell.ast_transformers != self._transformers:
            self._shell.ast_transformers[:] = self._transformers
            changed.append("the notebook's syntax-tree transformers")
        for name in ("run_cell", "run_cell_async", "run_code", "showtraceback", "_showtraceback"):
            if name in vars(self._shell):
                del vars(self._shell)[name]
                changed.append(f"get_ipython().{name}")
        return list(dict.fromkeys(changed))

    def restore_builtins(self) -> list[str]:
        """The same for the builtins alone, which this program needs itself after each cell."""
        owner, label, space, names, values, *_ = self._places[0]
        all_, map_, same, _, zip_, set_, *_ = self._tools
        if all_(map_(same, map_(space.get, names), values)):
            return []
        changed = [(name, value) for name, value in zip_(names, values) if space.get(name) is not value]
        for name, value in changed:
            set_(owner, name, value)
        return [f"{label}.{name}" for name, _ in changed]

    def _remove_covers(self, owner: Any, label: str) -> list[str]:
        """Take away new names that cover an old one: a builtin in a module, an inherited method in a class."""
        new = [name for name in owner.__dict__ if name not in self._known[id(owner)]]
        if isinstance(owner, type):
            inherited = owner.__mro__[1:]
            new = [
                name
                for name in new
                if any(
                    name in self._known.get(id(base), ()) or (base is not object and name in base.__dict__)
                    for base in inherited
                )
            ]
        elif label in ("numpy", "pandas"):
            new = []  # `np.float = float` is an old way around a removed name, and covers nothing
        else:
            new = [name for name in new if name in self._builtin_names]
        for name in new:
            delattr(owner, name)
        return [f"{label}.{name}" for name in new]


class Watch:
    """Notices when a notebook's own code looks into the interpreter that runs its tests.

    Python's audit hooks cannot be taken off again. Libraries look at frames for good reasons, so only calls
    that stand in the learner's own code count, and frames only while a test runs.
    """

    ANYWHERE = ("gc.get_objects", "gc.get_referrers", "sys._current_frames")
    BRIDGES = ("inspect", "traceback")
    PARTS = ("__code__", "__defaults__", "__kwdefaults__")

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        self.testing = False
        self.functions = False  # whether anybody has changed the code or the defaults of a function
        self.seen: list[str] = []
        self._is_own, self._busy = is_own, False
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...], frame_of=sys._getframe) -> None:
        if event in ("object.__setattr__", "object.__delattr__") and args[1] in self.PARTS:
            self.functions = True
        if self._busy:
            return
        looks = (
            event in self.ANYWHERE
            or event.startswith("ctypes.")
            or (
                self.testing
                and (event == "sys._getframe" or (event == "object.__getattr__" and args[1] == "tb_frame"))
            )
        )
        if not looks:
            return
        self._busy = True
        try:
            caller = frame_of(1)
            if caller.f_globals.get("__name__") in self.BRIDGES and caller.f_back is not None:
                caller = caller.f_back
                if caller.f_globals.get("__name__") in self.BRIDGES and caller.f_back is not None:
                    caller = caller.f_back
            if self._is_own(caller.f_code.co_filename):
                self.seen.append("frames of the grader" if self.testing else event)
        finally:
            self._busy = False
