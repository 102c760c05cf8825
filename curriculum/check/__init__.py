"""The checks of the house, for authors: each message says the file, the cell and what to change.

`run` looks at everything that is committed: products against their sources, lessons and exercises
against the house style, datasets against their checksums and records; then it runs every lesson and
every worked solution from top to bottom, and holds each number in the prose against what the cells show.
No lesson says a word of the glossary before somebody has explained it.
What a lesson cites must stand in the register of standards; an entry that nobody has looked at for a year is a
warning, because the world can move without a commit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from curriculum import build, datasets, glossary, notation, syllabus
from curriculum import register as registers
from curriculum.check import citations, execution, numbers, structure, terms
from curriculum.problems import Problem


@dataclass(frozen=True)
class Report:
    """What the checks found.

    Attributes
    ----------
    problems : list of Problem
        What has to be mended before anything is published.
    sizes : str
        A table in plain text: cells and words beside the house's aims.
    warnings : list of str
        What somebody should look at soon; no check fails for it.
    """

    problems: list[Problem] = field(default_factory=list)
    sizes: str = ""
    warnings: list[str] = field(default_factory=list)


def run(root: Path, today: date | None = None) -> Report:
    """Run every check on the course at `root`. The register's entries are as old as they are on `today`.

    Raises
    ------
    RegisterError, SyllabusError, NotationError, BuildError
        When a source cannot even be read; everything else is reported as a problem.
    """
    today = today or date.today()
    register = registers.load(root, today)
    course = syllabus.load(root)
    problems = [
        *build.build(root, check=True)[1],
        *datasets.verify(root),
        *registers.write(root, check=True),
    ]
    sizes, headings = [], {}
    lessons, exercises = {}, {}
    for lesson in course.lessons.values():
        if lesson.planned:
            continue
        file = f"authoring/lessons/{lesson.id}.py"
        authored = lessons[lesson.id] = notation.read(root / file)
        problems += structure.lesson(file, authored, lesson)
        problems += citations.check(file, authored, register)
        executed, found = execution.run(authored, root / "notebooks", file)
        problems += found
        problems += numbers.unheld(file, executed, register)
        sizes.append(structure.size(lesson.id, authored))
        headings[lesson.number] = structure.headings(authored)
    for exercise in course.exercises.values():
        file = f"authoring/exercises/{exercise.id}.py"
        source = exercises[exercise.id] = notation.read(root / file)
        release = root / "exercises" / "release" / exercise.id / f"{exercise.id}.ipynb"
        problems += structure.hints(file, (root / file).read_text(encoding="utf-8"), headings)
        problems += structure.exercise(file, source, release, exercise, course)
        problems += citations.check(file, source, register)
        executed, found = execution.run(source, root / "exercises" / "source" / exercise.id, file)
        problems += found
        problems += numbers.unheld(file, executed, register)
    words = glossary.load(root)
    problems += terms.check(course, words, lessons, exercises)
    problems += terms.unsaid(course, words, lessons)
    rereads = "\n".join(objective.reread for objective in course.objectives.values())
    problems += structure.hints(syllabus.FILE, rereads, headings)
    return Report(problems, structure.size_table(sizes), registers.warnings(register, today))
