"""What a check reports: one thing that an author has to mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    Attributes
    ----------
    file : str
        The file, relative to the course folder, with forward slashes.
    where : str
        The place inside it: a cell, a column, a line or an id. Empty for the whole file.
    what : str
        What is wrong, in a sentence.
    fix : str
        What to do about it, in a sentence.
    """

    file: str
    where: str
    what: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file} [{self.where}]" if self.where else self.file
        return f"{place}: {self.what} {self.fix}".strip()
