"""Report pages: right figures, everybody can read them, and nobody's name or code gets where it should not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fixtures import pages as reader
from fixtures.graded_class import FORMULA, OTHER, PEOPLE, SCRIPT
from fixtures.ward_course import EXERCISE
from typer.testing import CliRunner

from curriculum import cli
from curriculum.grading import reports
from curriculum.grading.record import Course, Outcome, Result, Student
from curriculum.grading.reports import figures, pages
from curriculum.grading.results import Item, Test
from curriculum.grading.wording import State

DAY = date(2026, 11, 25)
STYLE = Path(pages.__file__).with_name("templates") / "style.css"


@pytest.fixture(scope="module")
def course(graded_class):
    return graded_class.read()


@pytest.fixture(scope="module")
def learner_page(course, graded_class):
    ben = next(student for student in course.students if student.id == "ben")
    return pages.learner(course, ben, graded_class.syllabus, DAY, {EXERCISE: "../feedback/ben/x.html"})


@pytest.fixture(scope="module")
def class_page(course, graded_class):
    return pages.of_class(course, graded_class.syllabus, DAY)


@pytest.fixture(scope="module")
def named_page(course, graded_class):
    return pages.of_class(course, graded_class.syllabus, DAY, names=True)


# ---- everybody can read them


@pytest.mark.parametrize("name", ["learner_page", "class_page", "named_page"])
def test_a_page_is_built_for_everybody_and_fetches_nothing(name, request):
    assert reader.faults(request.getfixturevalue(name)) == []


def test_the_rules_find_what_is_wrong():
    """The checker itself: a page that breaks each rule is caught."""
    bad = (
        "<!DOCTYPE html><html><head><title></title><style>a { background: url(x) }</style></head><body>"
        '<h2>A</h2><h4 id="a">B</h4><a href="#nowhere"></a><img src="https://example.org/x.png">'
        '<div tabindex="0" id="a" onclick="x()"><table><tr><th>A</th></tr><tr><td>1</td><td>2</td></tr></table></div>'
        '<span class="state"><span aria-hidden="true">ok</span></span><script></script></body></html>'
    )
    found = "\n".join(reader.faults(bad))
    for words in (
        "the language is not said",
        "no title",
        "do not begin with one h1",
        "h4 follows h2",
        "not one main part",
        "the id a stands twice",
        "does not skip",
        "a link has no text",
        "#nowhere leads nowhere",
        "no caption",
        "no scope",
        "rows of [1, 2] cells",
        "a row has no header",
        "has no name",
        "not said in words",
        "fetches https://example.org/x.png",
        "has onclick",
        "something is run",
        "the style fetches",
    ):
        assert words in found
    with pytest.raises(AssertionError):
        reader.read("<p><b>x</p></b>")


def test_every_colour_can_be_read_in_light_and_in_dark():
    style = STYLE.read_text(encoding="utf-8")
    light, dark = reader.colours(style)
    assert light.keys() == dark.keys() and light != dark
    for colours in (light, dark):
        for ink in ("ink", "muted", "link", "good", "fair", "poor", "plain"):
            for paper in ("paper", "head"):
                ratio = reader.contrast(colours[ink], colours[paper])
                assert ratio >= 4.5, f"{ink} on {paper}: {ratio:.2f}"
        for one, other in (("bar", "track"), ("muted", "paper")):  # parts of a drawing
            assert reader.contrast(colours[one], colours[other]) >= 3
    assert reader.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert "prefers-color-scheme: dark" in style and "@media print" in style


def test_every_state_has_a_sign_and_a_word(class_page, learner_page):
    found = [
        element
        for page in (class_page, learner_page)
        for element in reader.read(page).all("span")
        if element.attrs.get("class", "").startswith("state ")
    ]
    words = {element.text(spoken=True) for element in found}
    assert {
        "graded",
        "needs a person",
        "missing",
        "damaged",
        "not graded",
        "earned",
        "partly",
        "not yet",
    } <= words
    for element in found:
        assert element.text() != element.text(spoken=True)  # a sign for the eye stands beside the word


# ---- what comes from students is text


def test_a_name_is_never_code(learner_page, named_page, course, graded_class):
    escaped = "&lt;script&gt;alert(&#39;boo&#39;)&lt;/script&gt;"
    for page in (learner_page, named_page):
        assert SCRIPT not in page and escaped in page
    nasty = SCRIPT + '"><img src=x onerror=alert(1)>'
    test = Test("q<1>", "12.1", 0, 2, State.NOT_YET, nasty)
    student = Student('"><b>', nasty, "", "", "")
    result = Result(
        student,
        "e<x>",
        Outcome.GRADED,
        2,
        0,
        remarks=(nasty,),
        notes=(nasty,),
        items=(Item(1, nasty, (test,), State.NOT_YET, nasty),),
    )
    small = Course((student,), ("e<x>",), {(student.id, "e<x>"): result}, {"e<x>": result.items})
    for page in (
        pages.learner(small, student, graded_class.syllabus, DAY),
        pages.of_class(small, graded_class.syllabus, DAY),
        pages.of_class(small, None, DAY, names=True),
    ):
        assert "<script" not in page and "<img" not in page and "<b>" not in page
        assert reader.faults(page) == []


def test_a_class_page_has_no_names_unless_asked(class_page, named_page):
    shown = f" {reader.read(class_page).text()} "
    assert f"Student {len(PEOPLE)}" in shown
    for person in PEOPLE.items():
        words = [person[0], *(word for word in person[1] if word)]
        assert [word for word in words if f" {word} " in shown] == []
    text = reader.read(named_page).text()
    for words in ("Ana Ng", FORMULA, SCRIPT, "+gus"):
        assert words in text


# ---- one learner


def test_a_learner_sees_items_states_messages_and_what_to_read_again(learner_page):
    text = reader.read(learner_page).text()
    assert "3 of 9 points in 1 of 2 exercises. 3 of these 9 wait for a person" in text
    exercises = {
        row["Exercise"].split()[0]: row for row in reader.table(learner_page, "Points and state of 2")
    }
    assert (exercises[OTHER]["Points"], exercises[OTHER]["State"]) == ("none yet", "missing")
    assert exercises[EXERCISE]["State"] == "needs a person"
    items = reader.table(learner_page, "Points, state and message of 4 items")
    assert [(row["Points"], row["State"]) for row in items] == [
        ("1 of 3", "partly"),
        ("2 of 2", "earned"),
        ("0 of 1", "not yet"),
        ("3 of 3 wait", "needs a person"),  # no 0 for what nobody has read
    ]
    assert items[0]["What to look at"] == "99 stands for no measurement: leave it out of the mean."
    assert reader.table(learner_page, "Where the ideas stand") == [
        {
            "Read again": "Lesson 12, the first half",
            "To be able to": "Find codes.",
            "Because of": f"{EXERCISE} (item 1)",
        },
        {
            "Read again": "Lesson 12, the rules",
            "To be able to": "Write rules.",
            "Because of": f"{EXERCISE} (item 3)",
        },
    ]
    responsibilities = reader.table(learner_page, "Points that tests gave, by what")
    assert [(row["Responsibility"], row["Points"], row["Share"]) for row in responsibilities] == [
        ("Data curation", "3 of 6", "50 %")
    ]
    assert 'href="../feedback/ben/x.html"' in learner_page


def test_a_late_penalty_and_a_blank_exercise_are_said(course, graded_class):
    cy = next(student for student in course.students if student.id == "cy")
    page = pages.learner(course, cy, graded_class.syllabus, DAY)
    text = reader.read(page).text()
    assert "8 of 9 points , after 1 were taken off because it came late" in text
    assert "Nothing: no test has lost points." in text
    dee = next(student for student in course.students if student.id == "dee")
    text = reader.read(pages.learner(course, dee, None, DAY)).text()
    assert "0 of 0 points in 0 of 2 exercises." in text and "Nothing was graded yet." in text


# ---- a class


def test_a_class_by_exercise_with_n_mean_and_spread(class_page, course):
    rows = {row["Exercise"]: row for row in reader.table(class_page, "How the class stands")}
    mine = rows[EXERCISE]
    assert mine["States"] == "3 graded 1 needs a person 1 not graded 1 damaged 1 missing"
    assert (mine["n with points"], mine["Mean"], mine["Median"], mine["Range"]) == ("4", "6.0", "6", "3 to 9")
    assert mine["Standard deviation"] == "2.9"
    assert rows[OTHER]["Standard deviation"] == "n = 1"
    spread = figures.spread(course, EXERCISE)
    # 8 and 9 of 9; 3 of the 6 that do not wait; 4 of 9
    assert spread.bins == (0, 0, 2, 0, 2) and sum(spread.bins) == spread.n == 4
    students = reader.table(class_page, "Grade and state of 7 students")
    assert [row["Student"] for row in students] == [f"Student {i}" for i in range(1, 8)]
    cells = " / ".join(row[EXERCISE] for row in students)
    assert "graded 8 of 9 late: 1 point taken off" in cells and "missing nothing was handed in" in cells


def test_hard_items_come_first_and_waiting_points_are_no_zeros(course):
    found = figures.hardest(course)
    assert [(item.exercise, item.number, item.full, item.n) for item in found] == [
        (EXERCISE, 4, 1, 3),  # 2, 3 and 0 of 3 by hand; Ben's waits and does not count
        (OTHER, 0, 0, 1),
        (EXERCISE, 2, 3, 4),
        (EXERCISE, 3, 3, 4),
        (EXERCISE, 1, 3, 4),
    ]
    assert found[0].share == pytest.approx(5 / 9)


def test_points_by_responsibility_over_the_class(course, graded_class):
    responsibilities, competencies = figures.shares(course, graded_class.syllabus)
    assert [(s.share.id, s.share.earned, s.share.possible, s.n) for s in responsibilities] == [
        ("R1", 19, 24, 4)
    ]
    assert [(s.share.id, s.share.earned, s.share.possible, s.n) for s in competencies] == [
        ("python", 19, 24, 4),
        ("ethics", 6, 8, 4),
    ]


def class_of(*said: str) -> Course:
    """Students who were each told one thing by one test."""
    students = tuple(Student(f"s{i}") for i in range(len(said)))
    found = {}
    for student, message in zip(students, said, strict=True):
        test = Test("q1", "12.1", 0, 2, State.NOT_YET, message)
        other = replace(test, id="q2")
        found[student.id, "e"] = Result(
            student, "e", Outcome.GRADED, 4, 0, items=(Item(1, "I", (test, other), State.NOT_YET, message),)
        )
    return Course(students, ("e",), found, {"e": found["s0", "e"].items})


def test_misconceptions_are_counted_by_student_and_own_errors_by_kind():
    course = class_of(
        "Count 38 as well.",
        "Count 38 as well.",
        "Count 38 as well.",
        "Your code stopped with KeyError: 'my secret diary'",
        "Your code stopped with KeyError: 'age'",
        "I am Jane Doe and raised this myself",
    )
    shown, left_out = figures.misconceptions(course)
    assert [(said.message, said.count, said.n, said.tests) for said in shown] == [
        ("Count 38 as well.", 3, 6, ("q1", "q2")),
        ("The code stopped (KeyError).", 2, 6, ("q1", "q2")),
    ]
    assert left_out == 1  # one student's own words are not on a page without names
    everything, left_out = figures.misconceptions(course, names=True)
    assert (len(everything), left_out) == (3, 0)
    assert "Jane Doe" not in pages.of_class(course, None, DAY)
    assert "diary" not in pages.of_class(course, None, DAY, names=True)


def test_an_answer_that_was_not_given_is_no_misconception(course):
    found, _ = figures.misconceptions(course, names=True)
    assert [(said.message, said.count) for said in found] == [
        ("99 stands for no measurement: leave it out of the mean.", 1),
        ("The answer cell stopped before the test could use it (SyntaxError).", 1),
    ]


def test_a_large_class_is_one_table_and_no_more_statements(course, graded_class):
    """A hundred students and ten exercises make a sound page."""
    result = course.result("ana", EXERCISE)
    students = tuple(Student(f"s{i}") for i in range(100))
    exercises = tuple(f"{i}_ex" for i in range(10, 20))
    many = Course(
        students,
        exercises,
        {(s.id, e): replace(result, student=s, exercise=e) for s in students for e in exercises},
        dict.fromkeys(exercises, result.items),
    )
    page = pages.of_class(many, graded_class.syllabus, DAY)
    assert reader.faults(page) == []
    assert len(reader.table(page, "Grade and state of 100 students")) == 100


# ---- commands


def run(*words: str):
    return CliRunner().invoke(cli.app, ["report", *words])


@pytest.fixture
def folder(graded_class, tmp_path):
    shutil.copytree(graded_class.folder, tmp_path / "class")
    return tmp_path / "class"


def test_the_commands_for_instructors_write_pages(folder):
    done = run("--class", "--course", str(folder))
    assert done.exit_code == 0, done.output
    assert "Report for" not in (folder / "reports" / "class.html").read_text(encoding="utf-8")
    done = run("--student", "ben", "--course", str(folder))
    assert done.exit_code == 0 and str(folder / "reports" / "ben.html") in done.output.replace("\n", "")
    page = (folder / "reports" / "ben.html").read_text(encoding="utf-8")
    links = [a.attrs["href"] for a in reader.read(page).all("a") if not a.attrs["href"].startswith("#")]
    assert links and all((folder / "reports" / link).resolve().is_file() for link in links)
    done = run("--class", "--names", "--course", str(folder), "--output", str(folder / "x" / "named.html"))
    assert done.exit_code == 0 and "Ana Ng" in (folder / "x" / "named.html").read_text(encoding="utf-8")


def test_a_students_id_cannot_lead_out_of_the_folder():
    assert reports._file_name("ana.ng@example.org") == "ana.ng@example.org"
    names = [
        reports._file_name(name) for name in ("../../x", "class", "Class", ".hidden", "a/b", "+gus", "con\n")
    ]
    assert all(name.startswith("student-") and name.replace("-", "").isalnum() for name in names)
    assert len(set(names)) == len(names)


def test_what_cannot_be_reported_is_said(folder, tmp_path):
    for words, said in (
        (["--student", "nobody", "--course", str(folder)], "no student called nobody"),
        (["--class", "--course", str(tmp_path)], "nothing was graded"),
        (["--class", "--student", "ben"], "Choose one"),
        (["--names"], "--names belongs to --class"),
        (["--course", str(folder)], "say whose report it is"),
    ):
        done = run(*words)
        assert done.exit_code == 2 and said in done.output, words


def test_a_self_learners_report_is_made_from_their_own_gradings(folder, tmp_path, monkeypatch, graded_class):
    monkeypatch.setattr(reports, "STUDENT", "ben")
    root = tmp_path / "root"
    shutil.copytree(folder, root / ".grading" / EXERCISE)
    (root / ".grading" / "13_broken").mkdir()
    (root / ".grading" / "13_broken" / "gradebook.db").write_bytes(b"garbage" * 1000)
    feedback = root / "my-work" / "feedback"
    feedback.mkdir(parents=True)
    (feedback / f"{EXERCISE}.html").write_text("", encoding="utf-8")
    path = reports.write_own(root, [EXERCISE, "13_broken", "14_next"], graded_class.syllabus)
    assert path == feedback / "report.html"
    page = path.read_text(encoding="utf-8")
    assert reader.faults(page) == [] and "<title>Your report</title>" in page
    assert f'href="{EXERCISE}.html"' in page
    rows = {row["Exercise"].split()[0]: row for row in reader.table(page, "Points and state of 3")}
    assert [rows[name]["State"] for name in (EXERCISE, "13_broken", "14_next")] == [
        "needs a person",
        "not graded",
        "not graded",
    ]
    assert rows["14_next"]["What to know"] == "to grade it: python3 start.py grade 14_next"


def test_a_self_learner_who_graded_nothing_is_told_how(tmp_path, monkeypatch):
    (tmp_path / "exercises" / "release" / "12_data_quality").mkdir(parents=True)
    monkeypatch.setattr(cli, "_root", lambda: tmp_path)
    done = run()
    assert done.exit_code == 2 and "python3 start.py grade 12_data_quality" in done.output
    assert not (tmp_path / ".grading").exists() and not (tmp_path / "my-work").exists()
