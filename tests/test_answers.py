"""Tests of the tests: every stored answer of every exercise earns what it must and is told what it must be told."""

from __future__ import annotations

import pytest
from fixtures import ward_course

from curriculum import answers, syllabus

HEAD = "# %% [raw]\n# title: {title}\n# base: {base}\n{more}\n\n"
SENTINEL = '# %% answer="q1_mean"\ndef mean_known(values):\n    return sum(values) / len(values)\n'


def exercises() -> list[str]:
    return list(syllabus.load(ward_course.ROOT).exercises)


@pytest.mark.xdist_group("answers")
@pytest.mark.parametrize("exercise", exercises())
def test_stored_answers_earn_what_they_must(root, exercise):
    rows = answers.check(root, exercise)
    wrong = [f"{row.answer}: {difference}" for row in rows for difference in row.differs]
    assert not wrong, "\n".join(wrong)
    full = [row for row in rows if row.earned == row.possible]
    assert len(full) >= 2, "two right answers in different styles are needed"
    assert any(row.earned == 0 for row in rows), "a blank answer is needed"


@pytest.fixture(scope="module")
def ward(tmp_path_factory):
    """The small exercise with one right stored answer, and with others whose expectations are wrong."""
    ward = ward_course.make(tmp_path_factory.mktemp("stored"))
    folder = ward.root / "tests" / "answers" / ward_course.EXERCISE
    folder.mkdir(parents=True)
    stored = {
        "blank": HEAD.format(title="Nothing", base="blank", more="# loses: all"),
        "sentinel": HEAD.format(
            title="Averages the code",
            base="solution",
            more="# catches: code-as-value\n# loses: {q1_new: 2}\n# says: {q1_new: leave it out}",
        )
        + SENTINEL,
        "wrong_points": HEAD.format(title="Says less", base="solution", more="# loses: {q1_new: 1}")
        + SENTINEL,
        "wrong_words": HEAD.format(
            title="Says other words", base="solution", more="# loses: {q1_new: 2}\n# says: {q1_new: banana}"
        )
        + SENTINEL,
    }
    for name, text in stored.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return ward


@pytest.mark.xdist_group("answers")
def test_what_differs_is_found_and_printed(ward, capsys):
    wanted = {"code-as-value": "A code is averaged.", "never-caught": "An idea without an answer."}
    rows = answers.check(ward.root, ward_course.EXERCISE, wanted)
    differs = {row.answer: row.differs for row in rows}
    assert differs["blank"] == differs["sentinel"] == ()
    assert "q1_new lost 2, must lose 1" in differs["wrong_points"][0]
    assert "must say 'banana'" in differs["wrong_words"][0]
    assert differs["-"] == ("no stored answer catches never-caught",)
    answers.print_table(rows)
    printed = capsys.readouterr().out
    assert "leave it out of the mean" in printed and "DIFFERS" in printed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "begin with a cell"),
        ("# %% [raw]\n# {title", "not YAML"),
        ("# %% [raw]\n# title: A\n# mood: good", "may hold only"),
        ("# %% [raw]\n# title: A\n# base: none", "base is"),
        ("# %% [raw]\n# title: A\n\n# %%\nx = 1", "needs answer="),
    ],
)
def test_a_stored_answer_that_cannot_be_read_is_named(tmp_path, text, words):
    path = tmp_path / "12_x" / "bad.py"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(answers.AnswerError, match=r"tests/answers/12_x/bad\.py") as error:
        answers.read(path)
    assert words in str(error.value)


def test_an_answer_to_nothing_is_named(ward):
    answer = answers.Answer("odd", "", "blank", "", {}, {}, {"q9": "x = 1"})
    with pytest.raises(answers.AnswerError, match="has no answer q9"):
        answers.submission(answer, ward.source, ward.released)
