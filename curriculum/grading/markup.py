"""HTML that nbconvert makes of a notebook's cells, mended for keyboards, screen readers and narrow windows."""

from __future__ import annotations

import re
from html import unescape

LONG = 60  # characters of a line that still fit a window of 640 pixels, which is 1280 at 200 %


def mend(html: str) -> str:
    """A text cell or an output as a part of a page.

    Its headings stand one level lower, for the page has its own first one. Tables, and text with long lines, scroll by
    themselves and take the keyboard's focus. No header is empty.
    """
    if "<script" in html:  # tags in a script are text
        return html
    html = re.sub(
        r"<(/?)h([1-5])(?=[ >])", lambda found: f"<{found[1]}h{int(found[2]) + 1}", html, flags=re.I
    )
    html = re.sub(r"<th([^<>]*)>\s*</th>", r"<td\1></td>", html)
    html = re.sub(r"<table(?=[ >])", f'<div class="wide" {_focus("Table")}><table', html)
    html = html.replace("</table>", "</table></div>")
    return re.sub(
        r"<pre>((?:(?!<pre>).)*?)</pre>",
        lambda found: f"<pre{_long(found[1])}>{found[1]}</pre>",
        html,
        flags=re.S,
    )


def _long(html: str) -> str:
    """What a `<pre>` needs when one of its lines is too long for a narrow window; empty when none is."""
    text = unescape(re.sub(r"<[^<>]*>", "", html))
    return f" {_focus('Text')}" if max(map(len, text.split("\n"))) > LONG else ""


def _focus(name: str) -> str:
    # A group and not a region: a page has dozens, and they would fill a screen reader's list of landmarks.
    return f'role="group" tabindex="0" aria-label="{name}"'
