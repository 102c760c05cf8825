"""Printing a report: words, not colours; 80 columns; with or without a terminal."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from curriculum.grading.results import Report, Share
from curriculum.grading.wording import State

WIDTH = 80


def print_report(report: Report, console: Console | None = None) -> None:
    """Print what was earned, what to look at, and where to read again."""
    console = console or make_console()

    def say(text: str, indent: int = 0, style: str = "") -> None:
        console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))

    console.print()
    if report.problem:
        say(f"{report.exercise}: could not be graded", style="bold")
        say(report.problem, 2)
        return
    total = report.possible + report.written
    say(f"{report.exercise}: {report.earned:g} of {total:g} points", style="bold")
    if report.written:
        state = "see below" if report.pending else "nothing is written there yet"
        say(
            f"Tests give {report.possible:g} of these points, and a person who reads your text gives "
            f"{report.written:g} ({state}).",
            2,
        )
    if report.notes:
        console.print()
        say("What to know (your own file was not changed):")
        for note in report.notes:
            say(f"- {note}", 2)
    console.print()
    for item in report.items:
        name = f"{item.number}. {item.title}" if item.number else item.title
        line = Table.grid(expand=True, padding=(0, 2))
        line.add_column(ratio=1)
        line.add_column(justify="right", no_wrap=True, width=9)
        line.add_column(no_wrap=True, width=14)
        line.add_row(Text(name), f"{item.earned:g} of {item.possible:g}", Text(str(item.state), style="bold"))
        console.print(line)
        told: set[str] = set()
        for test in item.tests:
            if test.message and test.message not in told:
                told.add(test.message)
                say(test.message, 3)
        wrong = any(test.state is State.NOT_YET for test in item.tests) and not report.advice
        for objective in item.missed:
            where = report.reread.get(objective)
            named = any("Re-read" in said or (where and where in said) for said in told)
            if where and wrong and not named:
                say(f"Read again: {where}.", 3)
    for title, shares in (
        ("By responsibility (points given by tests)", report.responsibilities),
        ("By skill (a point can count for several)", report.competencies),
    ):
        if shares:
            console.print()
            say(title, style="bold")
            console.print(_shares(shares))
    if report.advice:
        console.print()
        say("What to do next", style="bold")
        say(report.advice, 2)
    console.print()
    if report.pending:
        say(
            f"Written work ({report.pending:g} points) is for a person to read: compare it with the sample answer "
            f"in {report.sample}, or ask a colleague to."
        )
    if report.feedback:
        say(f"The page with all details: {report.feedback}")


def print_together(whole: list[tuple[Share, tuple[Share, ...]]], console: Console | None = None) -> None:
    """Print what several exercises show together: each responsibility, with the competencies beneath it."""
    console = console or make_console()
    console.print()
    console.print(Text("These exercises together (points given by tests)", style="bold"))
    for responsibility, competencies in whole:
        console.print()
        console.print(_shares((responsibility,)))
        console.print(Padding(_shares(competencies), (0, 0, 0, 2)))
    console.print()
    console.print(Text("A point can count for several skills."))


def _shares(shares: tuple[Share, ...]) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(min_width=34)
    table.add_column(justify="right", no_wrap=True)
    for share in shares:
        table.add_row(Text(share.name), f"{share.earned:g} of {share.possible:g}")
    return Padding(table, (0, 0, 0, 2))


def make_console(width: int = WIDTH) -> Console:
    """A console of at most `width` columns that never stops at a letter it cannot show."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a pipe on Windows may know few letters
    console = Console(highlight=False)
    if not console.is_terminal or console.width > width:
        console.width = width
    return console
