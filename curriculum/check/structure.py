"""What a lesson and an exercise must look like, read from their text without running them."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from curriculum import diagnostic, notation
from curriculum.build import CARD, EXERCISE_CARD
from curriculum.problems import Problem
from curriculum.syllabus import Exercise, Lesson, Syllabus

# The house's aims (CONTRIBUTING.md): reported, never a failure.
AIMS = {"cells": (20, 30), "words": (700, 1200), "longest code cell": (0, 20)}
HIDDEN_SHARE = 0.40
STUB = "raise NotImplementedError("
ENDINGS = ("## Take-away", "**Say it to the ward", "## Further reading")
FORBIDDEN = [
    (re.compile(r"^\s*[!%]\s*(pip|conda|mamba)\b|\bpip install\b", re.M), "Installs a package.",
     "Add the package to pyproject.toml; notebooks install nothing."),
    (re.compile(r"https?://|ftp://|\burllib\b|\brequests\.|\bhttpx\.|\bsocket\b|\bfetch_\w+\("), "Reaches for the network.",
     "Put the data into datasets/ with a recipe."),
    (re.compile(r"""["'](?:/(?:home|Users|root|tmp|usr|var|work|mnt|opt)\b|[A-Za-z]:\\)"""), "Holds an absolute path.",
     "Use a path relative to the notebook."),
    (re.compile(r"filterwarnings|simplefilter|%%capture"), "Silences warnings.", "Mend what causes the warning."),
    (re.compile(r"\bplt\.show\("), "Uses plt.show().", "Use show(figure, alt) from curriculum.figures in lessons."),
]  # fmt: skip
DRAWS = re.compile(r"\bplt\.(?:subplots|figure)\(|\.plot(?:\.\w+)?\(")


def lesson(file: str, notebook: NotebookNode, about: Lesson) -> list[Problem]:
    """Check an authored lesson: heading, card, ending, code habits and figures."""
    problems = list(_code_habits(file, notebook))
    first = notebook.cells[0].source if notebook.cells else ""
    if first.split("\n", 1)[0].strip() != f"# {about.title}":
        problems.append(
            Problem(
                file,
                "cell 1",
                f"Its first line is not '# {about.title}'.",
                "Title and syllabus.yml must agree.",
            )
        )
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    if text.count(CARD) != 1:
        problems.append(
            Problem(
                file, "", f"{CARD} must stand once.", "Put it in a cell of its own behind the opening scene."
            )
        )
    if about.objectives:
        for ending in ENDINGS:
            if ending not in text:
                problems.append(
                    Problem(file, "", f"'{ending}' is missing.", "Every lesson ends with these three parts.")
                )
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.metadata.get("nbgrader"):
            problems.append(
                Problem(
                    file, f"cell {number}", "A graded cell stands in a lesson.", "Move it to the exercise."
                )
            )
        if cell.cell_type == "code" and DRAWS.search(cell.source) and "show(" not in cell.source:
            problems.append(
                Problem(file, f"cell {number}", "A figure has no text alternative.",
                        'End the cell with show(fig, "what the figure says") from curriculum.figures.')
            )  # fmt: skip
    return problems


def exercise(
    file: str, source: NotebookNode, release: Path, about: Exercise, syllabus: Syllabus
) -> list[Problem]:
    """Check an authored exercise: items, points, objectives, hidden share, messages, and its released stubs."""
    problems = list(_code_habits(file, source))
    text = "\n".join(cell.source for cell in source.cells if cell.cell_type == "markdown")
    if text.count(EXERCISE_CARD) != 1:
        problems.append(
            Problem(file, "", f"{EXERCISE_CARD} must stand once.", "Put it behind the opening scene.")
        )
    problems += _items(file, source, about, syllabus)
    problems += _diagnostic(file, source, about)
    problems += _messages(file, source)
    if release.is_file():
        problems += _stubs(file, source, nbformat.read(release, as_version=4))
    return problems


REREAD = re.compile(r"[Ll]esson (\d\d), '([^']+)'")


def hints(file: str, text: str, headings: dict[str, list[str]]) -> list[Problem]:
    """Check that every "lesson 12, 'Who is missing?'" in `text` names a heading of that lesson.

    `headings` maps the two digits of a lesson to its headings.
    """
    text = re.sub(r"\s*[\"']?\s*\n\s*f?\"", " ", text)  # a sentence may run over several strings
    return [
        Problem(file, "", f"Sends people to lesson {number}, '{name}', which is not a heading there.",
                f"The headings are: {', '.join(headings.get(number, [])) or 'none'}.")
        for number, name in sorted({(n, re.sub(r"\s+", " ", name)) for n, name in REREAD.findall(text)})
        if name not in headings.get(number, [])
    ]  # fmt: skip


def headings(notebook: NotebookNode) -> list[str]:
    """The headings of a lesson below its title."""
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"^##+ (.+?)\s*$", text, re.M)


def _items(file: str, source: NotebookNode, about: Exercise, syllabus: Syllabus) -> Iterator[Problem]:
    items = notation.items(source)
    graded = [g for g in map(notation.graded_cell, source.cells) if g]
    if len(graded) != sum(len(item.cells) for item in items):
        yield Problem(
            file,
            "",
            "A graded cell stands in front of the first item.",
            "Write '## 1. Title (2 points)' above it.",
        )
    for expected, item in enumerate(items, start=1):
        where = f"item {item.number}"
        if item.number != expected:
            yield Problem(file, where, f"Should be item {expected}.", "Number the items from 1 without gaps.")
        if item.points != item.graded:
            yield Problem(
                file,
                where,
                f"Promises {item.points} points and grades {item.graded}.",
                "Make the heading and the cells agree.",
            )
    own = syllabus.lessons[about.lesson].objectives
    for cell in graded:
        if cell.objective not in syllabus.objectives:
            yield Problem(file, cell.id, f"Measures the objective {cell.objective}, which syllabus.yml does not have.",
                          f"Use one of: {', '.join(own)}.")  # fmt: skip
        elif cell.objective not in own:
            yield Problem(file, cell.id, f"Measures the objective {cell.objective} of another lesson.",
                          f"Use one of: {', '.join(own)}.")  # fmt: skip
    for objective in own:
        if objective not in {cell.objective for cell in graded}:
            yield Problem(
                file,
                objective,
                f"No item measures the objective {objective}.",
                "Add one, or drop the objective.",
            )
    tests = [cell for cell in graded if cell.kind == "test"]
    total = sum(cell.points for cell in tests)
    hidden = sum(cell.points for cell in tests if cell.hidden)
    if total and hidden < HIDDEN_SHARE * total:
        yield Problem(file, "", f"Only {hidden} of {total} autograded points hang on hidden tests.",
                      f"At least {HIDDEN_SHARE:.0%} should.")  # fmt: skip


def _diagnostic(file: str, source: NotebookNode, about: Exercise) -> Iterator[Problem]:
    """The rule of a diagnostic names every test of its exercise, and no other."""
    if not about.diagnostic:
        return
    ruled = {test for part in about.diagnostic for test in part.tests}
    tests = {
        graded.id for graded in map(notation.graded_cell, source.cells) if graded and graded.kind == "test"
    }
    for cell in source.cells:
        graded = notation.graded_cell(cell)
        if graded and graded.kind == "test":
            yield from _form_checks(file, graded.id, cell.source)
    for name in sorted(ruled - tests):
        yield Problem(
            file, name, "Stands in `diagnostic` of syllabus.yml, and is no test here.", "Mend one of them."
        )
    for name in sorted(tests - ruled):
        yield Problem(
            file,
            name,
            "Counts for no part of `diagnostic` in syllabus.yml.",
            "Add it to the part it belongs to.",
        )


def _form_checks(file: str, test: str, source: str) -> Iterator[Problem]:
    """What the visible part of a diagnostic's test says when it fails, so that the advice leaves the answer out."""
    begins = diagnostic.unreadable(test)
    for node in ast.walk(ast.parse(source.split(notation.HIDDEN_BEGIN)[0])):
        said = node.msg.value if isinstance(node, ast.Assert) and isinstance(node.msg, ast.Constant) else None
        if isinstance(node, ast.Assert) and not str(said).startswith(begins):
            yield Problem(
                file,
                test,
                f"The message of its visible check does not begin with `{begins}`.",
                "Begin it so: the advice leaves out answers that could not be read.",
            )


def _messages(file: str, source: NotebookNode) -> Iterator[Problem]:
    """Every assertion in a test says which idea went wrong; every test can fail."""
    for cell in source.cells:
        graded = notation.graded_cell(cell)
        if not graded or graded.kind != "test":
            continue
        tree = ast.parse(cell.source)
        asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
        for node in asserts:
            if node.msg is None:
                yield Problem(file, graded.id, f"The assertion in line {node.lineno} has no message.",
                              "Say in a sentence which idea went wrong and where to read again.")  # fmt: skip
        raises = any(isinstance(node, ast.Raise) for node in ast.walk(tree))
        if not asserts and not raises and "assert_" not in cell.source:
            yield Problem(
                file,
                graded.id,
                "This test cannot fail: it asserts nothing.",
                "Assert something, or remove it.",
            )


def _stubs(file: str, source: NotebookNode, release: NotebookNode) -> Iterator[Problem]:
    """What a learner gets equals the solution outside the answer, and holds nothing of the answer."""
    released = {c.metadata["nbgrader"]["grade_id"]: c for c in release.cells if "nbgrader" in c.metadata}
    for cell in source.cells:
        marks = cell.metadata.get("nbgrader")
        if not marks or not marks["solution"]:
            continue
        name = marks["grade_id"]
        if "BEGIN SOLUTION" not in cell.source:
            yield Problem(
                file, name, "The answer has no ### BEGIN SOLUTION.", "Mark the lines that learners write."
            )
            continue
        if name not in released:
            yield Problem(
                file, name, "The answer is not in the released notebook.", "Run `curriculum build`."
            )
            continue
        outside = [line for line in _outside(cell.source) if line.strip()]
        got = [line for line in released[name].source.splitlines() if line.strip()]
        kept = [line for line in got if line in outside]
        stub = [line for line in got if line not in outside]
        if kept != outside:
            yield Problem(
                file,
                name,
                "The released scaffold differs from the solution outside the answer.",
                "Run `curriculum build`.",
            )
        if cell.cell_type == "code" and not (len(stub) == 1 and STUB in stub[0]):
            yield Problem(
                file,
                name,
                f"The released answer holds more than the stub: {stub[:3]}.",
                "Look at the solution markers.",
            )
    for cell in release.cells:
        if "BEGIN SOLUTION" in cell.source or notation.HIDDEN_BEGIN in cell.source:
            yield Problem(
                file,
                cell.id,
                "The released notebook shows a solution or a hidden test.",
                "Run `curriculum build`.",
            )


def _outside(source: str) -> Iterator[str]:
    """The lines of an answer outside its solution region."""
    inside = False
    for line in source.splitlines():
        if "BEGIN SOLUTION" in line:
            inside = True
        elif "END SOLUTION" in line:
            inside = False
        elif not inside:
            yield line


def _code_habits(file: str, notebook: NotebookNode) -> Iterator[Problem]:
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        for pattern, what, fix in FORBIDDEN:
            if pattern.search(cell.source):
                yield Problem(file, f"cell {number}", what, fix)


def size(name: str, notebook: NotebookNode) -> dict:
    """Cells, words of prose and code lines of a lesson."""
    code = [len(c.source.strip().splitlines()) for c in notebook.cells if c.cell_type == "code"]
    prose = [len(c.source.split()) for c in notebook.cells if c.cell_type == "markdown"]
    return {
        "lesson": name,
        "cells": len(notebook.cells),
        "words": sum(prose),
        "longest text": max(prose, default=0),
        "median code cell": round(statistics.median(code)) if code else 0,
        "longest code cell": max(code, default=0),
    }


def size_table(sizes: list[dict]) -> str:
    """Sizes as a plain-text table; a star marks what lies outside the house's aims."""
    if not sizes:
        return "No lessons yet."
    columns = list(sizes[0])
    rows = [["aims", *(("-".join(map(str, AIMS[c])) if c in AIMS else "") for c in columns[1:])]]
    for entry in sizes:
        rows.append([entry["lesson"], *(
            f"{entry[c]}{'' if c not in AIMS or AIMS[c][0] <= entry[c] <= AIMS[c][1] else ' *'}" for c in columns[1:]
        )])  # fmt: skip
    widths = [max(len(row[i]) for row in [columns, *rows]) for i in range(len(columns))]
    lines = [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in [columns, *rows]
    ]
    return "\n".join(lines) + "\n(* outside the house's aims, which are aims and not fences)\n"
