"""Pages of the journey: templates beside this file, the style of the report pages, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from curriculum.grading.reports import pages
from curriculum.journey.prose import html as prose

__all__ = ["page", "prose", "put", "write"]

TEMPLATES = Path(__file__).with_name("templates")


def page(template: str, **values: Any) -> str:
    """A page from a template; everything that is put in is escaped."""
    made = pages.environment(TEMPLATES).get_template(template)
    return made.render(style=pages.style(TEMPLATES / "journey.css"), **values)


def write(target: Path, text: str) -> Path:
    """Write a page: all of it, or the old one stays; see `put`."""
    return put(target, text.encode("utf-8"))


def put(target: Path, data: bytes) -> Path:
    """Write a file: all of it, or the old one stays.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
