"""A page to show to an employer: what was shown, by responsibility and competency, and how to check it.

Nothing is put on it but the syllabus, points, days and checksums, and a name when the learner gives one: no user
name, no machine, no path, no e-mail. Nothing is sent anywhere.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from curriculum.journey import history, web
from curriculum.journey.standing import Cell, Heading, Points, Standing, Work, number
from curriculum.syllabus import Objective
from curriculum.workspace import MY_WORK

PAGE = f"{MY_WORK}/portfolio.html"
NOTEBOOKS = f"{MY_WORK}/portfolio"
LONGEST_NAME = 80


class PortfolioError(Exception):
    """The page cannot be made; the message says why, and what to do."""


@dataclass(frozen=True)
class Evidence:
    """One objective: what was earned for it in one exercise. `read` tells whether a person read its written part."""

    objective: Objective
    work: Work
    points: Points
    how: str


def write(standing: Standing, name: str = "") -> tuple[Path, list[str]]:
    """Write the page, and the graded notebooks beside it.

    Returns
    -------
    tuple of Path and list of str
        The page, and the names of the notebooks to hand over with it.

    Raises
    ------
    PortfolioError
        When nothing is graded, or nothing can be written.
    """
    if not standing.graded:
        raise PortfolioError(
            "Nothing is graded yet, so there is nothing to show. Grade an exercise first, then make the portfolio."
        )
    try:
        handed = []
        for work in standing.graded:
            data = history.kept(standing.root, work.latest) if work.latest else None
            if data is not None:
                target = web.put(standing.root / NOTEBOOKS / f"{work.exercise}.ipynb", data)
                handed.append(target.name)
        return web.write(standing.root / PAGE, page(standing, date.today(), name)), handed
    except OSError as error:
        raise PortfolioError(
            f"The portfolio cannot be written ({error.strerror}). Make room in {MY_WORK}/ or close programs that use "
            "it, then try again."
        ) from None


def page(standing: Standing, day: date, name: str = "") -> str:
    """The page as text."""
    works = standing.graded
    shown = {
        r.id: [e for e in evidence(standing) if e.objective.responsibility == r.id]
        for r in standing.syllabus.responsibilities.values()
    }
    versions = sorted({work.latest.version for work in works if work.latest and work.latest.version})
    return web.page(
        "portfolio.html.j2",
        syllabus=standing.syllabus,
        name=_clean(name),
        day=f"{day.day} {day:%B %Y}",
        works=works,
        shown=shown,
        competencies=_competencies(standing),
        points=sum((work.points for work in works), Points()),
        versions=versions or [standing.syllabus.version],
        read=_read(works),
        number=number,
        written=sum(cell.possible for work in works for cell in work.cells if cell.written),
    )


def evidence(standing: Standing) -> list[Evidence]:
    """What each graded exercise shows, by objective, in the order of the course; nothing where nothing was earned."""
    found = []
    for work in standing.graded:
        by_objective: dict[str, list[Cell]] = {}
        for cell in work.cells:
            by_objective.setdefault(cell.objective, []).append(cell)
        for name, cells in by_objective.items():
            objective = standing.syllabus.objectives.get(name)
            points = sum((cell.points for cell in cells), Points())
            if objective and (points.earned or points.waiting):
                found.append(Evidence(objective, work, points, _how(cells)))
    return found


def _how(cells: list[Cell]) -> str:
    """Who gave the points."""
    tests = any(not cell.written for cell in cells)
    written = [cell for cell in cells if cell.written]
    if not written:
        return "tests"
    if any(cell.waits for cell in written):
        return (
            "tests; the written part was read by nobody yet" if tests else "written, and read by nobody yet"
        )
    read = any(cell.earned for cell in written)
    person = "a person who read the written part" if read else "no points for the written part"
    return f"tests, and {person}" if tests else person


def _read(works: list[Work]) -> str:
    """Whether somebody read what was written."""
    written = [c for work in works for c in work.cells if c.written and (c.waits or c.earned)]
    if not written:
        return "none"
    unread = [cell for cell in written if cell.waits]
    return "nobody" if len(unread) == len(written) else "some" if unread else "all"


def _competencies(standing: Standing) -> list[tuple[Heading, int]]:
    """Points by competency over the graded exercises alone, with the number of exercises behind them."""
    made = []
    for competency in standing.syllabus.competencies.values():
        total, exercises = Points(), set()
        for work in standing.graded:
            for cell in work.cells:
                objective = standing.syllabus.objectives.get(cell.objective)
                if objective and competency.id in objective.competencies:
                    total += cell.points
                    exercises.add(work.exercise)
        if total.earned or total.waiting:
            made.append((Heading(competency.id, competency.name, total), len(exercises)))
    return made


def _clean(name: str) -> str:
    """A name as it was typed, without line ends and signs that nobody sees."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in name)
    return " ".join(seen.split())[:LONGEST_NAME]
