"""The records of a dataset: made from its data, compared with what is committed.

The words come from `dataset.yml`, the numbers (rows, gaps, types, checksums) from the data itself,
so neither can go out of step with the files without a check noticing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from curriculum.datasets import croissant, datasheet
from curriculum.datasets.description import (
    AGAIN,
    FOLDER,
    RecordError,
    Table,
    about,
    columns,
    files_of,
    misfits,
)
from curriculum.problems import Problem
from curriculum.products import difference


def of_dataset(folder: Path, data: Mapping[str, bytes]) -> dict[str, bytes]:
    """`croissant.json` and `datasheet.md` (its tables of columns) of one dataset, from its finished files.

    Raises
    ------
    RecordError
        When description and data do not fit: another header, a value that no code explains, a missing table.
    """
    info = about(folder)
    file = f"{FOLDER}/{folder.name}/dataset.yml"
    if set(files_of(info)) != set(data):
        said, made = ", ".join(sorted(files_of(info))), ", ".join(sorted(data))
        raise RecordError(
            [Problem(file, "files", f"Describes {said}; the recipe makes {made}.", "Make them agree.")]
        )
    tables = {name: Table.read(data[name]) for name in info["files"]}
    described = {name: columns(folder, info, name) for name in info["files"]}
    problems = [p for name in info["files"] for p in misfits(file, name, tables[name], described[name])]
    if problems:
        raise RecordError(problems)
    return {
        "croissant.json": croissant.record(folder.name, info, data, tables, described),
        "datasheet.md": datasheet.written(folder, tables, described),
    }


def from_committed(root: Path, name: str) -> tuple[dict[str, bytes], list[Problem]]:
    """The products of one dataset, made from its committed data; and data files that are not the recorded ones.

    Where a data file is not the recorded one, nothing is made.

    Raises
    ------
    RecordError
        When a file is missing, or description and data do not fit.
    """
    folder = root / FOLDER / name
    info = about(folder)
    needed = [
        ("recipe.py", "Write the recipe that makes the data."),
        *((file, AGAIN) for file in files_of(info)),
    ]
    if missing := [
        Problem(f"{FOLDER}/{name}/{file}", "", "Is missing.", fix)
        for file, fix in needed
        if not (folder / file).is_file()
    ]:
        raise RecordError(missing)
    data = {file: (folder / file).read_bytes() for file in files_of(info)}
    wrong = _checksums(folder, data)
    return ({}, wrong) if wrong else (of_dataset(folder, data), [])


def verify_dataset(root: Path, name: str) -> list[Problem]:
    """Everything about one dataset that can be checked without its sources."""
    folder = root / FOLDER / name
    try:
        made, problems = from_committed(root, name)
    except RecordError as error:
        return error.problems
    for file, content in made.items():
        committed = (folder / file).read_bytes() if (folder / file).is_file() else None
        problems += difference(f"{FOLDER}/{name}/{file}", committed, content, AGAIN)
    return [*problems, *datasheet.sections(folder, about(folder)), *croissant.validated(folder)]


def _checksums(folder: Path, data: Mapping[str, bytes]) -> list[Problem]:
    """Files whose bytes are not those of the committed record."""
    path = folder / "croissant.json"
    file = f"{FOLDER}/{folder.name}/croissant.json"
    try:
        recorded = {
            entry["@id"]: entry["sha256"] for entry in json.loads(path.read_text("utf-8"))["distribution"]
        }
    except OSError:
        return [Problem(file, "", "Is missing.", AGAIN)]
    except (ValueError, KeyError, TypeError):
        return [Problem(file, "", "Is not a readable record.", AGAIN)]
    problems = []
    for name, content in data.items():
        found = hashlib.sha256(content).hexdigest()
        if name not in recorded:
            problems.append(Problem(file, "distribution", f"Does not name {name}.", AGAIN))
        elif found != recorded[name]:
            what = f"Is not the file that croissant.json records: SHA-256 {found[:12]}..., recorded {recorded[name][:12]}...."
            fix = "Restore it with `git checkout`; if the change is meant, change the recipe and run `curriculum data rebuild`."
            if (
                b"\r\n" in content
                and hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() == recorded[name]
            ):
                what = "Has Windows line ends; its checksum is that of the same file with Unix line ends."
                fix = "Check it out again: .gitattributes keeps git from changing line ends of CSV files."
            problems.append(Problem(f"{FOLDER}/{folder.name}/{name}", "", what, fix))
    return problems
