"""How fast a class is graded: stock nbgrader, the same with the course's configuration, and `curriculum grade`.

    python benchmarks/throughput.py                  # 40 submissions of one exercise, all ways in one run
    python benchmarks/throughput.py --exercise 12_data_quality --students 4
    python benchmarks/throughput.py --large          # also 100 and 1,000 submissions: is the cost linear, memory flat?

The submissions are the stored answers of `tests/answers/<exercise>/` in turn. Every way gets a course folder of
its own with the same submissions. Commands are timed whole, from start to prompt; the formgrader's button is what
its server does when somebody clicks on the lightning, once for each student, in a process that is already running.
The throughput is what is graded in a minute once a command is under way, from the times at which it wrote the graded
notebooks: a command's start is behind it, and for a class of hundreds hardly counts.
The floor is what no way can beat: the same cells in children forked from a process that has imported the libraries,
and nothing else. Prints a table and adds to benchmarks/results/throughput.json. Trust the ratios; machines differ.
Run it on a machine that does nothing else; Linux or macOS.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import psutil
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "throughput.json"
sys.path.insert(0, str(ROOT / "tests"))

from fixtures import classroom  # noqa: E402

from curriculum import answers  # noqa: E402
from curriculum.grading.sandbox import trusted, walls  # noqa: E402

WAYS = {
    "stock": "nbgrader autograde, stock",
    "stock button": "the formgrader's button, stock",
    "configured": "nbgrader autograde, the course's configuration",
    "button": "the formgrader's button, the course's configuration",
    "class": "curriculum grade --class, {workers} workers",
    "floor": "the cells alone, in forked children: the floor",
}
PLAIN = """
c = get_config()
c.CourseDirectory.course_id = "plain"
c.CourseDirectory.root = {root!r}
c.Exchange.root = {root!r} + "/exchange"
"""
FLOOR = r"""
import contextlib, importlib, json, os, sys, time
import nbformat
at_once, modules, paths = int(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3:]
for name in modules:
    with contextlib.suppress(Exception):
        importlib.import_module(name)
notebooks = [(os.path.dirname(p), nbformat.read(p, as_version=4)) for p in paths]
os.environ["MPLBACKEND"] = "agg"
nothing = os.open(os.devnull, os.O_RDWR)
begin, running = time.perf_counter(), 0
for folder, notebook in notebooks:
    if running == at_once:
        os.wait()
        running -= 1
    if os.fork() == 0:
        os.dup2(nothing, 1), os.dup2(nothing, 2)
        os.chdir(folder)
        names = {"__name__": "__main__", "display": lambda *a: None}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                try:
                    exec(compile(cell.source, "cell", "exec"), names)
                except BaseException:
                    pass
        os._exit(0)
    running += 1
while running:
    os.wait()
    running -= 1
print(time.perf_counter() - begin)
"""


BUTTON = r"""
import sys, time
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader
api = NbGraderAPI(config=Config(PyFileConfigLoader("nbgrader_config.py", path=".").load_config()))
begin = time.perf_counter()
for student in sys.argv[2:]:
    done = api.autograde(sys.argv[1], student, force=True, create=True)
    if not done["success"]:
        sys.exit(done["log"])
print(time.perf_counter() - begin)
"""


def submissions(room: classroom.Classroom) -> list[str]:
    """The notebooks of the stored answers, as text."""
    exercise = room.exercise
    source = nbformat.read(room.folder / "source" / exercise / f"{exercise}.ipynb", as_version=4)
    stored = [answers.read(path) for path in sorted((ROOT / "tests" / "answers" / exercise).glob("*.py"))]
    return [nbformat.writes(answers.submission(answer, source, room.released())) for answer in stored]


def hand_in(room: classroom.Classroom, kinds: list[str], number: int) -> None:
    """Put submissions where `nbgrader collect` would."""
    for n in range(number):
        target = room.folder / "submitted" / f"student{n + 1:04}" / room.exercise
        shutil.copytree(room.folder / "release" / room.exercise, target)
        (target / f"{room.exercise}.ipynb").write_text(kinds[n % len(kinds)], encoding="utf-8")


def timed(room: classroom.Classroom, *words: str) -> tuple[float, float]:
    """Seconds that a command takes, and peak memory (MB) of the largest of the processes that it starts itself."""
    peak, over = 0, threading.Event()
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=room.folder, env=room.env, stdout=said, stderr=said
        )

        def watch() -> None:
            nonlocal peak
            while not over.wait(0.5):
                try:
                    sizes = [p.memory_info().rss for p in psutil.Process(process.pid).children()]
                except psutil.Error:
                    continue
                peak = max([peak, *sizes])

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        process.wait()
        seconds = time.perf_counter() - begin
        over.set()
        watcher.join()
        if process.returncode not in (0, 1):  # 1: a submission needs a look
            said.seek(0)
            raise SystemExit(f"{' '.join(words)} failed:\n{said.read().decode(errors='replace')[-3000:]}")
    return seconds, peak / 1e6


def scores(room: classroom.Classroom) -> dict[tuple[str, str], float | None]:
    """(student, grade id) -> nbgrader's own score."""
    with Gradebook(room.db_url) as gradebook:
        return {
            (submission.student_id, grade.name): grade.auto_score
            for submission in gradebook.assignment_submissions(room.exercise)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def prepared(base: Path, exercise: str) -> classroom.Classroom:
    """A course folder whose gradebook knows the exercise."""
    room = classroom.make(base, ROOT / "exercises" / "source" / exercise, exercise)
    timed(room, "nbgrader", "generate_assignment", exercise)
    return room


def copied(room: classroom.Classroom, base: Path) -> classroom.Classroom:
    """The same course in another place."""
    shutil.copytree(room.folder.parent, base)
    return classroom.Classroom(base / "exercises", base / "exchange", base / "home", room.exercise)


def button(room: classroom.Classroom) -> float:
    """Seconds for all submissions by the formgrader's button, one click after the other."""
    students = sorted(path.name for path in (room.folder / "submitted").iterdir())
    done = subprocess.run(
        [sys.executable, "-c", BUTTON, room.exercise, *students],
        cwd=room.folder,
        env=room.env,
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def floor(room: classroom.Classroom, workers: int) -> float:
    """Seconds for the autograded notebooks' cells in forked children, `workers` at once, one thread each."""
    paths = sorted((room.folder / "autograded").glob(f"*/{room.exercise}/{room.exercise}.ipynb"))
    known = trusted.of_exercise(room.folder, "source", "release", room.exercise, room.exercise)
    done = subprocess.run(
        [sys.executable, "-c", FLOOR, str(workers), json.dumps(known.modules), *map(str, paths)],
        env=room.env | walls.environment(),
        check=True,
        capture_output=True,
        text=True,
    )
    return float(done.stdout.split()[-1])


def throughput(room: classroom.Classroom, at_once: int) -> float:
    """Submissions a minute, after the first ones (as many as are graded at once) until the last."""
    written = room.folder.glob(f"autograded/*/{room.exercise}/{room.exercise}.ipynb")
    times = sorted(path.stat().st_mtime for path in written)
    return 60 * (len(times) - at_once) / (times[-1] - times[at_once - 1])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--exercise", default="23_calibration")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--large", action="store_true", help="also 100 and 1,000 submissions (takes a while)")
    parser.add_argument("--sizes", type=int, nargs=2, default=(100, 1000), help="other sizes for --large")
    wanted = parser.parse_args()
    grade = ("curriculum", "grade", "--workers", str(wanted.workers), "--course", ".")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        first = prepared(Path(scratch) / "ours", wanted.exercise)
        kinds = submissions(first)
        rooms = {name: copied(first, Path(scratch) / name) for name in WAYS if name != "floor"}
        for room in rooms.values():
            hand_in(room, kinds, wanted.students)
        for name in ("stock", "stock button"):
            plain = PLAIN.format(root=str(rooms[name].folder))
            (rooms[name].folder / "nbgrader_config.py").write_text(plain, encoding="utf-8")
        seconds = {
            "stock": timed(rooms["stock"], "nbgrader", "autograde", wanted.exercise)[0],
            "stock button": button(rooms["stock button"]),
            "configured": timed(rooms["configured"], "nbgrader", "autograde", wanted.exercise)[0],
            "button": button(rooms["button"]),
            "class": timed(rooms["class"], *grade)[0],
        }
        seconds["floor"] = floor(rooms["class"], wanted.workers)
        pace = {
            name: throughput(room, wanted.workers if name == "class" else 1) for name, room in rooms.items()
        }
        found = {name: scores(room) for name, room in rooms.items()}
        large = {}
        for size in wanted.sizes if wanted.large else ():
            room = copied(first, Path(scratch) / f"large{size}")
            hand_in(room, kinds, size)
            took, peak = timed(room, *grade)
            large[size] = {"seconds": took, "seconds_each": took / size, "peak_mb_of_a_worker": peak}
    same = {
        name: sum(found[name].get(key) == score for key, score in found["class"].items())
        for name in ("stock", "configured")
    }
    result = {
        "exercise": wanted.exercise,
        "students": wanted.students,
        "workers": wanted.workers,
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
        "times_as_fast_as_stock": {
            name: round(seconds["stock button" if name == "button" else "stock"] / value, 1)
            for name, value in seconds.items()
        },
        "a_minute_under_way": {name: round(value, 1) for name, value in pace.items()},
        "times_the_throughput_of_stock": {
            name: round(value / pace["stock button" if name == "button" else "stock"], 1)
            for name, value in pace.items()
        },
        "share_of_the_floor": round(seconds["floor"] / seconds["class"], 3),
        "scores": len(found["class"]),
        "scores_as_from_stock": same["stock"],
        "scores_as_from_the_configured_command": same["configured"],
        "way": walls.found()[0],
        "large": {
            str(size): {key: round(value, 3) for key, value in values.items()}
            for size, values in large.items()
        },
        "python": platform.python_version(),
        "cpus": os.cpu_count(),
    }
    if large:
        (few, less), (many, more) = ((size, values["seconds"]) for size, values in large.items())
        result["seconds_each_between_the_two_sizes"] = round((more - less) / (many - few), 4)
    show(result)
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    kept[wanted.exercise] = result
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def show(result: dict) -> None:
    """Print the figures."""
    table = Table(title=f"{result['students']} submissions of {result['exercise']}")
    for name in ("way", "seconds", "times as fast", "a minute under way", "times the throughput"):
        table.add_column(name, justify="left" if name == "way" else "right")
    for name, text in WAYS.items():
        seconds = result["seconds"][name]
        ratio = result["times_as_fast_as_stock"][name]
        pace = result["a_minute_under_way"].get(name, "")
        times = result["times_the_throughput_of_stock"].get(name, "")
        table.add_row(text.format(**result), f"{seconds:.1f}", f"{ratio:.1f}", str(pace), str(times))
    console = Console()
    console.print(table)
    console.print(
        f"Of the floor's speed, `curriculum grade` reaches {result['share_of_the_floor']:.0%}. Of {result['scores']} "
        f"scores, {result['scores_as_from_stock']} are stock's, "
        f"{result['scores_as_from_the_configured_command']} are the configured command's."
    )
    if each := result.get("seconds_each_between_the_two_sizes"):
        stock = result["seconds"]["stock"] / result["students"]
        console.print(
            f"Each further submission costs {each:.3f} s: {stock / each:.1f} times as fast as stock."
        )
    for size, values in result["large"].items():
        console.print(
            f"{size} submissions: {values['seconds_each']:.2f} s each, a worker's peak "
            f"{values['peak_mb_of_a_worker']:.0f} MB."
        )


if __name__ == "__main__":
    main()
