"""SYNTHETIC: 240 visits of fictitious people at three made-up clinics, with faults planted on purpose.

Nobody in this table exists. What is planted, how often and why stands in `datasheet.md`; the numbers are the
constants below, and `tests/test_datasets.py` counts every one of them in the finished file.

Another table with other people and the same planted faults: `generate(seed=7)`, or
`curriculum data make three_clinics --seed 7 --to other`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from curriculum.generators.dice import Dice

SEED = 12

KG_PER_LB = 0.45359237  # exact, by definition
FIRST_DAY = datetime(2025, 3, 3)  # a Monday; 13 weeks of first visits, Monday to Friday
COLUMNS = (
    "visit_id,person_id,clinic,visit_time,sex,age,height_cm,weight,weight_unit,sbp,dbp,smoker"  # the header
)

# For each clinic: first visits, follow-up visits on another day, visits entered twice, rows repeated in full.
# Together 216 + 12 + 9 + 3 = 240 rows about 216 people.
FIRST_VISITS = {"A": 84, "B": 72, "C": 60}
FOLLOW_UPS = {"A": 5, "B": 4, "C": 3}
ENTERED_TWICE = {"A": 3, "B": 3, "C": 3}
REPEATED_ROWS = {"A": 1, "B": 1, "C": 1}
# Gaps: rows without any blood pressure, and rows with the upper value only. Clinic C measures least.
NO_PRESSURE = {"A": 2, "B": 4, "C": 10}
NO_LOWER_PRESSURE = {"A": 1, "B": 1, "C": 1}
NOT_ASKED_SMOKING = {"A": 4, "B": 7, "C": 13}  # written as 9


@dataclass(frozen=True)
class Visit:
    """One row before it is written. Weight is in kg here, whatever the unit that the clinic wrote."""

    person: str
    clinic: str
    time: datetime
    sex: str
    age: int  # years
    height: float  # cm
    kg: float
    unit: str  # the unit that is written: kg or lb
    sbp: int | None  # mmHg
    dbp: int | None  # mmHg
    smoker: int  # 0 no, 1 yes, 9 not asked

    def text(self, visit_id: str) -> str:
        """The row as it stands in the file: kg with one decimal, lb in whole pounds."""
        weight = f"{self.kg:.1f}" if self.unit == "kg" else f"{self.kg / KG_PER_LB:.0f}"
        if self.kg == 0:
            weight = "0"
        sbp = "" if self.sbp is None else str(self.sbp)
        dbp = "" if self.dbp is None else str(self.dbp)
        return (
            f"{visit_id},{self.person},{self.clinic},{self.time:%Y-%m-%dT%H:%M},{self.sex},{self.age},"
            f"{self.height:.1f},{weight},{self.unit},{sbp},{dbp},{self.smoker}"
        )


def generate(seed: int = SEED) -> dict[str, bytes]:
    """The finished file, `three_clinics.csv`, as bytes. The same `seed` gives the same people."""
    dice = Dice(seed)
    visits: list[Visit] = []
    repeats: list[Visit] = []
    for clinic in "ABC":
        people = [_ordinary_visit(dice, clinic, number) for number in range(FIRST_VISITS[clinic])]
        visits_here, repeats_here = _with_faults(dice, clinic, people)
        visits += visits_here
        repeats += repeats_here
    return {"three_clinics.csv": _written(dice, visits, repeats).encode("ascii")}


def _ordinary_visit(dice: Dice, clinic: str, number: int) -> Visit:
    """A first visit with nothing wrong: an adult of 48 to 130 kg, 145 to 194 cm, 18 to 92 years."""
    sex = "female" if dice.chance(0.54) else "male"
    age = round(dice.bell(52, 17, 18, 92))
    height = round(dice.bell(162, 6.5, 145, 180) if sex == "female" else dice.bell(176, 7, 158, 194), 1)
    kg = round(dice.bell(26.5, 4.2, 19, 40) * height * height / 10_000, 1)
    sbp = round(dice.bell(108 + 0.4 * age, 13, 92, 198))
    dbp = round(dice.bell(0.6 * sbp, 6, 46, sbp - 25))
    day = FIRST_DAY + timedelta(weeks=dice.whole(0, 12), days=dice.whole(0, 4))
    time = day + timedelta(hours=8, minutes=5 * dice.whole(0, 100))
    lb = {"A": False, "B": number % 7 != 3, "C": number % 2 == 0}[clinic]  # A in kg, B mostly lb, C mixed
    return Visit(
        person=f"{clinic}-{number}",  # a working name; the final numbers come in `_written`
        clinic=clinic,
        time=time,
        sex=sex,
        age=age,
        height=height,
        kg=min(max(kg, 48.0), 130.0),
        unit="lb" if lb else "kg",
        sbp=sbp,
        dbp=dbp,
        smoker=1 if dice.chance(0.23) else 0,
    )


def _with_faults(dice: Dice, clinic: str, people: list[Visit]) -> tuple[list[Visit], list[Visit]]:
    """Plants this clinic's share. Nobody gets two faults, so every planted count can be found again."""
    free = iter(people)  # the people come in no order, so taking the next is drawing at random
    visits: list[Visit] = []

    # Unusual and true: these must not be thrown away.
    if clinic == "A":
        heavy = replace(next(free), sex="male", age=46, height=178.4, kg=169.2, unit="kg")
        later = heavy.time + timedelta(days=28)
        visits += [heavy, replace(heavy, time=later, kg=168.5)]  # confirmed four weeks later
        visits += [replace(next(free), sex="male", age=33, height=201.0, kg=104.3)]  # 6 feet 7 inches
    if clinic == "B":
        visits += [replace(next(free), sex="female", age=71, height=151.0, kg=98 * KG_PER_LB, unit="lb")]

    # Impossible: somebody's hand slipped.
    if clinic == "A":
        visits += [replace(next(free), age=214)]
    if clinic == "B":
        swapped = next(free)
        visits += [replace(swapped, sbp=swapped.dbp, dbp=swapped.sbp)]
        visits += [replace(next(free), kg=0.0)]
    if clinic == "C":
        visits += [replace(next(free), sex="male", height=17.1)]
        swapped = next(free)
        visits += [replace(swapped, sbp=swapped.dbp, dbp=swapped.sbp)]

    # The same person on another day: a real visit, no repeat. Clinic C may use the other scale that day.
    for _ in range(FOLLOW_UPS[clinic] - (clinic == "A")):  # one of clinic A's is the confirmed extreme above
        first = next(free)
        unit = {"kg": "lb", "lb": "kg"}[first.unit] if clinic == "C" else first.unit
        second = replace(
            first,
            time=first.time + timedelta(days=7 * dice.whole(2, 8), minutes=5 * dice.whole(-3, 3)),
            kg=round(first.kg + dice.bell(0, 1.2, -3, 3), 1),
            unit=unit,
            sbp=first.sbp + dice.whole(-9, 9),
            dbp=first.dbp + dice.whole(-5, 5),
        )
        visits += [first, second]

    # One visit entered twice: the minutes differ, or the weight was typed again, or both.
    for number in range(ENTERED_TWICE[clinic]):
        first = next(free)
        minutes = dice.whole(2, 25) if number in (0, 2) else 0
        step = 1 * KG_PER_LB if first.unit == "lb" else 0.1 * dice.whole(1, 4)
        kg = first.kg + step if number in (1, 2) else first.kg
        visits += [first, replace(first, time=first.time + timedelta(minutes=minutes), kg=kg)]

    # A row that the export wrote twice, visit number and all.
    repeats = [next(free) for _ in range(REPEATED_ROWS[clinic])]
    visits += repeats

    # Not measured, not asked.
    visits += [replace(next(free), sbp=None, dbp=None) for _ in range(NO_PRESSURE[clinic])]
    visits += [replace(next(free), dbp=None) for _ in range(NO_LOWER_PRESSURE[clinic])]
    visits += [replace(next(free), smoker=9) for _ in range(NOT_ASKED_SMOKING[clinic])]

    return visits + list(free), repeats


def _written(dice: Dice, visits: list[Visit], repeats: list[Visit]) -> str:
    """All rows as text: in order of time, people and visits numbered, repeated rows further down the file."""
    visits = sorted(dice.shuffled(visits), key=lambda visit: visit.time)
    people: dict[str, str] = {}
    for visit in visits:
        people.setdefault(visit.person, f"P{len(people) + 1:03}")
    lines = [
        replace(visit, person=people[visit.person]).text(f"V{number:04}")
        for number, visit in enumerate(visits, start=1)
    ]
    for line in [lines[visits.index(repeated)] for repeated in repeats]:
        lines.insert(dice.whole(lines.index(line) + 1, len(lines)), line)
    return "\n".join([COLUMNS, *lines]) + "\n"
