"""How long grading takes, and what the notebooks need: run time and peak memory of each.

    python benchmarks/grading.py

Prints a table and writes benchmarks/results/grading.json. Seconds are wall-clock; memory is the peak of the
kernel's resident set in MB (from the kernel itself; not measured on Windows).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from rich.console import Console
from rich.table import Table

from curriculum import answers
from curriculum.grading.course import GradingCourse

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "grading.json"
EXERCISE = "12_data_quality"
REPEATS = 3
PEAK = (
    "import resource as _r, sys as _s\n"
    "print('peak', _r.getrusage(_r.RUSAGE_SELF).ru_maxrss / (1024**2 if _s.platform == 'darwin' else 1024))"
)


def grading() -> dict[str, float | list[float]]:
    """Seconds to prepare the exercise once, and to grade and comment one right submission."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        begin = time.perf_counter()
        course = GradingCourse(
            Path(scratch) / EXERCISE,
            ROOT / "exercises" / "source" / EXERCISE,
            ROOT / "exercises" / "nbgrader_config.py",
        )
        prepared = time.perf_counter() - begin
        right = answers.Answer("right", "", "solution", "", {}, {}, {})
        notebook = answers.submission(right, course.source, course.released)
        graded, commented = [], []
        for number in range(REPEATS):
            student = f"learner{number}"
            course.submit(student, notebook)
            begin = time.perf_counter()
            items, _ = course.autograde(student)
            graded.append(time.perf_counter() - begin)
            begin = time.perf_counter()
            course.feedback(student)
            commented.append(time.perf_counter() - begin)
            lost = [t.id for item in items for t in item.tests if not t.written and t.earned < t.possible]
            if lost:
                raise SystemExit(
                    f"The solution loses points at {', '.join(lost)}: mend that before measuring."
                )
        course.close()
    return {"prepare": round(prepared, 2), "autograde": _rounded(graded), "feedback": _rounded(commented)}


def notebooks() -> dict[str, dict[str, float]]:
    """Seconds (kernel start included) and peak memory of each lesson and each solved exercise."""
    measured = {}
    for path in [
        *sorted((ROOT / "notebooks").glob("*.ipynb")),
        *sorted((ROOT / "exercises/source").glob("*/*.ipynb")),
    ]:
        notebook = nbformat.read(path, as_version=4)
        if sys.platform != "win32":
            notebook.cells.append(new_code_cell(PEAK))
        client = NotebookClient(
            notebook,
            timeout=300,
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=["--log-level=40"],
        )
        begin = time.perf_counter()
        client.execute()
        seconds = time.perf_counter() - begin
        row = {"seconds": round(seconds, 1)}
        if sys.platform != "win32":
            row["peak_mb"] = round(float(notebook.cells[-1].outputs[-1].text.split()[-1]))
        measured[path.relative_to(ROOT).as_posix()] = row
    return measured


def _rounded(values: list[float]) -> list[float]:
    return [round(value, 2) for value in values]


def main() -> None:
    """Measure, print and store."""
    result = {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "exercise": EXERCISE,
        "grading_seconds": grading(),
        "notebooks": notebooks(),
    }
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    table = Table(title=result["machine"])
    table.add_column("What")
    table.add_column("Seconds", justify="right")
    table.add_column("Peak MB", justify="right")
    seconds = result["grading_seconds"]
    table.add_row(f"prepare {EXERCISE} for grading (once)", f"{seconds['prepare']:.1f}", "")
    for step in ("autograde", "feedback"):
        table.add_row(
            f"{step} one right submission (median of {REPEATS})",
            f"{statistics.median(seconds[step]):.1f}",
            "",
        )
    for name, row in result["notebooks"].items():
        table.add_row(f"run {name}", f"{row['seconds']:.1f}", f"{row.get('peak_mb', '-')}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
