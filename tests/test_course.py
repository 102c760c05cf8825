"""The course as it is committed: every check of the house holds, and its pictures and lists say what is there."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from curriculum import check, coursemap, syllabus


@pytest.fixture(scope="module")
def course(root):
    return syllabus.load(root)


@pytest.mark.xdist_group("check")
def test_every_check_holds(root):
    report = check.run(root)
    assert [str(problem) for problem in report.problems] == []
    assert "12_data_quality" in report.sizes


def test_the_map_shows_what_is_there_as_there(course):
    tree = ET.fromstring(coursemap.picture(course))
    space = {"s": "http://www.w3.org/2000/svg"}
    texts = [t.text for t in tree.findall(".//s:text", space)]
    for lesson in course.lessons.values():
        assert (f"{lesson.number} · planned" in texts) == lesson.planned
    assert "…" not in "".join(texts), "a title is cut in the picture"
    assert tree.find("s:title", space).text
    assert tree.find("s:desc", space).text


def test_the_list_links_only_to_what_is_there(root, course):
    words = coursemap.course_list(course, "notebooks")
    for lesson in course.lessons.values():
        link = f"(notebooks/{lesson.id}.ipynb)"
        assert (link in words) == (not lesson.planned)
        assert lesson.planned or (root / f"notebooks/{lesson.id}.ipynb").is_file()


def test_the_cards_name_objectives_time_data_and_exercise(course):
    lesson = course.lessons["12_data_quality"]
    card = coursemap.lesson_card(lesson, course)
    for words in [
        *lesson.objectives,
        f"{lesson.minutes} minutes",
        "../datasets/nhefs/datasheet.md",
        "R1",
        "my-work/12_data_quality/",
    ]:
        assert words in card
