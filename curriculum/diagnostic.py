"""What the diagnostic recommends: which bridge to take before module 1, and why.

The rule stands in `syllabus.yml`, in the entry of the exercise that is the diagnostic: its parts, the tests of
each, how many of them are enough, and the lesson that comes first where they are fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curriculum.syllabus import Exercise, Part, Syllabus

if TYPE_CHECKING:
    from curriculum.grading.results import Test


@dataclass(frozen=True)
class Advice:
    """What to do next.

    Attributes
    ----------
    bridges : tuple of str
        Ids of the lessons to take first, in order; empty means go on to the next module.
    text : str
        Two to four plain sentences: what to do, and why, with the counts.
    answered, of : int
        How many questions have an answer ("I do not know yet" is one), and how many there are.
    """

    bridges: tuple[str, ...]
    text: str
    answered: int
    of: int


def exercise(syllabus: Syllabus) -> Exercise | None:
    """The exercise that is the diagnostic, or None when the course has none."""
    return next((e for e in syllabus.exercises.values() if e.diagnostic), None)


def advice(syllabus: Syllabus, earned: Mapping[str, float]) -> Advice | None:
    """What to take first, by what the diagnostic showed.

    Parameters
    ----------
    syllabus : Syllabus
        With the rule.
    earned : mapping of str to float
        Grade id of a test of the diagnostic -> points. A test that is not there is not answered yet; it counts as
        not known. Other ids are passed over.

    Returns
    -------
    Advice or None
        None when the course has no diagnostic, or nothing is answered yet: then there is nothing to go by.
    """
    asked = exercise(syllabus)
    if asked is None:
        return None
    parts = asked.diagnostic
    tests = [test for part in parts for test in part.tests]
    answered = sum(test in earned for test in tests)
    if not answered:
        return None
    known = {part: sum(earned.get(test, 0) > 0 for test in part.tests) for part in parts}
    short = [part for part in parts if known[part] < part.enough]
    fit = [part for part in parts if part not in short]

    counts = _joined([f"{known[part]} of {len(part.tests)} {part.counts}" for part in parts])
    sentences = [f"You read {counts}."]
    if short:
        first, *then = [_lesson(part, syllabus) for part in short]
        enough = _joined([f"{part.enough} of {len(part.tests)} {part.counts}" for part in short])
        sentences.append(
            f"{', then '.join([f'Take {first} first', *then])}: {enough} would be enough to go on without."
        )
        sentences += [
            f"With {known[part]} of {len(part.tests)} {part.counts} you do not need {_lesson(part, syllabus)}."
            for part in fit
        ]
    else:
        names = [_lesson(part, syllabus) for part in parts]
        without = f"need neither {' nor '.join(names)}" if len(names) > 1 else f"do not need {names[0]}"
        sentences.append(f"You {without}: go on to {_next_module(asked, syllabus)}.")
    if answered < len(tests):
        open_ = len(tests) - answered
        sentences.append(
            f"{open_} questions are not answered yet and count as not known."
            if open_ > 1
            else "One question is not answered yet and counts as not known."
        )
    elif short:
        sentences.append("A low count is no failure: it says where to begin.")
    return Advice(tuple(part.bridge for part in short), " ".join(sentences), answered, len(tests))


def of_tests(syllabus: Syllabus, tests: Iterable[Test]) -> Advice | None:
    """The advice for the graded tests of one exercise; None when it is not the diagnostic, or nothing is answered."""
    from curriculum.grading.wording import State

    silent = (State.NOT_ANSWERED, State.RESTORED, State.MISSING)
    return advice(syllabus, {test.id: test.earned for test in tests if test.state not in silent})


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _lesson(part: Part, syllabus: Syllabus) -> str:
    lesson = syllabus.lessons[part.bridge]
    return f"lesson {lesson.number}" + (" (still being written)" if lesson.planned else "")


def _next_module(asked: Exercise, syllabus: Syllabus) -> str:
    modules = list(syllabus.modules)
    place = modules.index(syllabus.lessons[asked.lesson].module)
    return f"module {modules[place + 1]}" if place + 1 < len(modules) else "the next lesson"
