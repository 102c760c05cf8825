"""The glossary: each word of the ward and of the workshop in a sentence, and the lesson where it is first needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from curriculum.problems import Problem

FILE = "authoring/glossary.yml"


class GlossaryError(Exception):
    """The glossary cannot be read; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Term:
    """A word, what it says in a sentence, and the two digits of the lesson where it is first needed."""

    word: str
    says: str
    lesson: str

    @property
    def module(self) -> str:
        """The module of that lesson."""
        return self.lesson[0]


def load(root: Path) -> list[Term]:
    """The terms of `authoring/glossary.yml`, in alphabetical order; none when there is no such file.

    Raises
    ------
    GlossaryError
        When the file is not readable YAML, a word stands twice, or an entry is not a word with `says` and `lesson`.
    """
    path = root / FILE
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    try:
        raw = yaml.safe_load(text) or {}
        twice = _twice(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise GlossaryError(
            [Problem(FILE, where, "Is not readable YAML.", "Mend the indentation or a quote.")]
        ) from error
    entries = raw.items() if isinstance(raw, dict) else []
    problems = [
        Problem(FILE, word, "Stands twice.", "Keep one entry, of the lesson where it is first needed.")
        for word in twice
    ]
    problems += [p for word, entry in entries for p in _wrong(str(word), entry)]
    if not entries:
        problems.append(
            Problem(FILE, "", "Holds no words.", "Write each as `word: {says: ..., lesson: ...}`.")
        )
    if problems:
        raise GlossaryError(problems)
    terms = [
        Term(str(word), " ".join(entry["says"].split()), str(entry["lesson"])) for word, entry in entries
    ]
    return sorted(terms, key=lambda term: term.word.lower())


def _twice(text: str) -> list[str]:
    """The words that stand more than once, in any case of letters; a YAML mapping would silently keep the last."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    words = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    counts = Counter(word.lower() for word in words)
    return sorted({word for word in words if counts[word.lower()] > 1})


def _wrong(word: str, entry: Any) -> list[Problem]:
    if not isinstance(entry, dict) or set(entry) != {"says", "lesson"}:
        return [Problem(FILE, word, "Is not described.", "Give `says` and `lesson`, and nothing else.")]
    problems = []
    if not str(entry["says"]).strip().endswith("."):
        problems.append(Problem(FILE, word, "`says` is not a sentence.", "End it with a full stop."))
    lesson = str(entry["lesson"])
    if len(lesson) != 2 or not lesson.isdigit():
        problems.append(
            Problem(
                FILE, word, f"`lesson` is {lesson}.", 'Write the two digits of a lesson, in quotes: "12".'
            )
        )
    return problems


def markdown(terms: list[Term]) -> str:
    """The terms as a Markdown list."""
    return "\n".join(f"- **{term.word}** (lesson {term.lesson}): {term.says}" for term in terms)
