"""A class hands in a whole module, and nbgrader's own commands grade it: how long that takes, and are the points right?

    python benchmarks/a_class.py                    # 30 students, every exercise of module 1
    python benchmarks/a_class.py --students 6 --module 1

The students' notebooks are the stored answers of `tests/answers/`, right, wrong and blank in turn. What each must earn
is written in the answer, so every score in the gradebook is compared. Prints a table and writes
benchmarks/results/class.json. Needs nbgrader's exchange, so Linux or macOS.
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
import time
from dataclasses import replace
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "class.json"
sys.path.insert(0, str(ROOT / "tests"))

from fixtures import classroom  # noqa: E402

from curriculum import answers, syllabus  # noqa: E402


def exercises_of(module: str) -> list[str]:
    """The exercises of a module, in the order of the syllabus."""
    course = syllabus.load(ROOT)
    lessons = (course.lessons[name] for name in course.modules[module].lessons)
    return [lesson.exercise for lesson in lessons if lesson.exercise]


def run(room: classroom.Classroom, *words: str) -> float:
    """Seconds that one of nbgrader's commands takes."""
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=room.folder,
        env=room.env,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"nbgrader {' '.join(words)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
    return time.perf_counter() - begin


def expected(answer: answers.Answer, points: dict[str, float]) -> float:
    """What tests must give for a stored answer."""
    if answer.loses == "all":
        return 0
    return sum(points.values()) - sum(answer.loses.values())


def main() -> None:
    """Run the whole cycle once and report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--module", default="1")
    wanted = parser.parse_args()
    exercises = exercises_of(wanted.module)
    rows, wrong = {}, []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        first = classroom.make(Path(scratch), ROOT / "exercises" / "source" / exercises[0], exercises[0])
        for exercise in exercises[1:]:
            shutil.copytree(ROOT / "exercises" / "source" / exercise, first.folder / "source" / exercise)
        should: dict[tuple[str, str], float] = {}
        for exercise in exercises:
            room, seconds = replace(first, exercise=exercise), {}
            seconds["release"] = run(room, "generate_assignment", exercise) + run(
                room, "release_assignment", exercise
            )
            source = nbformat.read(room.folder / "source" / exercise / f"{exercise}.ipynb", as_version=4)
            marks = [c.metadata.nbgrader for c in source.cells if c.metadata.get("nbgrader", {}).get("grade")]
            points = {m.grade_id: m.points for m in marks if not m.solution}
            stored = [answers.read(p) for p in sorted((ROOT / "tests" / "answers" / exercise).glob("*.py"))]
            for number in range(wanted.students):
                student, answer = f"student{number + 1:02}", stored[number % len(stored)]
                room.hand_in(student, answers.submission(answer, source, room.released()))
                should[student, exercise] = expected(answer, points)
            seconds["collect"] = run(room, "collect", exercise)
            seconds["autograde"] = run(room, "autograde", exercise)
            seconds["feedback"] = run(room, "generate_feedback", exercise) + run(
                room, "release_feedback", exercise
            )
            rows[exercise] = {name: round(value, 1) for name, value in seconds.items()}
            with Gradebook(room.db_url) as gradebook:
                for number in range(wanted.students):
                    student = f"student{number + 1:02}"
                    notebook = gradebook.find_submission(exercise, student).notebooks[0]
                    earned = sum(grade.auto_score or 0 for grade in notebook.grades)
                    if abs(earned - should[student, exercise]) > 1e-9:
                        wrong.append(f"{student} {exercise}: {earned} instead of {should[student, exercise]}")
        export = run(first, "export")
        lines = (first.folder / "grades.csv").read_text(encoding="utf-8").count("\n") - 1
    table = Table(
        title=f"A class of {wanted.students}, module {wanted.module}, nbgrader's own commands, seconds"
    )
    for name in ("exercise", "release", "collect", "autograde", "feedback"):
        table.add_column(name, justify="left" if name == "exercise" else "right")
    for exercise, seconds in rows.items():
        table.add_row(
            exercise, *(f"{seconds[name]:.0f}" for name in ("release", "collect", "autograde", "feedback"))
        )
    Console().print(table)
    print(
        f"{len(should) - len(wrong)} of {len(should)} scores are what the stored answer must earn; {lines} rows exported."
    )
    print(*wrong, sep="\n")
    RESULTS.write_text(
        json.dumps(
            {
                "students": wanted.students,
                "exercises": rows,
                "export": round(export, 1),
                "scores": len(should),
                "scores_as_they_must_be": len(should) - len(wrong),
                "python": platform.python_version(),
                "cpus": os.cpu_count(),
            },
            indent=2,
        )
        + "\n",
        encoding="utf-8",
    )
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
