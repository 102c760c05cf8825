"""Importing an exercise's libraries while the grader itself still imports nbgrader.

Which libraries those are is a guess from a first look at the exercise, and saves a second. When it is wrong, or the
exercise is not where it is looked for, they are imported later.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from curriculum.grading.sandbox import host

IMPORT = re.compile(r"^(?:import|from)[ \t]+(\w+(?:\.\w+)*)", re.M)


def begin(exercises: Path, exercise: str, course: Path) -> None:
    """Start the process that will run the notebooks of an exercise.

    Parameters
    ----------
    exercises : Path
        The folder that holds `source` and `release`.
    exercise : str
        Its id.
    course : Path
        The course folder in which it will be graded.
    """
    if os.environ.get("CURRICULUM_SANDBOX") != "off" and (found := libraries(exercises, exercise)):
        host.begin((str(course.resolve()),), found)


def end(course: Path) -> None:
    """End what was started for a course folder in vain."""
    host.end((str(course.resolve()),))


def libraries(exercises: Path, exercise: str) -> list[str]:
    """Modules that the instructor's notebook imports at the beginning of a line; none when it cannot be read."""
    for folder in ("source", "release"):
        try:
            text = (exercises / folder / exercise / f"{exercise}.ipynb").read_text(encoding="utf-8")
            cells = json.loads(text)["cells"]
            sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        return list(dict.fromkeys(name for source in sources for name in IMPORT.findall(source)))
    return []
