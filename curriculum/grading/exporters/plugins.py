"""The exporters in nbgrader's own plugin form.

nbgrader export --exporter=curriculum.grading.exporters.CanvasExportPlugin --CanvasExportPlugin.template=grades.csv
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, Unicode

from curriculum.grading import record
from curriculum.grading.exporters import canvas, moodle, objectives, sheets
from curriculum.grading.exporters.sheets import ExportError, Sheet
from curriculum.grading.record import Course, Result
from curriculum.syllabus import Syllabus, SyllabusError


class CourseExportPlugin(ExportPlugin):
    """What the exporters share: reading the course, and saying what was done."""

    so_far = Bool(False, help="Export points so far also where written work still waits for a person").tag(
        config=True
    )

    def __init__(self, coursedir: CourseDirectory | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.coursedir = coursedir or (
            self.parent.coursedir if self.parent is not None else CourseDirectory(config=self.config)
        )

    def export(self, gradebook: Gradebook) -> None:
        """Write the export, and log what was done and who was left out; ends with 1 when it cannot be made."""
        try:
            for line in self.make(gradebook):
                self.log.info(line)
        except ExportError as error:
            for line in str(error).splitlines():
                self.log.error(line)
            raise SystemExit(1) from None

    def make(self, gradebook: Gradebook) -> list[str]:
        """Write the export; returns what to tell the person, a line each.

        Raises
        ------
        ExportError
            When it cannot be made.
        """
        raise NotImplementedError

    def course(self, gradebook: Gradebook) -> Course:
        """The results that were asked for."""
        wanted = [str(name) for name in self.assignment]
        known = {assignment.name for assignment in gradebook.assignments}
        for name in wanted:
            if name not in known:
                raise ExportError(
                    f"The gradebook has no exercise called {name}. It has: {', '.join(sorted(known)) or 'none'}."
                )
        students = [str(name) for name in self.student]
        found = record.read(gradebook, self.coursedir, students, wanted)
        missing = set(students) - {student.id for student in found.students}
        if missing:
            raise ExportError(f"The gradebook has no student called {', '.join(sorted(missing))}.")
        if not found.exercises or not found.students:
            raise ExportError(
                "The gradebook has no students or no exercises yet: there is nothing to export."
            )
        return found

    def syllabus(self) -> Syllabus | None:
        """The course map, or None when there is none that can be used."""
        from curriculum import syllabus as course_map
        from curriculum.paths import CourseNotFoundError, course_root

        try:
            return course_map.load(course_root(Path(self.coursedir.root)))
        except (CourseNotFoundError, SyllabusError):
            return None


class _TemplatePlugin(CourseExportPlugin):
    """An exporter that fills in a file which the learning-management system gave."""

    template = Unicode(
        "", help="The file that the learning-management system exported; it is kept as it is"
    ).tag(config=True)
    scale = Bool(False, help="Convert points where the system gives others than the exercise").tag(
        config=True
    )
    system = ""

    def _opened(self) -> tuple[Path, Sheet, Path]:
        if not self.template:
            raise ExportError(
                f"Name the file that {self.system} exported, with --template (in nbgrader's command "
                f"--{type(self).__name__}.template=FILE): it is filled in, and the filled one gets a name of its own."
            )
        template = Path(self.template)
        return (
            template,
            sheets.read(template, self.system),
            Path(self.to) if self.to else sheets.stem(template, "filled"),
        )


class CanvasExportPlugin(_TemplatePlugin):
    """Fills in the CSV file that Canvas's gradebook exports, and writes the states beside it."""

    columns = Dict(
        help="Exercise -> name of its column in Canvas, where neither its id nor its title fits"
    ).tag(config=True)
    system = "Canvas"

    def make(self, gradebook: Gradebook) -> list[str]:
        """See `curriculum.grading.exporters.canvas`."""
        template, sheet, target = self._opened()
        course = self.course(gradebook)
        syllabus = self.syllabus()
        titles = {name: exercise.title for name, exercise in syllabus.exercises.items()} if syllabus else {}
        for name in self.columns:
            if name not in course.exercises:
                raise ExportError(
                    f"--column names {name}, which is no exercise here. They are: {', '.join(course.exercises)}."
                )
        filled = canvas.fill(sheet, course, titles, self.columns, self.so_far, self.scale)
        sheets.write(target, filled.sheet, template)
        states = sheets.stem(target, "states")
        sheets.write(states, _states(course, filled.results), template)
        return [
            *filled.lines,
            f"Wrote {target}: import it under Grades > Import. {template} is as it was.",
            f"Wrote {states}: the state of every student, for which Canvas has no room.",
        ]


class MoodleExportPlugin(_TemplatePlugin):
    """Fills in Moodle's offline grading worksheet of one assignment, and makes the zip of feedback files."""

    system = "Moodle"

    def make(self, gradebook: Gradebook) -> list[str]:
        """See `curriculum.grading.exporters.moodle`."""
        template, sheet, target = self._opened()
        course = self.course(gradebook)
        if len(course.exercises) != 1:
            raise ExportError(
                "A worksheet of Moodle belongs to one assignment. Say which exercise it is, with --exercise (in "
                f"nbgrader's command --assignment): {', '.join(course.exercises)}."
            )
        exercise = course.exercises[0]
        filled, folders = moodle.fill(sheet, course, exercise, self.so_far, self.scale)
        step = self.coursedir.feedback_directory
        pages = {name: Path(self.coursedir.format_path(step, name, exercise)) for name in folders}
        content, without = moodle.feedback_zip(folders, pages)
        sheets.write(target, filled.sheet, template)
        lines = [
            *filled.lines,
            f"Wrote {target}: upload it under Submissions > Actions > Upload grading worksheet. "
            f"{template} is as it was.",
        ]
        if content is None:
            return [
                *lines,
                "There are no feedback pages yet (nbgrader generate_feedback), so no zip was made.",
            ]
        archive = sheets.stem(target, "feedback", ".zip")
        sheets.write_bytes(archive, content, template)
        lines.append(
            f"Wrote {archive}: upload it under Submissions > Actions > Upload multiple feedback files in a zip."
        )
        if without:
            lines.append(f"Without a feedback page ({len(without)}): {', '.join(without)}.")
        return lines


class ObjectivesExportPlugin(CourseExportPlugin):
    """Writes points by objective, with responsibility and competencies: a row for each student and exercise."""

    def make(self, gradebook: Gradebook) -> list[str]:
        """See `curriculum.grading.exporters.objectives`."""
        course, syllabus = self.course(gradebook), self.syllabus()
        target = Path(self.to or "objectives.csv")
        table = objectives.table(course, syllabus)
        sheets.write(target, table)
        lines = [
            f"Wrote {target}: {len(table.rows) - 1} rows, {len(course.students)} students, "
            f"{len(course.exercises)} exercises. Where nothing was graded the points are empty and the state says why."
        ]
        if syllabus is None:
            lines.append(
                "The course map (syllabus.yml) cannot be read: responsibility and competencies are empty."
            )
        return lines


def _states(course: Course, written: Iterable[tuple[Result, str]]) -> Sheet:
    """Every student's state in the exercises that were filled in."""
    cells = {(result.student.id, result.exercise): cell for result, cell in written}
    exercises = [name for name in course.exercises if any(exercise == name for _, exercise in cells)]
    rows = [
        ["student_id", "exercise", "in_file", "grade", "so_far", "possible", "waiting", "state", "remark"]
    ]
    for exercise in exercises:
        for result in course.of(exercise):
            key = result.student.id, exercise
            rows.append(
                [
                    sheets.safe(result.student.id),
                    sheets.safe(exercise),
                    sheets.safe(cells[key]) if key in cells else "",
                    sheets.number(result.grade),
                    sheets.number(result.so_far),
                    sheets.number(result.possible),
                    sheets.number(result.waiting) if result.so_far is not None else "",
                    str(result.outcome),
                    sheets.safe(
                        "; ".join([*([] if key in cells else ["no row in the file"]), *result.remarks])
                    ),
                ]
            )
    return Sheet(rows)
