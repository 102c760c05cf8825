"""The datasheet of a dataset: its tables of columns are written, its sections are checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from curriculum.datasets.description import FOLDER, Column, RecordError, Table, gaps, line
from curriculum.problems import Problem

SECTIONS = (
    "Motivation",
    "Composition",
    "Who is in it and who is not",
    "Collection",
    "Preprocessing",
    "Columns",
    "Known pitfalls",
    "Uses and misuses",
    "Distribution and licence",
    "Maintenance",
)
TABLE = re.compile(
    r"(<!-- columns of (?P<file>\S+): written by `curriculum data rebuild` -->\n).*?(<!-- end of columns -->)",
    re.S,
)


def written(folder: Path, tables: Mapping[str, Table], described: Mapping[str, list[Column]]) -> bytes:
    """`datasheet.md` with its tables of columns written anew, one between each pair of marks.

    Raises
    ------
    RecordError
        When the datasheet is missing, or has not a pair of marks for each table in their order.
    """
    path = folder / "datasheet.md"
    file = f"{FOLDER}/{folder.name}/datasheet.md"
    if not path.is_file():
        raise RecordError(
            [Problem(file, "", "Is missing.", f"Write it, with the sections {', '.join(SECTIONS)}.")]
        )
    text = path.read_text(encoding="utf-8")
    found = [match["file"] for match in TABLE.finditer(text)]
    if found != (wanted := list(described)):
        marks = "<!-- columns of FILE: written by `curriculum data rebuild` --> and <!-- end of columns -->"
        said = f"Has tables of columns for {', '.join(found) or 'no file'}; needed: {', '.join(wanted)}."
        raise RecordError([Problem(file, "Columns", said, f"Put the two marks in, in this order: {marks}.")])

    def table(match: re.Match) -> str:
        return match[1] + _column_table(tables[match["file"]], described[match["file"]]) + match[3]

    return TABLE.sub(table, text).encode("utf-8")


def _column_table(table: Table, described: list[Column]) -> str:
    lines = [
        "| Column | What it records | Unit | Codes | Empty | Unknown by code |",
        "|---|---|---|---|---:|---:|",
    ]
    for column in described:
        empty, unknown = gaps(table, column)
        codes = "; ".join(f"`{code}` {text}" for code, text in column.codes.items())
        by_code = f"{unknown:,}" if column.unknown else ""
        cells = [f"`{column.name}`", column.says, column.unit, codes, f"{empty:,}", by_code]
        lines.append("| " + " | ".join(line(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def sections(folder: Path, info: dict[str, Any]) -> list[Problem]:
    """A datasheet with every section, none of them empty; synthetic data says so in the first line."""
    file = f"{FOLDER}/{folder.name}/datasheet.md"
    path = folder / "datasheet.md"
    if not path.is_file():
        return []  # reported with the products
    text = path.read_text(encoding="utf-8")
    problems = []
    parts = re.split(r"^## (.+)\n", text, flags=re.M)
    bodies = {heading.strip(): body for heading, body in zip(parts[1::2], parts[2::2], strict=True)}
    for section in SECTIONS:
        if section not in bodies:
            problems.append(
                Problem(file, section, "The section is missing.", f"Add the heading `## {section}`.")
            )
        elif len(bodies[section].split()) < 5:
            problems.append(
                Problem(file, section, "The section is empty.", "Write it, or say why nothing is known.")
            )
    if re.search(r"\bTODO\b|\bTBD\b", text):
        problems.append(Problem(file, "", "Still holds a TODO or TBD.", "Write what is missing."))
    if "SYNTHETIC" in info["description"] and "SYNTHETIC" not in text.split("\n", 1)[0]:
        problems.append(Problem(file, "line 1", "Does not say SYNTHETIC.", "Say it in the first line."))
    return problems
