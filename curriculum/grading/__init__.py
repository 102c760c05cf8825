"""Grade one's own copy of an exercise with all its tests, through nbgrader; nothing of one's own is changed.

`grade` reads `my-work/<exercise>/<exercise>.ipynb`, repairs a copy of it where that is needed, has nbgrader
run and mark the copy in `.grading/`, writes the feedback page to `my-work/feedback/`, and returns a `Report`.
"""

from __future__ import annotations

import contextlib
import shutil
import traceback
from dataclasses import replace
from pathlib import Path

from curriculum.grading.results import Item, Report, Share, Test
from curriculum.grading.show import print_report, print_together
from curriculum.grading.wording import State
from curriculum.syllabus import Syllabus, SyllabusError

__all__ = ["Item", "Report", "Share", "State", "Test", "grade", "print_report", "print_together", "run"]

WORKSPACE, SCRATCH, STUDENT = "my-work", ".grading", "learner"
LARGEST = 50_000_000  # bytes of a notebook that is kept with its grading


def grade(
    root: Path,
    exercise: str,
    timeout: int | None = None,
    budget: float | None = None,
    syllabus: Syllabus | None = None,
) -> Report:
    """Grade the learner's copy of one exercise with visible and hidden tests.

    Parameters
    ----------
    root : Path
        The course folder.
    exercise : str
        Its id, such as `12_data_quality`.
    timeout : int, optional
        Seconds that a cell may take (30 as configured).
    budget : float, optional
        Seconds that the notebook may take in all (300 as configured).
    syllabus : Syllabus, optional
        Read from `root` when left out.

    Returns
    -------
    Report
        With `problem` set, and nothing else, when the notebook cannot be graded.
    """
    from curriculum.grading.sandbox import early

    early.begin(root / "exercises", exercise, root / SCRATCH / exercise)
    from curriculum.grading import course, reading

    try:
        return _grade(root, exercise, timeout, budget, syllabus)
    except reading.UnreadableError as error:
        return Report(exercise, problem=str(error))
    except course.CourseError as error:
        if not error.log:
            return Report(exercise, problem=str(error))
        kept = root / SCRATCH / f"{exercise}-error.txt"
        kept.write_text(error.log, encoding="utf-8")
        return Report(exercise, problem=f"{error} Its own words are in {kept.relative_to(root).as_posix()}.")
    except OSError:
        raise  # `run` has the sentence for it
    except Exception as error:  # a damaged gradebook, say: nothing in the scratch folder is the learner's
        kept = root / SCRATCH / f"{exercise}-error.txt"
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(traceback.format_exc(), encoding="utf-8")
        (root / SCRATCH / exercise / course.FINGERPRINT).unlink(missing_ok=True)  # made anew next time
        return Report(
            exercise,
            problem=f"Grading stopped ({type(error).__name__}). Grade again: it starts afresh. If it happens "
            f"twice, report it with {kept.relative_to(root).as_posix()}.",
        )
    finally:
        early.end(root / SCRATCH / exercise)


def _grade(
    root: Path, exercise: str, timeout: int | None, budget: float | None, syllabus: Syllabus | None
) -> Report:
    from curriculum.grading import course, reading
    from curriculum.journey import after

    fresh = f"python3 start.py fresh {exercise}"
    mine = root / WORKSPACE / exercise
    before = _bytes(mine / f"{exercise}.ipynb")
    source = root / "exercises" / "source" / exercise
    notebook, notes = reading.read(mine / f"{exercise}.ipynb", fresh)
    as_read = _bytes(mine / f"{exercise}.ipynb")
    graded = course.GradingCourse(
        root / SCRATCH / exercise, source, root / "exercises" / "nbgrader_config.py", timeout, budget
    )
    try:
        if not graded.belongs(notebook):
            raise reading.UnreadableError(
                f"{exercise}.ipynb holds none of the exercise's cells: it looks like another notebook. "
                f"Put your {exercise}.ipynb back in its place, or run `{fresh}` for a new copy; "
                "the file that is there now is kept under a dated name."
            )
        notes += [
            f"{name} in your folder differs from the one handed out; the one handed out was used."
            for name in course.changed_data(mine, source)
        ]
        graded.submit(STUDENT, notebook, beside=mine)
        items, findings = graded.autograde(STUDENT)
        report = _with_shares(Report(exercise, items, (*notes, *findings)), root, syllabus)
        if report.pending:
            report = replace(report, sample=f"exercises/source/{exercise}/{exercise}.ipynb")
        report = replace(report, feedback=_publish(graded.feedback(STUDENT), root, exercise))
    finally:
        graded.close()
    after.graded(root, report, before if before == as_read else None, syllabus)
    return report


def run(root: Path, exercises: list[str], timeout: int | None = None, budget: float | None = None) -> int:
    """Grade exercises one after the other, print each report, and what several show together.

    Returns 0 when all were graded, 1 when one or more could not be.
    """
    reports = []
    for exercise in exercises:
        print(
            f"Grading {exercise}: every cell and the hidden tests run, usually 5 to 30 seconds ...",
            flush=True,
        )
        try:
            report = grade(root, exercise, timeout, budget)
        except OSError as error:
            place = error.filename or "the course folder"
            report = Report(
                exercise,
                problem=f"{place} cannot be used ({error.strerror or error}). "
                "Check free space and permissions, and grade again.",
            )
        print_report(report)
        reports.append(report)
    if sum(not report.problem for report in reports) > 1:
        _print_together(root, reports)
    if not all(report.problem for report in reports):
        from curriculum.journey import after

        page = after.all_graded(root)
        if page:
            print(f"Your progress, and what to do next: {page}")
    return int(any(report.problem for report in reports))


def _print_together(root: Path, reports: list[Report]) -> None:
    from curriculum import syllabus as course_map
    from curriculum.grading import results

    with contextlib.suppress(SyllabusError):  # each report has said it
        print_together(results.together(reports, course_map.load(root)))


def _with_shares(report: Report, root: Path, syllabus: Syllabus | None) -> Report:
    from curriculum import diagnostic
    from curriculum import syllabus as course_map
    from curriculum.grading import results

    if syllabus is None:
        try:
            syllabus = course_map.load(root)
        except SyllabusError:
            note = (
                "The course map (syllabus.yml) cannot be read, so points are not added up by responsibility."
            )
            return replace(report, notes=(*report.notes, note))
    advice = diagnostic.of_tests(syllabus, report.tests.values())
    return replace(report, advice=advice.text if advice else "", **results.shares(report.items, syllabus))


def _bytes(path: Path) -> bytes | None:
    """A file as it is now; None when it is not there, or too large to be a notebook."""
    try:
        return path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError:
        return None


def _publish(page: Path, root: Path, exercise: str) -> str:
    target = root / WORKSPACE / "feedback" / f"{exercise}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(page, target)
    return target.relative_to(root).as_posix()
