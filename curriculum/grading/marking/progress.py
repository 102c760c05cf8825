"""Showing how far a run is: a live bar on a terminal, a line for each submission elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from curriculum.grading.marking.outcome import Outcome


class Watcher(Protocol):
    """Is told what became of each submission."""

    def __call__(self, outcome: Outcome) -> None:
        """One more is done."""


@contextmanager
def watch(total: int, console: Console) -> Iterator[Watcher]:
    """Show progress while the block runs.

    Parameters
    ----------
    total : int
        Submissions to grade.
    console : Console
        Where; on a terminal a bar with what is done, failed and left, and the time left.
    """
    done = failed = 0

    def line(outcome: Outcome) -> str:
        points = f", {outcome.earned:g} of {outcome.possible:g}" if outcome.graded else ""
        reason = f". {outcome.reason}" if outcome.reason else ""
        return f"{outcome.student}, {outcome.exercise}: {outcome.state}{points}{reason}"

    if not console.is_terminal:

        def tell(outcome: Outcome) -> None:
            nonlocal done
            done += 1
            console.print(Text(f"{done}/{total} {line(outcome)}"), soft_wrap=True)

        yield tell
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=None),
        TextColumn("{task.completed:.0f} done, {task.fields[failed]} failed, {task.fields[left]} left"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Grading", total=total, failed=0, left=total)

        def show(outcome: Outcome) -> None:
            nonlocal done, failed
            done += 1
            if not outcome.settled:
                failed += 1
                progress.console.print(Text(line(outcome)))
            progress.update(bar, advance=1, failed=failed, left=total - done)

        yield show
