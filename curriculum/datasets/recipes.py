"""Datasets from their recipes: make them, compare them, make another edition of the synthetic ones."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from pathlib import Path
from types import ModuleType

from curriculum.datasets import listing, records
from curriculum.datasets.description import AGAIN, FOLDER, RecordError
from curriculum.datasets.sources import PACKAGES, SourceError
from curriculum.paths import course_root
from curriculum.problems import Problem
from curriculum.products import write_or_compare


def names_of(root: Path) -> list[str]:
    """The datasets of the course: the folders in `datasets/` that hold a description or a recipe, sorted."""
    return sorted(
        path.name
        for path in (root / FOLDER).iterdir()
        if (path / "dataset.yml").is_file() or (path / "recipe.py").is_file()
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


def build(root: Path, name: str, cache: Path | None = None, seed: int | None = None) -> dict[str, bytes]:
    """Make the files of one dataset in memory: file name to bytes. A `seed` is for synthetic datasets only.

    Raises
    ------
    SourceError
        When a source cannot be had.
    """
    recipe = recipe_of(root, name)
    cache = cache or root / PACKAGES
    sources = {key: source.read(cache) for key, source in recipe.SOURCES.items()}
    return recipe.build(sources) if seed is None else recipe.build(sources, seed=seed)


def make(root: Path, name: str, seed: int, to: Path, cache: Path | None = None) -> list[Path]:
    """Make another edition of a synthetic dataset, with other people and the same planted faults.

    Parameters
    ----------
    seed : int
        Another seed gives other people; the same seed gives the same bytes on every machine.
    to : Path
        A folder outside `datasets/`; made when it is not there.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    SourceError
        When the dataset is not a synthetic one, a file of that name is there already, `to` is the course's
        own folder of datasets, or a source cannot be had.
    """
    if not _has_seed(root, name):
        synthetic = [other for other in names_of(root) if _has_seed(root, other)]
        raise SourceError(
            f"{name} is real data: it has no seed.", f"With a seed there are: {', '.join(synthetic)}."
        )
    if to.resolve().is_relative_to((root / FOLDER).resolve()):
        raise SourceError(
            f"{to} is where the course keeps its own datasets.", "Name a folder elsewhere after --to."
        )
    made = build(root, name, cache, seed)
    if there := [file for file in made if (to / file).exists()]:
        raise SourceError(
            f"{to / there[0]} is there already, and nothing was written.", "Name an empty folder after --to."
        )
    for file, content in made.items():
        (to / file).parent.mkdir(parents=True, exist_ok=True)
        (to / file).write_bytes(content)
    return [to / file for file in made]


def _has_seed(root: Path, name: str) -> bool:
    return "seed" in inspect.signature(recipe_of(root, name).build).parameters


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
        Where fetched packages are kept; `.cache/packages` in the course folder when left out.

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
            problems += write_or_compare(root, folder / file, content, AGAIN, check)
    found = _readme(root, problems, check)
    if names:  # what is wrong with another dataset is not asked
        found = [p for p in found if p.file.removeprefix(f"{FOLDER}/").split("/")[0] in {*names, "README.md"}]
    return problems + found


def _readme(root: Path, known: list[Problem], check: bool) -> list[Problem]:
    """Write or compare the list of datasets; problems already known are not said twice."""
    try:
        path, content = listing.readme(root, names_of(root))
    except RecordError as error:
        return [problem for problem in error.problems if problem not in known]
    return write_or_compare(root, path, content, AGAIN, check)


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
            problems += write_or_compare(root, root / FOLDER / name / file, content, AGAIN)
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
