"""The syllabus loads, and each thing that can be wrong with it is told with the file and the id."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from conftest import write_syllabus

from curriculum import syllabus


def errors_of(course: Path, content: dict) -> str:
    write_syllabus(course, content)
    with pytest.raises(syllabus.SyllabusError) as caught:
        syllabus.load(course)
    return str(caught.value)


@pytest.fixture
def content(small_course: Path) -> dict:
    return yaml.safe_load((small_course / "syllabus.yml").read_text(encoding="utf-8"))


def lesson_of(content: dict) -> dict:
    return content["modules"][0]["lessons"][0]


def test_the_real_one_has_the_role_in_full(root):
    course = syllabus.load(root)
    assert list(course.responsibilities) == ["R1", "R2", "R3", "R4"]
    assert len(course.competencies) == 15
    assert {c.domain for c in course.competencies.values()} == set(course.skill_domains)
    assert len(course.frameworks["russell-2023"].domains) == len(course.frameworks["hee-2023"].domains) == 6
    assert [o.id for o in course.objectives.values()] == sorted(course.objectives)


def test_every_exercise_has_a_lesson_with_its_number(root):
    course = syllabus.load(root)
    for exercise in course.exercises.values():
        assert course.lessons[exercise.lesson].exercise == exercise.id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c: lesson_of(c).update(responsibility="R9"), ["11_template", "R9", "R1"]),
        (lambda c: lesson_of(c).update(domain="D9"), ["11_template", "D9"]),
        (lambda c: lesson_of(c).update(datasets=["nothing"]), ["11_template", "nothing", "datasheet"]),
        (lambda c: lesson_of(c).update(after=["99_none"]), ["11_template", "99_none"]),
        (lambda c: lesson_of(c).update(after=["11_template"]), ["11_template", "comes later"]),
        (lambda c: lesson_of(c).update(id="21_template"), ["21_template", "numbered for another"]),
        (lambda c: lesson_of(c).update(minutes="long"), ["11_template", "minutes"]),
        (lambda c: lesson_of(c).pop("exercise"), ["11_template"]),
        (lambda c: lesson_of(c)["objectives"][0].update(competencies=["magic"]), ["11.1", "magic", "python"]),
        (
            lambda c: lesson_of(c)["objectives"][0].update(frameworks=["russell-2023/none"]),
            ["11.1", "russell-2023/none"],
        ),
        (lambda c: lesson_of(c)["objectives"][0].update(standard="none"), ["11.1", "none", "register.yml"]),
        (lambda c: lesson_of(c)["objectives"][0].update(id="12.1"), ["12.1", "numbered for another"]),
        (lambda c: lesson_of(c)["objectives"].append(dict(lesson_of(c)["objectives"][0])), ["11.1", "twice"]),
        (
            lambda c: lesson_of(c)["exercise"].update(files=["datasets/none.csv"]),
            ["11_template", "datasets/none.csv"],
        ),
        (lambda c: c["responsibilities"].append(dict(c["responsibilities"][0])), ["R1", "twice"]),
        (lambda c: c.update(extra=1), ["extra"]),
    ],
)
def test_a_mistake_is_told_with_file_and_id(small_course, content, change, says):
    change(content)
    message = errors_of(small_course, content)
    assert message.startswith("syllabus.yml")
    for word in says:
        assert word in message


def test_a_prerequisite_that_is_only_planned_is_refused(small_course, content):
    content["modules"][0]["lessons"].insert(
        0, {"id": "10_later", "title": "What comes later?", "planned": True}
    )
    content["modules"][0]["lessons"][1]["after"] = ["10_later"]
    assert "only planned" in errors_of(small_course, content)


def test_all_mistakes_are_told_at_once(small_course, content):
    lesson_of(content).update(responsibility="R9", domain="D9")
    message = errors_of(small_course, content)
    assert "R9" in message
    assert "D9" in message


def test_each_objective_names_an_entry_of_the_register(root):
    course = syllabus.load(root)
    for objective in course.objectives.values():
        assert course.standards[objective.standard].id == objective.standard


def test_a_list_of_standards_has_moved_to_the_register(small_course, content):
    content["standards"] = [{"id": "kahn-2016"}]
    assert "standards" in errors_of(small_course, content)


def test_a_register_that_is_not_there_is_told_once(small_course, content):
    (small_course / "datasets/standards/register.yml").unlink()
    message = errors_of(small_course, content)
    assert message.startswith("datasets/standards/register.yml: Cannot be read")
    assert len(message.splitlines()) == 1


def test_broken_yaml_names_the_line(small_course):
    (small_course / "syllabus.yml").write_text("course: [\n", encoding="utf-8")
    with pytest.raises(syllabus.SyllabusError, match=r"line 2.*not valid YAML"):
        syllabus.load(small_course)
