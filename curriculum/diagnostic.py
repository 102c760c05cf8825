"""What the diagnostic recommends: which bridge to take before module 1, and why.

The rule stands in `syllabus.yml`, in the entry of the exercise that is the diagnostic: its parts, the tests of
each, how many of them are enough, and the lesson that comes first where they are fewer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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
        A few plain sentences: what to do, and why, with the counts.
    answered, of : int
        How many questions have an answer ("I do not know yet" is one), and how many there are.
    unread : tuple of str
        Grade ids of the tests whose answers could not be read; they count neither as known nor as not known.
    undecided : tuple of str
        Ids of the lessons of which nothing can be said before these answers are mended.
    """

    bridges: tuple[str, ...]
    text: str
    answered: int
    of: int
    unread: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def questions(self) -> str:
        """The questions whose answers could not be read, by their numbers: `question 3`, `questions 3 and 4`."""
        numbers = [found[0] if (found := re.findall(r"\d+", test)) else test for test in self.unread]
        return f"question{'s' if len(numbers) > 1 else ''} {_joined(numbers)}" if numbers else ""


def exercise(syllabus: Syllabus) -> Exercise | None:
    """The exercise that is the diagnostic, or None when the course has none."""
    return next((e for e in syllabus.exercises.values() if e.diagnostic), None)


def advice(syllabus: Syllabus, earned: Mapping[str, float], unread: Collection[str] = ()) -> Advice | None:
    """What to take first, by what the diagnostic showed.

    Parameters
    ----------
    syllabus : Syllabus
        With the rule.
    earned : mapping of str to float
        Grade id of a test of the diagnostic -> points. A test that is not there is not answered yet; it counts as
        not known. Other ids are passed over.
    unread : collection of str, optional
        Grade ids of tests whose answers could not be read. They are left out of the counts, and a lesson whose need
        hangs on them is neither advised nor called needless.

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
    broken = tuple(test for test in tests if test in unread)
    answered = sum(test in earned for test in tests if test not in broken)
    if not answered and not broken:
        return None
    read = {part: [test for test in part.tests if test not in broken] for part in parts}
    known = {part: sum(earned.get(test, 0) > 0 for test in read[part]) for part in parts}
    counts = {part: f"{known[part]} of {len(read[part])} {part.counts}" for part in parts}
    fit = [part for part in parts if known[part] >= part.enough]
    short = [part for part in parts if known[part] + len(part.tests) - len(read[part]) < part.enough]
    undecided = [part for part in parts if part not in fit and part not in short]
    made = Advice(
        tuple(part.bridge for part in short),
        "",
        answered,
        len(tests),
        broken,
        tuple(part.bridge for part in undecided),
    )

    sentences = []
    if broken:
        answers, them = ("answers", "them") if len(broken) > 1 else ("answer", "it")
        sentences.append(
            f"The {answers} to {made.questions} could not be read; mend {them}, then grade again."
        )
    if answered:
        sentences.append(f"You read {_joined(list(counts.values()))}.")
    if short:
        first, *then = [_lesson(part, syllabus) for part in short]
        enough = _joined([f"{part.enough} of {len(part.tests)} {part.counts}" for part in short])
        sentences.append(
            f"{', then '.join([f'Take {first} first', *then])}: {enough} would be enough to go on without."
        )
    if len(fit) < len(parts):
        sentences += [f"With {counts[part]} you do not need {_lesson(part, syllabus)}." for part in fit]
    else:
        names = [_lesson(part, syllabus) for part in parts]
        without = f"need neither {' nor '.join(names)}" if len(names) > 1 else f"do not need {names[0]}"
        sentences.append(f"You {without}: go on to {_next_module(asked, syllabus)}.")
    if undecided and answered:
        names = " and ".join(_lesson(part, syllabus) for part in undecided)
        sentences.append(f"Whether you need {names} is open until then.")
    open_ = len(tests) - len(broken) - answered
    if open_:
        sentences.append(
            f"{open_} questions are not answered yet and count as not known."
            if open_ > 1
            else "One question is not answered yet and counts as not known."
        )
    elif short:
        sentences.append("A low count is no failure: it says where to begin.")
    return replace(made, text=" ".join(sentences))


def of_tests(syllabus: Syllabus, tests: Iterable[Test]) -> Advice | None:
    """The advice for the graded tests of one exercise; None when it is not the diagnostic, or nothing is answered."""
    from curriculum.grading.wording import State

    silent = (State.NOT_ANSWERED, State.RESTORED, State.MISSING)
    told = [test for test in tests if test.state not in silent]
    unread = {test.id for test in told if _unread(test)}
    return advice(syllabus, {test.id: test.earned for test in told if test.id not in unread}, unread)


def unreadable(test: str) -> str:
    """How the message of a form check begins in a diagnostic: with the name of the answer, `q3 cannot be read`."""
    return f"{test.split('_')[0]} cannot be read"


def _unread(test: Test) -> bool:
    """Whether a test failed for its form: its answer cell stopped, or its visible check did not hold."""
    from curriculum.grading import wording

    if test.state is not wording.State.NOT_YET:
        return test.state is not wording.State.EARNED
    return test.message.startswith((wording.STOPPED, wording.NOT_THERE, unreadable(test.id)))


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _lesson(part: Part, syllabus: Syllabus) -> str:
    lesson = syllabus.lessons[part.bridge]
    return f"lesson {lesson.number}" + (" (still being written)" if lesson.planned else "")


def _next_module(asked: Exercise, syllabus: Syllabus) -> str:
    modules = list(syllabus.modules)
    place = modules.index(syllabus.lessons[asked.lesson].module)
    return f"module {modules[place + 1]}" if place + 1 < len(modules) else "the next lesson"
