"""Markdown of the course as HTML that fetches nothing and that a screen reader can follow."""

from __future__ import annotations

import re
from typing import Any

import mistune
from markupsafe import Markup, escape


class _Renderer(mistune.HTMLRenderer):
    """Headings become bold lines, links and pictures become words, tables get a caption and row headers."""

    def __init__(self, caption: str) -> None:
        super().__init__(escape=True)
        self._caption = caption

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f"<p><strong>{text}</strong></p>\n"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f"{text} ({escape(url)})" if re.match(r"https?://", url) and text != url else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return f"[picture: {text}]" if text else "[picture]"


def html(text: str, caption: str) -> Markup:
    """Markdown as HTML; raw HTML in it is shown as text. `caption` names its tables."""
    render = mistune.create_markdown(renderer=_Renderer(caption), plugins=["table", "strikethrough"])
    return Markup(_tables(str(render(text)), str(escape(caption))))


def _tables(made: str, caption: str) -> str:
    """Say what each table is, and which cells are headers."""

    def one(match: re.Match[str]) -> str:
        table = re.sub(r"<th([^>]*)>\s*</th>", r"<td\1></td>", match[0])
        table = re.sub(r"<th(?=[ >])", '<th scope="col"', table)
        head, begin, body = table.partition("<tbody>")
        body = re.sub(
            r"(<tr>(?:\s*<td[^>]*>\s*</td>)*\s*)<td([^>]*)>(.*?)</td>",  # the first cell that says something
            r'\1<th scope="row"\2>\3</th>',
            body,
            flags=re.DOTALL,
        )
        table = (head + begin + body).replace("<table>", f"<table><caption>{caption}</caption>", 1)
        return f'<div class="wide" role="group" aria-label="{caption}" tabindex="0">{table}</div>'

    return re.sub(r"<table>.*?</table>", one, made, flags=re.DOTALL)
