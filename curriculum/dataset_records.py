"""What is written about a dataset: `croissant.json`, the table of columns in its datasheet, the list of all.

The words come from `dataset.yml`, the numbers (rows, gaps, types, checksums) from the data itself,
so neither can go out of step with the files without a check noticing.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
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
    "files",
)
OPTIONAL = ("url",)
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
    r"(<!-- columns of (?P<file>\S+): written by `curriculum datasets` -->\n).*?(<!-- end of columns -->)",
    re.S,
)
LIST = re.compile(r"(<!-- list: written by `curriculum datasets` -->\n).*?(<!-- end of list -->)", re.S)
AGAIN = "Run `curriculum datasets` and commit what it writes."


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
    """`dataset.yml` of a dataset, with all its keys.

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
    if problems:
        raise RecordError(problems)
    return raw


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


def of_dataset(folder: Path, data: Mapping[str, bytes]) -> dict[str, bytes]:
    """`croissant.json` and `datasheet.md` (its tables of columns) of one dataset, from its finished files.

    Raises
    ------
    RecordError
        When description and data do not fit: another header, a value that no code explains, a missing table.
    """
    info = about(folder)
    file = f"{FOLDER}/{folder.name}/dataset.yml"
    if set(info["files"]) != set(data):
        said, made = ", ".join(sorted(info["files"])), ", ".join(sorted(data))
        raise RecordError(
            [Problem(file, "files", f"Describes {said}; the recipe makes {made}.", "Make them agree.")]
        )
    tables = {name: Table.read(content) for name, content in data.items()}
    described = {name: columns(folder, info, name) for name in info["files"]}
    problems = [p for name in info["files"] for p in _misfits(file, name, tables[name], described[name])]
    if problems:
        raise RecordError(problems)
    return {
        "croissant.json": _croissant(folder.name, info, data, tables, described),
        "datasheet.md": _datasheet(folder, tables, described),
    }


def _misfits(file: str, name: str, table: Table, described: list[Column]) -> list[Problem]:
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


def _croissant(
    name: str,
    info: dict[str, Any],
    data: Mapping[str, bytes],
    tables: Mapping[str, Table],
    described: Mapping[str, list[Column]],
) -> bytes:
    """The Croissant 1.0 record, always in the same order and with the same spacing."""
    record = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.0", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": name,
        "alternateName": info["title"],
        "description": _line(info["description"]),
        **({"url": info["url"]} if "url" in info else {}),
        "license": info["licence"]["url"],
        "citeAs": _line(info["cite_as"]),
        "creator": [_creator(entry) for entry in info["creators"]],
        "datePublished": str(info["published"]),
        "version": info["version"],
        "keywords": info["keywords"],
        "inLanguage": "en",
        "rai:dataCollection": _line(info["collection"]),
        "rai:dataLimitations": _line(info["limits"]),
        "rai:personalSensitiveInformation": _line(info["sensitive"]),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": file,
                "name": file,
                "description": _line(info["files"][file]["about"]),
                "contentUrl": file,
                "contentSize": f"{len(data[file])} B",
                "encodingFormat": "text/csv",
                "sha256": hashlib.sha256(data[file]).hexdigest(),
            }
            for file in info["files"]
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": Path(file).stem,
                "name": Path(file).stem,
                "description": f"{len(tables[file].rows):,} rows. {_line(info['files'][file]['about'])}",
                "field": [_field(file, column, tables[file]) for column in described[file]],
            }
            for file in info["files"]
        ],
    }
    return (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _creator(entry: dict[str, Any]) -> dict[str, str]:
    return {"@type": "sc:Organization" if entry.get("group") else "sc:Person", "name": entry["name"]}


def _field(file: str, column: Column, table: Table) -> dict[str, Any]:
    words = [_sentence(column.says)]
    if column.unit:
        words.append(f"Unit: {column.unit}.")
    if column.codes:
        words.append("Codes: " + "; ".join(f"{code} = {text}" for code, text in column.codes.items()) + ".")
    empty, unknown = gaps(table, column)
    if empty:
        words.append(f"Empty in {empty:,} of {len(table.rows):,} rows.")
    if column.unknown:
        words.append(f"{' and '.join(column.unknown)} stands for unknown: {unknown:,} rows.")
    return {
        "@type": "cr:Field",
        "@id": f"{Path(file).stem}/{column.name}",
        "name": column.name,
        "description": " ".join(words),
        "dataType": _type(table.values(column.name)),
        "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }


def _type(values: list[str]) -> str:
    """The Croissant type that every value has; a whole number with gaps is read as a float."""
    given = [value for value in values if value]
    if all(re.fullmatch(r"-?\d+", value) for value in given):
        return "sc:Integer" if len(given) == len(values) else "sc:Float"
    if all(re.fullmatch(r"-?\d*\.?\d+", value) for value in given):
        return "sc:Float"
    if all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value) for value in given):
        return "sc:DateTime"
    return "sc:Text"


def gaps(table: Table, column: Column) -> tuple[int, int]:
    """Rows in which a column is empty, and rows in which it holds a code for "unknown"."""
    counts = Counter(table.values(column.name))
    return counts[""], sum(counts[code] for code in column.unknown)


def _datasheet(folder: Path, tables: Mapping[str, Table], described: Mapping[str, list[Column]]) -> bytes:
    path = folder / "datasheet.md"
    file = f"{FOLDER}/{folder.name}/datasheet.md"
    if not path.is_file():
        raise RecordError(
            [Problem(file, "", "Is missing.", f"Write it, with the sections {', '.join(SECTIONS)}.")]
        )
    text = path.read_text(encoding="utf-8")
    found = [match["file"] for match in TABLE.finditer(text)]
    if found != (wanted := list(described)):
        marks = "<!-- columns of FILE: written by `curriculum datasets` --> and <!-- end of columns -->"
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
        lines.append("| " + " | ".join(_line(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def readme(root: Path, names: list[str]) -> tuple[Path, bytes]:
    """`datasets/README.md` with its list of all datasets.

    Raises
    ------
    RecordError
        When the README has no place for the list, or a dataset cannot be described.
    """
    path = root / FOLDER / "README.md"
    start, end = "<!-- list: written by `curriculum datasets` -->", "<!-- end of list -->"
    text = path.read_text(encoding="utf-8") if path.is_file() else f"# Datasets\n\n{start}\n{end}\n"
    if not LIST.search(text):
        file = f"{FOLDER}/README.md"
        raise RecordError([Problem(file, "", "Has no place for the list.", f"Put in {start} and {end}.")])
    return path, LIST.sub(lambda match: match[1] + _list(root, names) + match[2], text).encode("utf-8")


def _list(root: Path, names: list[str]) -> str:
    lines = [
        "| Dataset | What it is | Rows x columns | Years | Who is in it | Who is not | Licence | Lessons |",
        "|---|---|---|---|---|---|---|---|",
    ]
    loads = []
    problems: list[Problem] = []
    used = _lessons(root)
    for name in names:
        folder = root / FOLDER / name
        try:
            info = about(folder)
        except RecordError as error:
            problems += error.problems
            continue
        sizes = []
        for file in info["files"]:
            if not (folder / file).is_file():
                problems.append(Problem(f"{FOLDER}/{name}/{file}", "", "Is missing.", AGAIN))
                continue
            table = Table.read((folder / file).read_bytes())
            label = f"`{file}` " if len(info["files"]) > 1 else ""
            sizes.append(f"{label}{len(table.rows):,} x {len(table.header)}")
            loads.append(f'pd.read_csv("{FOLDER}/{name}/{file}")')
        licence = f"[{info['licence']['name']}]({info['licence']['url']})"
        lessons = ", ".join(used.get(name, [])) or "none yet"
        sheet = f"[{name}]({name}/datasheet.md)"
        cells = [
            sheet,
            info["what"],
            "<br>".join(sizes),
            info["years"],
            info["who"],
            info["who_not"],
            licence,
            lessons,
        ]
        lines.append("| " + " | ".join(_line(cell).replace("|", "\\|") for cell in cells) + " |")
    if problems:
        raise RecordError(problems)
    code = "\n".join(["```python", "import pandas as pd", "", *loads, "```"])
    return "\n".join(lines) + f"\n\nFrom the course folder (a lesson writes `../{FOLDER}/...`):\n\n{code}\n"


def _lessons(root: Path) -> dict[str, list[str]]:
    """Dataset to the numbers of the lessons that use it or whose exercise holds a file of it."""
    path = root / "syllabus.yml"
    used: dict[str, list[str]] = {}
    if not path.is_file():
        return used
    for module in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("modules", []):
        for lesson in module.get("lessons", []):
            files = (lesson.get("exercise") or {}).get("files", [])
            named = {file.split("/")[1] for file in files if file.startswith(f"{FOLDER}/")}
            for name in named | set(lesson.get("datasets", [])):
                used.setdefault(name, []).append(lesson["id"].split("_")[0])
    return used


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
        *((file, AGAIN) for file in info["files"]),
    ]
    if missing := [
        Problem(f"{FOLDER}/{name}/{file}", "", "Is missing.", fix)
        for file, fix in needed
        if not (folder / file).is_file()
    ]:
        raise RecordError(missing)
    data = {file: (folder / file).read_bytes() for file in info["files"]}
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
    return [*problems, *_sections(folder, about(folder)), *_validated(folder)]


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
            fix = "Restore it with `git checkout`; if the change is meant, change the recipe and run `curriculum datasets`."
            if (
                b"\r\n" in content
                and hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() == recorded[name]
            ):
                what = "Has Windows line ends; its checksum is that of the same file with Unix line ends."
                fix = "Check it out again: .gitattributes keeps git from changing line ends of CSV files."
            problems.append(Problem(f"{FOLDER}/{folder.name}/{name}", "", what, fix))
    return problems


def difference(file: str, committed: bytes | None, made: bytes, fix: str) -> list[Problem]:
    """The first line in which a committed file differs from what was made."""
    if committed is None:
        return [Problem(file, "", "Is missing.", fix)]
    if committed == made:
        return []
    old, new = committed.split(b"\n"), made.split(b"\n")
    number = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    if committed.replace(b"\r\n", b"\n") == made:
        return [
            Problem(
                file,
                f"line {number + 1}",
                "Has Windows line ends.",
                "Check it out again, with Unix line ends.",
            )
        ]
    there, now = (_excerpt(lines[number]) if number < len(lines) else "nothing" for lines in (old, new))
    return [Problem(file, f"line {number + 1}", f"Holds {there}, but what is made now is {now}.", fix)]


def _excerpt(line: bytes) -> str:
    text = line.decode("utf-8", errors="replace")
    return f"'{text if len(text) <= 90 else text[:87] + '...'}'"


def _sections(folder: Path, info: dict[str, Any]) -> list[Problem]:
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


def _validated(folder: Path) -> list[Problem]:
    """What mlcroissant finds wrong in the record: its errors and its warnings."""
    file = f"{FOLDER}/{folder.name}/croissant.json"
    if not (folder / "croissant.json").is_file():
        return []
    try:
        import mlcroissant
    except ImportError:
        missing = "Cannot be validated: mlcroissant is not installed."
        return [Problem(file, "", missing, "Install the author extra: `pip install -e .[author]`.")]
    try:
        issues = mlcroissant.Dataset(jsonld=folder / "croissant.json").metadata.ctx.issues
    except mlcroissant.ValidationError as error:
        return [Problem(file, "", f"mlcroissant refuses it: {_line(str(error))}", "Mend dataset.yml.")]
    found = sorted({*issues.errors, *issues.warnings})
    return [Problem(file, "", f"mlcroissant says: {_line(issue)}", "Mend dataset.yml.") for issue in found]


def _line(text: str) -> str:
    """Text on one line."""
    return " ".join(str(text).split())


def _sentence(text: str) -> str:
    text = _line(text)
    return text if text.endswith((".", "?")) else f"{text}."


# The context that the Croissant 1.0 specification gives; mlcroissant warns about any other.
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
