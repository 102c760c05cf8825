"""The checks of the house, for authors: each message says the file, the cell and what to change.

`run` looks at everything that is committed: products against their sources, lessons and exercises
against the house style, datasets against their checksums and records; then it runs every lesson and
every worked solution from top to bottom, and holds each number in the prose against what the cells show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from curriculum import build, datasets, notation, syllabus
from curriculum.check import execution, numbers, structure
from curriculum.problems import Problem


@dataclass(frozen=True)
class Report:
    """What the checks found. `sizes` is a table in plain text: cells and words beside the house's aims."""

    problems: list[Problem] = field(default_factory=list)
    sizes: str = ""


def run(root: Path) -> Report:
    """Run every check on the course at `root`.

    Raises
    ------
    SyllabusError, NotationError, BuildError
        When a source cannot even be read; everything else is reported as a problem.
    """
    course = syllabus.load(root)
    problems = [*build.build(root, check=True)[1], *datasets.verify(root)]
    sizes, headings = [], {}
    for lesson in course.lessons.values():
        if lesson.planned:
            continue
        file = f"authoring/lessons/{lesson.id}.py"
        authored = notation.read(root / file)
        problems += structure.lesson(file, authored, lesson)
        executed, found = execution.run(authored, root / "notebooks", file)
        problems += found
        problems += numbers.unheld(file, executed)
        sizes.append(structure.size(lesson.id, authored))
        headings[lesson.number] = structure.headings(authored)
    for exercise in course.exercises.values():
        file = f"authoring/exercises/{exercise.id}.py"
        source = notation.read(root / file)
        release = root / "exercises" / "release" / exercise.id / f"{exercise.id}.ipynb"
        problems += structure.hints(file, (root / file).read_text(encoding="utf-8"), headings)
        problems += structure.exercise(file, source, release, exercise, course)
        executed, found = execution.run(source, root / "exercises" / "source" / exercise.id, file)
        problems += found
        problems += numbers.unheld(file, executed)
    rereads = "\n".join(objective.reread for objective in course.objectives.values())
    problems += structure.hints(syllabus.FILE, rereads, headings)
    return Report(problems, structure.size_table(sizes))
