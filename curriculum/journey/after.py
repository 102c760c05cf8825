"""What happens after one's own work was graded: the grading is noted, and the pages are brought up to date.

Nothing here may cost a learner the grading itself: what cannot be done is left out.
"""

from __future__ import annotations

import contextlib
import hashlib
from html import escape
from pathlib import Path

from curriculum import workspace
from curriculum.grading.results import Report
from curriculum.syllabus import Syllabus, SyllabusError


def graded(root: Path, report: Report, notebook: bytes | None, syllabus: Syllabus | None) -> None:
    """Note a grading, and put the worked solution beside the feedback page.

    Parameters
    ----------
    root : Path
        The course folder.
    report : Report
        What was earned.
    notebook : bytes, optional
        The learner's file as it was graded; None when it may have changed meanwhile.
    syllabus : Syllabus, optional
        Read from `root` when left out.
    """
    from curriculum.journey import history, worked

    syllabus = syllabus or _syllabus(root)
    with contextlib.suppress(OSError):
        source = root / "exercises" / "source" / report.exercise
        grading = history.Grading(
            exercise=report.exercise,
            at=history.now(),
            version=syllabus.version if syllabus else "",
            edition=workspace.edition_of(source),
            sha256=hashlib.sha256(notebook).hexdigest() if notebook is not None else "",
            earned=sum(item.earned for item in report.items),
            waiting=report.pending,
            possible=report.possible + report.written,
        )
        history.note(root, grading, notebook)
    with contextlib.suppress(Exception):
        worked.write(root, report.exercise, syllabus)
        link_to(root / report.feedback, f"{report.exercise}-worked.html")


def link_to(page: Path, worked: str) -> None:
    """Put a link to the worked solution under the heading of a feedback page."""
    text = page.read_text(encoding="utf-8")
    link = f'<p><a href="{escape(worked)}">The worked solution, beside your own answers</a> ({escape(worked)} in this folder)</p>'
    if link not in text:
        page.write_text(text.replace("</h1>", f"</h1>\n{link}", 1), encoding="utf-8", newline="\n")


def all_graded(root: Path) -> str:
    """Bring the progress page up to date; its place in the course folder, or an empty string."""
    from curriculum.journey import progress, standing

    with contextlib.suppress(Exception):
        syllabus = _syllabus(root)
        if syllabus is not None:
            progress.write(standing.read(root, syllabus))
            return progress.PAGE
    return ""


def _syllabus(root: Path) -> Syllabus | None:
    from curriculum import syllabus as course_map

    try:
        return course_map.load(root)
    except (SyllabusError, OSError):
        return None
