"""Which row of an exported file is which student of the gradebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from curriculum.grading.record import Student

# A way of matching: what it is called, the keys of a student, the keys of a row.
Way = tuple[str, Callable[[Student], Iterable[str]], Callable[[Sequence[str]], Iterable[str]]]


@dataclass
class Matched:
    """Rows (by their place) and students that belong together, and those left over."""

    pairs: dict[int, Student] = field(default_factory=dict)
    how: dict[int, str] = field(default_factory=dict)  # row -> the way it was matched
    alone: list[Student] = field(default_factory=list)  # students without a row
    unclear: list[Student] = field(default_factory=list)  # students with several rows, or who share one
    left: list[int] = field(default_factory=list)  # rows without a student


def match(
    students: Sequence[Student], rows: Sequence[Sequence[str]], ways: Sequence[Way], usable: Sequence[int]
) -> Matched:
    """Match students with rows: the first way for which a student has keys decides, unless it finds no row.

    Parameters
    ----------
    students : sequence of Student
    rows : sequence of sequence of str
        Every row of the sheet.
    ways : sequence of Way
        In order of trust. A student whose key belongs to several rows, or to a row of another student, is
        matched with none.
    usable : sequence of int
        Places of the rows that stand for students.
    """
    found: dict[str, tuple[set[int], str]] = {}
    for name, of_student, of_row in ways:
        places: dict[str, set[int]] = defaultdict(set)
        for place in usable:
            for key in of_row(rows[place]):
                if key:
                    places[key.casefold()].add(place)
        for student in students:
            if student.id in found:
                continue
            hits = set().union(*(places.get(key.casefold(), set()) for key in of_student(student) if key))
            if hits:
                found[student.id] = hits, name
    claims: dict[int, list[str]] = defaultdict(list)
    for student, (hits, _) in found.items():
        for place in hits:
            claims[place].append(student)
    result = Matched()
    for student in students:
        hits, name = found.get(student.id, (set(), ""))
        if not hits:
            result.alone.append(student)
        elif len(hits) > 1 or len(claims[next(iter(hits))]) > 1:
            result.unclear.append(student)
        else:
            place = next(iter(hits))
            result.pairs[place], result.how[place] = student, name
    result.left = [place for place in usable if not claims[place]]
    return result
