"""Tracebacks as IPython lays them out, without colours, in a hundredth of its time.

IPython parses every file that an error passed through and looks through every loaded module; that took longer
than all tests of a notebook together. Here the lines around each place are shown as they stand.
"""

from __future__ import annotations

import linecache
from types import TracebackType
from typing import Any

from IPython.core.ultratb import AutoFormattedTB

AROUND = 2  # lines before and behind the one that raised
MOST = 12  # places shown; of more, the first and the last


class QuickTB(AutoFormattedTB):
    """IPython's formatter with `structured_traceback` replaced."""

    cells: dict[str, int]  # file name of a cell's code -> its number
    lines: dict[str, list[str]]  # file name of the test that has just raised -> its lines

    def structured_traceback(
        self,
        etype: Any = None,
        evalue: BaseException | None = None,
        etb: TracebackType | None = None,
        tb_offset: int | None = None,
        context: int = 5,
    ) -> list[str]:
        """The blocks of a traceback: head, one for each place, the error."""
        if not isinstance(evalue, BaseException):
            return super().structured_traceback(etype, evalue, etb, tb_offset, context)
        head = f"{type(evalue).__name__:<42}Traceback (most recent call last)"
        blocks = ["-" * 75, head]
        for error in _chain(evalue):
            if error is evalue:
                blocks += self._places(etb, tb_offset or 0)
            else:
                blocks += [*self._places(error.__traceback__, 0), f"{_last(error)}\n", "What came of it:\n"]
        return [*blocks, _last(evalue)]

    def _places(self, trace: TracebackType | None, skip: int) -> list[str]:
        places = []
        while trace is not None:
            places.append((trace.tb_frame.f_code, trace.tb_lineno))
            trace = trace.tb_next
        places = places[skip:] or places
        shown = [self._place(code, line) for code, line in places[: MOST // 2]]
        if len(places) > MOST:
            shown.append(f"    [... {len(places) - MOST} more ...]")
        return shown + [
            self._place(code, line) for code, line in places[max(MOST // 2, len(places) - MOST // 2) :]
        ]

    def _place(self, code: Any, line: int) -> str:
        name = code.co_filename
        number = self.cells.get(name)
        where = f"Cell In[{number}], line {line}" if number is not None else f"File {name}:{line}"
        inside = "" if code.co_name == "<module>" else f", in {code.co_name}"
        rows = [where + inside]
        known = self.lines.get(name)
        for at in range(max(1, line - AROUND), line + AROUND + 1):
            text = "".join(known[at - 1 : at]) if known else linecache.getline(name, at).rstrip("\n")
            if text or at == line:
                rows.append(f"----> {at} {text}" if at == line else f"      {at} {text}")
        return "\n".join(rows) + "\n"


def _chain(error: BaseException) -> list[BaseException]:
    """An error and what it came from, the first one first."""
    found: list[BaseException] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(found) < 4:
        seen.add(id(current))
        found.insert(0, current)
        if current.__cause__ is not None:
            current = current.__cause__
        else:
            current = None if current.__suppress_context__ else current.__context__
    return found


def _last(error: BaseException) -> str:
    try:
        text = str(error)
    except BaseException:
        text = "(its message cannot be shown)"
    return f"{type(error).__name__}: {text}"
