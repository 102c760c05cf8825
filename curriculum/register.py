"""The register of standards: each rule, guideline, published figure and case that a lesson may cite.

`datasets/standards/register.yml` is what people edit. `load` reads it and refuses what it cannot be sure of,
`stale` finds entries whose check is too long ago, and `write` makes the page that lessons link to:
`datasets/standards/README.md`, with one heading for each entry, so that `README.md#hipaa-safe-harbor` is its place.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

import yaml
from jsonschema import Draft202012Validator

from curriculum.problems import Problem
from curriculum.products import write_or_compare

FOLDER = "datasets/standards"
FILE = f"{FOLDER}/register.yml"
SCHEMA = f"{FOLDER}/register.schema.json"
PAGE = f"{FOLDER}/README.md"
FRESH_DAYS = 365
AGAIN = "Run `curriculum build`, and commit what it writes."

# The sections of the page, in order: kind -> heading and what stands there
KINDS = {
    "law": ("Law and regulations", "What binds somebody, or is proposed to. Read the status first."),
    "guidance": (
        "Guidance and frameworks",
        "What an authority or a profession recommends. It binds nobody by itself.",
    ),
    "reporting": (
        "Reporting and appraisal",
        "Lists of what a study has to say, and how well studies keep to them.",
    ),
    "data-standard": ("Data and its documentation", "How to describe data and to measure its quality."),
    "interoperability": (
        "Interoperability",
        "How the record, the service and the screen talk to each other.",
    ),
    "imaging": (
        "Imaging",
        "Pictures: identity in them, and what a model may learn from them instead of disease.",
    ),
    "statistics": ("Methods and figures", "Definitions, formulas and survey figures, each with its source."),
    "fairness": ("Fairness", "What cannot all hold at once, and what a group of people gets instead."),
    "case": ("Cases", "What happened to real patients and real data, with the counts as published."),
    "communication": ("Communication", "How numbers are understood, and misunderstood."),
}


class RegisterError(Exception):
    """The register cannot be used. `problems` holds each reason; the message lists them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Entry:
    """One thing that lessons cite.

    Attributes
    ----------
    id : str
        A slug such as `hipaa-safe-harbor`; also the anchor on the page.
    kind : str
        One of `KINDS`.
    title, claim : str
        Its name, and one or two plain sentences that say exactly what a lesson may say.
    numbers : mapping of str to float
        The numbers that a lesson may print with a link to this entry; names end in `_percent` where they are percent.
    jurisdiction, status : str
        Where it applies ("US", "EU", "UK", "international", "none"), and whether it does.
    checked : date
        The day on which somebody last confirmed the claim, and `confirmed_by` how.
    source, url : str
        The citation and its DOI or official address; `also` holds further addresses.
    note : str
        What is not certain, or left out. Empty when there is nothing to say.
    """

    id: str
    kind: str
    title: str
    claim: str
    numbers: Mapping[str, float]
    jurisdiction: str
    status: str
    checked: date
    confirmed_by: str
    source: str
    url: str
    also: tuple[str, ...] = ()
    note: str = ""

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address that may stand in a lesson for this entry."""
        return (self.url, *self.also)


@dataclass(frozen=True)
class Register:
    """All entries by id, in the order of the file."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def citing(self, link: str) -> list[Entry]:
        """The entries to which an external link belongs: one address may serve several claims."""
        return self._by_url.get(same_address(link), [])

    @cached_property
    def _by_url(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            for url in entry.urls:
                found.setdefault(same_address(url), []).append(entry)
        return found


def same_address(link: str) -> str:
    """One spelling for one address: https, a small host, one form of a DOI, no slash at the end."""
    link = re.sub(r"^(?:doi:\s*)?(?=10\.\d{4,9}/)", "https://doi.org/", link.strip(), flags=re.I)
    link = re.sub(r"^(?:https?:)?//|^(?=www\.)", "https://", link, flags=re.I)
    host, slash, rest = link.removeprefix("https://").partition("/")
    host = host.lower()
    if host in {"doi.org", "dx.doi.org", "www.doi.org"}:
        host, rest = "doi.org", rest.lower()
    return f"https://{host}{slash}{rest}".rstrip("/")


def load(root: Path, today: date | None = None) -> Register:
    """Read and validate the register of the course at `root`.

    Parameters
    ----------
    root : Path
        The course folder.
    today : date, optional
        No entry can have been checked after it; the day of the call by default.

    Raises
    ------
    RegisterError
        With every problem found: a file that is not there or no YAML, a key that stands twice, is unknown or missing,
        a wrong value, an id that stands twice or is no slug, an address without https, a day that does not exist or
        has not come yet.
    """
    raw = _read(root)
    problems = _shape(raw, root)
    if problems:
        raise RegisterError(problems)
    entries: dict[str, Entry] = {}
    for given in raw["entries"]:
        entry, wrong = _entry(given, today or date.today())
        problems += wrong
        if given["id"] in entries:
            problems.append(
                Problem(FILE, given["id"], "This id stands twice.", "Merge the two entries, or rename one.")
            )
        elif given["id"] in {_anchor(heading) for heading, _ in KINDS.values()}:
            problems.append(
                Problem(
                    FILE, given["id"], "This id is the heading of a section of the page.", "Choose another."
                )
            )
        elif entry:
            entries[entry.id] = entry
    if problems:
        raise RegisterError(problems)
    return Register(MappingProxyType(entries))


def stale(register: Register, today: date, days: int = FRESH_DAYS) -> list[Entry]:
    """The entries that were checked more than `days` days before `today`, oldest first."""
    old = [entry for entry in register.entries.values() if (today - entry.checked).days > days]
    return sorted(old, key=lambda entry: entry.checked)


def warnings(register: Register, today: date, days: int = FRESH_DAYS) -> list[str]:
    """A sentence for each stale entry: law and guidance move, so somebody has to look again."""
    return [
        str(
            Problem(
                FILE,
                entry.id,
                f"Was last checked on {entry.checked}, more than {days} days ago.",
                "Look at its source again, mend the claim, its numbers and its status, and date the check.",
            )
        )
        for entry in stale(register, today, days)
    ]


# --- reading -----------------------------------------------------------------------------------------------------


class _Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML without surprises: a key that stands twice is an error, and a date stays the text that was written."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable) or key in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"the key {key!r} stands twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def _read(root: Path) -> object:
    try:
        text = (root / FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise RegisterError(
            [Problem(FILE, "", f"Cannot be read: {error.strerror}.", "Restore it from git.")]
        ) from error
    except UnicodeDecodeError as error:
        raise RegisterError([Problem(FILE, "", "Is not UTF-8 text.", "Save it as UTF-8.")]) from error
    try:
        return yaml.load(text, Loader=_Strict)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RegisterError(
            [
                Problem(
                    FILE,
                    f"line {mark.line + 1}" if mark else "",
                    f"Cannot be read as YAML: {getattr(error, 'problem', None) or error}.",
                    "Mend it there.",
                )
            ]
        ) from error


def _shape(raw: object, root: Path) -> list[Problem]:
    """What does not fit the schema, told by the entry and the key."""
    try:
        schema = json.loads((root / SCHEMA).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [Problem(SCHEMA, "", f"Cannot be read: {error}.", "Restore it from git.")]
    errors = sorted(
        Draft202012Validator(schema).iter_errors(raw), key=lambda e: [str(p) for p in e.absolute_path]
    )
    return [
        Problem(
            FILE,
            _place(raw, list(error.absolute_path)),
            f"{_reason(error)}.",
            f"The allowed form is in {SCHEMA}.",
        )
        for error in errors
    ]


def _reason(error) -> str:
    """A schema error in plain words."""
    name = str(error.absolute_path[-1]) if error.absolute_path else ""
    if error.validator == "required":
        return f"Lacks the key {error.message.split(' is a required')[0]}"
    if error.validator == "additionalProperties" and not name.startswith("numbers"):
        known = set(error.schema.get("properties", ()))
        unknown = sorted(set(error.instance) - known) if isinstance(error.instance, dict) else []
        return f"Has the unknown key {', '.join(map(repr, unknown))}" if unknown else error.message
    if error.validator == "minProperties":
        return "Has no numbers, but an entry of this kind is there for its numbers"
    if error.validator == "pattern":
        rule = {
            "id": "a slug: small letters, digits and single hyphens",
            "url": "an address that begins with https://",
            "checked": "a day written as 2026-11-23",
            "claim": "one or two sentences that end with a full stop",
        }.get(name, f"of the form {error.validator_value}")
        rule = rule if "also" not in error.absolute_path else "an address that begins with https://"
        return f"{error.instance!r} is not {rule}"
    return error.message


def _place(raw: object, path: list) -> str:
    """The entry by its id (or its number, counted from 1), and the key in it."""
    if len(path) < 2 or path[0] != "entries":
        return ""
    given = raw["entries"][path[1]]
    name = given.get("id") if isinstance(given, dict) else None
    start = name if isinstance(name, str) else f"entry {path[1] + 1}"
    return " > ".join([start, *map(str, path[2:])])


def _entry(given: dict, today: date) -> tuple[Entry | None, list[Problem]]:
    problems = []
    checked = None
    try:
        checked = date.fromisoformat(given["checked"])
    except ValueError:
        problems.append(
            Problem(FILE, given["id"], f"There is no day {given['checked']}.", "Write it as 2026-11-23.")
        )
    if checked and checked > today:
        problems.append(
            Problem(
                FILE,
                given["id"],
                f"Is said to be checked on {checked}, which has not come yet.",
                "Write the day on which you looked at the source.",
            )
        )
    problems += [
        Problem(
            FILE, f"{given['id']} > numbers > {name}", f"{value} is no finite number.", "Write the number."
        )
        for name, value in given["numbers"].items()
        if not math.isfinite(value)
    ]
    if checked is None:
        return None, problems
    values = {
        **given,
        "checked": checked,
        "numbers": MappingProxyType(dict(given["numbers"])),
        "also": tuple(given.get("also", ())),
    }
    return Entry(**values), problems


# --- the page ----------------------------------------------------------------------------------------------------

INTRO = """# Register of standards, published figures and cases

Every rule, guideline, published figure and case that a lesson of this course cites stands here once: what it says, \
the numbers that may be printed, where it applies, whether it is in force, and when somebody last looked.

**This page is for learning to read and to classify. It is not legal advice.** Law and guidance change: before you \
decide anything, open the source and look at the date. *Checked* is the day of the last look, *confirmed by* says \
how good that look was, and the note says what we are not sure of. What we could not confirm is not here. \
The day 2026-11-01 stands for November 2026 where the day was not written down.

**How to cite an entry.** In a lesson, link to its heading: `[HIPAA, Safe Harbor]({example})`. A check then holds the \
numbers in that paragraph against the entry. An external link in a lesson must be one of the addresses of an entry. \
A new claim begins here, with a source that somebody has read.

This page is written by `curriculum build` from `register.yml`; change that file, not this one.
"""


def page(register: Register) -> str:
    """The register as a page in Markdown: a section for each kind, a heading with its id for each entry."""
    by_kind = {kind: [e for e in register.entries.values() if e.kind == kind] for kind in KINDS}
    parts = [INTRO.format(example="../datasets/standards/README.md#hipaa-safe-harbor"), _contents(by_kind)]
    for kind, (heading, about) in KINDS.items():
        if by_kind[kind]:
            parts.append(f"## {heading}\n\n{about}\n")
            parts += [_section(entry) for entry in by_kind[kind]]
    return "\n".join(parts)


def write(root: Path, check: bool = False) -> list[Problem]:
    """Write the page of the register, or compare it.

    Parameters
    ----------
    root : Path
        The course folder.
    check : bool
        Write nothing; report where the committed page differs from what the register makes.

    Returns
    -------
    list of Problem
        Empty when the page is what the register makes. A register that cannot be used is reported, not raised.
    """
    try:
        made = page(load(root)).encode("utf-8")
    except RegisterError as error:
        return error.problems
    return write_or_compare(root, root / PAGE, made, AGAIN, check)


def number(value: float) -> str:
    """A number as it is read: thousands with commas, no digit added and none lost."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10f}".rstrip("0").rstrip(".")


def _contents(by_kind: Mapping[str, list[Entry]]) -> str:
    rows = [
        f"| [{KINDS[kind][0]}](#{_anchor(KINDS[kind][0])}) | {', '.join(f'[{e.id}](#{e.id})' for e in entries)} |"
        for kind, entries in by_kind.items()
        if entries
    ]
    return "\n".join(["| section | entries |", "|---|---|", *rows, ""])


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")


def _section(entry: Entry) -> str:
    lines = [f"### {entry.id}", "", f"**{entry.title}**", "", entry.claim, ""]
    if entry.numbers:
        lines += ["| number | value |", "|---|---|"]
        lines += [
            f"| {_spoken(name)} | {number(value)}{_unit(name)} |" for name, value in entry.numbers.items()
        ]
        lines.append("")
    where = "" if entry.jurisdiction == "none" else f" ({entry.jurisdiction})"
    lines.append(f"- Status: **{entry.status}**{where}")
    lines.append(f"- Checked: {entry.checked}, {entry.confirmed_by}")
    lines.append(f"- Source: {entry.source} <{entry.url}>")
    if entry.also:
        lines.append(f"- Also: {', '.join(f'<{url}>' for url in entry.also)}")
    if entry.note:
        lines.append(f"- Note: {entry.note}")
    return "\n".join([*lines, ""])


def _spoken(name: str) -> str:
    return name.removesuffix("_percent").replace("_", " ")


def _unit(name: str) -> str:
    return " %" if name.endswith("_percent") else ""
