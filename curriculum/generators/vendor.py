"""SYNTHETIC: twelve months of a bought-in early-warning score at one made-up hospital, with faults planted.

Nobody in these tables exists, and no vendor does. The score is meant to say how likely it is that a person on
the ward gets so much worse within the stay that they die or need intensive care. What is planted, how often and
why stands in `datasets/vendor/datasheet.md`; the counts are the constants below, and
`tests/data/test_vendor.py` finds every one of them again, for several seeds.

Another hospital year with the same planted faults: `generate(seed=7)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from curriculum.generators.dice import Dice

SEED = 2

YEAR = 2025
EXTRACTED = datetime(2026, 1, 5)  # when the tables were taken out of the record
WARDS = ("A", "B", "C", "D")
STAYS_PER_WARD = 25  # in each month
SECOND_STAYS = 9  # stays in each month from February on of a person who was there in an earlier month
PREDICTIONS = (6, 24)  # about so many hours after admission

# Of 100 stays in a month: with another language than English 30, else 70.
WORSE_OTHER, WORSE_ENGLISH = 5, 10  # stays that get worse if nobody does anything
STAYS_OTHER = 30
# Stays that an answered alert saved, by month, January to December; all of people who speak English.
SAVED = (0, 0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5)
# Outcomes not yet known when the tables were taken out, and how many of them are bad ones.
PENDING = {11: 40, 12: 80}
PENDING_WORSE = {11: 6, 12: 9}

THRESHOLD = 0.20  # a score this high makes an alert
SILENT_MONTHS = (1,)  # the score runs, nobody is shown anything
UPDATE_MONTH = 7  # version 3.0 instead of 2.1 from the first of this month
FAHRENHEIT_WARD, FAHRENHEIT_FROM = "C", 9  # temperature arrives in Fahrenheit from this month on
NO_LACTATE_WARD, NO_LACTATE_MONTH = "D", 10  # the laboratory's results do not arrive in this month
REPEATED_ROWS = 2  # in each month: rows written twice, number and all
SENT_AGAIN = 1  # in each month: a prediction sent again under a new number two minutes later

BASE_ODDS = 0.15 / 0.85  # of 100 stays 15 get worse if nobody does anything
SPREAD = 1.5  # distance of the two bell curves; an area under the curve of about .85 before the faults
LATE_OTHER = 1.8  # how much too low the score of a worsening person with another language is (log odds)
UPDATE_SHIFT = 0.8  # version 3.0 scores everybody so much higher (log odds)
FAHRENHEIT_SHIFT = 0.9  # a temperature of 99 looks like a fever to the model
NO_LACTATE_SHIFT = -2.0  # no result is taken for a normal result

AGE_GROUPS = ("18-49", "50-64", "65-79", "80+")
PREDICTION_COLUMNS = "prediction_id,stay_id,time,ward,temperature,lactate,score,model_version,alert_shown,response,override_reason"
STAY_COLUMNS = "stay_id,person_id,admitted,ward,sex,age_group,language"
OUTCOME_COLUMNS = "stay_id,outcome,outcome_time,label_available"


@dataclass(frozen=True)
class Person:
    number: int
    sex: str
    age_group: str
    language: str


@dataclass
class Stay:
    """One stay on a ward; `worse` is what happened, `saved` what would have happened without the alert."""

    person: Person
    ward: str
    admitted: datetime
    worse: bool
    saved: bool
    pending: bool = False
    name: str = ""


def generate(seed: int = SEED) -> dict[str, bytes]:
    """`stays.csv`, `predictions.csv`, `outcomes.csv` and `late_outcomes.csv` as bytes."""
    dice = Dice(seed)
    stays = _stays(dice)
    predictions = _predictions(dice, stays)
    known, late = _outcomes(dice, stays)
    lines = [
        f"{stay.name},N{stay.person.number:04},{stay.admitted:%Y-%m-%dT%H:%M},{stay.ward},{stay.person.sex},"
        f"{stay.person.age_group},{stay.person.language}"
        for stay in stays
    ]
    return {
        "stays.csv": _file(STAY_COLUMNS, lines),
        "predictions.csv": _file(PREDICTION_COLUMNS, predictions),
        "outcomes.csv": _file(OUTCOME_COLUMNS, known),
        "late_outcomes.csv": _file(OUTCOME_COLUMNS, late),
    }


def _file(header: str, lines: list[str]) -> bytes:
    return ("\n".join([header, *lines]) + "\n").encode("ascii")


def _stays(dice: Dice) -> list[Stay]:
    """1,200 stays in order of admission, 100 in each month, 25 on each ward."""
    people: list[Person] = []
    may_return: list[Person] = []  # of earlier months; nobody comes a third time
    stays: list[Stay] = []
    for month in range(1, 13):
        kinds = [("other", True, False)] * WORSE_OTHER
        kinds += [("other", False, False)] * (STAYS_OTHER - WORSE_OTHER)
        saved = SAVED[month - 1]
        kinds += [("english", False, True)] * saved + [("english", True, False)] * (WORSE_ENGLISH - saved)
        total = STAYS_PER_WARD * len(WARDS)
        kinds += [("english", False, False)] * (total - STAYS_OTHER - WORSE_ENGLISH)
        wards = dice.shuffled([ward for ward in WARDS for _ in range(STAYS_PER_WARD)])
        returning = set(dice.shuffled(range(total))[:SECOND_STAYS]) if month > 1 else set()
        this_month: list[Stay] = []
        newcomers: list[Person] = []
        for number, (language, worse, was_saved) in enumerate(dice.shuffled(kinds)):
            if number in returning:
                person = dice.choice([one for one in may_return if one.language == language])
                may_return.remove(person)
            else:
                person = Person(
                    number=len(people) + 1,
                    sex="female" if dice.chance(0.5) else "male",
                    age_group=AGE_GROUPS[dice.whole(0, 3)],
                    language=language,
                )
                people.append(person)
                newcomers.append(person)
            # The last prediction falls on the 28th at the latest, so nothing runs over into the next month.
            admitted = datetime(YEAR, month, dice.whole(1, 26), dice.whole(0, 23), 5 * dice.whole(0, 11))
            this_month.append(Stay(person, wards[number], admitted, worse, was_saved))
        if month in PENDING:
            bad = [stay for stay in this_month if stay.worse]
            good = [stay for stay in this_month if not stay.worse]
            for stay in dice.shuffled(bad)[: PENDING_WORSE[month]]:
                stay.pending = True
            for stay in dice.shuffled(good)[: PENDING[month] - PENDING_WORSE[month]]:
                stay.pending = True
        may_return += newcomers
        stays += sorted(this_month, key=lambda stay: stay.admitted)
    order = dice.shuffled(range(1, len(people) + 1))  # the number of a person says nothing about the day
    for number, stay in enumerate(stays, start=1):
        stay.name = f"S{number:04}"
        person = stay.person
        stay.person = Person(order[person.number - 1], person.sex, person.age_group, person.language)
    return stays


def _predictions(dice: Dice, stays: list[Stay]) -> list[str]:
    """The rows of the log in order of time, numbered, with the repeated ones in their places."""
    rows: list[tuple[datetime, str]] = []
    for stay in stays:
        rows += _of_stay(dice, stay)
    again: list[tuple[datetime, str]] = []
    repeated: set[int] = set()
    for month in range(1, 13):
        here = dice.shuffled([number for number, (time, _) in enumerate(rows) if time.month == month])
        repeated.update(here[:REPEATED_ROWS])
        for number in here[REPEATED_ROWS : REPEATED_ROWS + SENT_AGAIN]:
            time, text = rows[number]
            later = time + timedelta(minutes=2)
            again.append((later, text.replace(f"{time:%Y-%m-%dT%H:%M}", f"{later:%Y-%m-%dT%H:%M}")))
    marked = [(time, text, number in repeated) for number, (time, text) in enumerate(rows)]
    marked += [(time, text, False) for time, text in again]
    lines: list[str] = []
    for number, (_, text, twice) in enumerate(sorted(marked, key=lambda row: (row[0], row[1])), start=1):
        lines += [f"R{number:04},{text}"] * (2 if twice else 1)
    return lines


def _of_stay(dice: Dice, stay: Stay) -> Iterator[tuple[datetime, str]]:
    """The two predictions of one stay: time, and the row without its number."""
    half = SPREAD * SPREAD / 2
    evidence = dice.bell(half if stay.worse or stay.saved else -half, SPREAD, -5, 5)
    if stay.worse and stay.person.language == "other":
        evidence -= LATE_OTHER
    if stay.saved:
        evidence = max(evidence, 1.2)  # high enough for an alert, which somebody answered
    fever = 37.0 + 0.25 * (evidence + 2)
    answered = False
    for hours in PREDICTIONS:
        time = stay.admitted + timedelta(hours=hours, minutes=dice.whole(-60, 60))
        version = "3.0" if time.month >= UPDATE_MONTH else "2.1"
        log_odds = evidence + dice.bell(0, 0.3, -0.9, 0.9) * (hours > PREDICTIONS[0])
        celsius = min(max(fever + dice.bell(0, 0.4, -1, 1), 35.2), 40.4)
        temperature = f"{celsius:.1f}"
        lactate = f"{dice.bell(1.5 + 0.25 * (evidence + 2), 0.4, 0.5, 6.0):.1f}" if dice.chance(0.8) else ""
        if version == "3.0":
            log_odds += UPDATE_SHIFT
        if stay.ward == FAHRENHEIT_WARD and time.month >= FAHRENHEIT_FROM:
            temperature = f"{celsius * 1.8 + 32:.1f}"
            log_odds += FAHRENHEIT_SHIFT
        if stay.ward == NO_LACTATE_WARD and time.month == NO_LACTATE_MONTH:
            lactate = ""
            log_odds += NO_LACTATE_SHIFT
        odds = BASE_ODDS * _exp(log_odds)
        score = f"{odds / (1 + odds):.3f}"
        shown = float(score) >= THRESHOLD and time.month not in SILENT_MONTHS
        response, reason = _response(dice, time, stay.saved and not answered) if shown else ("", "")
        answered = answered or response == "accepted"
        yield (
            time,
            f"{stay.name},{time:%Y-%m-%dT%H:%M},{stay.ward},{temperature},{lactate},{score},{version},"
            f"{int(shown)},{response},{reason}",
        )


def _response(dice: Dice, time: datetime, must_accept: bool) -> tuple[str, str]:
    """What somebody did with an alert. From 22:00 to 06:00 two nurses look after the whole ward."""
    night = time.hour >= 22 or time.hour < 6
    accepted, overridden = (0.15, 0.65) if night else (0.45, 0.35)
    draw = dice.uniform()
    if must_accept or draw < accepted:
        return "accepted", ""
    if draw >= accepted + overridden:
        return "unanswered", ""
    if dice.chance(0.5 if night else 0.1):
        return "overridden", "no_time"
    return "overridden", dice.choice(("already_treated", "known_condition", "false_alarm"))


def _outcomes(dice: Dice, stays: list[Stay]) -> tuple[list[str], list[str]]:
    """The rows of `outcomes.csv`, empty where not yet known, and those that came later."""
    known: list[str] = []
    late: list[str] = []
    for stay in stays:
        happened = stay.admitted + timedelta(hours=dice.whole(34, 72), minutes=5 * dice.whole(0, 11))
        when = f"{happened:%Y-%m-%dT%H:%M}" if stay.worse else ""
        wait = (
            dice.whole(25, 55) if stay.worse else dice.whole(8, 30)
        )  # a bad outcome is reviewed by two people
        day = (stay.admitted + timedelta(days=wait)).replace(hour=0, minute=0)
        if stay.pending:
            day = max(day, EXTRACTED + timedelta(days=dice.whole(1, 50)))
        else:
            day = min(day, EXTRACTED - timedelta(days=1))
        row = f"{stay.name},{int(stay.worse)},{when},{day:%Y-%m-%d}"
        known.append(f"{stay.name},,," if stay.pending else row)
        if stay.pending:
            late.append(row)
    return known, late


def _exp(x: float) -> float:
    """e to the x by repeated squaring, from sums and products alone: the same bits on every system."""
    power = 1 + x / 4096
    for _ in range(12):
        power *= power
    return power
