"""Where things stand in the course folder (see "Rooms" in CONTRIBUTING.md)."""

from __future__ import annotations

from pathlib import Path


class CourseNotFoundError(Exception):
    """No course folder was found; the message says what to do."""


def course_root(start: Path | None = None) -> Path:
    """The course folder: the nearest folder at or above `start` that holds `syllabus.yml`.

    Parameters
    ----------
    start : Path, optional
        Where to begin; the working folder when left out. When nothing is found above it,
        the folder from which this package is installed (an editable install) is tried.

    Raises
    ------
    CourseNotFoundError
        When neither place belongs to a course folder.
    """
    here = (start or Path.cwd()).resolve()
    for folder in [here, *here.parents, Path(__file__).resolve().parents[1]]:
        if (folder / "syllabus.yml").is_file() and (folder / "authoring").is_dir():
            return folder
    raise CourseNotFoundError(
        f"No course was found in {here} or above it. Change to the folder that holds syllabus.yml "
        "(the one you cloned) and run the command again."
    )
