"""Reading and writing the CSV files that learning-management systems give and take."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

# A cell that begins like this is taken for a formula by spreadsheets; so is what follows a separator, when a
# file is opened with another one. The wide forms are taken for the narrow ones in Japanese and Chinese settings.
FORMULA = re.compile(r"(^|[,;\t\r\n])(\s*)(?=[=+\-@＝＋－＠])")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


class ExportError(Exception):
    """An export cannot be made; the message says what is wrong, where, and what to do."""


@dataclass
class Sheet:
    """A CSV file: its rows, and how it was written."""

    rows: list[list[str]]
    delimiter: str = ","
    mark: bool = False  # begins with a byte order mark

    @property
    def header(self) -> list[str]:
        """The first row."""
        return self.rows[0]


def read(path: Path, whose: str) -> Sheet:
    """Read a file that `whose` (Canvas, Moodle) exported.

    Raises
    ------
    ExportError
        When it is not there, is not CSV in UTF-8, or has no rows.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExportError(
            f"{path} cannot be read ({error.strerror}). Name the file that {whose} exported with --template."
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ExportError(
            f"{path} is not text in UTF-8. Use the file as {whose} exported it, as CSV, and not one that a "
            "spreadsheet has saved."
        ) from None
    delimiter = ";" if _fields(text, ";") > _fields(text, ",") else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise ExportError(f"{path} is not a CSV file ({error}). Export it from {whose} again.") from None
    if not rows:
        raise ExportError(f"{path} is empty. Export it from {whose} again.")
    return Sheet(rows, delimiter, data.startswith(b"\xef\xbb\xbf"))


def _fields(text: str, delimiter: str) -> int:
    """Fields a line, when the first three lines agree; as Canvas tells commas from semicolons."""
    try:
        counts = {len(row) for row in csv.reader(text.splitlines()[:3], delimiter=delimiter)}
    except csv.Error:
        return 0
    return counts.pop() if len(counts) == 1 else 0


def write(path: Path, sheet: Sheet, source: Path | None = None) -> None:
    """Write a sheet in one step, so that no half file is left.

    Raises
    ------
    ExportError
        When `path` is the exported file `source` itself, or cannot be written.
    """
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sheet.delimiter).writerows(sheet.rows)
    write_bytes(path, out.getvalue().encode("utf-8-sig" if sheet.mark else "utf-8"), source)


def write_bytes(path: Path, content: bytes, source: Path | None = None) -> None:
    """Write a file in one step, never over `source`."""
    if source is not None and path.exists() and path.samefile(source):
        raise ExportError(
            f"{path} is the exported file itself, which is kept as it is. Give another name with --output."
        )
    half = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise ExportError(f"{path} cannot be written ({error.strerror}).") from None


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes in front; numbers stay as they are."""
    return text if NUMBER.fullmatch(text.strip()) else FORMULA.sub(r"\1\2'", text)


def number(points: float | None) -> str:
    """Points with at most two decimals, which is what Canvas and Moodle keep; an empty cell for None."""
    return "" if points is None else f"{points:.2f}".rstrip("0").rstrip(".")


def points(text: str) -> float | None:
    """A number out of a cell, with a point or a comma for its decimals; None when it is something else."""
    parts = re.split(r"[.,]", text.strip())
    if not re.fullmatch(r"\d+([.,]\d+)*", text.strip()):
        return None
    return float(parts[0]) if len(parts) == 1 else float(f"{''.join(parts[:-1])}.{parts[-1]}")


def plain(text: str) -> str:
    """A name for comparing: small letters and digits, one space between words."""
    return " ".join(re.split(r"[\W_]+", text.casefold())).strip()


def stem(template: Path, what: str, suffix: str = ".csv") -> Path:
    """A name for what is made beside a file: `grades.csv` or `grades-filled.csv` -> `grades-states.csv`."""
    return template.with_name(f"{template.stem.removesuffix('-filled')}-{what}{suffix}")
