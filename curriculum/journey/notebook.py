"""The journey in a notebook: the course map with one's points, and grading without a terminal."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import time
import uuid
from html import escape
from pathlib import Path
from urllib.parse import quote

from curriculum.workspace import MY_WORK

RUNNING = "CURRICULUM_GRADING"  # set while a notebook is graded: it must not grade itself again


def show_map() -> None:
    """See `curriculum.journey.show_map`."""
    try:
        html, words = made_map(Path.cwd())
    except Exception as error:
        said = f"Your course map cannot be drawn ({type(error).__name__}: {error})."
        print(f"{said} The rest of this notebook does not need it.")
        return
    from IPython.display import display

    display({"text/html": html, "text/plain": words}, raw=True)


def made_map(here: Path) -> tuple[str, str]:
    """The map as HTML and in plain words, for a notebook in the folder `here`; the progress page is refreshed."""
    from curriculum import syllabus as course_map
    from curriculum.journey import nextsteps, picture, progress, standing
    from curriculum.paths import course_root

    root = course_root(here)
    where = standing.read(root, course_map.load(root))
    words = picture.in_words(where)
    steps = nextsteps.steps(where)
    links, why = "", _linked(steps[0].why, root, here)
    if (root / MY_WORK).is_dir():  # in a folder where nothing is handed out, nothing is left behind
        with contextlib.suppress(OSError, ValueError):  # ValueError: on another drive of Windows
            links = _links(progress.write(where), where, here)
    return (
        f"<div><p><strong>Next: {escape(steps[0].what)}</strong><br>{why}</p>{links}"
        f"{picture.draw(where, '-' + uuid.uuid4().hex[:8], bars=bool(where.graded))}</div>"
    ), "\n".join([picture.title_of(where) + ".", *words, f"Next: {steps[0].what}", steps[0].why])


def _linked(text: str, root: Path, here: Path) -> str:
    """A text as HTML, in which the notebooks that it names are links from a notebook in `here`."""

    def link(found: re.Match) -> str:
        with contextlib.suppress(ValueError):  # on another drive of Windows
            way = quote(Path(os.path.relpath(root / found[0], here)).as_posix())
            return f'<a href="{way}">{found[0]}</a>' if (root / found[0]).is_file() else found[0]
        return found[0]

    return re.sub(rf"\b(?:notebooks|{MY_WORK})/[\w/-]+\.ipynb", link, escape(text))


def _links(page: Path, where, here: Path) -> str:
    """Links to the pages that are there, from a notebook in `here`: JupyterLab opens them from a notebook."""
    from curriculum.journey import progress

    up = quote(Path(os.path.relpath(page.parent, here)).as_posix())
    said = (
        f'<p><a href="{up}/{page.name}">Your progress page</a> says all of this in tables, with what to read again. '
        "Run this cell again after each grading.</p>"
    )
    rows = [
        f"<li>{escape(work.exercise[:2])} {escape(work.title)}: "
        + ", ".join(
            f'<a href="{up}/{quote(way)}">{what} of {escape(name[:2])}</a>' for what, way in ways.items()
        )
        + "</li>"
        for name, work in where.works.items()
        if (ways := progress.pages_of(where, name))
    ]
    return said + (f"<ul>{''.join(rows)}</ul>" if rows else "")


def grade_myself(exercise: str) -> None:
    """See `curriculum.journey.grade_myself`."""
    from curriculum import workspace
    from curriculum.paths import CourseNotFoundError, course_root

    try:
        root = course_root()
    except CourseNotFoundError as error:
        print(error)
        return
    name = Path(str(exercise)).name.removesuffix(".ipynb")
    mine = root / MY_WORK / name / f"{name}.ipynb"
    if os.environ.get(RUNNING):
        print("This notebook is being graded just now, so it is not graded again from inside.")
        return
    if name not in workspace.exercises(root):
        print(
            f"There is no exercise called {name}. There is: {', '.join(workspace.exercises(root)) or 'none'}."
        )
        return
    if not mine.is_file():
        print(
            f"{MY_WORK}/{name}/{name}.ipynb is not there. In a terminal, `{workspace.START} prepare` brings it."
        )
        return
    if b"grade_myself" in mine.read_bytes():
        print(
            f"{name}.ipynb calls grade_myself itself, so grading it would start over without end. "
            "Take that cell out, save, and call grade_myself from another notebook."
        )
        return
    saved = time.strftime("%H:%M", time.localtime(mine.stat().st_mtime))
    print(f"What counts is what is saved: {name}.ipynb was last saved at {saved}.", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "curriculum", "grade", name],
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    print(done.stdout)
    feedback = root / MY_WORK / "feedback" / f"{name}.html"
    if done.returncode == 0 and feedback.is_file():
        from IPython.display import HTML, display

        try:
            way = quote(Path(os.path.relpath(feedback, Path.cwd())).as_posix())
        except ValueError:  # on another drive of Windows there is no way from here to there
            return
        display(HTML(f'<p><a href="{way}">The feedback page of {name}</a></p>'))


def _environment() -> dict[str, str]:
    """What this kernel would pass on, without what ties a program to the kernel."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("JPY_", "MPLBACKEND"))}
    return {**kept, RUNNING: "1", "PYTHONUTF8": "1", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"}
