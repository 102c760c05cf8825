"""What `dataset.yml` says about a dataset, and whether the data agrees with it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from curriculum.problems import Problem

FOLDER = "datasets"
ABOUT = (
    "title",
    "what",
    "description",
    "years",
    "who",
    "who_not",
    "licence",
    "cite_as",
    "creators",
    "version",
    "published",
    "keywords",
    "sensitive",
    "collection",
    "limits",
)
PARTS = (
    "files",
    "objects",
)  # tables with their columns, and files that are no tables; one of the two is needed
OPTIONAL = ("url", *PARTS)
AGAIN = "Run `curriculum data rebuild` and commit what it writes."


class RecordError(Exception):
    """The records of a dataset cannot be made; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Column:
    """One column, as `dataset.yml` describes it.

    Attributes
    ----------
    says : str
        What it records.
    unit : str
        Unit of measurement; empty for codes, counts of nothing and text.
    codes : dict of str to str
        What each value means; empty for a measurement.
    unknown : tuple of str
        Those codes that stand for "we do not know".
    """

    name: str
    says: str
    unit: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A data file: its rows as text, exactly as written."""

    header: list[str]
    rows: list[list[str]]

    @classmethod
    def read(cls, content: bytes) -> Table:
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
        return cls(header, rows)

    def values(self, name: str) -> list[str]:
        """The values of a column, gaps as empty text."""
        position = self.header.index(name)
        return [row[position] for row in self.rows]


def about(folder: Path) -> dict[str, Any]:
    """`dataset.yml` of a dataset, with all its keys; `files` and `objects` are empty where it gives none.

    Raises
    ------
    RecordError
        When it is missing, unreadable or incomplete.
    """
    path = folder / "dataset.yml"
    file = f"{FOLDER}/{folder.name}/dataset.yml"
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError:
        raise RecordError(
            [Problem(file, "", "Is missing.", "Describe the dataset and its columns there.")]
        ) from None
    except yaml.YAMLError as error:
        where = f"line {error.problem_mark.line + 1}" if getattr(error, "problem_mark", None) else ""
        raise RecordError(
            [Problem(file, where, "Is not readable YAML.", "Mend the indentation or a quote.")]
        ) from error
    if not isinstance(raw, dict):
        raise RecordError([Problem(file, "", "Is empty.", f"It needs: {', '.join(ABOUT)}.")])
    problems = [Problem(file, key, "Is not given.", "Add it.") for key in ABOUT if not raw.get(key)]
    problems += [
        Problem(file, str(key), "Is not a known key.", "Mend its spelling.")
        for key in raw
        if key not in ABOUT + OPTIONAL
    ]
    if not any(raw.get(part) for part in PARTS):
        problems.append(Problem(file, "files", "No file is described.", f"Add {' or '.join(PARTS)}."))
    for name, entry in (raw.get("objects") or {}).items():
        if not isinstance(entry, dict) or not {"about", "format"} <= set(entry) <= {
            "about",
            "format",
            "load",
        }:
            fix = "Give about and format (a MIME type), and load where one line of Python loads it."
            problems.append(Problem(file, name, "Is not described as a file that is no table.", fix))
    if problems:
        raise RecordError(problems)
    return {**raw, **{part: raw.get(part) or {} for part in PARTS}}


def files_of(info: Mapping[str, Any]) -> list[str]:
    """The names of all data files of a dataset: tables first, then the others."""
    return [*info["files"], *info["objects"]]


def columns(folder: Path, info: dict[str, Any], file: str) -> list[Column]:
    """The described columns of one data file."""
    described = []
    for name, entry in info["files"][file]["columns"].items():
        entry = {"says": entry} if isinstance(entry, str) else dict(entry)
        codes = {str(code): meaning for code, meaning in entry.pop("codes", {}).items()}
        unknown = tuple(str(code) for code in entry.pop("unknown", []))
        try:
            column = Column(name=name, codes=codes, unknown=unknown, **entry)
        except TypeError as error:
            path = f"{FOLDER}/{folder.name}/dataset.yml"
            raise RecordError(
                [Problem(path, name, f"Cannot be used: {error}.", "Use says, unit, codes, unknown.")]
            ) from error
        described.append(column)
    return described


def misfits(file: str, name: str, table: Table, described: list[Column]) -> list[Problem]:
    if table.header != [column.name for column in described]:
        odd = next(
            (
                pair
                for pair in zip(table.header, [c.name for c in described], strict=False)
                if pair[0] != pair[1]
            ),
            ("the number of columns", ""),
        )
        return [
            Problem(
                file, name, f"Its columns are not those of the data: see {odd[0]}.", "Name them in order."
            )
        ]
    problems = []
    for column in described:
        found = set(table.values(column.name)) - {""}
        strange = sorted(found - set(column.codes)) if column.codes else []
        if strange:
            text = f"The data holds {', '.join(strange[:5])}, which no code explains."
            problems.append(Problem(file, f"{name}: {column.name}", text, "Add what it means."))
        if missing := [code for code in column.unknown if code not in column.codes]:
            text = f"Unknown is given as {missing[0]}, which is not among the codes."
            problems.append(Problem(file, f"{name}: {column.name}", text, "Add it to the codes."))
    return problems


def gaps(table: Table, column: Column) -> tuple[int, int]:
    """Rows in which a column is empty, and rows in which it holds a code for "unknown"."""
    counts = Counter(table.values(column.name))
    return counts[""], sum(counts[code] for code in column.unknown)


def line(text: str) -> str:
    """Text on one line."""
    return " ".join(str(text).split())


def sentence(text: str) -> str:
    """Text on one line, with a full stop."""
    text = line(text)
    return text if text.endswith((".", "?")) else f"{text}."
