"""The build: deterministic, incremental, and its check sees every drift."""

from __future__ import annotations

import json

import nbformat
import pytest
import yaml
from conftest import write_syllabus

from curriculum import build, notation

NAME = "11_template"


def tree(course):
    return {
        p.relative_to(course).as_posix(): p.read_bytes()
        for folder in (*build.PRODUCT_FOLDERS, "docs")
        for p in (course / folder).rglob("*")
        if p.is_file()
    }


@pytest.fixture
def built(small_course):
    build.build(small_course)
    return small_course


def test_products_are_where_people_look(built):
    assert set(tree(built)) == {
        f"notebooks/{NAME}.ipynb",
        f"exercises/source/{NAME}/{NAME}.ipynb",
        f"exercises/source/{NAME}/data/nhefs.csv",
        f"exercises/release/{NAME}/{NAME}.ipynb",
        f"exercises/release/{NAME}/data/nhefs.csv",
        "docs/course-map.svg",
    }


def test_the_same_sources_make_the_same_bytes(built):
    first = tree(built)
    (built / build.STATE).unlink()
    written, _ = build.build(built)
    assert written == []
    assert tree(built) == first


def test_a_second_build_does_nothing_and_a_changed_source_is_seen(built, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(build, "make", lambda *a: pytest.fail("built again without a reason"))
        assert build.build(built) == ([], [])
    lesson = built / f"authoring/lessons/{NAME}.py"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace("One idea a cell.", "One idea each."), encoding="utf-8"
    )
    assert build.build(built)[0] == [f"notebooks/{NAME}.ipynb"]


def test_lessons_carry_no_outputs_and_one_kernel(built):
    notebook = nbformat.read(built / f"notebooks/{NAME}.ipynb", as_version=4)
    assert notebook.metadata.kernelspec.name == "python3"
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    assert "{{" not in "".join(cell.source for cell in notebook.cells)


def test_the_release_hides_answers_and_hidden_tests(built):
    text = (built / f"exercises/release/{NAME}/{NAME}.ipynb").read_text(encoding="utf-8")
    assert "Your answer goes here" in text
    assert "known == 1" not in text
    assert "HIDDEN" not in text
    assert "neither above nor below" not in text


def test_a_deleted_product_comes_back(built):
    (built / f"notebooks/{NAME}.ipynb").unlink()
    (problem,) = build.build(built, check=True)[1]
    assert problem.file == f"notebooks/{NAME}.ipynb"
    assert build.build(built)[0] == [f"notebooks/{NAME}.ipynb"]
    assert build.build(built, check=True)[1] == []


def test_a_file_of_somebody_else_is_reported_and_kept(built):
    own = built / "notebooks/my_notes.ipynb"
    own.write_text("{}", encoding="utf-8")
    for check in (True, False):
        written, (problem,) = build.build(built, check=check)
        assert written == []
        assert problem.file == "notebooks/my_notes.ipynb"
    assert own.read_text(encoding="utf-8") == "{}"


def test_a_product_whose_source_is_gone_goes_too(built):
    content = yaml.safe_load((built / "syllabus.yml").read_text(encoding="utf-8"))
    lesson = content["modules"][0]["lessons"][0]
    content["modules"][0]["lessons"] = [{"id": NAME, "title": lesson["title"], "planned": True}]
    write_syllabus(built, content)
    with pytest.raises(build.BuildError, match="has no place in syllabus"):
        build.build(built)
    for kind in ("lessons", "exercises"):
        (built / f"authoring/{kind}/{NAME}.py").unlink()
    build.build(built)
    assert set(tree(built)) == {"docs/course-map.svg"}


def test_check_shows_what_somebody_edited_by_hand(built):
    path = built / f"exercises/release/{NAME}/{NAME}.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Your answer goes here", "Do it"), encoding="utf-8"
    )
    _, problems = build.build(built, check=True)
    assert len(problems) == 1
    assert "Do it" in str(problems[0])
    assert "curriculum build" in str(problems[0])


def test_an_unreadable_memory_only_costs_a_build(built):
    (built / build.STATE).write_text("[]", encoding="utf-8")
    assert build.build(built) == ([], [])
    assert json.loads((built / build.STATE).read_text(encoding="utf-8"))["products"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('# %% answer="q1_share_of_yes"\nx = 1', "stands twice"),
        ('# %% test="q9" points=1\nassert True, "no"', "objective"),
        ('# %% test="q9" objective="11.1"\nassert True, "no"', "points"),
        ('# %% [markdown] answer="q9"\n# text', "markdown"),
        ('# %% answer="q9" points=2\nx = 1', "no points"),
        ('# %% tset="q9"\nx = 1', "'tset' is not known"),
        ('# %% answer="a" test="b" points=1 objective="11.1"\nx = 1', "one of answer"),
    ],
)
def test_a_slip_in_the_notation_names_file_and_cell(small_course, cell, says):
    path = small_course / f"authoring/exercises/{NAME}.py"
    path.write_text(path.read_text(encoding="utf-8") + "\n\n" + cell + "\n", encoding="utf-8")
    with pytest.raises(notation.NotationError, match=says) as caught:
        notation.read(path)
    assert f"{NAME}.py, cell" in str(caught.value)


def test_a_lesson_without_its_text_is_named(small_course):
    (small_course / f"authoring/lessons/{NAME}.py").unlink()
    with pytest.raises(build.BuildError, match=f"authoring/lessons/{NAME}.py is not there"):
        build.build(small_course)


def test_items_and_points_are_read_from_the_source(small_course):
    source = notation.read(small_course / f"authoring/exercises/{NAME}.py")
    (item,) = notation.items(source)
    assert (item.number, item.title, item.points, item.graded) == (1, "The share of yes", 3, 3)
    assert [(c.id, c.points, c.hidden) for c in item.cells] == [
        ("q1_form", 1, False),
        ("q1_other_people", 2, True),
    ]
