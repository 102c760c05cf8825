"""Run a notebook as a learner would: from the top, in a new kernel. A warning counts as a failure."""

from __future__ import annotations

import re
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from curriculum.problems import Problem

CELL_SECONDS = 120
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def run(notebook: NotebookNode, folder: Path, file: str) -> tuple[NotebookNode, list[Problem]]:
    """Execute `notebook` with `folder` as working folder.

    Parameters
    ----------
    notebook : NotebookNode
        Left unchanged.
    folder : Path
        Where a learner's notebook stands, so that its relative paths hold.
    file : str
        The author's file, for messages.

    Returns
    -------
    executed : NotebookNode
        A copy with outputs.
    problems : list of Problem
        One for each cell that raised an error or wrote to stderr (warnings do).
    """
    from copy import deepcopy

    executed = deepcopy(notebook)
    begun: list[int] = []
    client = NotebookClient(
        executed,
        timeout=CELL_SECONDS,
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        kernel_name="python3",
        on_cell_start=lambda cell, cell_index: begun.append(cell_index),
    )
    problems = []
    try:
        client.execute()
    except (CellTimeoutError, DeadKernelError) as error:
        slow = isinstance(error, CellTimeoutError)
        what = f"Takes longer than {CELL_SECONDS} seconds." if slow else "Stops Python itself."
        problems.append(
            Problem(file, f"cell {begun[-1] + 1}", what, "Every cell must run from top to bottom.")
        )
    for number, cell in enumerate(executed.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                what = ANSI.sub("", f"Fails with {output.ename}: {output.evalue}.")
                problems.append(
                    Problem(file, f"cell {number}", what, "Every cell must run from top to bottom.")
                )
            elif "data" in output and any(kind.startswith("image/") for kind in output.data):
                problems.append(
                    Problem(file, f"cell {number}", "A figure has no text alternative.",
                            'End the cell with show(fig, "what the figure says") from curriculum.figures.')
                )  # fmt: skip
            elif output.output_type == "stream" and output.name == "stderr":
                problems.append(
                    Problem(
                        file,
                        f"cell {number}",
                        f"Writes a warning: {output.text.strip()[:300]}",
                        "Remove its cause.",
                    )
                )
    return executed, problems


def text_of(cell: NotebookNode) -> str:
    """All text that a cell shows: printed text, values and tables, without pictures."""
    parts = []
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            parts.append(output.text)
        elif "data" in output:
            parts.append(output.data.get("text/plain", ""))
    return ANSI.sub("", "\n".join(parts))
