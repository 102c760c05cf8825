"""Taking over what was handed in without following a link out of it.

nbgrader's `collect` and `autograde` copy what a link leads to, with the grading person's rights: the solution, another
submission or a private file, and `release_feedback` hands every HTML file among them to the student. Set in
`exercises/nbgrader_config.py`, through nbgrader's own extension points.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin
from traitlets.log import get_logger

NOTE = "links-not-followed.txt"  # stands in a submission in place of its links: a line for each
_ARROW = " -> "


class CarefulCollect(ExchangeCollect):
    """nbgrader's collect, which takes files and folders only, and lets one submission stop no other."""

    def init_src(self) -> None:
        """Leave out submissions that are a link themselves."""
        super().init_src()
        self._failed: list[str] = []
        for record in list(self.src_records):
            path = os.path.join(self.inbound_path, record["filename"])
            if os.path.islink(path):
                self.log.error("%s is a link to another place, not a submission; it was not collected.", path)
                self._failed.append(record["username"])
                self.src_records.remove(record)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission; what cannot be copied is said, and the next one follows."""
        try:
            with tempfile.TemporaryDirectory(prefix="nbgrader-collect-") as scratch:
                clean = Path(scratch, "submission")
                for line in copy_without_links(Path(src), clean, 1000 * self.coursedir.max_dir_size):
                    self.log.warning("Not followed in %s: %s", src, line)
                super().do_copy(str(clean), dest)
        except (OSError, RuntimeError, shutil.Error) as error:
            self.log.error("%s was not collected: %s", src, error)
            self._failed.append(os.path.basename(src).rsplit("+", 3)[0])
            shutil.rmtree(dest, ignore_errors=True)

    def copy_files(self) -> None:
        """Copy every submission, then say which could not be collected.

        Raises
        ------
        ExchangeError
            When there are some.
        """
        super().copy_files()
        if self._failed:
            names = ", ".join(sorted(set(self._failed)))
            self.log.error("Not collected: %s. All others were.", names)
            raise ExchangeError(f"Not collected: {names}")


class CarefulExtractor(ExtractorPlugin):
    """The first step of `nbgrader zip_collect`, which would copy what a link among the archives leads to.

    Links inside an archive are no danger: nbgrader unpacks none.
    """

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Take links out of the archives' folder, then extract."""
        for line in take_out_links(Path(archive_path)):
            self.log.warning("Not followed in %s: %s", archive_path, line)
        super().extract(archive_path, extracted_path)


def before_autograde(assignment: str, student: str, notebooks: list[str]) -> None:
    """nbgrader's hook in front of each submission: what leads out of it is taken out and noted.

    A notebook that is a link stays: it is refused by name when it is read. So do links that stay within the folder,
    which nbgrader may copy.
    """
    for folder in {Path(path).parent for path in notebooks}:
        for line in take_out_links(folder, {Path(path) for path in notebooks}):
            get_logger().warning("Not followed in %s: %s", folder, line)


def copy_without_links(source: Path, target: Path, most: int) -> list[str]:
    """Copy a folder whose owner may change it in the meantime: plain files and folders, nothing behind a link.

    Parameters
    ----------
    source, target : Path
        The folder, and where it should be.
    most : int
        Bytes.

    Returns
    -------
    list of str
        What was left out. It is noted in the copy as well.

    Raises
    ------
    RuntimeError
        When it is larger.
    OSError
        When something may not be read.
    """
    left: list[str] = []

    def refuse(error: OSError) -> None:
        raise error

    for place, folders, files, number in os.fwalk(source, onerror=refuse):
        inside = Path(place).relative_to(source)
        (target / inside).mkdir(parents=True, exist_ok=True)
        for name in sorted(folders + files):
            state = os.stat(name, dir_fd=number, follow_symlinks=False)
            if stat.S_ISDIR(state.st_mode):
                continue
            if not stat.S_ISREG(state.st_mode):
                leads = os.readlink(name, dir_fd=number) if stat.S_ISLNK(state.st_mode) else ""
                left.append(_line((inside / name).as_posix(), leads))
                continue
            most -= state.st_size
            if most < 0:
                raise RuntimeError("it is larger than CourseDirectory.max_dir_size")
            # Should the file have become a link by now, or a pipe, this fails at once.
            opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=number)
            with open(opened, "rb") as file, (target / inside / name).open("wb") as copy:
                shutil.copyfileobj(file, copy)
            os.utime(target / inside / name, ns=(state.st_atime_ns, state.st_mtime_ns))
    _note(target, left)
    return left


def take_out_links(folder: Path, kept: set[Path] | frozenset[Path] = frozenset()) -> list[str]:
    """Remove what leads out of a folder, or is neither a file nor a folder, but for some paths; note what it was."""
    left: list[str] = []
    for place, folders, files in os.walk(folder):
        for name in sorted(folders + files):
            path = Path(place, name)
            mode = path.lstat().st_mode
            if stat.S_ISDIR(mode) or stat.S_ISREG(mode):
                continue
            if stat.S_ISLNK(mode) and (path in kept or _stays(path, folder)):
                continue
            leads = os.readlink(path) if stat.S_ISLNK(mode) else ""
            path.unlink()
            left.append(_line(path.relative_to(folder).as_posix(), leads))
    _note(folder, left)
    return left


def noted_links(folder: Path) -> list[str]:
    """Links that a submission held before they were taken out; a learner may write such a note, to no effect."""
    path = folder / NOTE
    if path.is_symlink() or not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace")[:20_000].splitlines()
    return [name for name, arrow, _ in (line.rpartition(_ARROW) for line in lines[:50]) if arrow]


def _stays(link: Path, folder: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # it leads nowhere, or in a circle
        return False


def _line(name: str, leads: str) -> str:
    text = f"{name}{_ARROW}{leads or '(no file)'}".replace("\n", " ").replace("\r", " ")
    return text.encode("utf-8", "replace").decode()


def _note(folder: Path, left: list[str]) -> None:
    if left:
        with (folder / NOTE).open("a", encoding="utf-8") as file:
            file.write("\n".join(left) + "\n")
