"""Products that stand beside their sources: written when they differ, or compared with what is committed."""

from __future__ import annotations

from pathlib import Path

from curriculum.problems import Problem


def write_or_compare(root: Path, path: Path, content: bytes, fix: str, check: bool = False) -> list[Problem]:
    """Write a product where it differs (in one step, so that no half file is left), or report the difference.

    Parameters
    ----------
    root, path : Path
        The course folder, and the product in it.
    content : bytes
        What the product has to be.
    fix : str
        What to do when, with `check`, it is something else.
    check : bool
        Write nothing.
    """
    file = path.relative_to(root).as_posix()
    committed = path.read_bytes() if path.is_file() else None
    if check:
        return difference(file, committed, content, fix)
    try:
        if committed != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(path.name + ".part")
            half.write_bytes(content)
            half.replace(path)
    except OSError as error:
        return [Problem(file, "", f"Cannot be written: {error.strerror}.", "Mend that, and run it again.")]
    return []


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
