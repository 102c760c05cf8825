"""The progress of a learner: a summary for the terminal, and the page `my-work/progress.html`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from markupsafe import Markup
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from curriculum.grading.show import make_console
from curriculum.journey import nextsteps, picture, web, worked
from curriculum.journey.standing import Heading, Standing, Work, number
from curriculum.workspace import MY_WORK, START

PAGE = f"{MY_WORK}/progress.html"


def write(standing: Standing) -> Path:
    """Write the page.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    return web.write(standing.root / PAGE, page(standing, datetime.now()))


def page(standing: Standing, moment: datetime) -> str:
    """The page as text; `moment` is when it was made."""
    mine = standing.root / MY_WORK
    return web.page(
        "progress.html.j2",
        standing=standing,
        lessons=[
            (lesson, standing.work(lesson))
            for lesson in standing.syllabus.lessons.values()
            if not lesson.planned
        ],
        planned=[lesson for lesson in standing.syllabus.lessons.values() if lesson.planned],
        steps=nextsteps.steps(standing),
        again=nextsteps.again(standing),
        headings=[
            ("responsibilities", "By responsibility", standing.responsibilities),
            ("competencies", "By competency", standing.competencies),
        ],
        map=Markup(picture.draw(standing)),
        links={name: pages_of(standing, name) for name in standing.works},
        number=number,
        mark=mark,
        day=f"{moment.day} {moment:%B %Y}, {moment:%H:%M}",
        report="feedback/report.html" if (mine / "feedback" / "report.html").is_file() else "",
        start=START,
    )


def pages_of(standing: Standing, exercise: str) -> dict[str, str]:
    """The pages of an exercise that are there: what it is -> its address in `my-work/`."""
    ways = {"Feedback": f"feedback/{exercise}.html", "Worked solution": worked.address(exercise)}
    return {what: way for what, way in ways.items() if (standing.root / MY_WORK / way).is_file()}


def mark(work: Work | None) -> tuple[str, str, str]:
    """Sign, tone and word for how an exercise stands."""
    if work is None:
        return "", "plain", "no exercise"
    if work.trouble:
        return "!", "poor", "no points at present"
    if not work.graded:
        return "–", "plain", "not graded yet"
    points = work.points
    if points.earned >= points.possible:
        return "✓", "good", "all points"
    if work.blank:
        return "◐", "fair", "not all answered"
    if points.waiting:
        return "…", "plain", "a person has yet to read"
    return "◐", "fair", "points still to earn"


def show(standing: Standing, console: Console | None = None) -> None:
    """Print the summary: what was earned, what to do next and why; 80 columns, words and no colours."""
    console = console or make_console()

    def say(text: str, indent: int = 0, style: str = "") -> None:
        console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))

    console.print()
    say(f"{standing.points.words}.", style="bold")
    if not standing.graded:
        say("Nothing is graded yet: that is how everybody starts.")
    console.print()
    say("By lesson", style="bold")
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(max_width=34)
    table.add_column()
    for lesson in standing.syllabus.lessons.values():
        work = standing.work(lesson)
        if work is not None:
            table.add_row(Text(lesson.number), Text(lesson.title), Text(work.words))
    console.print(Padding(table, (0, 0, 0, 2)))
    for title, headings in (
        ("By responsibility", standing.responsibilities),
        ("By competency (a point can count for several)", standing.competencies),
    ):
        console.print()
        say(title, style="bold")
        console.print(Padding(_headings(headings), (0, 0, 0, 2)))
    console.print()
    say("What to do next", style="bold")
    for n, step in enumerate(nextsteps.steps(standing), start=1):
        say(f"{n}. {step.what}", 2)
        say(step.why, 5)
        if step.command:
            say(step.command, 5)


def _headings(headings: tuple[Heading, ...]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=40)
    table.add_column()
    for heading in headings:
        points = heading.points
        table.add_row(Text(heading.name), Text(points.words if points.possible else "in no exercise yet"))
    return table
