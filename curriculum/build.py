"""The build: from what people write to what people open.

One direction: `authoring/` + `datasets/` + `syllabus.yml` -> `notebooks/`, `exercises/source/` -> (nbgrader)
-> `exercises/release/`; the glossary's page; and the course map in `docs/` and README.md. The same sources always give the
same bytes, so `build(check=True)` can prove that what is committed is what the sources say.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from curriculum import coursemap, glossary, notation
from curriculum import syllabus as syllabus_module
from curriculum.problems import Problem
from curriculum.syllabus import Syllabus

CARD = "{{ lesson_card }}"
EXERCISE_CARD = "{{ exercise_card }}"
MAP = "{{ course_map }}"
MODULE = "{{ module_map }}"
GLOSSARY = "{{ glossary }}"
PATHS = "{{ paths }}"
README_BEGIN, README_END = "<!-- course map: written by the build -->", "<!-- end of the course map -->"
# Folders that hold nothing but products, so that a file without a source is a leftover.
PRODUCT_FOLDERS = ("notebooks", "exercises/source", "exercises/release")
STATE = ".cache/build.json"


class BuildError(Exception):
    """The build cannot go on; the message names the file and what to do."""


def build(root: Path, check: bool = False) -> tuple[list[str], list[Problem]]:
    """Make every product, or (check) only compare with what is there.

    Parameters
    ----------
    root : Path
        The course folder.
    check : bool
        True writes nothing and reports each product that differs, is missing, or has no source.

    Returns
    -------
    written : list of str
        Products that were written or removed, relative to `root`; empty when all was in step.
    problems : list of Problem
        With `check`, one for each product out of step; its text holds the first differing lines.

    Raises
    ------
    BuildError, NotationError, SyllabusError
        When a source cannot be read.
    """
    syllabus = syllabus_module.load(root)
    sources = _sources(root, syllabus)
    fingerprint = _fingerprint(root, sources)
    if not check and _in_step(root, fingerprint):
        return [], []
    products = make(root, syllabus)
    leftovers = _leftovers(root, products)
    if check:
        return [], [*_differences(root, products), *_unexpected(root, leftovers)]
    written = []
    for name, content in products.items():
        target = root / name
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            written.append(name)
    made_before = _memory(root).get("products", {})
    for path in [p for p in leftovers if p.relative_to(root).as_posix() in made_before]:
        path.unlink()  # what the build never made is somebody's own: it is reported, not removed
        leftovers.remove(path)
        written.append(path.relative_to(root).as_posix())
        for folder in path.parents:
            if folder == root or any(folder.iterdir()):
                break
            folder.rmdir()
    _remember(root, _fingerprint(root, sources), products)  # README.md is both source and product
    return written, list(_unexpected(root, leftovers))


def make(root: Path, syllabus: Syllabus) -> dict[str, bytes]:
    """Every product in memory: path relative to `root` -> bytes."""
    products: dict[str, bytes] = {"docs/course-map.svg": coursemap.picture(syllabus).encode()}
    products["README.md"] = _readme(root, syllabus).encode()
    owned = {
        "lessons": {lesson.id for lesson in syllabus.lessons.values() if not lesson.planned},
        "exercises": set(syllabus.exercises),
    }
    for kind, names in owned.items():
        for path in sorted((root / "authoring" / kind).glob("*.py")):
            if path.stem not in names:
                raise BuildError(
                    f"{path.relative_to(root).as_posix()} has no place in syllabus.yml, so nothing is built from it. "
                    "Give it an entry there, and take `planned: true` away."
                )
    try:
        terms = glossary.load(root)
    except glossary.GlossaryError as error:
        raise BuildError(str(error)) from None
    for lesson in syllabus.lessons.values():
        if lesson.planned:
            continue
        notebook = notation.read(_authored(root, "lessons", lesson.id))
        _fill(notebook, CARD, coursemap.lesson_card(lesson, syllabus, glossary.PAGE if terms else ""))
        _fill(notebook, MAP, coursemap.course_map(syllabus, "../", "."))
        _fill(notebook, PATHS, coursemap.paths_table(syllabus))
        _fill(notebook, MODULE, coursemap.module_map(syllabus.modules[lesson.module], syllabus))
        _fill(notebook, GLOSSARY, glossary.by_lesson(term for term in terms if term.module == lesson.module))
        products[f"notebooks/{lesson.id}.ipynb"] = _bytes(notebook)
    if terms:
        products[f"notebooks/{glossary.PAGE}"] = _bytes(glossary.page(terms, syllabus))
    for exercise in syllabus.exercises.values():
        notebook = notation.read(_authored(root, "exercises", exercise.id))
        _fill(notebook, EXERCISE_CARD, coursemap.exercise_card(exercise, notation.items(notebook)))
        folder = f"exercises/source/{exercise.id}"
        products[f"{folder}/{exercise.id}.ipynb"] = _bytes(notebook)
        for file in exercise.files:
            products[f"{folder}/data/{Path(file).name}"] = (root / file).read_bytes()
    products.update(_release(root, products, list(syllabus.exercises)))
    return dict(sorted(products.items()))


def _authored(root: Path, kind: str, name: str) -> Path:
    path = root / "authoring" / kind / f"{name}.py"
    if not path.is_file():
        raise BuildError(
            f"syllabus.yml has {name}, but {path.relative_to(root).as_posix()} is not there. "
            "Write it (start from authoring/template_*.py), or mark the lesson as planned."
        )
    return path


def _fill(notebook: NotebookNode, mark: str, content: str) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and mark in cell.source:
            cell.source = cell.source.replace(mark, content)


def _bytes(notebook: NotebookNode) -> bytes:
    nbformat.validate(notebook)
    return (nbformat.writes(notebook, version=4).rstrip("\n") + "\n").encode()


def _readme(root: Path, syllabus: Syllabus) -> str:
    text = (root / "README.md").read_text(encoding="utf-8")
    if text.count(README_BEGIN) != 1 or text.count(README_END) != 1:
        raise BuildError(f"README.md must hold the lines '{README_BEGIN}' and '{README_END}' once each.")
    head, rest = text.split(README_BEGIN)
    _, tail = rest.split(README_END)
    return f"{head}{README_BEGIN}\n\n{coursemap.course_map(syllabus, '', 'notebooks')}\n\n{README_END}{tail}"


def _release(root: Path, products: dict[str, bytes], exercises: list[str]) -> dict[str, bytes]:
    """The student version of each exercise, made by nbgrader with the instructor's own configuration."""
    if not exercises:
        return {}
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    released: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch)
        for name, content in products.items():
            if name.startswith("exercises/source/"):
                target = course / Path(name).relative_to("exercises")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        config = Config(PyFileConfigLoader("nbgrader_config.py", path=str(root / "exercises")).load_config())
        config.CourseDirectory.root = str(course)
        # As `nbgrader generate_assignment --no-db`: a gradebook is the instructor's, not the build's.
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        api = NbGraderAPI(config=config)
        for exercise in exercises:
            result = api.generate_assignment(exercise, force=True, create=True)
            if not result["success"]:
                raise BuildError(
                    f"nbgrader could not make the student version of {exercise}:\n{result.get('error') or result.get('log')}"
                )
        for path in sorted((course / "release").rglob("*")):
            if path.is_file():
                content = path.read_bytes()
                if path.suffix == ".ipynb":  # nbconvert writes text: CRLF on Windows
                    content = content.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n"
                released[f"exercises/{path.relative_to(course).as_posix()}"] = content
    return released


def _differences(root: Path, products: dict[str, bytes]) -> Iterable[Problem]:
    for name, content in products.items():
        target = root / name
        if not target.is_file():
            yield Problem(name, "", "The product is not there.", "Run `curriculum build` and commit it.")
        elif target.read_bytes() != content:
            yield Problem(
                name,
                "",
                f"Differs from what its sources make:\n{_diff(target.read_bytes(), content)}",
                "Edit the source, not the product; then run `curriculum build` and commit the result.",
            )


def _diff(there: bytes, made: bytes, lines: int = 20) -> str:
    try:
        diff = list(
            difflib.unified_diff(
                there.decode().splitlines(),
                made.decode().splitlines(),
                "committed",
                "made from sources",
                lineterm="",
                n=1,
            )
        )
    except UnicodeDecodeError:
        return "    (binary content)"
    return "\n".join(f"    {line[:160]}" for line in diff[:lines] or ["(line ends differ)"])


def _leftovers(root: Path, products: Iterable[str]) -> list[Path]:
    """Files in the products' folders that are no product."""
    known = set(products)
    return [
        path
        for folder in PRODUCT_FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
        and ".ipynb_checkpoints" not in path.parts
        and path.relative_to(root).as_posix() not in known
    ]


def _unexpected(root: Path, leftovers: list[Path]) -> Iterable[Problem]:
    for path in leftovers:
        yield Problem(
            path.relative_to(root).as_posix(),
            "",
            "No source makes this file.",
            "Move it out of this folder (or `git rm` it, if it is an old product), or add its source.",
        )


def _sources(root: Path, syllabus: Syllabus) -> list[Path]:
    package = Path(__file__).parent
    files = [root / "syllabus.yml", root / "README.md", root / "exercises" / "nbgrader_config.py"]
    files += [root / glossary.FILE, *sorted((root / "authoring").rglob("*.py"))]
    files += [root / file for exercise in syllabus.exercises.values() for file in exercise.files]
    files += [package / f"{name}.py" for name in ("build", "coursemap", "glossary", "notation", "syllabus")]
    return files


def _fingerprint(root: Path, sources: list[Path]) -> str:
    """One hash of all that the products depend on, the versions of the libraries included."""
    from importlib.metadata import version

    digest = hashlib.sha256(
        " ".join(f"{p}={version(p)}" for p in ("jupytext", "nbformat", "nbgrader")).encode()
    )
    for path in sources:
        digest.update(f"\0{path.name}\0".encode())
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _in_step(root: Path, fingerprint: str) -> bool:
    """True when nothing changed since the last build on this machine, products included."""
    state = _memory(root)
    try:
        return (
            state.get("sources") == fingerprint
            and all(
                hashlib.sha256((root / name).read_bytes()).hexdigest() == made
                for name, made in state["products"].items()
            )
            and not _leftovers(root, state["products"])
        )
    except OSError:
        return False


def _memory(root: Path) -> dict:
    """What the last build on this machine noted; {} when there is none, or it cannot be read."""
    try:
        state = json.loads((root / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state if isinstance(state, dict) and isinstance(state.get("products"), dict) else {}


def _remember(root: Path, fingerprint: str, products: dict[str, bytes]) -> None:
    path = root / STATE
    path.parent.mkdir(parents=True, exist_ok=True)
    made = {name: hashlib.sha256(content).hexdigest() for name, content in products.items()}
    path.write_text(json.dumps({"sources": fingerprint, "products": made}, indent=1), encoding="utf-8")
