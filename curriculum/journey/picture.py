"""The course map with a learner's own points on it: one picture (SVG), and the same in words.

Each lesson's box has a gauge at its left edge that fills from below: solid for points that are earned, striped for
those that wait for a person, empty for those still to be earned. Words in the box say the same.
"""

from __future__ import annotations

import textwrap
from html import escape

from curriculum.coursemap import BOX_WIDTH, MARGIN, WIDTH, boxes, label
from curriculum.journey.standing import Heading, Points, Standing, number
from curriculum.syllabus import Lesson

# Geometry, in pixels.
BOX_HEIGHT, GAUGE = 96, 16
TITLE_COLUMNS, TITLE_LINES = 21, 3
BAR_LEFT, BAR_WIDTH, BAR_HEIGHT, BAR_STEP = 415, 290, 16, 28

# A page may set these variables (in the dark, say); a notebook gets the colours behind the comma.
COLOURS = {
    "paper": "var(--map-paper, #ffffff)",
    "ink": "var(--map-ink, #12355b)",
    "muted": "var(--map-muted, #4a525a)",
    "line": "var(--map-line, #6f7a86)",
}


def draw(standing: Standing, mark: str = "", bars: bool = True) -> str:
    """The picture as SVG text.

    Parameters
    ----------
    standing : Standing
        What was earned.
    mark : str, optional
        Is added to the ids in the picture, so that two pictures on one page do not share them.
    bars : bool, optional
        Whether the points by responsibility and by competency stand below the map.
    """
    parts, y = _modules(standing, mark, 96)
    below = (
        ("By responsibility", standing.responsibilities),
        ("By competency (a point can count for several)", standing.competencies),
    )
    for title, headings in below if bars else ():
        y += 18
        parts.append(_text(MARGIN, y + 12, title, "head"))
        y += 28
        for heading in headings:
            parts.append(_bar(heading, y, mark))
            y += BAR_STEP
    y += 6
    names = f'aria-labelledby="map-title{mark}" aria-describedby="map-text{mark}"'
    styles = {
        "head": f"font-size:17px;font-weight:bold;fill:{COLOURS['ink']}",
        "big": f"font-size:20px;font-weight:bold;fill:{COLOURS['ink']}",
        "module": f"font-size:15px;font-weight:bold;fill:{COLOURS['ink']}",
        "strong": f"font-size:14px;font-weight:bold;fill:{COLOURS['ink']}",
        "plain": f"font-size:14px;fill:{COLOURS['ink']}",
        "quiet": f"font-size:14px;fill:{COLOURS['muted']}",
    }
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" '
            f'role="img" {names} class="progress-map" font-family="system-ui, Helvetica, Arial, sans-serif" '
            'style="max-width:100%;height:auto">',
            f'<title id="map-title{mark}">{escape(title_of(standing))}</title>',
            f'<desc id="map-text{mark}">{escape(" ".join(in_words(standing)))}</desc>',
            "<style>",
            *(f".progress-map .{name}{{{style}}}" for name, style in styles.items()),
            ".progress-map rect,.progress-map text{forced-color-adjust:auto}",
            "</style>",
            f'<defs><pattern id="waits{mark}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="2.4" height="6" style="fill:{COLOURS["ink"]}"/></pattern></defs>',
            f'<rect width="{WIDTH}" height="{y}" style="fill:{COLOURS["paper"]}"/>',
            _text(MARGIN, 36, title_of(standing), "big"),
            _key(56, mark),
            *parts,
            "</svg>",
        ]
    )


def title_of(standing: Standing) -> str:
    """What the picture says, in a line."""
    points = standing.points
    said = f"Your course map: {number(points.earned)} of {number(points.possible)} points earned"
    return f"{said}, {number(points.waiting)} wait for a person" if points.waiting else said


def in_words(standing: Standing) -> list[str]:
    """The picture in sentences: one for each lesson that is there, each responsibility and each competency."""
    told = []
    planned = []
    for lesson in standing.syllabus.lessons.values():
        if lesson.planned:
            planned.append(lesson.number)
            continue
        work = standing.work(lesson)
        told.append(f"Lesson {lesson.number}, {lesson.title} {work.words if work else 'no exercise'}.")
    rest = []
    for kind, headings in (
        ("Responsibility", standing.responsibilities),
        ("Competency", standing.competencies),
    ):
        for heading in headings:
            if heading.points.possible:
                told.append(f"{kind} {heading.name}: {heading.points.words}.")
            else:
                rest.append(heading.name)
    if planned:
        told.append(f"Planned: lessons {', '.join(planned)}.")
    if rest:
        told.append(f"In no exercise yet: {', '.join(rest)}.")
    return told


def _modules(standing: Standing, mark: str, y: int) -> tuple[list[str], int]:
    parts = []
    for module in standing.syllabus.modules.values():
        for n, line in enumerate(label(module)):
            parts.append(_text(MARGIN, y + 22 + 19 * n, line, "module"))
        places, y = boxes(module, standing.syllabus, y, BOX_HEIGHT)
        parts += [_box(standing, *place, mark) for place in places]
    return parts, y


def _box(standing: Standing, lesson: Lesson, x: float, y: float, mark: str) -> str:
    work = standing.work(lesson)
    dash = ' stroke-dasharray="5 4"' if lesson.planned else ""
    frame = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{BOX_WIDTH:.1f}" height="{BOX_HEIGHT}" '
        f'style="fill:{COLOURS["paper"]};stroke:{COLOURS["line"]}" stroke-width="1.5"{dash}/>'
    )
    if lesson.planned:
        head, foot, left = f"{lesson.number} · planned", "", x + 10
    elif work is None:
        head, foot, left = f"{lesson.number} · no exercise", "", x + 10
    else:
        points = work.points
        head = f"{lesson.number} · {number(points.earned)} of {number(points.possible)}"
        foot = _foot(work)
        left = x + GAUGE + 9
        frame += _gauge(x, y, points, mark)
    columns = TITLE_COLUMNS if left == x + 10 else TITLE_COLUMNS - 1
    wrapped = textwrap.wrap(lesson.title, columns)
    title = wrapped[:TITLE_LINES]
    if len(wrapped) > TITLE_LINES:
        title[-1] = title[-1][: columns - 2].rstrip() + " …"
    quiet = "quiet" if lesson.planned else "plain"
    text = _text(left, y + 18, head, "quiet" if lesson.planned else "strong")
    text += "".join(_text(left, y + 36 + 16.5 * n, line, quiet) for n, line in enumerate(title))
    return frame + text + (_text(left, y + BOX_HEIGHT - 8, foot, "quiet") if foot else "")


def _foot(work) -> str:
    """The line at the foot of a box."""
    points = work.points
    if work.trouble:
        return "no points: see below"
    if not work.graded:
        return "not graded yet"
    if points.waiting:
        return f"{number(points.waiting)} wait for a person"
    if points.earned >= points.possible:
        return "all points"
    return "not all answered" if work.blank else ""


def _gauge(x: float, y: float, points: Points, mark: str) -> str:
    """A column that fills from below: earned solid, waiting striped."""
    whole = points.possible or 1
    earned = BOX_HEIGHT * min(points.earned / whole, 1)
    waiting = min(BOX_HEIGHT * points.waiting / whole, BOX_HEIGHT - earned)
    made = ""
    if earned:
        made += _rect(x, y + BOX_HEIGHT - earned, GAUGE, earned, COLOURS["ink"])
    if waiting:
        made += _rect(x, y + BOX_HEIGHT - earned - waiting, GAUGE, waiting, f"url(#waits{mark})")
    return made + (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{GAUGE}" height="{BOX_HEIGHT}" '
        f'style="fill:none;stroke:{COLOURS["line"]}" stroke-width="1.5"/>'
    )


def _bar(heading: Heading, y: float, mark: str) -> str:
    points = heading.points
    name = heading.name if len(heading.name) <= 52 else heading.name[:51].rstrip() + "…"
    made = _text(MARGIN, y + 13, name, "plain" if points.possible else "quiet")
    earned = BAR_WIDTH * min(points.earned / points.possible, 1) if points.possible else 0
    waiting = BAR_WIDTH * points.waiting / points.possible if points.possible else 0
    if earned:
        made += _rect(BAR_LEFT, y, earned, BAR_HEIGHT, COLOURS["ink"])
    if waiting:
        made += _rect(BAR_LEFT + earned, y, waiting, BAR_HEIGHT, f"url(#waits{mark})")
    dash = "" if points.possible else ' stroke-dasharray="5 4"'
    made += (
        f'<rect x="{BAR_LEFT}" y="{y:.1f}" width="{BAR_WIDTH}" height="{BAR_HEIGHT}" '
        f'style="fill:none;stroke:{COLOURS["line"]}" stroke-width="1.2"{dash}/>'
    )
    said = (
        f"{number(points.earned)} of {number(points.possible)}" if points.possible else "in no exercise yet"
    )
    if points.waiting:
        said += f", {number(points.waiting)} wait for a person"
    return made + _text(BAR_LEFT + BAR_WIDTH + 12, y + 13, said, "strong" if points.possible else "quiet")


def _key(y: float, mark: str) -> str:
    """What the fillings mean."""
    x, made = MARGIN, ""
    for fill, dash, word in (
        (COLOURS["ink"], "", "earned"),
        (f"url(#waits{mark})", "", "waits for a person"),
        ("none", "", "still to earn"),
        ("none", ' stroke-dasharray="5 4"', "planned"),
    ):
        made += (
            f'<rect x="{x}" y="{y}" width="24" height="14" style="fill:{fill};stroke:{COLOURS["line"]}" '
            f'stroke-width="1.2"{dash}/>'
        ) + _text(x + 31, y + 12, word, "plain")
        x += 60 + 8 * len(word)
    return made


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" style="fill:{fill}"/>'


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(text)}</text>'
