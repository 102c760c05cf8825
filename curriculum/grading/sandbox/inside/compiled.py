"""Tests as code objects, made by the grader: a child runs them without compiling, parsing or reading them.

Grader and children are the same Python, so what one has marshalled the other can load. What is compiled here is the
exercise's own; nothing of a learner's is ever parsed by the grader.
"""

from __future__ import annotations

import ast
import base64
import marshal
import warnings
from functools import lru_cache
from types import CodeType
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


@lru_cache(256)
def test(source: str, name: str) -> dict[str, Any]:
    """What a child needs to run a test.

    Parameters
    ----------
    source : str
        The cell.
    name : str
        The name under which its lines are found in a traceback.

    Returns
    -------
    dict
        `source`, what was compiled; `body` and `last`, code as base64 (None where there is none; `last` is the
        expression in the last line); `show`, whether its value is shown. `source` alone when it is no Python at all.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree, text = _parsed(source)
        if tree is None:
            return {"source": source}
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        return {
            "body": _packed(compile(tree, name, "exec", FLAGS)) if tree.body else None,
            "last": _packed(compile(ast.Expression(last.value), name, "eval", FLAGS)) if last else None,
            "show": not _quiet(source),
            "source": text,
        }


@lru_cache(256)
def defined(source: str) -> tuple[str, ...]:
    """Names of the functions and classes that a cell defines at its top level."""
    if "def " not in source and "class " not in source:
        return ()
    tree, _ = _parsed(source)
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return tuple(node.name for node in tree.body if isinstance(node, kinds)) if tree else ()


def _parsed(source: str) -> tuple[ast.Module | None, str]:
    """A cell's tree and text; with IPython's own notation only where it is no Python without."""
    for text in (lambda: source, lambda: TransformerManager().transform_cell(source)):
        try:
            made = text()
            return compile(made, "<cell>", "exec", FLAGS | ast.PyCF_ONLY_AST), made
        except (SyntaxError, ValueError):
            continue
    return None, source


def _packed(code: CodeType) -> str:
    return base64.b64encode(marshal.dumps(code)).decode("ascii")


def _quiet(source: str) -> bool:
    """True when a cell ends in a semicolon, as IPython sees it."""
    last = source.rstrip().splitlines()[-1] if source.strip() else ""
    return last.partition("#")[0].rstrip().endswith(";")
