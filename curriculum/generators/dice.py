"""Random draws that are the same in every Python version and on every system.

Nothing but `random.Random.random()`, sums and products: those give the same bits everywhere. The ready-made
`gauss`, `choice` and `shuffle` of the standard library do not promise that.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Draws that are the same everywhere for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def uniform(self) -> float:
        """A number from 0 up to, but not including, 1."""
        return self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, p: float) -> bool:
        """True with probability `p`."""
        return self._random() < p

    def choice(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely as the other."""
        return items[self.whole(0, len(items) - 1)]

    def bell(self, mean: float, sd: float, low: float, high: float) -> float:
        """About normal (a sum of twelve uniform draws), held between `low` and `high`."""
        z = sum(self._random() for _ in range(12)) - 6
        return min(max(mean + sd * z, low), high)

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """A copy in random order (Fisher and Yates)."""
        items = list(items)
        for last in range(len(items) - 1, 0, -1):
            other = self.whole(0, last)
            items[last], items[other] = items[other], items[last]
        return items
