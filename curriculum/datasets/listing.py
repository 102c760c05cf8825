"""The list of all datasets in `datasets/README.md`: a product of their descriptions and of the syllabus."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from pathlib import Path

import yaml

from curriculum.datasets.description import AGAIN, FOLDER, RecordError, Table, about, columns, files_of, line
from curriculum.problems import Problem

ALIASES = {"pd": "import pandas as pd", "np": "import numpy as np", "plt": "import matplotlib.pyplot as plt"}
MANY = 8  # of more files of one dataset that are no tables, the list shows how to load the first
LIST = re.compile(r"(<!-- list: written by `curriculum data rebuild` -->\n).*?(<!-- end of list -->)", re.S)


def readme(root: Path, names: list[str]) -> tuple[Path, bytes]:
    """`datasets/README.md` with its list of all datasets.

    Raises
    ------
    RecordError
        When the README has no place for the list, or a dataset cannot be described.
    """
    path = root / FOLDER / "README.md"
    start, end = "<!-- list: written by `curriculum data rebuild` -->", "<!-- end of list -->"
    text = path.read_text(encoding="utf-8") if path.is_file() else f"# Datasets\n\n{start}\n{end}\n"
    if not LIST.search(text):
        file = f"{FOLDER}/README.md"
        raise RecordError([Problem(file, "", "Has no place for the list.", f"Put in {start} and {end}.")])
    return path, LIST.sub(lambda match: match[1] + _list(root, names) + match[2], text).encode("utf-8")


def _list(root: Path, names: list[str]) -> str:
    lines = [
        "| Dataset | What it is | Rows x columns, files | Years | Who is in it | Who is not | Licence | Lessons |",
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
        kinds = Counter(entry["format"] for entry in info["objects"].values())
        sizes += [f"{count} {'file' if count == 1 else 'files'}, {kind}" for kind, count in kinds.items()]
        alike = [entry["load"] for entry in info["objects"].values() if "load" in entry]
        loads += [f"{alike[0]}  # the other {len(alike) - 1} alike"] if len(alike) > MANY else alike
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
        lines.append("| " + " | ".join(line(cell).replace("|", "\\|") for cell in cells) + " |")
    if problems:
        raise RecordError(problems)
    code = "\n".join(["```python", *_imports(loads), "", *loads, "```"])
    return "\n".join(lines) + f"\n\nFrom the course folder (a lesson writes `../{FOLDER}/...`):\n\n{code}\n"


def in_terminal(root: Path) -> str:
    """All datasets, a line each, for a terminal: name, size on disk, what it is, lessons, licence."""
    used = _lessons(root)
    lines = []
    for path in sorted((root / FOLDER).glob("*/dataset.yml")):
        info, name = about(path.parent), path.parent.name
        size = sum((path.parent / file).stat().st_size for file in files_of(info))
        lessons = f"lessons {', '.join(used[name])}" if name in used else "no lesson yet"
        lines.append(
            f"{name:14} {size / 1000:6,.0f} kB  {line(info['what'])} ({lessons}; {info['licence']['name']})"
        )
    return "\n".join([*lines, "", "More about one of them: curriculum data info NAME"])


def one_in_terminal(root: Path, name: str) -> str:
    """What `dataset.yml` says of one dataset, for a terminal: a paragraph a question, then files and columns.

    Raises
    ------
    RecordError
        When the dataset cannot be described.
    """
    folder = root / FOLDER / name
    info = about(folder)
    questions = {
        "What": info["description"],
        "Years": info["years"],
        "Who is in it": info["who"],
        "Who is not": info["who_not"],
        "Limits": info["limits"],
        "Sensitive": info["sensitive"],
        "Licence": f"{info['licence']['name']} ({info['licence']['url']})",
        "Cite as": info["cite_as"],
    }
    said = [textwrap.fill(f"{question}: {line(answer)}", 100) for question, answer in questions.items()]
    for file, entry in info["files"].items():
        said.append(f'{file}: {line(entry["about"])}\n  pd.read_csv("{FOLDER}/{name}/{file}")')
        width = max(len(column) for column in entry["columns"])
        for column in columns(folder, info, file):
            unit = f" ({column.unit})" if column.unit else ""
            said[-1] += f"\n  {column.name:{width}}  {line(column.says)}{unit}"
    for file, entry in info["objects"].items():
        said.append(f"{file} ({entry['format']}): {line(entry['about'])}")
        said[-1] += f"\n  {entry['load']}" if "load" in entry else ""
    return "\n\n".join([info["title"], *said, f"What is wrong with it: {FOLDER}/{name}/datasheet.md"])


def _imports(loads: list[str]) -> list[str]:
    """The import lines that lines of code need: a call's module is the name before its first full stop."""
    code = re.sub(r'"[^"]*"', "", "\n".join(loads))
    modules = set(re.findall(r"(?<![\w.)])(\w+)\.\w", code))
    return sorted(ALIASES.get(module, f"import {module}") for module in modules)


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
