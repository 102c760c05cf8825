"""Reading a learner's notebook, however it was saved. The file itself is only ever read."""

from __future__ import annotations

import codecs
import json
import re
import warnings
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import nbformat
from nbformat import NotebookNode

CONFLICT = re.compile(r"^(<{7} |>{7} )", re.M)


class UnreadableError(Exception):
    """A notebook that cannot be graded; the message is one or two sentences: what is wrong, what to do.

    `fault` is the first of them alone, for somebody who is not the learner.
    """

    def __init__(self, fault: str, advice: str = "") -> None:
        self.fault = fault
        super().__init__(f"{fault} {advice}".strip())


def read(path: Path, fresh: str, again: bool = False) -> tuple[NotebookNode, list[str]]:
    """A learner's notebook in today's format, and what was odd about the file.

    Parameters
    ----------
    path : Path
        The notebook.
    fresh : str
        The command that puts a new copy in place and keeps the old file; named in the messages.
    again : bool
        The same file is read once more after this: the result is kept for it, if the file has not changed by then.
        Whoever asks for this leaves the notebook as it is.

    Returns
    -------
    notebook : NotebookNode
        nbformat 4; a copy in memory.
    remarks : list of str
        One sentence for each oddity that did not hinder the reading (encoding, old format).

    Raises
    ------
    UnreadableError
        Missing, a folder, empty, unreadable, not JSON, not a notebook, from a future format.
    """
    begin = f"To begin with a new copy, run `{fresh}`: it keeps this file under a dated name."
    if path.is_dir():
        raise UnreadableError(
            f"{path.name} is a folder, not a notebook.", f"Rename or move the folder, then run `{fresh}`."
        )
    if not path.exists():
        others = sorted(p.name for p in path.parent.glob("*.ipynb")) if path.parent.is_dir() else []
        hint = (
            f"There is {', '.join(others)}: if that is your work, rename it to {path.name}. "
            if others
            else ""
        )
        raise UnreadableError(f"{path.name} is not there.", f"{hint}To begin with a new copy, run `{fresh}`.")
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"{path.name} cannot be read ({error.strerror}).", "Check that you may open it, and grade again."
        ) from None
    if (known := _kept.pop((path.name, raw), None)) and not again:
        return known
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableError(f"{path.name} is empty.", f"{_checkpoint(path)}{begin}")
    text, remarks = _decode(raw, path.name)
    if CONFLICT.search(text):
        raise UnreadableError(
            f"{path.name} holds marks of a merge conflict (lines that begin with <<<<<<< or >>>>>>>).",
            f"Settle the conflict with git, or take back an earlier version. {begin}",
        )
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError(
            f"{path.name} is damaged: it is not valid JSON, perhaps cut off while it was saved.",
            f"{_checkpoint(path)}{begin}",
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("nbformat"), int):
        raise UnreadableError(f"{path.name} is not a notebook, although its name ends in .ipynb.", begin)
    if content["nbformat"] > 4:
        raise UnreadableError(
            f"{path.name} is in notebook format {content['nbformat']}, which is newer than this course knows.",
            "Save it as format 4 in the program you used, or copy your answers into a new copy "
            f"(`{fresh}` keeps this file under a dated name).",
        )
    if content["nbformat"] < 4:
        remarks.append(
            f"The file is in the old notebook format {content['nbformat']}; it was read all the same."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing cell ids and the like: mended in the copy
            notebook = nbformat.reads(json.dumps(content), as_version=4)
            cells = [_tidy(cell) for cell in notebook.cells]
    except Exception:
        raise UnreadableError(
            f"{path.name} is not a complete notebook: its list of cells cannot be read.",
            f"{_checkpoint(path)}{begin}",
        ) from None
    notebook.cells = cells
    _kept.clear()
    if again:
        _kept[path.name, raw] = notebook, remarks
    return notebook, remarks


_kept: dict[tuple[str, bytes], tuple[NotebookNode, list[str]]] = {}  # one at most: see `again` of `read`


def trusted(path: Path) -> NotebookNode:
    """An instructor's notebook, read once while it stays the same. It is shared: nobody changes it."""
    state = path.stat()
    return _trusted(path, state.st_mtime_ns, state.st_size)


@lru_cache(8)
def _trusted(path: Path, _changed: int, _size: int) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def _decode(raw: bytes, name: str) -> tuple[str, list[str]]:
    advice = "Save it once more in JupyterLab to put that right."
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), [
                f"{name} was saved as UTF-16, not UTF-8; it was read all the same. {advice}"
            ]
        except UnicodeDecodeError:
            pass
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[len(codecs.BOM_UTF8) :]
        odd = [f"{name} begins with a byte order mark; it was read all the same. {advice}"]
    else:
        odd = []
    try:
        return raw.decode("utf-8"), odd
    except UnicodeDecodeError:
        return raw.decode("latin-1"), [
            f"{name} is not saved as UTF-8, so letters with accents may look wrong; it was read all the same. {advice}"
        ]


def _checkpoint(path: Path) -> str:
    kept = path.parent / ".ipynb_checkpoints" / f"{path.stem}-checkpoint.ipynb"
    if kept.is_file() and kept.stat().st_size > 2:
        return f"JupyterLab kept an earlier version in .ipynb_checkpoints/{kept.name}. "
    return ""


def _tidy(cell: NotebookNode) -> NotebookNode:
    """A cell with every field that the format asks for, whatever another program left out."""
    source = "".join(cell.source) if isinstance(cell.source, list) else str(cell.source)
    metadata = cell.get("metadata")
    kind = cell.cell_type if cell.cell_type in ("code", "markdown") else "raw"
    made = NotebookNode(id=uuid4().hex[:8], cell_type=kind, source=source)
    if kind == "code":
        made.update(execution_count=None, outputs=[])
    made.metadata = nbformat.from_dict(metadata) if isinstance(metadata, dict) else NotebookNode()
    if not isinstance(made.metadata.get("nbgrader", {}), dict):
        del made.metadata["nbgrader"]
    given = cell.get("id")
    if isinstance(given, str) and re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", given):
        made.id = given
    if cell.get("attachments"):
        made.attachments = cell.attachments
    return made
