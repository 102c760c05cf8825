"""The worked solution of an exercise beside the learner's own answers: `my-work/feedback/<id>-worked.html`.

Only answers are shown, theirs and ours, with points and messages. Tests, and their hidden parts, never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from markupsafe import Markup
from nbformat import NotebookNode

from curriculum import notation
from curriculum.grading import STUDENT, reading
from curriculum.grading.repair import grade_id, is_test
from curriculum.journey import history, standing, web
from curriculum.syllabus import Syllabus
from curriculum.workspace import MY_WORK, START

MARKER = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION[ \t]*\n?", re.M)
HIDDEN = re.compile(r"^[ \t]*### BEGIN HIDDEN TESTS.*?(### END HIDDEN TESTS[ \t]*\n?|\Z)", re.M | re.S)


class WorkedError(Exception):
    """The page cannot be made; the message says why, and what to do."""


@dataclass
class Given:
    """A piece of the prompt: text as HTML, or code that was given."""

    html: Markup | None = None
    code: str = ""


@dataclass
class Pair:
    """What was asked, what the learner wrote (None: nothing was found), and the worked solution."""

    prompt: list[Given]
    written: bool
    yours: str | None
    blank: bool
    worked: str
    yours_html: Markup | None = None  # of written work
    worked_html: Markup | None = None


@dataclass
class Part:
    """One item of the exercise; `graded` is its `results.Item`, or None when it was not graded."""

    number: int
    title: str
    pairs: list[Pair] = field(default_factory=list)
    rest: list[Given] = field(default_factory=list)
    graded: object | None = None


def address(exercise: str) -> str:
    """Where the page lies in `my-work/`."""
    return f"feedback/{exercise}-worked.html"


def write(root: Path, exercise: str, syllabus: Syllabus | None, anyway: bool = False) -> Path:
    """Write the page.

    Parameters
    ----------
    root : Path
        The course folder.
    exercise : str
    syllabus : Syllabus, optional
        For the title.
    anyway : bool
        Also when the exercise was never graded.

    Raises
    ------
    WorkedError
        When it was not graded, and not `anyway`; when the course has no such exercise; when nothing can be
        written.
    """
    result = standing.own_result(root, exercise) if _graded_copy(root, exercise).is_file() else None
    graded = result is not None and result.so_far is not None
    if not graded and not anyway:
        raise WorkedError(
            f"{exercise} has not been graded yet, so its worked solution stays closed for now: it teaches more after "
            f"an attempt of your own, even a wrong one. Grade yours first: {START} grade {exercise}\n"
            f"To see it all the same: {START} solution {exercise} --anyway"
        )
    source = root / standing.SOURCE / exercise / f"{exercise}.ipynb"
    mine = root / MY_WORK / exercise / f"{exercise}.ipynb"
    if graded:
        own, whence = _read(_graded_copy(root, exercise)), "graded"
        layout = _read(_of_course(root, exercise, "source")) or _read(source)
        blank = _read(_of_course(root, exercise, "release"))
    else:
        own, whence = _read(mine), "present"
        layout = _read(source)
        blank = _read(root / "exercises" / "release" / exercise / f"{exercise}.ipynb")
    if layout is None:
        raise WorkedError(
            f"The course has no exercises/source/{exercise}/{exercise}.ipynb that can be read, where the worked "
            "solution stands. Restore it with git, then try again."
        )
    latest = history.read(root).get(exercise, [None])[-1]
    parts = parts_of(layout, own, blank, result.items if graded else ())
    known = syllabus.exercises.get(exercise) if syllabus else None
    day = date.today()
    page = web.page(
        "worked.html.j2",
        title=f"{exercise[:2]} {known.title}" if known else exercise,
        exercise=exercise,
        day=f"{day.day} {day:%B %Y}",
        parts=parts,
        result=result if graded else None,
        points=standing.number,
        source="none" if own is None else whence,
        graded_on=latest.day if graded and latest else "",
        changed=_changed(own, _read(mine)) if graded else [],
        start=START,
        feedback=f"{exercise}.html" if (root / MY_WORK / "feedback" / f"{exercise}.html").is_file() else "",
    )
    try:
        return web.write(root / MY_WORK / address(exercise), page)
    except OSError as error:
        raise WorkedError(
            f"{MY_WORK}/{address(exercise)} cannot be written ({error.strerror}). Make room or close programs that "
            "use it, then try again."
        ) from None


def parts_of(
    layout: NotebookNode, own: NotebookNode | None, blank: NotebookNode | None, items: tuple
) -> list[Part]:
    """The exercise item by item, from the instructor's notebook and the learner's."""
    yours = _answers(own)
    untouched = _answers(blank)
    by_number = {(item.number, item.title): item for item in items}
    parts = [Part(0, "Before the first item")]
    for cell in layout.cells:
        heading = notation.ITEM_HEADING.search(cell.source) if cell.cell_type == "markdown" else None
        if heading:
            number, title = int(heading["number"]), heading["title"]
            parts.append(Part(number, title, graded=by_number.get((number, title))))
        part = parts[-1]
        name = grade_id(cell)
        if name is None:
            part.rest += _given(cell, part)
        elif not is_test(cell):
            written = cell.cell_type == "markdown"
            worked = clean(cell.source)
            part.pairs.append(
                Pair(
                    part.rest,
                    written,
                    yours.get(name),
                    name in untouched and yours.get(name, "").strip() == untouched[name].strip(),
                    worked,
                    web.prose(yours.get(name, ""), f"Your table, item {part.number}") if written else None,
                    web.prose(worked, f"Table of the sample answer, item {part.number}") if written else None,
                )
            )
            part.rest = []
    return [part for part in parts if part.pairs]


def clean(source: str) -> str:
    """A cell of the instructor's without marks of nbgrader, and without anything hidden."""
    return MARKER.sub("", HIDDEN.sub("", source)).strip("\n")


def _given(cell: NotebookNode, part: Part) -> list[Given]:
    text = clean(cell.source)
    if cell.cell_type == "markdown":
        text = notation.ITEM_HEADING.sub("", text).strip()
        return [Given(html=web.prose(text, f"Table of the prompt, item {part.number}"))] if text else []
    return [Given(code=text)] if cell.cell_type == "code" and text else []


def _answers(notebook: NotebookNode | None) -> dict[str, str]:
    return {
        name: cell.source
        for cell in (notebook.cells if notebook is not None else [])
        if (name := grade_id(cell)) and not is_test(cell)
    }


def _changed(graded: NotebookNode | None, now: NotebookNode | None) -> list[str]:
    """Answers that differ in the learner's file today from those that were graded."""
    if graded is None or now is None:
        return []
    today = _answers(now)
    return [
        name
        for name, text in _answers(graded).items()
        if name in today and today[name].strip() != text.strip()
    ]


def _read(path: Path) -> NotebookNode | None:
    """A notebook, or None when there is none that can be read."""
    try:
        return reading.read(path, "")[0]
    except (reading.UnreadableError, OSError):
        return None


def _of_course(root: Path, exercise: str, step: str) -> Path:
    return root / history.SCRATCH / exercise / step / exercise / f"{exercise}.ipynb"


def _graded_copy(root: Path, exercise: str) -> Path:
    folder = root / history.SCRATCH / exercise / "autograded" / STUDENT / exercise
    return folder / f"{exercise}.ipynb"
