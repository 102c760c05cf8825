"""What a class's results say: by exercise, in words and numbers for the person who teaches."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from curriculum.grading.marking.outcome import Outcome
from curriculum.grading.wording import State

MOST_NAMED = 20  # submissions that are listed one by one


@dataclass(frozen=True)
class Hardest:
    """The item with the smallest share of its points."""

    title: str
    share: float  # 0 to 1, of the points that tests give


@dataclass(frozen=True)
class Common:
    """A failed test's message, and how many submissions got it."""

    message: str
    submissions: int


@dataclass(frozen=True)
class Summary:
    """One exercise. `mean` and the rest are None where nothing was graded, `spread` also for a single one."""

    exercise: str
    graded: int
    possible: float = 0
    mean: float | None = None
    spread: float | None = None  # standard deviation
    lowest: float | None = None
    highest: float | None = None
    hardest: Hardest | None = None
    misconception: Common | None = None
    waiting: int = 0  # submissions with written work that a person has yet to read


def sum_up(exercise: str, outcomes: Iterable[Outcome]) -> Summary:
    """Mean, spread, hardest item and commonest misconception of an exercise.

    Submissions without a grade count nowhere, and points that a person gives are left out. Who has tampered
    with tests is left out as well: those points say nothing about the class.
    """
    graded = [o for o in outcomes if o.graded and o.state is not State.TAMPERED]
    if not graded:
        return Summary(exercise, 0)
    points = [o.earned for o in graded]
    earned: dict[tuple[int, str], float] = defaultdict(float)
    possible: dict[tuple[int, str], float] = defaultdict(float)
    messages: Counter[str] = Counter()
    for outcome in graded:
        told = set()
        for test in outcome.tests:
            if test["written"]:
                continue
            item = (test["item"], test["title"])
            earned[item] += test["earned"]
            possible[item] += test["possible"]
            if test["state"] == State.NOT_YET and test["message"]:
                told.add(test["message"])
        messages.update(told)
    shares = {item: earned[item] / total for item, total in possible.items() if total}
    hardest = min(shares, key=lambda item: (shares[item], item), default=None)
    common = min(messages, key=lambda message: (-messages[message], message), default=None)
    return Summary(
        exercise,
        len(graded),
        max(o.possible for o in graded),
        statistics.fmean(points),
        statistics.stdev(points) if len(points) > 1 else None,
        min(points),
        max(points),
        Hardest(f"{hardest[0]}. {hardest[1]}" if hardest[0] else hardest[1], shares[hardest])
        if hardest and shares[hardest] < 1
        else None,
        Common(common, messages[common]) if common else None,
        sum(any(test["state"] == State.PERSON for test in o.tests) for o in graded),
    )


def print_summary(
    outcomes: list[Outcome], notes: list[str], absent: dict[str, int], console: Console
) -> None:
    """Print each exercise's summary, and whom somebody has to look at."""

    def say(text: str, indent: int = 0, style: str = "") -> None:
        console.print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))

    for note in dict.fromkeys(notes):
        console.print()
        say(note)
    for exercise in absent:
        own = [o for o in outcomes if o.exercise == exercise]
        _print_one(sum_up(exercise, own), own, absent[exercise], say)
    open_ones = [o for o in outcomes if not o.settled]
    if not open_ones:
        return
    console.print()
    say(f"Somebody has to look at {_count(len(open_ones), 'submission')}:", style="bold")
    table = Table.grid(padding=(0, 2))
    for number in range(3):
        table.add_column(no_wrap=number == 1, ratio=None if number < 2 else 1)
    for outcome in open_ones[:MOST_NAMED]:
        grade = "" if outcome.graded else " It has no grade (not 0)."
        table.add_row(
            Text(f"{outcome.student}, {outcome.exercise}"),
            Text(str(outcome.state), style="bold"),
            Text(outcome.reason + grade),
        )
    console.print(Padding(table, (0, 0, 0, 2), expand=False))
    if len(open_ones) > MOST_NAMED:
        say(
            f"and {len(open_ones) - MOST_NAMED} more: grading-journal.db in the course folder has them all.",
            2,
        )


def _print_one(summary: Summary, outcomes: list[Outcome], absent: int, say) -> None:
    say("")
    without = sum(not outcome.graded for outcome in outcomes)
    line = f"{summary.exercise}: {summary.graded} graded"
    line += f", {without} without a grade" if without else ""
    line += f"; {absent} of the gradebook's students handed nothing in" if absent else ""
    say(line, style="bold")
    if summary.mean is None:
        return
    spread = f", standard deviation {summary.spread:.1f}" if summary.spread is not None else ""
    say(
        f"Mean {summary.mean:.1f} of the {summary.possible:g} points that tests give{spread}, "
        f"from {summary.lowest:g} to {summary.highest:g}.",
        2,
    )
    if summary.hardest:
        say(f"Hardest item: {summary.hardest.title} ({summary.hardest.share:.0%} of its points earned).", 2)
    if summary.misconception:
        say(
            f"Commonest misconception ({summary.misconception.submissions} of {summary.graded}): "
            f"{summary.misconception.message}",
            2,
        )
    if summary.waiting:
        say(
            f"Written work of {_count(summary.waiting, 'submission')} waits for a person: open the formgrader.",
            2,
        )
    if 0 < summary.graded < 5:
        say("A class this small says little about the exercise.", 2)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
