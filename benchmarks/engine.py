"""How fast a class is graded: stock nbgrader, its command with our configuration, two workers of ours, and the floor.

    python benchmarks/engine.py                        # 40 submissions to one exercise, all in one run
    python benchmarks/engine.py --students 10 --exercise 13_privacy

The floor is what the machine cannot do without: the same cells, in the same order, in children forked from a process
that has imported the libraries, two at a time, with no notebook, no gradebook and no wall. Prints a table and writes
benchmarks/results/engine.json. Machines drift; the ratios within one run are what counts.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "engine.json"
sys.path.insert(0, str(ROOT / "tests"))

from fixtures import mixed_class  # noqa: E402

from curriculum.grading.sandbox import trusted, walls  # noqa: E402

OURS = "c = get_config()\nload_subconfig({config!r})\nc.CourseDirectory.root = {root!r}\nc.Exchange.root = {exchange!r}\n"
STOCK = (
    "c = get_config()\nc.CourseDirectory.root = {root!r}\nc.CourseDirectory.course_id = 'ai-healthcare-specialist'\n"
    "c.Exchange.root = {exchange!r}\n"
)


def prepare(base: Path, exercise: str, students: int) -> tuple[Path, Path]:
    """A course folder with a stock configuration and one with ours, and the same class in both."""
    folders = []
    for name, text in (("stock", STOCK), ("ours", OURS)):
        folder = base / name
        (folder / "source").mkdir(parents=True)
        shutil.copytree(ROOT / "exercises" / "source" / exercise, folder / "source" / exercise)
        config = str(ROOT / "exercises" / "nbgrader_config.py")
        written = text.format(config=config, root=str(folder), exchange=str(base / "exchange"))
        (folder / "nbgrader_config.py").write_text(written, encoding="utf-8")
        nbgrader(folder, "generate_assignment", exercise)
        released = ROOT / "exercises" / "release" / exercise / f"{exercise}.ipynb"
        shutil.copy(released, folder / "release" / exercise)
        for student, notebook in mixed_class.submissions(ROOT, exercise, students).items():
            target = folder / "submitted" / student / exercise
            target.mkdir(parents=True)
            nbformat.write(notebook, target / f"{exercise}.ipynb")
        folders.append(folder)
    return folders[0], folders[1]


def nbgrader(folder: Path, *words: str) -> float:
    """Seconds that one of nbgrader's commands takes."""
    scripts = str(Path(sys.executable).parent)
    env = os.environ | {
        "PATH": os.pathsep.join([scripts, os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
    }
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words], cwd=folder, env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"nbgrader {' '.join(words)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return time.perf_counter() - begin


def workers(folder: Path, exercise: str, count: int) -> tuple[float, list[list[float]]]:
    """Seconds that worker processes take for the whole class.

    Besides, for each worker: memory in MB early and at its end, and seconds for a submission once it is warm.
    """
    students = sorted(path.name for path in (folder / "submitted").iterdir())
    begin = time.perf_counter()
    started = [
        subprocess.Popen(
            [sys.executable, __file__, "--work", str(folder), exercise, *students[number::count]],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    said = [process.communicate()[0] for process in started]
    if any(process.returncode for process in started):
        raise SystemExit("A worker failed.")
    return time.perf_counter() - begin, [[float(word) for word in text.split()] for text in said]


def work(folder: Path, exercise: str, students: list[str]) -> None:
    """What one worker does: a loop over nbgrader's own API."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    config = Config(PyFileConfigLoader("nbgrader_config.py", path=str(folder)).load_config())
    with contextlib.redirect_stderr(io.StringIO()):
        api = NbGraderAPI(config=config)
        memory, begin = [], 0.0
        for number, student in enumerate(students):
            if number == 1:
                begin = time.perf_counter()  # from here on, everything is warm
            done = api.autograde(exercise, student, force=True, create=True)
            if not done["success"]:
                raise SystemExit(done["log"])
            if number in (min(4, len(students) - 1), len(students) - 1):
                memory.append(_memory())
    print(*memory, round((time.perf_counter() - begin) / max(1, len(students) - 1), 3))


def _memory() -> int:
    if not Path("/proc/self/statm").exists():
        return 0
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") // 1_000_000


def floor(folder: Path, exercise: str, count: int) -> float:
    """Seconds for the same cells in forked children and nothing else, without the imports of the parent."""
    students = sorted(path.name for path in (folder / "autograded").iterdir())
    started = [
        subprocess.Popen(
            [sys.executable, __file__, "--floor", str(folder), exercise, *students[number::count]],
            env=os.environ
            | walls.environment()
            | {"PYTHONPATH": str(ROOT)},  # one thread each, as in the engine
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    for process in started:
        process.stdout.readline()  # its imports are done
    begin = time.perf_counter()
    for process in started:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        process.wait()
    return time.perf_counter() - begin


def bare(folder: Path, exercise: str, students: list[str]) -> None:
    """One process of the floor."""
    import importlib

    from IPython.core.inputtransformer2 import TransformerManager

    known = trusted.of_exercise(folder, "source", "release", exercise, exercise)
    for name in known.modules:
        importlib.import_module(name)
    notebooks = {}
    for student in students:
        path = folder / "autograded" / student / exercise / f"{exercise}.ipynb"
        cells = nbformat.read(path, as_version=4).cells
        sources = [TransformerManager().transform_cell(c.source) for c in cells if c.cell_type == "code"]
        notebooks[path.parent] = [text for text in sources if "input(" not in text]
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    sys.stdin.readline()
    nothing = os.open(os.devnull, os.O_WRONLY)
    for place, sources in notebooks.items():
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            continue
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        os.chdir(place)
        space = {"__name__": "__main__", "display": print}
        for text in sources:
            with contextlib.suppress(BaseException):
                exec(compile(text, "<cell>", "exec"), space)
        os._exit(0)


def main() -> None:
    """Measure everything in one run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--exercise", default="12_data_quality")
    parser.add_argument("--work", nargs="+", help=argparse.SUPPRESS)
    parser.add_argument("--floor", nargs="+", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.work or wanted.floor:
        folder, exercise, *students = wanted.work or wanted.floor
        (work if wanted.work else bare)(Path(folder), exercise, students)
        return
    exercise, seconds = wanted.exercise, {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        stock, ours = prepare(Path(scratch), exercise, wanted.students)
        seconds["nbgrader's command, our configuration"] = nbgrader(ours, "autograde", exercise)
        seconds["two workers"], told = workers(ours, exercise, 2)
        seconds["the floor"] = floor(ours, exercise, 2)
        seconds["nbgrader's command, stock"] = nbgrader(stock, "autograde", exercise)
    base, least = seconds["nbgrader's command, stock"], seconds["the floor"]
    table = Table(title=f"{wanted.students} submissions to {exercise}, {os.cpu_count()} cores")
    for name in ("way", "seconds", "each", "against stock", "share of the floor"):
        table.add_column(name, justify="left" if name == "way" else "right")
    for name, value in sorted(seconds.items(), key=lambda item: -item[1]):
        table.add_row(
            name,
            f"{value:.1f}",
            f"{value / wanted.students:.2f}",
            f"{base / value:.1f}x",
            f"{least / value:.0%}",
        )
    Console(width=110).print(table)
    warm = sum(row[-1] for row in told) / len(told) ** 2
    print(f"Two workers, once they have started: {warm:.2f} seconds for each submission.")
    result = {
        "exercise": exercise,
        "students": wanted.students,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "against_stock": {name: round(base / value, 1) for name, value in seconds.items()},
        "share_of_the_floor": {name: round(least / value, 2) for name, value in seconds.items()},
        "worker_memory_mb": [[int(mb) for mb in row[:-1]] for row in told],
        "seconds_each_once_warm": round(warm, 3),
        "way": walls.found()[0],
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
    }
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
