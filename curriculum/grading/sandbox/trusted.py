"""What the instructor's own notebook says about an exercise: its libraries, and which names are whose."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbgrader import utils

from curriculum.grading import reading

# Tests use these, whether the exercise imports them in so many words or not.
USUAL = ("numpy.testing", "pandas.testing", "matplotlib.pyplot")


@dataclass(frozen=True)
class Trusted:
    """Libraries and names of one exercise.

    `modules` are imported by the warm parent; `tested` are those that its tests import;
    `names` maps a name that given cells or tests import to (module, attribute or None); `free` are the names
    that the solution defines, which are the learner's to define.
    """

    modules: tuple[str, ...]
    tested: tuple[str, ...]
    names: dict[str, tuple[str, str | None]]
    free: tuple[str, ...]


def of_exercise(course: Path, source: str, release: str, exercise: str, notebook: str) -> Trusted:
    """Read the instructor's notebook, or the released one where there is no other."""
    for folder in (source, release):
        path = course / folder / exercise / f"{notebook}.ipynb"
        if path.is_file():
            state = path.stat()
            return _read(path, state.st_mtime_ns, state.st_size)
    return Trusted((), (), {}, ())


@functools.lru_cache(8)
def _read(path: Path, _changed: int, _size: int) -> Trusted:
    return of_notebook(reading.trusted(path))


def of_notebook(notebook: NotebookNode) -> Trusted:
    """What a notebook that can be trusted says."""
    modules: dict[str, None] = {}
    tested: dict[str, None] = {}
    names: dict[str, tuple[str, str | None]] = {}
    free: dict[str, None] = {}
    for cell in notebook.cells:
        tree = _parse(cell)
        if tree is None:
            continue
        solution = utils.is_solution(cell)
        for found in _imports(tree):
            modules |= dict.fromkeys(found)
            if utils.is_grade(cell) and not solution:
                tested |= dict.fromkeys(found)
        if solution:
            free |= dict.fromkeys(_defined(tree))
        else:
            names |= _bound_by_imports(tree)
    tops = {name.partition(".")[0] for name in modules}
    modules |= {name: None for name in USUAL if name.partition(".")[0] in tops}
    return Trusted(tuple(modules), tuple(tested), names, tuple(free))


def _parse(cell: NotebookNode) -> ast.Module | None:
    if cell.cell_type != "code":
        return None
    try:
        return ast.parse(TransformerManager().transform_cell(cell.source))
    except SyntaxError:
        return None  # shown by the checks of the course, not here


def _imports(tree: ast.Module) -> Iterator[list[str]]:
    """Modules of each import statement, also inside functions; `from a import b` may mean a module a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield [node.module]


def _bound_by_imports(tree: ast.Module) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            for alias in node.names:
                module = alias.name if alias.asname else alias.name.partition(".")[0]
                found[alias.asname or module] = (module, None)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name != "*":
                    found[alias.asname or alias.name] = (node.module, alias.name)
    return found


def _defined(tree: ast.Module) -> set[str]:
    """Names that a cell binds at its top level."""
    found: set[str] = set()
    todo: list[ast.AST] = list(tree.body)
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        if isinstance(node, ast.alias):
            found.add(node.asname or node.name.partition(".")[0])
        todo += ast.iter_child_nodes(node)
    return found
