"""The course map: `syllabus.yml` read, validated and ready to use.

`load` raises one error that lists everything it found, each line with the file and the id:
an author mends a syllabus in one go, not one error a run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from curriculum import register as registers
from curriculum.paths import course_root
from curriculum.problems import Problem

FILE = "syllabus.yml"
SCHEMA = Path(__file__).with_name("syllabus.schema.json")


class SyllabusError(Exception):
    """The syllabus cannot be used. `problems` holds each reason; the message lists them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class Responsibility:
    """One of the four responsibilities of the role."""

    id: str
    name: str
    plain: str


@dataclass(frozen=True)
class Competency:
    """One of the fifteen competencies; `domain` is the id of its skill domain."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class Framework:
    """A framework outside the course, to which graded items answer. `domains` maps its domain ids to names."""

    id: str
    name: str
    source: str
    url: str
    domains: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Objective:
    """What a learner can do afterwards, verb first, and what it counts towards.

    `standard` is the id of an entry of the register of standards (`Syllabus.standards`).
    """

    id: str
    text: str
    lesson: str
    responsibility: str
    competencies: tuple[str, ...]
    frameworks: tuple[str, ...]
    standard: str
    reread: str


@dataclass(frozen=True)
class Part:
    """One side of a diagnostic: fewer than `enough` of its `tests` earned, and the lesson `bridge` comes first.

    `tests` are grade ids of the exercise; `counts` says in the plural what they count, such as "pieces of code".
    """

    bridge: str
    counts: str
    tests: tuple[str, ...]
    enough: int


@dataclass(frozen=True)
class Exercise:
    """The graded exercise of a lesson. `files` are paths from the course folder; `misconceptions` id -> text.

    `diagnostic` is empty, except for the exercise that tells people where to begin.
    """

    id: str
    lesson: str
    title: str
    minutes: int
    files: tuple[str, ...]
    misconceptions: dict[str, str]
    diagnostic: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A lesson, planned or there. A lesson has objectives that its exercise measures, or plain goals.

    The start page has both: its exercise measures what people bring along, and its goals are what it teaches.
    """

    id: str
    title: str
    module: str
    planned: bool = False
    minutes: int = 0
    responsibility: str = ""
    domain: str = ""
    after: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    exercise: str | None = None

    @property
    def number(self) -> str:
        """The two digits in front of the name."""
        return self.id[:2]


@dataclass(frozen=True)
class Module:
    """A module: its lessons in the order in which they are taken."""

    id: str
    name: str
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class Path_:
    """A way through the course for people of one background.

    `start` are the bridges with which it begins; `lessons` all its lessons in order, planned ones included;
    `minutes` those of its finished lessons and their exercises.
    """

    id: str
    who: str
    start: tuple[str, ...]
    why: str
    lessons: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Syllabus:
    """The whole map; every collection is a dict by id, in the order of the file.

    `standards` are the entries of the register (`curriculum.register`), not a part of `syllabus.yml`.
    """

    title: str
    subtitle: str
    version: str
    responsibilities: dict[str, Responsibility]
    skill_domains: dict[str, str]
    competencies: dict[str, Competency]
    frameworks: dict[str, Framework]
    standards: Mapping[str, registers.Entry]
    modules: dict[str, Module]
    lessons: dict[str, Lesson]
    objectives: dict[str, Objective]
    exercises: dict[str, Exercise]
    paths: tuple[Path_, ...] = ()


def load(root: Path | None = None) -> Syllabus:
    """Read and validate the syllabus of the course at `root` (found from the working folder by default).

    Raises
    ------
    SyllabusError
        With every problem found: unreadable YAML, a wrong shape, an unknown or repeated id, a
        prerequisite that is unknown, planned only, or comes later, a dataset or a file that is not there,
        a path or a diagnostic that does not fit the lessons, a register of standards that cannot be used.
    """
    root = root or course_root()
    return _build(_read(root), root)


def _read(root: Path) -> dict:
    from jsonschema import Draft202012Validator  # only who reads the map needs it

    try:
        raw = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    except OSError as error:
        raise SyllabusError(
            [Problem(FILE, "", f"Cannot be read: {error.strerror}.", "Restore it from git.")]
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else ""
        raise SyllabusError(
            [
                Problem(
                    FILE,
                    line,
                    f"Is not valid YAML: {getattr(error, 'problem', None) or error}.",
                    "Mend the indentation or quotes there.",
                )
            ]
        ) from error
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    problems = [
        Problem(
            FILE,
            _place(raw, error.absolute_path),
            f"{error.message}.",
            "See curriculum/syllabus.schema.json.",
        )
        for error in sorted(
            Draft202012Validator(schema).iter_errors(raw), key=lambda e: [str(p) for p in e.absolute_path]
        )
    ]
    if problems:
        raise SyllabusError(problems)
    return raw


def _place(raw: object, path) -> str:
    """A path such as modules/1/lessons/2, told by ids where there are any."""
    words, node = [], raw
    for step in path:
        node = node[step]
        words.append(node["id"] if isinstance(node, dict) and isinstance(node.get("id"), str) else str(step))
    return " > ".join(words)


def _build(raw: dict, root: Path) -> Syllabus:
    problems: list[Problem] = []

    def by_id(kind: str, entries: list) -> dict:
        found: dict = {}
        for entry in entries:
            if entry.id in found:
                problems.append(
                    Problem(FILE, entry.id, f"The {kind} id {entry.id} stands twice.", "Rename one of them.")
                )
            found[entry.id] = entry
        return found

    def known(what: str, name: str, where: str, there) -> None:
        if name not in there:
            problems.append(
                Problem(
                    FILE,
                    where,
                    f"Names the {what} {name}, which the syllabus does not have.",
                    f"Use one of: {', '.join(there)}.",
                )
            )

    responsibilities = by_id("responsibility", [Responsibility(**r) for r in raw["responsibilities"]])
    domains = {d["id"]: d["name"] for d in raw["skill_domains"]}
    competencies = by_id(
        "competency",
        [
            Competency(id=c["id"], name=c["name"], domain=d["id"])
            for d in raw["skill_domains"]
            for c in d["competencies"]
        ],
    )
    frameworks = by_id(
        "framework",
        [
            Framework(f["id"], f["name"], f["source"], f["url"], {d["id"]: d["name"] for d in f["domains"]})
            for f in raw["frameworks"]
        ],
    )
    standards: Mapping[str, registers.Entry] = {}
    try:
        # A learner's clock may be wrong: only the author's checks ask whether a day has come
        standards = registers.load(root, today=date.max).entries
    except registers.RegisterError as error:
        problems += error.problems
    framework_domains = [f"{f.id}/{d}" for f in frameworks.values() for d in f.domains]

    modules, lessons, objectives, exercises = [], [], [], []
    for m in raw["modules"]:
        modules.append(Module(m["id"], m["name"], tuple(entry["id"] for entry in m["lessons"])))
        for entry in m["lessons"]:
            if not entry["id"].startswith(m["id"]):
                problems.append(
                    Problem(
                        FILE,
                        entry["id"],
                        f"Stands in module {m['id']} but is numbered for another.",
                        "The first digit of a lesson is its module.",
                    )
                )
            exercise = entry.get("exercise")
            lessons.append(
                Lesson(
                    id=entry["id"],
                    title=entry["title"],
                    module=m["id"],
                    planned=entry.get("planned", False),
                    minutes=entry.get("minutes", 0),
                    responsibility=entry.get("responsibility", ""),
                    domain=entry.get("domain", ""),
                    after=tuple(entry.get("after", ())),
                    datasets=tuple(entry.get("datasets", ())),
                    goals=tuple(entry.get("goals", ())),
                    objectives=tuple(o["id"] for o in entry.get("objectives", ())),
                    exercise=entry["id"] if exercise else None,
                )
            )
            for o in entry.get("objectives", ()):
                objectives.append(
                    Objective(
                        id=o["id"],
                        text=o["text"],
                        lesson=entry["id"],
                        responsibility=o["responsibility"],
                        competencies=tuple(o["competencies"]),
                        frameworks=tuple(o["frameworks"]),
                        standard=o["standard"],
                        reread=o["reread"],
                    )
                )
            if exercise:
                ids = [x["id"] for x in exercise["misconceptions"]]
                for twice in sorted({i for i in ids if ids.count(i) > 1}):
                    problems.append(
                        Problem(FILE, entry["id"], f"The misconception {twice} stands twice.", "Keep one.")
                    )
                exercises.append(
                    Exercise(
                        id=entry["id"],
                        lesson=entry["id"],
                        title=exercise["title"],
                        minutes=exercise["minutes"],
                        files=tuple(exercise["files"]),
                        misconceptions={x["id"]: x["text"] for x in exercise["misconceptions"]},
                        diagnostic=tuple(
                            Part(part["bridge"], part["counts"], tuple(part["tests"]), part["enough"])
                            for part in exercise.get("diagnostic", ())
                        ),
                    )
                )
    lessons_by_id = by_id("lesson", lessons)

    seen: set[str] = set()
    for lesson in lessons:
        for before in lesson.after:
            if before not in lessons_by_id:
                known("lesson", before, lesson.id, list(lessons_by_id))
            elif lessons_by_id[before].planned:
                problems.append(
                    Problem(
                        FILE,
                        lesson.id,
                        f"Needs {before}, which is only planned.",
                        "A lesson that is there can need only lessons that are there.",
                    )
                )
            elif before not in seen:
                problems.append(
                    Problem(
                        FILE,
                        lesson.id,
                        f"Needs {before}, which comes later.",
                        "Move one of them, or drop the prerequisite.",
                    )
                )
        seen.add(lesson.id)
        if lesson.planned:
            continue
        known("responsibility", lesson.responsibility, lesson.id, responsibilities)
        known("skill domain", lesson.domain, lesson.id, domains)
        for dataset in lesson.datasets:
            if not (root / "datasets" / dataset / "datasheet.md").is_file():
                problems.append(
                    Problem(
                        FILE,
                        lesson.id,
                        f"Uses the dataset {dataset}, but datasets/{dataset}/datasheet.md is not there.",
                        "Add the dataset, or mend its name.",
                    )
                )
    for objective in objectives:
        if objective.id[:2] != objective.lesson[:2]:
            problems.append(
                Problem(
                    FILE,
                    objective.id,
                    f"Belongs to lesson {objective.lesson} but is numbered for another.",
                    f"Start its id with {objective.lesson[:2]}.",
                )
            )
        known("responsibility", objective.responsibility, objective.id, responsibilities)
        if standards and objective.standard not in standards:
            problems.append(
                Problem(
                    FILE,
                    objective.id,
                    f"Names the standard {objective.standard}, which the register does not have.",
                    f"Add it to {registers.FILE} with its source, or use an id that is there.",
                )
            )
        for competency in objective.competencies:
            known("competency", competency, objective.id, competencies)
        for domain in objective.frameworks:
            known("framework domain", domain, objective.id, framework_domains)
    for exercise in exercises:
        for file in exercise.files:
            if not (root / file).is_file():
                problems.append(
                    Problem(
                        FILE,
                        exercise.id,
                        f"The exercise needs {file}, which is not there.",
                        "Rebuild it with `curriculum data rebuild`, or mend its name.",
                    )
                )
    problems += _diagnostics(exercises, lessons_by_id)
    exercises_by_id = by_id("exercise", exercises)
    paths = [_path(entry, lessons_by_id, exercises_by_id) for entry in raw.get("paths", ())]
    by_id("path", paths)
    problems += [problem for path in paths for problem in _way(path, lessons_by_id)]
    syllabus = Syllabus(
        title=raw["course"]["title"],
        subtitle=raw["course"]["subtitle"],
        version=raw["course"]["version"],
        responsibilities=responsibilities,
        skill_domains=domains,
        competencies=competencies,
        frameworks=frameworks,
        standards=standards,
        modules=by_id("module", modules),
        lessons=lessons_by_id,
        objectives=by_id("objective", objectives),
        exercises=exercises_by_id,
        paths=tuple(paths),
    )
    if problems:
        raise SyllabusError(problems)
    return syllabus


def _diagnostics(exercises: list[Exercise], lessons: Mapping[str, Lesson]) -> list[Problem]:
    """What is wrong with the rule of a diagnostic, seen from the syllabus alone."""
    problems = []
    having = [exercise for exercise in exercises if exercise.diagnostic]
    for exercise in having[1:]:
        problems.append(
            Problem(
                FILE,
                exercise.id,
                f"Is a second diagnostic beside {having[0].id}.",
                "One exercise tells people where to begin; keep `diagnostic` in one.",
            )
        )
    for exercise in having:
        tests = [test for part in exercise.diagnostic for test in part.tests]
        for twice in sorted({test for test in tests if tests.count(test) > 1}):
            problems.append(
                Problem(
                    FILE,
                    exercise.id,
                    f"The test {twice} counts in two parts.",
                    "Keep it in one part of `diagnostic`.",
                )
            )
        for part in exercise.diagnostic:
            if part.bridge not in lessons:
                problems.append(
                    Problem(
                        FILE,
                        exercise.id,
                        f"Sends people to the bridge {part.bridge}, which the syllabus does not have.",
                        f"Use one of: {', '.join(lessons)}.",
                    )
                )
            if part.enough > len(part.tests):
                problems.append(
                    Problem(
                        FILE,
                        exercise.id,
                        f"Asks for {part.enough} of {len(part.tests)} {part.counts}.",
                        "`enough` is at most the number of tests of the part.",
                    )
                )
    return problems


def _path(entry: dict, lessons: Mapping[str, Lesson], exercises: Mapping[str, Exercise]) -> Path_:
    """A path with its minutes; lessons that are planned, or not there at all, count for nothing."""
    there = [lessons[name] for name in entry["lessons"] if name in lessons and not lessons[name].planned]
    return Path_(
        id=entry["id"],
        who=entry["who"],
        start=tuple(entry["start"]),
        why=entry["why"],
        lessons=tuple(entry["lessons"]),
        minutes=sum(
            lesson.minutes + (exercises[lesson.exercise].minutes if lesson.exercise in exercises else 0)
            for lesson in there
        ),
    )


def _way(path: Path_, lessons: Mapping[str, Lesson]) -> list[Problem]:
    """What is wrong with a path: unknown lessons, a bridge that it leaves out, a lesson before what it needs."""
    problems = []
    seen: set[str] = set()
    for name in path.lessons:
        if name not in lessons:
            problems.append(
                Problem(
                    FILE,
                    path.id,
                    f"The path takes the lesson {name}, which the syllabus does not have.",
                    f"Use one of: {', '.join(lessons)}.",
                )
            )
            continue
        for before in lessons[name].after:
            if before not in seen:
                problems.append(
                    Problem(
                        FILE,
                        path.id,
                        f"The path takes {name} without {before} before it.",
                        f"{name} needs it: put it in front, or leave {name} out.",
                    )
                )
        seen.add(name)
    for bridge in path.start:
        if bridge not in path.lessons:
            problems.append(
                Problem(
                    FILE,
                    path.id,
                    f"The path starts with {bridge}, which is not among its lessons.",
                    "Add it to `lessons`.",
                )
            )
    return problems
