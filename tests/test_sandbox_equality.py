"""The same grades as nbgrader's own steps give: every score, flag, penalty, and the name and words of each error.

Stock nbgrader needs many seconds for each submission, so fourteen are compared here; `benchmarks/equality.py`
compares sixty.
"""

from __future__ import annotations

import pytest
from fixtures import mixed_class

from curriculum.grading.sandbox import walls

EXERCISES = {"11_label_and_population": 4, "12_data_quality": 4, "13_privacy": 3, "14_dicom": 3}

pytestmark = [
    pytest.mark.skipif(walls.found()[0] == "kernel", reason="an ordinary kernel runs notebooks here"),
]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_mixed_class_gets_the_grades_that_stock_nbgrader_gives(root, tmp_path, exercise):
    handed_in = mixed_class.submissions(root, exercise, EXERCISES[exercise])
    stock = mixed_class.grade(tmp_path / "stock", root, exercise, handed_in, stock=True)
    ours = mixed_class.grade(tmp_path / "ours", root, exercise, handed_in, stock=False)
    assert mixed_class.differences(stock, ours) == []
    scores = {cell.score for submission in stock.values() for cell in submission.cells.values()}
    assert len(scores) > 2, "the class is mixed: some points are earned, some are not, some are open"
    assert len(stock) < 4 or any(submission.penalty for submission in stock.values()), "somebody is late"


def test_a_difference_would_be_found():
    one = mixed_class.Graded(1.0, 2.0, False, (("AssertionError", "no"),))
    for other in (
        mixed_class.Graded(2.0, 2.0, False, (("AssertionError", "no"),)),
        mixed_class.Graded(1.0, 2.0, True, (("AssertionError", "no"),)),
        mixed_class.Graded(1.0, 2.0, False, (("AssertionError", "yes"),)),
    ):
        pair = [{"a": mixed_class.Submission({"q": graded}, None, ())} for graded in (one, other)]
        assert len(mixed_class.differences(*pair)) == 1
    late = [{"a": mixed_class.Submission({"q": one}, penalty, ())} for penalty in (None, 3.0)]
    assert len(mixed_class.differences(*late)) == 1
