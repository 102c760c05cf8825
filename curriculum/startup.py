"""Starting quickly."""

from __future__ import annotations

import sys


def skip_slow_parsers() -> None:
    """Keep a checker of web addresses out of this process; it saves two seconds. Call it before other imports.

    jsonschema, which nbformat imports, builds large grammars as soon as it finds the package `rfc3987_syntax`
    (JupyterLab brings it along). They check the format `iri`, which no notebook's schema asks for. A package
    that is marked as missing is one that jsonschema does without.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
