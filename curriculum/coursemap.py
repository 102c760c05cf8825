"""What the build writes from the syllabus: the picture of the course, its list, and the cards of notebooks."""

from __future__ import annotations

import textwrap
from html import escape

from curriculum.notation import Item
from curriculum.syllabus import Exercise, Lesson, Module, Path_, Syllabus

# Geometry of the picture, in pixels.
WIDTH, MARGIN, LABEL, GAP, PER_ROW, BOX_HEIGHT = 1000, 20, 190, 12, 4, 84
BOX_WIDTH = (WIDTH - 2 * MARGIN - LABEL - (PER_ROW - 1) * GAP) / PER_ROW
INK, PALE, FRAME, PAPER = "#12355b", "#4a5568", "#8a94a3", "#ffffff"


def picture(syllabus: Syllabus) -> str:
    """The course map as SVG text: a row of boxes for each module, filled where the lesson is there.

    Fill, frame style and the word "planned" all say the same, so that colour is never needed to read it.
    """
    rows, y = [], 64
    for module in syllabus.modules.values():
        for n, line in enumerate(label(module)):
            rows.append(f'<text x="{MARGIN}" y="{y + 24 + 19 * n}" class="module">{escape(line)}</text>')
        places, y = boxes(module, syllabus, y, BOX_HEIGHT)
        rows += [_box(*place) for place in places]
    there = [lesson for lesson in syllabus.lessons.values() if not lesson.planned]
    title = f"Course map: {len(there)} of {len(syllabus.lessons)} lessons are there"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" '
            'role="img" aria-labelledby="map-title map-text" font-family="Helvetica, Arial, sans-serif">',
            f'<title id="map-title">{escape(title)}</title>',
            f'<desc id="map-text">{escape("; ".join(f"{s.number} {s.title}" for s in there))}</desc>',
            "<style>",
            f".module{{font-size:15px;font-weight:bold;fill:{INK}}}",
            f".head{{font-size:20px;font-weight:bold;fill:{INK}}}",
            f".there{{font-size:14px;fill:{PAPER}}}",
            f".planned{{font-size:14px;fill:{PALE}}}",
            "</style>",
            f'<rect width="{WIDTH}" height="{y}" fill="{PAPER}"/>',
            f'<text x="{MARGIN}" y="38" class="head">{escape(syllabus.title)}: the course map</text>',
            *rows,
            "</svg>",
            "",
        ]
    )


def label(module: Module) -> list[str]:
    """The name of a module in the lines that stand beside its boxes."""
    return textwrap.wrap(f"{module.id}  {module.name}", 20)


def boxes(
    module: Module, syllabus: Syllabus, y: int, height: int
) -> tuple[list[tuple[Lesson, float, int]], int]:
    """Where the boxes of a module's lessons stand in a picture, in pixels, and where the next module begins.

    Parameters
    ----------
    y : int
        Where this module begins.
    height : int
        Of a box.
    """
    places = [
        (
            syllabus.lessons[name],
            MARGIN + LABEL + (n % PER_ROW) * (BOX_WIDTH + GAP),
            y + (n // PER_ROW) * (height + GAP),
        )
        for n, name in enumerate(module.lessons)
    ]
    return places, y + -(-len(places) // PER_ROW) * (height + GAP) + GAP


def _box(lesson: Lesson, x: float, y: float) -> str:
    style = (
        f'fill="{PAPER}" stroke="{FRAME}" stroke-width="1.5" stroke-dasharray="5 4"'
        if lesson.planned
        else f'fill="{INK}" stroke="{INK}"'
    )
    kind = "planned" if lesson.planned else "there"
    head = f"{lesson.number} · planned" if lesson.planned else f"{lesson.number} · {lesson.minutes} min"
    lines = [head, *textwrap.wrap(lesson.title, 25)[:3]]
    if len(textwrap.wrap(lesson.title, 25)) > 3:
        lines[-1] = lines[-1][:23].rstrip() + " …"
    text = "".join(
        f'<text x="{x + 10:.1f}" y="{y + 19 + 18 * n:.1f}" class="{kind}"'
        + (' font-weight="bold"' if n == 0 else "")
        + f">{escape(line)}</text>"
        for n, line in enumerate(lines)
    )
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{BOX_WIDTH:.1f}" height="{BOX_HEIGHT}" rx="6" {style}/>{text}'
    )


def course_list(syllabus: Syllabus, notebooks: str) -> str:
    """The map in words: Markdown, a line for each module, links where a lesson is there.

    `notebooks` is the way from the page to the folder of the lessons ("notebooks" or ".").
    """
    lines = []
    for module in syllabus.modules.values():
        names = []
        for name in module.lessons:
            lesson = syllabus.lessons[name]
            if lesson.planned:
                names.append(f"{lesson.number} {lesson.title} *(planned)*")
            else:
                names.append(f"[**{lesson.number} {lesson.title}**]({notebooks}/{lesson.id}.ipynb)")
        lines.append(f"- **Module {module.id}, {module.name}:** " + " · ".join(names))
    return "\n".join(lines)


def course_map(syllabus: Syllabus, up: str, notebooks: str) -> str:
    """Picture and list together, for a page from which `up` leads to the course folder."""
    return (
        f"![Course map: the modules and their lessons; the list below says the same in words.]({up}docs/course-map.svg)\n\n"
        + course_list(syllabus, notebooks)
    )


def module_map(module: Module, syllabus: Syllabus) -> str:
    """The lessons and exercises of a module with their minutes, as a Markdown table, and the hours in all."""
    lessons = [syllabus.lessons[name] for name in module.lessons if not syllabus.lessons[name].planned]
    rows, total = [], 0
    for lesson in lessons:
        exercise = syllabus.exercises[lesson.exercise] if lesson.exercise else None
        total += lesson.minutes + (exercise.minutes if exercise else 0)
        then = f"*{exercise.title}*, {exercise.minutes} min" if exercise else ""
        rows.append(
            f"| [{lesson.number} {lesson.title}]({lesson.id}.ipynb) | {lesson.minutes} min | {then} |"
        )
    hours = f"About {max(1, round(total / 60))} hours in all."
    return "\n".join(["| Lesson | Time | Exercise |", "|:---|---:|:---|", *rows, "", hours])


def paths_table(syllabus: Syllabus) -> str:
    """The ways through the course by background, as a Markdown table with hours; empty when there are none.

    Hours are those of the finished lessons and their exercises, rounded to half hours.
    """
    if not syllabus.paths:
        return ""
    rows = [
        f"| {path.who} | {_bridges(path.start, syllabus)} | {_hours(_before(path, syllabus))} "
        f"| {_runs(path.lessons, syllabus)} | {_hours(path.minutes)} | {path.why} |"
        for path in syllabus.paths
    ]
    second = list(syllabus.modules)[1:2]
    before = f"Hours before module {second[0]}" if second else "Hours to begin with"
    return "\n".join(
        [
            f"| You are | Begin with | {before} | All lessons of your path | Hours in all | Why |",
            "|:---|:---|---:|:---|---:|:---|",
            *rows,
            "",
            "Hours are for lessons and exercises together, to the nearest half hour; lessons that are only planned are "
            "not counted.",
        ]
    )


def _before(path: Path_, syllabus: Syllabus) -> int:
    """Minutes of a path's finished lessons and exercises in the first module."""
    first = next(iter(syllabus.modules.values())).lessons
    lessons = [syllabus.lessons[name] for name in path.lessons if name in first]
    exercises = [syllabus.exercises[lesson.exercise] for lesson in lessons if lesson.exercise]
    return sum(lesson.minutes for lesson in lessons) + sum(exercise.minutes for exercise in exercises)


def _bridges(names: tuple[str, ...], syllabus: Syllabus) -> str:
    """Links to the lessons with which a path begins; a planned one has no page yet."""
    told = []
    for name in names:
        lesson = syllabus.lessons[name]
        told.append(f"{lesson.number} *(planned)*" if lesson.planned else f"[{lesson.number}]({name}.ipynb)")
    return ", ".join(told)


def _runs(names: tuple[str, ...], syllabus: Syllabus) -> str:
    """The finished lessons of a path by number; three or more that follow each other in the course as "11 to 14"."""
    order = [name for name, lesson in syllabus.lessons.items() if not lesson.planned]
    runs: list[list[str]] = []
    for name in names:
        if syllabus.lessons[name].planned:
            continue
        if runs and order.index(name) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(name)
        else:
            runs.append([name])
    told = []
    for run in runs:
        numbers = [syllabus.lessons[name].number for name in run]
        told += [f"{numbers[0]} to {numbers[-1]}"] if len(numbers) > 2 else numbers
    return ", ".join(told)


def _hours(minutes: int) -> str:
    """Minutes as hours, to the nearest half hour, and never less than one half."""
    return f"{max(1, int(minutes / 30 + 0.5)) / 2:g}"


def lesson_card(lesson: Lesson, syllabus: Syllabus, words: str = "") -> str:
    """What a lesson teaches (its goals, or else its objectives), time, prerequisites, data and responsibility.

    `words` is the way to the glossary; without it the card does not name one.
    """
    if lesson.goals:
        can = [f"- {goal.rstrip('.')}" for goal in lesson.goals]
    else:
        can = [f"- {syllabus.objectives[o].text.rstrip('.')} ({o})" for o in lesson.objectives]
    responsibility = syllabus.responsibilities[lesson.responsibility]
    facts = [f"**Time:** about {lesson.minutes} minutes"]
    before = [f"[{syllabus.lessons[b].number} {syllabus.lessons[b].title}]({b}.ipynb)" for b in lesson.after]
    facts.append("**First:** " + (", ".join(before) if before else "nothing"))
    if lesson.datasets:
        facts.append(
            "**Data:** " + ", ".join(f"[{d}](../datasets/{d}/datasheet.md)" for d in lesson.datasets)
        )
    facts.append(
        f"**Serves:** {responsibility.id} {responsibility.name}; {syllabus.skill_domains[lesson.domain]}"
    )
    if lesson.exercise:
        exercise = syllabus.exercises[lesson.exercise]
        facts.append(f"**Then:** the exercise *{exercise.title}* in `my-work/{exercise.id}/`")
    if words:
        facts.append(f"**Words:** each term of the ward and of the data, in the [glossary]({words})")
    return "**You will be able to**\n\n" + "\n".join(can) + "\n\n" + "  \n".join(facts)


def exercise_card(exercise: Exercise, items: list[Item]) -> str:
    """Items, points and how to work on an exercise, as Markdown; a diagnostic, which nobody plans, without its items."""
    rows = [
        f"| {i.number}. {i.title} | {i.points} | {', '.join(sorted({c.objective for c in i.cells}))} |"
        for i in items
    ]
    written = sum(cell.points for item in items for cell in item.cells if cell.kind == "written")
    total = sum(item.points for item in items)
    if exercise.diagnostic:
        return (
            f"**{total} points; about {exercise.minutes} minutes.** Write where a cell says `Your answer goes here` and "
            "leave the test cells as they are. The tests that you see say whether an answer is well formed; hidden tests "
            f"compare it with the right one. **Validate** runs the first kind; `python3 start.py grade {exercise.id}` in a "
            "terminal runs both and says which lesson to take next."
        )
    by_hand = f", {written} of them given by a person who reads your text" if written else ""
    return "\n".join(
        [
            "| Item | Points | Objective |",
            "|:---|---:|:---|",
            *rows,
            "",
            f"**{total} points{by_hand}; about {exercise.minutes} minutes.** Write where a cell says "
            "`Your answer goes here` and leave the test cells as they are. The tests that you see say whether an "
            "answer is well formed; hidden tests then try it on data that you have not seen. **Validate** runs the "
            f"first kind; `python3 start.py grade {exercise.id}` in a terminal runs both and says what to read again.",
        ]
    )
