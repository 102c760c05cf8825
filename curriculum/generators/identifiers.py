"""SYNTHETIC: a discharge register of a made-up hospital, with identifiers of all 18 Safe Harbor classes.

Nobody in these tables exists. Names are put together from two lists; numbers are of kinds that nobody can have
(see `_numbers`). What is planted, how often and why stands in `datasets/identifiers/datasheet.md`; the counts are
the constants below, and `tests/data/test_identifiers.py` counts each of them in the finished files for several
seeds.

`generate(seed)` makes five tables: `discharges.csv` (one row a stay), `areas.csv` (people in each 3-digit ZIP area),
`register.csv` (a made-up public register for a linkage attack), `truth.csv` (which register entry is which patient)
and `note_identifiers.csv` (what is hidden in which note).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from curriculum.datasets.text import rows_bytes
from curriculum.generators.dice import Dice

SEED = 18

FIRST_DAY = date(2025, 7, 1)  # discharges lie between these two days, both included
LAST_DAY = date(2026, 6, 30)

PEOPLE = 420
SECOND_STAYS = 80  # people with a second stay; of these some have a third
THIRD_STAYS = 10  # so 420 + 80 + 10 = 510 rows

# The 3-digit ZIP area, its population, towns as (ZIP, town, county), and the share of the ordinary patients.
# Safe Harbor keeps three digits only where MORE than 20,000 people live.
AREAS: dict[str, tuple[int, list[tuple[str, str, str]], float]] = {
    "001": (
        412_380,
        [
            ("00101", "Lanternfield", "Lantern"),
            ("00104", "Lanternfield", "Lantern"),
            ("00117", "Old Ferry", "Lantern"),
        ],
        0.42,
    ),
    "002": (96_204, [("00203", "Millbrook Down", "Harrow"), ("00211", "Saltmarsh", "Harrow")], 0.27),
    "003": (20_001, [("00302", "Three Elms", "Elm")], 0.10),
    "004": (20_000, [("00405", "Quiet Harbour", "Gull")], 0.09),
    "213": (19_999, [("21307", "Upper Fell", "Fell")], 0.09),
    "269": (3_480, [("26901", "Stone Isle", "Isle")], 0.03),
}
STATE = "Westmark"  # made up

LANGUAGES = (("English", 0.78), ("Spanish", 0.92), ("Vietnamese", 1.0))  # cumulative
RARE_LANGUAGE = "Icelandic"  # of one person only

# Age at discharge of planted people; everybody else is 18 to 87.
AGE_89, AGE_90, AGE_91, AGE_103 = 5, 4, 3, 1
OLDEST_ORDINARY, YOUNGEST = 86, 18
LEAP_DAYS = (  # birth date, discharge: nobody has a birthday in a year without a 29 February
    (date(1936, 2, 29), date(2026, 2, 28)),  # 89; 90 on the next day
    (date(1960, 2, 29), date(2026, 3, 1)),
    (date(1984, 2, 29), date(2025, 11, 20)),
    (date(2004, 2, 29), date(2026, 2, 28)),
)
TWIN_PAIRS = 2  # same sex, birth date and address

# Six men of 40 to 49 in area 003 with one diagnosis: six alike, and their secret is out. Nobody else is in that class.
SAME_CLASS = 6
SAME_SEX, SAME_AREA, SAME_BAND = "male", "003", (40, 49)
SENSITIVE = "B24"
SENSITIVE_ELSEWHERE = 8  # so 14 people in all; the count for differential privacy

# The register: 600 entries.
REGISTER = 600
STAND_IN_IT = 190  # patients who stand in the register, among them:
MOVED = 30  # with another ZIP than the hospital's
SWAPPED = 10  # with day and month of birth swapped
DOUBLES_OF_LISTED = 8  # with somebody else of the same sex, birth date and ZIP beside them
DOUBLES_OF_UNLISTED = (
    25  # people never in hospital, with sex, birth date and ZIP of a patient who is not listed
)
NAMESAKES = 12  # never in hospital, with a listed or unlisted patient's name, another birth date

# Notes: how many hold what (besides what all notes hold).
NAME_AND_WORD = 12  # the patient's name is a word, and the word stands in the note as well
WORD_ONLY = 20  # such a word as a word, the name nowhere
IN_NOTES = {  # class of Safe Harbor -> notes
    "names": 48,  # of the patient (36) and of a relative (12)
    "geography": 8,
    "dates": 14,
    "phone": 15,
    "fax": 3,
    "email": 8,
    "ssn": 4,
    "mrn": 6,
    "health_plan": 4,
    "account": 3,
    "licence": 3,
    "vehicle": 3,
    "device": 4,
    "url": 3,
    "ip": 2,
    "biometric": 2,
    "photo": 3,
    "other": 4,
}
RELATIVES = 12
KNOWN_BY_THE_STORY = (  # no identifier of a list, and still one person: the "actual knowledge" of the rule
    "Serving mayor of the town; the local paper reported the fall on the town hall steps.",
    "Keeps the only lighthouse of the county and wants to be back before the autumn storms.",
)

# Which column belongs to which of the 18 classes of 45 CFR 164.514(b)(2)(i); None: no class.
CLASS_OF: dict[str, str | None] = {
    "account_number": "account",
    "mrn": "mrn",
    "given_name": "names",
    "family_name": "names",
    "sex": None,
    "birth_date": "dates",
    "age": "dates",  # only above 89
    "language": None,
    "street": "geography",
    "city": "geography",
    "county": "geography",
    "zip": "geography",
    "state": None,
    "phone": "phone",
    "fax": "fax",
    "email": "email",
    "ssn": "ssn",
    "health_plan_number": "health_plan",
    "licence_number": "licence",
    "vehicle_id": "vehicle",
    "device_serial": "device",
    "web_page": "url",
    "ip_address": "ip",
    "biometric_id": "biometric",
    "photo_file": "photo",
    "study_code": "other",
    "admission_date": "dates",
    "discharge_date": "dates",
    "ward": None,
    "icd10": None,
    "diagnosis": None,
    "note": None,  # free text: may hold any of them
}

DIAGNOSES: dict[str, tuple[str, str, int]] = {  # WHO ICD-10: text, ward, and weight in the draw
    "A41.9": ("Sepsis, unspecified", "Medicine", 6),
    "E11.9": ("Type 2 diabetes mellitus without complications", "Medicine", 8),
    "I21.4": ("Acute subendocardial myocardial infarction", "Cardiology", 8),
    "I26.9": ("Pulmonary embolism without mention of acute cor pulmonale", "Medicine", 4),
    "I50.0": ("Congestive heart failure", "Cardiology", 12),
    "J18.9": ("Pneumonia, unspecified", "Medicine", 12),
    "J44.1": (
        "Chronic obstructive pulmonary disease with acute exacerbation, unspecified",
        "Medicine",
        9,
    ),
    "K92.2": ("Gastrointestinal haemorrhage, unspecified", "Surgery", 6),
    "L03.1": ("Cellulitis of other parts of limb", "Medicine", 6),
    "N17.9": ("Acute renal failure, unspecified", "Medicine", 7),
    "N39.0": ("Urinary tract infection, site not specified", "Medicine", 9),
    "S72.0": ("Fracture of neck of femur", "Surgery", 7),
    "F32.2": ("Severe depressive episode without psychotic symptoms", "Psychiatry", 6),
    SENSITIVE: ("Unspecified human immunodeficiency virus [HIV] disease", "Medicine", 0),  # planted only
}

# Names that are words as well. The sentence uses the word as a word.
WORDS = {
    "Will": "Will need help on the stairs.",
    "Rose": "Temperature rose overnight and settled.",
    "May": "May go home once eating.",
    "Grace": "Payment handled under the period of grace.",
    "Hope": "Hope to remove the drain tomorrow.",
    "Mark": "Mark the site before the next dressing.",
    "Field": "Visual field full on both sides.",
    "Long": "Long talk about stopping smoking.",
    "Young": "Looks young for the stated age.",
    "Bell": "Call bell within reach at all times.",
    "Stone": "No stone seen on ultrasound.",
    "Short": "Short of breath on one flight of stairs.",
}
GIVEN = {
    "female": [
        "Alma",
        "Beatrix",
        "Clara",
        "Delia",
        "Edith",
        "Flora",
        "Greta",
        "Harriet",
        "Ines",
        "Judith",
        "Kamala",
        "Lena",
        "Mabel",
        "Nadia",
        "Olive",
        "Petra",
        "Quilla",
        "Rhoda",
        "Selma",
        "Thea",
        "Ursula",
        "Viola",
        "Wanda",
        "Yara",
        "Zelda",
        "Rose",
        "May",
        "Grace",
        "Hope",
    ],
    "male": [
        "Anton",
        "Basil",
        "Conrad",
        "Dorian",
        "Edgar",
        "Felix",
        "Gideon",
        "Hector",
        "Ivor",
        "Jasper",
        "Kirin",
        "Leopold",
        "Magnus",
        "Nestor",
        "Osric",
        "Percy",
        "Quentin",
        "Rufus",
        "Silas",
        "Tobias",
        "Ulric",
        "Vernon",
        "Walter",
        "Xander",
        "Yorick",
        "Will",
        "Mark",
    ],
}
FAMILY = [
    "Abernault",
    "Birchwater",
    "Cobblestead",
    "Dunmarrow",
    "Eastwold",
    "Farthingay",
    "Glimmer",
    "Hollowell",
    "Inkpen",
    "Jarrowby",
    "Kestrelby",
    "Larkspear",
    "Mossgrave",
    "Nettlefold",
    "Oakenshaw",
    "Pennywhistle",
    "Quillfeather",
    "Ravensby",
    "Sedgewater",
    "Thistlewood",
    "Underhay",
    "Vexley",
    "Wintermere",
    "Yarrowdale",
    "Zellaby",
    "Ashgrove",
    "Brindlemoor",
    "Coppersmith",
    "Driftwell",
    "Elderkin",
    "Field",
    "Long",
    "Young",
    "Bell",
    "Stone",
    "Short",
]
STREETS = [
    "Almond Lane",
    "Bridge Road",
    "Candle Row",
    "Dove Street",
    "Ember Close",
    "Foundry Way",
    "Garden Hill",
    "Hazel Court",
]
PLAIN_NOTES = (
    "Eating and drinking. Walks to the bathroom alone.",
    "Pain well controlled on tablets. Family informed.",
    "Fluids stopped, observations stable for 24 hours.",
    "Wound dry. Stitches out at the surgery in ten days.",
    "Medicines explained, letter given. No allergies known.",
    "Slept well. Blood results back to usual values.",
    "Oxygen stopped yesterday, saturation 95 % on air.",
    "Seen by physiotherapy and safe on the stairs.",
)


@dataclass
class Person:
    """One fictitious patient, as the hospital knows them."""

    sex: str
    born: date
    given: str
    family: str
    area: str
    zip: str
    city: str
    county: str
    street: str
    language: str
    ids: dict[str, str]  # the lasting numbers: mrn, phone, ...
    stays: list[tuple[date, date, str]] = field(default_factory=list)  # admitted, discharged, ICD-10

    @property
    def key(self) -> tuple[str, date, str]:
        return self.sex, self.born, self.zip


def age_on(born: date, day: date) -> int:
    """Completed years. Someone born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def generate(seed: int = SEED) -> dict[str, bytes]:
    """The five tables as CSV bytes. The same `seed` gives the same people; another seed the same planted counts."""
    dice = Dice(seed)
    people = _people(dice)
    rows = _rows(dice, people)
    hidden = _notes(dice, rows)
    register, truth = _register(dice, people)
    return {
        "discharges.csv": rows_bytes(CLASS_OF, ([row[name] for name in CLASS_OF] for row in rows)),
        "areas.csv": rows_bytes(
            ("zip3", "population"), ((zip3, population) for zip3, (population, _, _) in AREAS.items())
        ),
        "register.csv": rows_bytes(
            ("register_id", "given_name", "family_name", "sex", "birth_date", "zip"), register
        ),
        "truth.csv": rows_bytes(("mrn", "register_id", "how"), truth),
        "note_identifiers.csv": rows_bytes(("account_number", "class", "text"), hidden),
    }


# ---------------------------------------------------------------- people


class _Drawer:
    """Draws people, so that nobody shares sex, birth date and ZIP unless that is planted."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.keys: set[tuple[str, date, str]] = set()
        self.names: set[tuple[str, str]] = set()
        self.numbers = iter(dice.shuffled(range(1_000, 10_000)))
        self.rare = True

    def day(self) -> date:
        """A day of discharge."""
        return FIRST_DAY + timedelta(days=self.dice.whole(0, (LAST_DAY - FIRST_DAY).days))

    def area(self) -> str:
        u, total = self.dice.uniform(), 0.0
        for zip3, (_, _, share) in AREAS.items():
            total += share
            if u < total:
                return zip3
        return "001"

    def born(self) -> date:
        """An ordinary birth date: 18 to 87 on any day of the register, and no leap day."""
        years = round(self.dice.bell(61, 19, YOUNGEST, OLDEST_ORDINARY))
        while True:
            born = date(FIRST_DAY.year - years, 1, 1) + timedelta(days=self.dice.whole(0, 364))
            if (born.month, born.day) != (2, 29) and age_on(born, FIRST_DAY) >= YOUNGEST:
                return born
            years += 1 if age_on(born, FIRST_DAY) < YOUNGEST else 0

    def name(self, sex: str) -> tuple[str, str]:
        while True:
            name = self.dice.choice(GIVEN[sex]), self.dice.choice(FAMILY)
            if name not in self.names:
                self.names.add(name)
                return name

    def person(
        self, born: date | None = None, sex: str | None = None, area: str | None = None, alike: bool = False
    ) -> Person:
        """One person; what is not given is drawn. `alike`: belongs to the class that shares one diagnosis."""
        while True:
            a_sex = sex or ("female" if self.dice.chance(0.53) else "male")
            an_area = area or self.area()
            a_born = born or self.born()
            zip_, city, county = self.dice.choice(AREAS[an_area][1])
            in_class = (a_sex, an_area) == (SAME_SEX, SAME_AREA) and any(
                SAME_BAND[0] <= age_on(a_born, day) <= SAME_BAND[1] for day in (FIRST_DAY, LAST_DAY)
            )
            if in_class == alike and (a_sex, a_born, zip_) not in self.keys:
                break
        self.keys.add((a_sex, a_born, zip_))
        given, family = self.name(a_sex)
        language = next(name for u in [self.dice.uniform()] for name, top in LANGUAGES if u < top)
        return Person(
            sex=a_sex,
            born=a_born,
            given=given,
            family=family,
            area=an_area,
            zip=zip_,
            city=city,
            county=county,
            street=f"{self.dice.whole(1, 240)} {self.dice.choice(STREETS)}",
            language=language,
            ids=_numbers(self.dice, next(self.numbers), given, family),
        )


def _numbers(dice: Dice, n: int, given: str, family: str) -> dict[str, str]:
    """The lasting numbers of a person; `n` is theirs alone. All are of kinds that nobody can have.

    Social security numbers begin with 000, 666 or 9 (never issued; the middle group below 50 is no taxpayer
    number either); telephone lines are 555-0100 to 555-0199 under area codes ending in 00; addresses of the net
    are those of RFC 5737 and RFC 3849; vehicle numbers hold a Q, which no vehicle number may.
    """
    lines = ("200", "300", "400")

    def line() -> str:
        return f"{dice.choice(lines)}-555-01{dice.whole(0, 99):02d}"

    start = dice.choice(("000", "666", f"9{dice.whole(0, 99):02d}"))
    octets = dice.choice(("192.0.2", "198.51.100", "203.0.113"))
    low = f"{given}.{family}".lower()
    some = {name: dice.chance(p) for name, p in _SHARE_WITH.items()}
    return {
        "mrn": f"M{n * 7 + 100_000}",
        "phone": line(),
        "fax": line() if some["fax"] else "",
        "email": f"{low}{n % 97}@example.{dice.choice(('org', 'com', 'net'))}" if some["email"] else "",
        "ssn": f"{start}-{dice.whole(10, 49)}-{n}",
        "health_plan_number": f"HP-{n}-{dice.whole(10, 99)}",
        "licence_number": f"WM{n * 3 + 40_000}" if some["licence_number"] else "",
        "vehicle_id": f"1QW{dice.whole(100, 999)}Q{dice.whole(1000, 9999)}00{n}"
        if some["vehicle_id"]
        else "",
        "device_serial": f"PM-{dice.whole(100, 999)}-{n}" if some["device_serial"] else "",
        "web_page": f"https://example.com/~{low}{n % 89}" if some["web_page"] else "",
        "ip_address": f"{octets}.{dice.whole(1, 254)}" if dice.chance(0.85) else f"2001:db8::{n:x}",
        "biometric_id": f"FP-{n:05d}" if some["biometric_id"] else f"VP-{n:05d}",
        "photo_file": f"face_{n:05d}.jpg",
        "study_code": f"LUMEN-{n}" if some["study_code"] else "",
    }


_SHARE_WITH = {
    "fax": 0.08,
    "email": 0.7,
    "licence_number": 0.75,
    "vehicle_id": 0.45,
    "device_serial": 0.12,
    "web_page": 0.06,
    "biometric_id": 0.6,
    "study_code": 0.15,
}


def _people(dice: Dice) -> list[Person]:
    """Everybody, planted people first; then in random order."""
    draw = _Drawer(dice)
    people: list[Person] = []

    def add(person: Person, discharged: date, code: str | None = None, days: int | None = None) -> Person:
        stay = days or dice.whole(1, 12)
        person.stays.append((discharged - timedelta(days=stay), discharged, code or _diagnosis(dice)))
        people.append(person)
        return person

    for years, how_many in ((89, AGE_89 - 1), (90, AGE_90 - 2), (91, AGE_91), (103, AGE_103)):
        for number in range(how_many):
            discharged = draw.day()
            # every other one has their birthday still to come in the calendar year: subtracting years gives one more
            before = number % 2 == 0
            add(draw.person(born=_born_for(dice, discharged, years, before)), discharged)
    discharged = draw.day()  # turns 90 in hospital: two days before going home
    add(draw.person(born=_years_before(discharged - timedelta(days=2), 90)), discharged, days=6)
    first = FIRST_DAY + timedelta(days=dice.whole(10, 90))  # 89 at the first stay, 90 at the second
    again = first + timedelta(days=dice.whole(60, 120))
    older = add(draw.person(born=_years_before(first + timedelta(days=30), 90)), first)
    older.stays.append((again - timedelta(days=3), again, older.stays[0][2]))
    for born, discharged in LEAP_DAYS:
        add(draw.person(born=born), discharged)
    for _ in range(TWIN_PAIRS):
        one = add(draw.person(), draw.day())
        other = add(draw.person(area=one.area), draw.day())
        for name in ("sex", "born", "family", "zip", "city", "county", "street", "language", "area"):
            setattr(other, name, getattr(one, name))
        other.given = next(n for n in dice.shuffled(GIVEN[one.sex]) if (n, one.family) not in draw.names)
        draw.names.add((other.given, other.family))
    for _ in range(SAME_CLASS):
        born = None
        while born is None or (SAME_SEX, born, AREAS[SAME_AREA][1][0][0]) in draw.keys or born.day == 29:
            years = dice.whole(SAME_BAND[0] + 1, SAME_BAND[1] - 1)
            born = date(FIRST_DAY.year - years, 1, 1) + timedelta(days=dice.whole(0, 180))
        add(draw.person(born=born, sex=SAME_SEX, area=SAME_AREA, alike=True), draw.day(), SENSITIVE)
    for _ in range(SENSITIVE_ELSEWHERE):
        add(draw.person(area=dice.choice(("001", "002"))), draw.day(), SENSITIVE)
    planted = len(people)
    while len(people) < PEOPLE:
        add(draw.person(), draw.day())
    ordinary = people[planted:]
    ordinary[0].language = RARE_LANGUAGE
    # Second and third stays, of ordinary people only, in time after the first.
    early = [p for p in ordinary if p.stays[0][1] <= LAST_DAY - timedelta(days=90)]
    for number, person in enumerate(dice.shuffled(early)[: SECOND_STAYS - 1]):  # and the one of 89 and 90
        for _ in range(2 if number < THIRD_STAYS else 1):
            last = person.stays[-1][1]
            discharged = last + timedelta(days=dice.whole(14, 44))
            same = dice.chance(0.6)
            code = person.stays[-1][2] if same else _diagnosis(dice)
            person.stays.append((discharged - timedelta(days=dice.whole(1, 9)), discharged, code))
    for person in people:  # the e-mail and the page of a twin follow the new name
        low = f"{person.given}.{person.family}".lower()
        for name in ("email", "web_page"):
            if person.ids[name]:
                tail = person.ids[name]
                person.ids[name] = (
                    f"{low}{int(person.ids['mrn'][1:]) % 97}@{tail.split('@')[1]}"
                    if name == "email"
                    else f"https://example.com/~{low}"
                )
    return dice.shuffled(people)


def _diagnosis(dice: Dice) -> str:
    total = sum(weight for _, _, weight in DIAGNOSES.values())
    u = dice.whole(0, total - 1)
    for code, (_, _, weight) in DIAGNOSES.items():
        u -= weight
        if u < 0:
            return code
    raise AssertionError("weights do not add up")


def _years_before(day: date, years: int) -> date:
    """The birth date of somebody who turns `years` on `day`; 28 February for a leap day."""
    return date(day.year - years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _born_for(dice: Dice, day: date, years: int, before_birthday: bool) -> date:
    """A birth date that makes somebody `years` old on `day`, on a given side of the birthday in that calendar year."""
    for drawn in range(4_000):
        born = _years_before(day, years) - timedelta(days=dice.whole(1, 360))
        in_hospital = {
            age_on(born, day),
            age_on(born, day - timedelta(days=13)),
        }  # no birthday during the stay
        if in_hospital != {years} or (born.month, born.day) == (2, 29):
            continue
        if (
            day.year - born.year > years
        ) == before_birthday or drawn > 2_000:  # on 31 December nobody is before
            return born
        dice.uniform()
    raise AssertionError(f"no birth date found for {years} years on {day}")


# ---------------------------------------------------------------- rows and notes


def _rows(dice: Dice, people: list[Person]) -> list[dict[str, object]]:
    """One row a stay, by day of discharge."""
    stays = [
        (discharged, admitted, code, person)
        for person in people
        for admitted, discharged, code in person.stays
    ]
    stays.sort(key=lambda stay: (stay[0], stay[1], stay[3].ids["mrn"]))
    rows = []
    for number, (discharged, admitted, code, person) in enumerate(stays):
        text, ward, _ = DIAGNOSES[code]
        rows.append(
            {
                **person.ids,
                "account_number": f"A{700_000 + number * 13 + dice.whole(0, 12)}",
                "given_name": person.given,
                "family_name": person.family,
                "sex": person.sex,
                "birth_date": person.born.isoformat(),
                "age": age_on(person.born, discharged),
                "language": person.language,
                "street": person.street,
                "city": person.city,
                "county": person.county,
                "zip": person.zip,
                "state": STATE,
                "admission_date": admitted.isoformat(),
                "discharge_date": discharged.isoformat(),
                "ward": ward,
                "icd10": code,
                "diagnosis": text,
                "note": "",
            }
        )
    return rows


def _notes(dice: Dice, rows: list[dict[str, object]]) -> list[tuple[object, str, str]]:
    """Write a note into each row; returns what is hidden where: account number, class, the text itself."""
    hidden: list[tuple[object, str, str]] = []
    parts: dict[int, list[str]] = {i: [dice.choice(PLAIN_NOTES)] for i in range(len(rows))}
    free = dice.shuffled(range(len(rows)))

    def take(fits) -> int:
        """The next row that is still free and fits."""
        position = next(n for n, i in enumerate(free) if fits(rows[i]))
        return free.pop(position)

    def hide(i: int, kind: str, text: str, sentence: str) -> None:
        parts[i].append(sentence.format(text))
        hidden.append((rows[i]["account_number"], kind, text))

    names = ("given_name", "family_name")
    for _ in range(NAME_AND_WORD):
        i = take(lambda row: any(row[n] in WORDS for n in names))
        word = next(str(rows[i][n]) for n in names if rows[i][n] in WORDS)
        hide(
            i, "names", word, "{} was glad to see the nurses." if word in FAMILY_FREE else "Mx {} left early."
        )
        parts[i].append(WORDS[word])
    for number in range(WORD_ONLY):
        word = list(WORDS)[number % len(WORDS)]
        i = take(lambda row: not any(row[n] in WORDS for n in names))
        parts[i].append(WORDS[word])
    for sentence in KNOWN_BY_THE_STORY:
        parts[take(lambda row: not any(row[n] in WORDS for n in names))].append(sentence)
    for kind, how_many in IN_NOTES.items():
        column, sentence = _SENTENCES[kind]
        for number in range(how_many - (NAME_AND_WORD if kind == "names" else 0)):
            i = take(lambda row, column=column: column is None or row[column] != "")
            row = rows[i]
            if kind == "names" and number < RELATIVES:
                sex = dice.choice(("female", "male"))
                text = f"{dice.choice(GIVEN[sex])} {row['family_name']}"
                kin = {"female": "daughter", "male": "son"}[sex]
                hide(i, kind, text, f"Lives with the {kin}, {{}}.")
            elif kind == "names":
                hide(i, kind, f"{row['given_name']} {row['family_name']}", sentence)
            elif kind == "dates":
                day = date.fromisoformat(str(row["discharge_date"])) + timedelta(days=dice.whole(5, 28))
                text = (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {_MONTHS[day.month - 1]}")[number % 3]
                hide(i, kind, text, sentence)
            else:
                hide(i, kind, str(row[column]), sentence)
    for i, row in enumerate(rows):
        row["note"] = " ".join(dice.shuffled(parts[i]))
    order = {row["account_number"]: n for n, row in enumerate(rows)}
    return sorted(hidden, key=lambda entry: order[entry[0]])


FAMILY_FREE = frozenset(WORDS) & frozenset(GIVEN["female"] + GIVEN["male"])  # words that are given names
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SENTENCES: dict[str, tuple[str | None, str]] = {
    "names": (None, "{} has understood the plan."),
    "geography": ("street", "Transport to {} is booked."),
    "dates": (None, "Clinic on {}."),
    "phone": ("phone", "Ring {} with the result."),
    "fax": ("fax", "Letter faxed to {}."),
    "email": ("email", "Leaflet sent to {}."),
    "ssn": ("ssn", "Benefits form filled in, SSN {}."),
    "mrn": ("mrn", "Old notes under {}."),
    "health_plan": ("health_plan_number", "Insurer agrees, {}."),
    "account": ("account_number", "Bill {} explained."),
    "licence": ("licence_number", "Must not drive for four weeks, licence {}."),
    "vehicle": ("vehicle_id", "Car left in the yard, VIN {}."),
    "device": ("device_serial", "Pacemaker {} checked."),
    "url": ("web_page", "Writes about the stay on {} ."),
    "ip": ("ip_address", "Remote reading came in from {}."),
    "biometric": ("biometric_id", "Drug cupboard test with {} failed."),
    "photo": ("photo_file", "Picture of the rash in {}."),
    "other": ("study_code", "Takes part in a trial as {}."),
}


# ---------------------------------------------------------------- the register


def _register(dice: Dice, people: list[Person]) -> tuple[list[list[object]], list[list[object]]]:
    """The made-up public register, and who in it is which patient.

    Only patients with a sex, birth date and ZIP of their own are used, so that every planted count is exact.
    """
    taken = {person.key for person in people}
    twins = {key for key in taken if sum(person.key == key for person in people) > 1}
    order = dice.shuffled([person for person in people if person.key not in twins])
    swappable = [
        p
        for p in order
        if p.born.day <= 12
        and p.born.day != p.born.month
        and (p.sex, date(p.born.year, p.born.day, p.born.month), p.zip) not in taken
    ]
    swapped = swappable[:SWAPPED]
    rest = [person for person in order if person not in swapped]
    moved, doubled = rest[:MOVED], rest[MOVED : MOVED + DOUBLES_OF_LISTED]
    plain = rest[MOVED + DOUBLES_OF_LISTED : STAND_IN_IT - SWAPPED]
    unlisted = rest[STAND_IN_IT - SWAPPED :]
    names = {(person.given, person.family) for person in people}
    zips = [zip_ for _, towns, _ in AREAS.values() for zip_, _, _ in towns]
    entries: list[tuple[tuple[str, str, str, date, str], Person | None, str]] = []

    def stranger(sex: str) -> tuple[str, str]:
        while True:
            name = dice.choice(GIVEN[sex]), dice.choice(FAMILY)
            if name not in names:
                names.add(name)
                return name

    def own(person: Person, how: str, born: date | None = None, zip_: str | None = None) -> None:
        entry = (person.given, person.family, person.sex, born or person.born, zip_ or person.zip)
        entries.append((entry, person, how))
        taken.add(entry[2:])

    def other(given: str, family: str, sex: str, born: date, zip_: str) -> None:
        entries.append(((given, family, sex, born, zip_), None, ""))
        taken.add((sex, born, zip_))

    for person in plain:
        own(person, "same")
    for person in moved:
        own(
            person,
            "moved",
            zip_=next(z for z in dice.shuffled(zips) if (person.sex, person.born, z) not in taken),
        )
    for person in swapped:
        born = date(person.born.year, person.born.day, person.born.month)
        own(person, "day and month swapped", born=born)
    for person in doubled:
        own(person, "same, and somebody else has the same sex, birth date and ZIP")
        other(*stranger(person.sex), *person.key)
    for person in unlisted[:DOUBLES_OF_UNLISTED]:
        other(*stranger(person.sex), *person.key)
    strangers = _Drawer(dice)
    strangers.keys = taken
    for person in dice.shuffled(people)[:NAMESAKES]:
        born = next(day for day in iter(strangers.born, None) if (person.sex, day, person.zip) not in taken)
        other(person.given, person.family, person.sex, born, person.zip)
    while len(entries) < REGISTER:
        sex = dice.choice(("female", "male"))
        born, zip_ = strangers.born(), dice.choice(AREAS[strangers.area()][1])[0]
        if (sex, born, zip_) not in taken:
            other(*stranger(sex), sex, born, zip_)
    register, truth = [], []
    for number, (entry, person, how) in enumerate(dice.shuffled(entries), start=1):
        given, family, sex, born, zip_ = entry
        register.append([f"R{number:04d}", given, family, sex, born.isoformat(), zip_])
        if person:
            truth.append([person.ids["mrn"], f"R{number:04d}", how])
    return register, sorted(truth)
