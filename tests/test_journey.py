"""The journey: right points, one picture in words and shapes, worked solutions, a portfolio without the person."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import itertools
import json
import os
import re
import shutil
import socket
import sys
import types
import xml.etree.ElementTree as ET
from datetime import date, datetime
from pathlib import Path

import nbformat
import pytest
from fixtures import pages as reader
from fixtures import ward_course
from fixtures.learner import Learner, copy_of, make
from fixtures.ward_course import EXERCISE, RIGHT
from typer.testing import CliRunner

from curriculum import cli, grading, workspace
from curriculum import journey as in_notebook
from curriculum import syllabus as course_map
from curriculum.grading.reports import pages
from curriculum.journey import (
    after,
    history,
    nextsteps,
    notebook,
    picture,
    portfolio,
    progress,
    prose,
    standing,
    web,
    worked,
)
from curriculum.journey.standing import Points

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12, 0)
WRONG = {
    "q1_mean": "def mean_known(values):\n    # <script>alert(1)</script>\n    return sum(values) / len(values)"
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Learner:
    """Somebody who has not begun; made once, because nbgrader takes its time."""
    return make(tmp_path_factory.mktemp("bare"))


@pytest.fixture(scope="module")
def graded(bare: Learner, tmp_path_factory: pytest.TempPathFactory) -> Learner:
    """Somebody who graded twice: all right, then with one wrong answer and one left out. Tests only read it."""
    learner = copy_of(bare, tmp_path_factory.mktemp("Zora Quill's course") / "course")
    learner.grade()
    learner.grade({**WRONG, "q2_fevers": _blank(learner, "q2_fevers")})
    return learner


@pytest.fixture
def own(graded: Learner, tmp_path: Path) -> Learner:
    """A copy of that learner that a test may change."""
    return copy_of(graded, tmp_path / "course")


@pytest.fixture
def new(bare: Learner, tmp_path: Path) -> Learner:
    """Somebody who has not graded anything."""
    made = copy_of(bare, tmp_path / "course")
    shutil.rmtree(made.root / ".grading")
    return made


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch):
    """`commands(learner, "progress")`: the command line on a learner's course."""

    def run(learner: Learner, *words: str):
        monkeypatch.setattr(cli, "_root", lambda: learner.root)
        monkeypatch.setattr(course_map, "load", lambda root=None: learner.syllabus)
        return CliRunner().invoke(cli.app, list(words))

    return run


def _blank(learner: Learner, name: str) -> str:
    return ward_course.cell(learner.ward.released, name).source


# ---- points


def test_the_latest_grading_counts_and_the_best_is_named(graded):
    work = graded.work()
    # q1: 1 of 3 (form), q2: 0 of 2, q3: 1 of 1; q4 waits with 3
    assert work.points == Points(2.0, 3.0, 9.0)
    assert [g.earned for g in work.gradings] == [6.0, 2.0]
    assert work.best == work.gradings[0]
    assert work.words.startswith("2 of 9 points, 3 more wait for a person (your best: 6, on ")
    assert graded.stands().points == Points(2.0, 3.0, 9.0)


def test_points_go_to_responsibilities_and_competencies_written_ones_as_waiting(graded):
    where = graded.stands()
    assert {h.id: h.points for h in where.responsibilities} == {"R1": Points(2, 0, 6), "R4": Points(0, 3, 3)}
    assert {h.id: h.points for h in where.competencies} == {
        "python": Points(2, 0, 6),
        "ethics": Points(0, 3, 5),
    }


def test_written_work_that_a_person_has_read_is_earned(own):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{(own.root / '.grading' / EXERCISE / 'gradebook.db').as_posix()}") as book:
        grade = book.find_grade("q4_note", EXERCISE, EXERCISE, grading.STUDENT)
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.db.commit()
    assert own.work().points == Points(4.0, 0.0, 9.0)
    (note,) = [e for e in portfolio.evidence(own.stands()) if e.objective.id == "12.5"]
    assert note.how == "a person who read the written part"
    assert "entered in my own gradebook" in portfolio.page(own.stands(), DAY)


def test_before_anything_is_graded_every_point_is_still_to_earn(new):
    where = new.stands()
    assert where.points == Points(0.0, 0.0, 9.0) and where.graded == []
    assert where.works[EXERCISE].words == "not graded yet"


def test_a_gradebook_that_is_lost_or_damaged_says_what_was_noted(own):
    (own.root / ".grading" / EXERCISE / "gradebook.db").write_bytes(b"garbage" * 1000)
    assert own.work().words.startswith("not graded in this version (2 points on ")
    shutil.rmtree(own.root / ".grading" / EXERCISE)
    assert own.work().words.startswith("not graded in this version (2 points on ")
    (own.root / ".grading/history.jsonl").write_bytes(b'\xff\n{ half\n[]\n{"exercise": 3}\n')
    assert own.work().words == "not graded yet"


def test_an_exercise_that_changed_after_grading_is_to_be_graded_again(own):
    assert not own.work().changed
    data = own.root / "exercises/source" / EXERCISE / "data/temperatures.csv"
    data.write_text(data.read_text() + "40.1\n")
    assert own.work().changed
    assert any(step.what == f"Grade {EXERCISE} again" for step in nextsteps.steps(own.stands()))


def test_what_was_graded_is_kept_byte_for_byte(graded):
    latest = graded.work().latest
    data = graded.ward.mine.read_bytes()
    assert latest.sha256 == hashlib.sha256(data).hexdigest() and latest.version == "7.1"
    assert history.kept(graded.root, latest) == data
    assert history.kept(graded.root, graded.work().gradings[0]) is None  # of an older one only the points


def test_a_file_that_changes_while_it_is_read_gets_no_checksum(own, monkeypatch):
    from curriculum.grading import reading

    real = reading.read

    def saved_meanwhile(path, fresh):
        found = real(path, fresh)
        path.write_bytes(path.read_bytes() + b"\n")
        return found

    monkeypatch.setattr(reading, "read", saved_meanwhile)
    own.grade()
    assert own.work().latest.sha256 == ""


def test_nothing_of_the_journey_can_cost_the_grading(own, monkeypatch):
    def broken(*_, **__):
        raise OSError("full")

    monkeypatch.setattr(history, "note", broken)
    monkeypatch.setattr(worked, "write", broken)
    monkeypatch.setattr(progress, "write", broken)
    report = own.grade()
    assert not report.problem and report.earned == 6
    assert after.all_graded(own.root) == ""


def test_the_student_of_a_hub_grades_as_everybody(own, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", "visitor-abc123")
    monkeypatch.setenv("NB_USER", "jovyan")
    assert own.grade().earned == 6
    assert own.work().points.earned == 6


# ---- what to do next


def advised(monkeypatch, bridges=(), error=None, undecided=()):
    """Put a diagnostic in place that advises these bridges."""
    module = types.ModuleType("curriculum.diagnostic")
    seen = []

    def of_tests(syllabus, tests):
        if error:
            raise error
        seen.append({test.id: test.earned for test in tests})
        text, questions = "You read code well.", "question 3" if undecided else ""
        return types.SimpleNamespace(bridges=bridges, text=text, undecided=undecided, questions=questions)

    module.of_tests = of_tests
    monkeypatch.setitem(sys.modules, "curriculum.diagnostic", module)
    monkeypatch.setattr("curriculum.diagnostic", module, raising=False)
    return seen


def with_diagnostic(where: standing.Standing, done=("00_start_here",)) -> standing.Standing:
    """The same standing, with exercises 00 to 02 there, and those in `done` graded as the ward round was."""
    like = where.works[EXERCISE]
    full = [
        dataclasses.replace(
            item,
            tests=tuple(
                dataclasses.replace(t, state=grading.State.EARNED, earned=t.possible, written=False)
                for t in item.tests
            ),
        )
        for item in like.result.items
    ]
    result = dataclasses.replace(like.result, items=tuple(full), waits=frozenset())
    extra = {
        name: dataclasses.replace(like, exercise=name, gradings=(), result=result if name in done else None)
        for name in ("00_start_here", "01_python", "02_clinic")
    }
    return dataclasses.replace(where, works={**extra, **where.works})


def test_a_beginner_is_told_to_open_the_start_page(new):
    first, second = nextsteps.steps(new.stands())
    assert first.what == "Open notebooks/00_start_here.ipynb" and first.why
    assert second.what == "Lesson 12: Question 12?" and second.command.endswith(f"grade {EXERCISE}")
    assert f"my-work/{EXERCISE}/{EXERCISE}.ipynb" in second.why and "notebooks/10_about.ipynb" in second.why


def test_the_diagnostic_comes_first_while_it_is_not_graded(graded, monkeypatch):
    advised(monkeypatch, ("01_python",))
    where = with_diagnostic(graded.stands(), done=())
    step = nextsteps.steps(where)[0]
    assert step.what.startswith("Lesson 00") and "both or neither comes first" in step.why
    nobody = dataclasses.replace(
        where, works={n: dataclasses.replace(w, result=None) for n, w in where.works.items()}
    )
    assert [s.what for s in nextsteps.steps(nobody)] == ["Lesson 00: Question 00?"]  # and not twice


def test_the_diagnostics_advice_decides_on_the_bridges(graded, monkeypatch):
    seen = advised(monkeypatch, ("02_clinic",))
    step = nextsteps.steps(with_diagnostic(graded.stands()))[0]
    assert step.what == "Lesson 02: Question 02?" and step.why.startswith("You read code well. The lesson is")
    assert seen[0]["q1_new"] == 2
    advised(monkeypatch, ())
    step = nextsteps.steps(with_diagnostic(graded.stands()))[0]
    assert step.what == "Lesson 12: Question 12?"


def test_an_answer_that_could_not_be_read_is_mended_before_anything_else_when_the_advice_hangs_on_it(
    graded, monkeypatch
):
    advised(monkeypatch, undecided=("01_python",))
    step = nextsteps.steps(with_diagnostic(graded.stands()))[0]
    assert step.what == "Mend what you wrote for question 3, and grade 00_start_here again"
    assert step.why.startswith("You read code well.") and "my-work/00_start_here/" in step.why
    assert step.command.endswith("grade 00_start_here")


def test_questions_of_the_diagnostic_that_nobody_answered_do_not_hold_the_learner_back(graded, monkeypatch):
    """They count as not known, and the advice says so: the next thing is what it advises."""
    advised(monkeypatch, ())
    where = with_diagnostic(graded.stands())
    like = where.works[EXERCISE]
    open_questions = dataclasses.replace(like, exercise="00_start_here")
    assert open_questions.blank
    where = dataclasses.replace(where, works={**where.works, "00_start_here": open_questions})
    assert nextsteps.steps(where)[0].what == "Lesson 12: Question 12?"
    beginner = dataclasses.replace(like, result=None)
    where = dataclasses.replace(where, works={**where.works, EXERCISE: beginner})
    assert nextsteps.steps(where)[0].why.startswith("You read code well.")


@pytest.mark.parametrize("state", ["absent", "broken"])
def test_without_the_diagnostics_advice_the_order_of_the_course_counts(graded, monkeypatch, state):
    if state == "absent":
        monkeypatch.setitem(sys.modules, "curriculum.diagnostic", None)
    else:
        advised(monkeypatch, error=ValueError("odd"))
    assert nextsteps.steps(with_diagnostic(graded.stands()))[0].what == "Lesson 01: Question 01?"


def test_an_unanswered_item_a_wrong_one_and_a_written_one_are_named(graded):
    steps = nextsteps.steps(graded.stands())
    assert steps[0].what == "Lesson 12: Question 12?" and "How many have a fever" in steps[0].why
    assert [s.what for s in steps[1:]] == [
        "Read again: Lesson 12, the first half",
        "Let somebody read what you wrote in wa",
    ]
    assert steps[2].command.endswith(f"solution {EXERCISE}") and steps[2].why.startswith("3 points")


def test_when_all_is_done_the_portfolio_is_next(own):
    own.grade()
    step = nextsteps.steps(own.stands())[0]
    assert step.command.endswith("start.py portfolio")


def test_a_new_version_that_lies_beside_is_named(own):
    release = own.root / "exercises/release" / EXERCISE / "data/temperatures.csv"
    workspace.prepare(own.root)
    release.write_text("temperature\n40\n")
    workspace.prepare(own.root)
    step = next(s for s in nextsteps.steps(own.stands()) if "new version" in s.what)
    assert f"my-work/{EXERCISE}-new" in step.why and step.command.endswith(f"fresh {EXERCISE}")


# ---- the picture


def drawn(learner: Learner, mark: str = "") -> ET.Element:
    return ET.fromstring(picture.draw(learner.stands(), mark))


def said(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def test_the_picture_says_points_in_words_and_in_heights(graded):
    svg = drawn(graded)
    assert said(svg)[0] == "Your course map: 2 of 9 points earned, 3 wait for a person"
    assert {"12 · 2 of 9", "3 wait for a person", "91 · planned", "10 · no exercise", "2 of 6"} <= set(
        said(svg)
    )
    gauges = [
        (round(float(r.get("height")), 1), "url(" in r.get("style", ""))
        for r in svg.iter(f"{SVG}rect")
        if r.get("width") == f"{picture.GAUGE:.1f}"
    ]
    assert gauges == [(round(96 * 2 / 9, 1), False), (round(96 * 3 / 9, 1), True)]
    dashed = [r for r in svg.iter(f"{SVG}rect") if r.get("stroke-dasharray")]
    assert len(dashed) == 2  # the key, and the planned lesson


def test_the_picture_has_a_text_alternative_that_says_the_same(graded):
    svg = drawn(graded)
    assert svg.get("role") == "img"
    title, desc = (svg.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (title.get("id"), desc.get("id"))
    for words in (
        "Lesson 12, Question 12? 2 of 9 points, 3 more wait for a person",
        "Lesson 10, Question 10? no exercise.",
        "Responsibility Communication: 0 of 3 points, 3 more wait",
        "Competency Python: 2 of 6 points.",
        "Planned: lessons 91.",
    ):
        assert words in desc.text


def test_two_pictures_on_a_page_share_no_ids(graded):
    ids = [{e.get("id") for e in drawn(graded, mark).iter() if e.get("id")} for mark in ("-a", "-b")]
    assert len(ids[0]) == 3 and not ids[0] & ids[1]


def test_no_word_of_the_real_map_leaves_its_box():
    """Wide letters (0.55 em on average for DejaVu Sans in regular) still fit; a box holds at most five lines."""
    syllabus = course_map.load(ROOT)
    svg = ET.fromstring(picture.draw(standing.read(ROOT, syllabus)))
    texts = [
        (float(t.get("x")), float(t.get("y")), t.text or "", t.get("class")) for t in svg.iter(f"{SVG}text")
    ]
    boxes = [
        tuple(float(r.get(k)) for k in ("x", "y", "width", "height"))
        for r in svg.iter(f"{SVG}rect")
        if r.get("width") == f"{picture.BOX_WIDTH:.1f}"
    ]
    assert len(boxes) == len(syllabus.lessons)
    for x, y, width, height in boxes:
        lines = [t for t in texts if x <= t[0] <= x + width and y <= t[1] <= y + height]
        assert 2 <= len(lines) <= 5, lines
        tops = sorted(t[1] for t in lines)
        assert all(b - a >= 14 for a, b in itertools.pairwise(tops)), lines
        for left, _, text, kind in lines:
            assert left + len(text) * 14 * (0.62 if kind == "strong" else 0.56) <= x + width + 4, text


def test_the_colours_of_the_picture_can_be_told_apart_in_light_and_dark():
    style = (web.TEMPLATES / "journey.css").read_text(encoding="utf-8")
    light, dark = re.findall(
        r"--map-ink: (#[0-9a-f]{6}); .*?--map-line: (#[0-9a-f]{6});", style.replace("var(--muted); ", "")
    )[:2]
    assert reader.contrast(light[0], "#ffffff") >= 4.5 and reader.contrast(light[1], "#ffffff") >= 3
    assert reader.contrast(dark[0], "#15181b") >= 4.5 and reader.contrast(dark[1], "#15181b") >= 3


# ---- the pages


def test_the_progress_page_is_built_for_everybody(graded, new):
    for learner in (graded, new):
        page = progress.page(learner.stands(), NOON)
        assert reader.faults(page) == []
    rows = {
        row["Lesson"][:2]: row
        for row in reader.table(progress.page(graded.stands(), NOON), "Points and state")
    }
    assert rows["12"]["Points"] == "2 of 9" and rows["12"]["State"] == "not all answered"
    for words in (
        "3 points wait for a person.",
        "Your best: 6 points, on",
        "2 times in all",
        "Not answered: How many",
    ):
        assert words in rows["12"]["What to know"]
    assert rows["10"]["State"] == "no exercise"


def test_the_page_of_a_beginner_is_friendly_and_says_what_to_do(new):
    page = reader.read(progress.page(new.stands(), NOON)).text()
    assert "Nothing is graded yet: that is how everybody starts." in page
    assert "Open notebooks/00_start_here.ipynb" in page and "12 Question 12? 9 to earn" in page


def test_links_of_the_progress_page_lead_to_pages_that_are_there(graded):
    page = progress.write(graded.stands())
    ways = [a.attrs["href"] for a in reader.read(page.read_text(encoding="utf-8")).all("a")]
    files = [way for way in ways if not way.startswith("#")]
    assert f"feedback/{EXERCISE}.html" in files and f"feedback/{EXERCISE}-worked.html" in files
    assert all((page.parent / way).is_file() for way in files)


def test_a_page_that_cannot_be_written_leaves_the_old_one(own, monkeypatch, commands):
    page = progress.write(own.stands())
    before = page.read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    done = commands(own, "progress")
    assert done.exit_code == 2 and "cannot be written (No space left on device)" in done.output
    assert page.read_bytes() == before and not list(page.parent.glob(".*.part"))


def test_the_command_prints_what_the_page_says(graded, new, commands):
    done = commands(graded, "progress")
    assert done.exit_code == 0, done.output
    for words in (
        "2 of 9 points, 3 more wait for a person.",
        "By responsibility",
        "Python",
        "What to do next",
    ):
        assert words in done.output
    assert max(map(len, done.output.splitlines())) <= 80
    done = commands(new, "progress")
    assert done.exit_code == 0 and "Nothing is graded yet" in done.output
    assert (new.root / "my-work/progress.html").is_file()


def test_grading_says_where_the_progress_is(own, monkeypatch, capsys):
    monkeypatch.setattr(course_map, "load", lambda root=None: own.syllabus)
    assert grading.run(own.root, [EXERCISE]) == 0
    assert "Your progress, and what to do next: my-work/progress.html" in capsys.readouterr().out
    assert (own.root / "my-work/progress.html").is_file()


# ---- the worked solution


def test_it_stays_closed_until_something_was_graded(new, commands):
    done = commands(new, "solution", EXERCISE)
    assert done.exit_code == 2 and "has not been graded yet" in done.output and "--anyway" in done.output
    assert not (new.root / "my-work/feedback").exists()
    done = commands(new, "solution", EXERCISE, "--anyway")
    assert done.exit_code == 0, done.output
    page = (new.root / f"my-work/feedback/{EXERCISE}-worked.html").read_text(encoding="utf-8")
    assert "No notebook of yours was found" in page and reader.faults(page) == []
    workspace.prepare(new.root)
    commands(new, "solution", EXERCISE, "--anyway")
    page = (new.root / f"my-work/feedback/{EXERCISE}-worked.html").read_text(encoding="utf-8")
    assert "Your answers are those of your file as it is now." in page and "Not answered." in page


def test_grading_puts_it_beside_the_feedback_page(graded):
    feedback = graded.ward.page()
    assert feedback.count(f'href="{EXERCISE}-worked.html"') == 1
    page = (graded.root / f"my-work/feedback/{EXERCISE}-worked.html").read_text(encoding="utf-8")
    assert reader.faults(page) == []
    text = reader.read(page).text()
    assert "2 of 9 points" in text and "those of the copy that was graded" in text
    assert RIGHT["q3_highest"] in text  # theirs
    assert "highest = max(value for value in temperatures if value != 99)" in text  # ours
    assert "99 stands for no measurement" in text  # the message of a hidden test, which the learner was told
    rows = reader.table(page, "What the tests of item 4")
    assert rows[0]["Points"] == "3 wait" and rows[0]["State"] == "needs a person"


def test_what_a_learner_wrote_is_shown_as_text(graded):
    page = (graded.root / f"my-work/feedback/{EXERCISE}-worked.html").read_text(encoding="utf-8")
    assert "<script>" not in page and "&lt;script&gt;alert(1)" in page
    made = str(
        prose.html('<img src=x onerror="x()"> [a](javascript:alert(1)) ![b](https://example.org/p.png)', "T")
    )
    assert not re.search(r"<img|<a |href", made) and "&lt;img" in made


def test_answers_that_changed_since_are_said(own):
    text = (own.root / f"my-work/feedback/{EXERCISE}-worked.html").read_text(encoding="utf-8")
    assert "Since then you have changed" not in text
    nbformat.write(own.ward.notebook({**WRONG, "q3_highest": "highest = 40.0"}), own.ward.mine)
    page = worked.write(own.root, EXERCISE, own.syllabus).read_text(encoding="utf-8")
    assert "Since then you have changed q2_fevers, q3_highest" in page and "highest = 40.0" not in page


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "exercises/source").iterdir() if p.is_dir()))
def test_no_hidden_test_of_any_exercise_is_on_its_page(name, tmp_path):
    """Every line that stands only in tests is looked for; and each solution is still Python."""
    source = ROOT / "exercises/source" / name / f"{name}.ipynb"
    (tmp_path / "exercises/source" / name).mkdir(parents=True)
    shutil.copy(source, tmp_path / "exercises/source" / name)
    page = worked.write(tmp_path, name, None, anyway=True).read_text(encoding="utf-8")
    assert reader.faults(page) == []
    text = "".join(reader.read(page).text().split())
    layout = nbformat.read(source, as_version=4)
    hidden, open_lines, solutions = [], "", 0
    for cell in layout.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            for block in re.findall(r"### BEGIN HIDDEN TESTS(.*?)### END HIDDEN TESTS", cell.source, re.S):
                hidden += [line for line in block.splitlines() if len(line.split()) > 3]
        else:
            open_lines += "".join(cell.source.split())
        if marks.get("solution") and cell.cell_type == "code":
            ast.parse(worked.clean(cell.source))
            assert "".join(worked.clean(cell.source).split()) in text
            solutions += 1
    assert solutions and len(hidden) > 10
    only = [line for line in hidden if "".join(line.split()) not in open_lines]
    assert [line for line in only if "".join(line.split()) in text] == []
    assert "HIDDENTESTS" not in text and "###BEGIN" not in text


# ---- the portfolio


def test_it_names_what_was_shown_and_how_to_check_it(own):
    page_file, handed = portfolio.write(own.stands())
    page = page_file.read_text(encoding="utf-8")
    assert reader.faults(page) == []
    copy = own.root / "my-work/portfolio" / f"{EXERCISE}.ipynb"
    assert handed == [copy.name] and copy.read_bytes() == own.ward.mine.read_bytes()
    digest = hashlib.sha256(copy.read_bytes()).hexdigest()
    assert reader.table(page, "The notebooks that were graded")[0]["SHA-256"] == digest
    row = reader.table(page, "Latest grading")[0]
    assert row["Points"] == "2 of 9 3 wait for a person" and row["Course version"] == "7.1"
    assert row["Graded on"] == own.work().latest.day
    shown = {r["Objective"]: r for r in reader.table(page, "What these exercises ask")}
    assert shown["Find codes."]["Points"] == "1 of 3" and shown["Find codes."]["Points given by"] == "tests"
    assert "Count." not in shown  # nothing was earned there
    text = reader.read(page).text()
    for words in (
        "It is no certificate",
        "The written parts (3 points) were read by nobody yet",
        f"grade {EXERCISE}",
    ):
        assert words in text


def test_the_checksum_is_that_of_what_was_graded_not_of_todays_file(own):
    before = own.ward.mine.read_bytes()
    own.ward.mine.write_bytes(before + b"\n")
    portfolio.write(own.stands())
    assert (own.root / "my-work/portfolio" / f"{EXERCISE}.ipynb").read_bytes() == before


def test_nobody_is_on_the_page_and_nothing_leaves_the_machine(own, monkeypatch):
    secrets = {
        "USER": "zquill",
        "LOGNAME": "zquill",
        "USERNAME": "zquill",
        "HOME": "/home/zquill",
        "USERPROFILE": "C:\\Users\\zquill",
        "HOSTNAME": "ward-laptop-77",
        "COMPUTERNAME": "ward-laptop-77",
        "JUPYTERHUB_USER": "zquill-hub",
        "EMAIL": "zquill@example.org",
        "GIT_AUTHOR_NAME": "Zora Quill",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(socket, "gethostname", lambda: "ward-laptop-77")
    own.grade({"q4_note": "I am Zora Quill, zquill@example.org.", "q3_highest": "highest = 1 / 0"})

    def no_network(*_, **__):
        raise AssertionError("something wants to reach the network")

    with monkeypatch.context() as cut:
        cut.setattr(socket, "socket", no_network)
        cut.setattr(socket, "create_connection", no_network)
        cut.setattr(socket, "getaddrinfo", no_network)
        page = portfolio.write(own.stands())[0].read_text(encoding="utf-8")
    for word in (
        "zquill",
        "Quill",
        "ward-laptop",
        str(own.root),
        own.root.parent.name,
        "/home",
        "/tmp",
        "C:\\",
        "@",
    ):
        assert word.lower() not in re.sub(r"<style>.*?</style>", "", page, flags=re.S).lower(), word
    assert socket.gethostname() == "ward-laptop-77"


def test_a_name_is_there_only_when_it_is_given(own, commands):
    page = own.root / "my-work/portfolio.html"
    done = commands(own, "portfolio", "--name", "Ana <b>Ng</b>\u202e\n")
    assert done.exit_code == 0, done.output
    assert "It holds your name" in done.output and "Look through" in done.output
    assert "What I have shown: Ana &lt;b&gt;Ng&lt;/b&gt;</h1>" in page.read_text(encoding="utf-8")
    assert "holds no name" in commands(own, "portfolio").output
    assert "<h1>What I have shown</h1>" in page.read_text(encoding="utf-8")


def test_without_a_grading_there_is_nothing_to_show(new, commands):
    done = commands(new, "portfolio")
    assert done.exit_code == 2 and "Nothing is graded yet" in done.output
    assert not (new.root / "my-work/portfolio.html").exists()


def test_every_page_is_escaped_by_one_environment():
    assert pages.environment(web.TEMPLATES).autoescape is True


# ---- in a notebook


@pytest.fixture
def shown(monkeypatch):
    """What a cell displays."""
    import IPython.display

    seen: list[dict] = []
    monkeypatch.setattr(IPython.display, "display", lambda what, **_: seen.append(what))
    return seen


@pytest.fixture
def inside(own, monkeypatch):
    """A notebook of the learner's course runs in its folder."""
    (own.root / "authoring").mkdir()
    (own.root / "syllabus.yml").write_text("x", encoding="utf-8")
    (own.root / "notebooks").mkdir()
    monkeypatch.chdir(own.root / "notebooks")
    monkeypatch.setattr(course_map, "load", lambda root=None: own.syllabus)
    return own


def test_show_map_draws_and_refreshes_the_page(inside, shown):
    (inside.root / "my-work/progress.html").unlink(missing_ok=True)
    in_notebook.show_map()
    (made,) = shown
    assert "<svg" in made["text/html"] and 'href="../my-work/progress.html"' in made["text/html"]
    assert f'href="../my-work/feedback/{EXERCISE}-worked.html"' in made["text/html"]
    assert made["text/html"].index("Next: ") < made["text/html"].index("<svg"), (
        "the map is longer than a screen"
    )
    assert f'href="../my-work/{EXERCISE}/{EXERCISE}.ipynb">' in made["text/html"]
    assert 'href="../notebooks' not in made["text/html"], "a lesson that is not there has a link"
    assert "By responsibility" in made["text/html"]
    assert "Lesson 12, Question 12? 2 of 9 points" in made["text/plain"]
    assert "2 of 9" in (inside.root / "my-work/progress.html").read_text(encoding="utf-8")


def test_show_map_leaves_nothing_where_nothing_was_handed_out(inside, shown):
    shutil.rmtree(inside.root / "my-work")
    shutil.rmtree(inside.root / ".grading")
    in_notebook.show_map()
    assert (
        "not graded yet" in shown[0]["text/plain"] and "Open notebooks/00_start_here" in shown[0]["text/html"]
    )
    assert "By responsibility" not in shown[0]["text/html"], "bars of which each says 0"
    assert not (inside.root / "my-work").exists() and not (inside.root / ".grading").exists()


@pytest.mark.parametrize("fault", ["no course", "bad syllabus", "odd standing"])
def test_show_map_never_stops_a_notebook(inside, shown, monkeypatch, capsys, fault):
    def broken(*_, **__):
        raise {"no course": FileNotFoundError, "bad syllabus": course_map.SyllabusError}.get(
            fault, RuntimeError
        )([] if fault == "bad syllabus" else "odd")

    monkeypatch.setattr(
        standing if fault == "odd standing" else course_map,
        "read" if fault == "odd standing" else "load",
        broken,
    )
    in_notebook.show_map()
    assert shown == [] and "Your course map cannot be drawn" in capsys.readouterr().out


def test_grade_myself_grades_the_saved_file(inside, shown, capsys, monkeypatch):
    """In a process of its own, without what ties it to the kernel."""
    monkeypatch.setenv("JPY_PARENT_PID", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    before = len(inside.work().gradings)
    in_notebook.grade_myself(EXERCISE)
    out = capsys.readouterr().out
    assert f"{EXERCISE}.ipynb was last saved at" in out and f"{EXERCISE}: 2 of 9 points" in out, out
    assert len(inside.work().gradings) == before + 1
    assert f"../my-work/feedback/{EXERCISE}.html" in shown[0].data
    assert "JPY_PARENT_PID" not in notebook._environment()


def test_grade_myself_never_starts_over_without_end(inside, monkeypatch, capsys):
    ran = []
    monkeypatch.setattr(notebook.subprocess, "run", lambda *_, **__: ran.append(1))
    monkeypatch.setenv(notebook.RUNNING, "1")
    in_notebook.grade_myself(EXERCISE)
    monkeypatch.delenv(notebook.RUNNING)
    mine = inside.ward.mine
    mine.write_bytes(mine.read_bytes().replace(b"take", b"grade_myself()", 1) + b"\n# grade_myself")
    in_notebook.grade_myself(EXERCISE)
    in_notebook.grade_myself("../../etc")
    mine.unlink()
    in_notebook.grade_myself(EXERCISE)
    out = capsys.readouterr().out
    assert ran == []
    for words in (
        "being graded just now",
        "calls grade_myself itself",
        "There is no exercise called etc",
        "is not there",
    ):
        assert words in out


# ---- Windows, Binder


def test_commands_are_called_as_the_system_calls_python(new, monkeypatch, commands):
    assert ("py start.py" if os.name == "nt" else "python3 start.py") == workspace.START
    for module in (nextsteps, worked):
        monkeypatch.setattr(module, "START", "py start.py")
    done = commands(new, "progress")
    assert f"py start.py grade {EXERCISE}" in done.output and "python3" not in done.output
    assert f"py start.py solution {EXERCISE} --anyway" in commands(new, "solution", EXERCISE).output


def test_pages_and_history_are_utf8_with_plain_line_ends(own, monkeypatch):
    """Whatever the system's own encoding is: nothing is written or read with it."""
    import builtins
    import io

    real = io.open

    def strict(file, mode="r", buffering=-1, encoding=None, *more, **named):
        assert "b" in mode or encoding not in (None, "locale") or not isinstance(file, str | Path), (
            f"{file} is opened without an encoding"
        )
        return real(file, mode, buffering, encoding, *more, **named)

    where = own.stands()
    monkeypatch.setattr(io, "open", strict)
    monkeypatch.setattr(builtins, "open", strict)
    made = [
        progress.write(where),
        portfolio.write(where, "Søren")[0],
        worked.write(own.root, EXERCISE, own.syllabus),
    ]
    history.note(own.root, own.work().latest, b"{}")
    monkeypatch.undo()
    for path in (*made, own.root / ".grading/history.jsonl"):
        assert b"\r\n" not in path.read_bytes()
        path.read_text(encoding="utf-8")
    assert json.loads((own.root / ".grading/history.jsonl").read_text(encoding="utf-8").splitlines()[-1])
