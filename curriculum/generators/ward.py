"""SYNTHETIC: what happened to fictitious adults in one made-up hospital, event by event.

Nobody in these tables exists. What is planted, how often and why stands in `datasets/ward/datasheet.md`; the
numbers are the constants below, and `tests/data/test_ward.py` counts them in the finished files, for several seeds.

Other people with the same planted counts: `generate(seed=7)`, or `curriculum data make ward --seed 7 --to other`.
Other counts: change the constants. Every time is local time, to the minute; no clock change falls into the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from curriculum.generators import pathways as p
from curriculum.generators.codesets import DIAGNOSES, DRUGS, TESTS
from curriculum.generators.dice import Dice

SEED = 25
FIRST_DAY = datetime(2025, 2, 3)  # a Monday; people arrive on 35 days
DAYS = 35
SHIFTS = (7, 19)  # the day shift works from 07:00 to 19:00, the night shift the rest

# Stays for each reason: 54 together. 6 of them are a second stay of the same person, so there are 48 people.
STAYS: Mapping[str, int] = {
    "pneumonia": 12, "urosepsis": 8, "cellulitis": 4, "heart failure": 9, "heart attack": 4, "chest pain": 4,
    "COPD flare": 6, "gut bleeding": 3, "hip fracture": 4,
}  # fmt: skip
SECOND_STAYS: Mapping[str, int] = {"pneumonia": 1, "urosepsis": 1, "heart failure": 2, "COPD flare": 2}

# What is planted: for each reason, the places (from 0) of the stays that carry it. The stays of a reason come in
# no order, so fixed places are as good as drawn ones, and the counts are the same for every seed.
Places = Mapping[str, tuple[int, ...]]
EXAMPLE: Places = {"pneumonia": (0,)}  # antibiotic ordered 09:10, given 11:40
NEVER_GIVEN: Places = {"pneumonia": (1, 2), "urosepsis": (1,)}  # the order is lost; another next morning
OMITTED: Places = {"pneumonia": (3,), "cellulitis": (0,)}  # not given, with a reason; another order later
VERBAL: Places = {"urosepsis": (2, 3, 4), "pneumonia": (4,), "cellulitis": (1,)}  # typed in after giving
LATE_ALERT: Places = {
    "pneumonia": (5, 6), "urosepsis": (0, 5), "heart failure": (0, 1), "COPD flare": (0,), "gut bleeding": (0,),
}  # fmt: skip
UNANSWERED_ALERT: Places = {"pneumonia": (7,), "heart failure": (2,)}
HAEMOLYSED: Places = {"heart failure": (3,), "urosepsis": (6,), "heart attack": (0,), "COPD flare": (1,)}
WRONG_DILUTION: Places = {"cellulitis": (2,), "hip fracture": (0,)}  # creatinine, corrected
SAMPLE_LEFT: Places = {"pneumonia": (8,), "heart failure": (4,), "gut bleeding": (1,), "hip fracture": (1,)}
CULTURE_AFTER: Places = {"pneumonia": (9, 10), "urosepsis": (7,)}  # its result comes after discharge
KIDNEY_INJURY: Places = {
    "heart failure": (5, 6, 7),
    "hip fracture": (2, 3),
}  # on the ward, coded after discharge
CHANGED: Mapping[str, Mapping[int, str]] = {  # the working diagnosis is not what the coders write
    "pneumonia": {5: "?PE, pleuritic CP", 8: "?PE, sats {oxygen} RA", 11: "CCF, SOB"},
    "heart failure": {3: "IECOPD", 8: "CAP, R base"},
    "heart attack": {1: "epigastric pain, ?gastritis", 2: "GORD"},
    "COPD flare": {2: "SOB, CCF"},
    "chest pain": {0: "NSTEMI", 1: "CP, trop pending, NSTEMI"},
}
AMBIGUOUS: Mapping[str, Mapping[int, str]] = {  # one abbreviation, several meanings; only the context tells
    "COPD flare": {3: "SOB, sats {oxygen} RA", 4: "SOB, sats {oxygen} RA, known COPD"},  # room air
    "cellulitis": {3: "cellulitis L leg, known RA on MTX"},  # rheumatoid arthritis
    "gut bleeding": {2: "melaena, RA, on NSAIDs"},  # rheumatoid arthritis
    "urosepsis": {5: "UTI, known MS, catheter"},  # multiple sclerosis
    "heart failure": {4: "pulmonary oedema, known MS, diastolic murmur"},  # mitral stenosis
    "pneumonia": {4: "CP since birth, aspiration, fever"},  # cerebral palsy
}
EAST_EVERY = (
    3  # every third stay begins in the emergency department East, whose laboratory reports mg/dL and g/dL
)

# What keeps the log short: hours from arrival with full rounds of observations, two a day (later one a day, of the
# signs that the alert reads); hours from arrival with handovers; hours from the first dose with doses; days from
# arrival on which blood is taken in the morning.
WATCHED_FOR, HANDOVERS_FOR, DOSES_FOR, MORNING_BLOODS = 24, 48, 24, (1, 2, 4)

FIRST_TESTS = (p.POTASSIUM, p.SODIUM, p.CREATININE, p.GLUCOSE, p.HAEMOGLOBIN, p.WHITE_CELLS, p.CRP)
LATER_TESTS = (p.POTASSIUM, p.CREATININE)  # and those that belong to the reason for coming
INFECTIONS = ("pneumonia", "urosepsis", "cellulitis")
WARD_SIGNS = (p.HEART, p.SYSTOLIC, p.BREATHS, p.OXYGEN, p.HEAT)  # one full round on the ward
ALERT_SIGNS = (p.SYSTOLIC, p.BREATHS, p.OXYGEN)

# The kind of event says which code system its code belongs to; `codes.csv` says what the code means.
LOINC, RXNORM, ICD10 = "LOINC", "RxNorm", "ICD-10"
CODE_SYSTEMS: Mapping[str, str] = {
    "vital": LOINC, "result": LOINC, "result_corrected": LOINC, "drug_order": RXNORM, "drug_given": RXNORM,
    "drug_omitted": RXNORM, "code_assigned": ICD10,
}  # fmt: skip
EVENT_COLUMNS = "stay_id,time,event_type,order_id,code,value,unit,place,actor,note"
STAY_COLUMNS = (
    "stay_id,person_id,age,sex,arrival_time,ward_time,discharge_time,ward,admission_text,discharge_icd10,"
    "second_icd10,coded_time"
)

# One abbreviation, one row for each meaning: abbreviation, meaning, setting, example.
ABBREVIATIONS = (
    ("AF", "atrial fibrillation", "cardiology", "new AF, rate 140"),
    ("AKI", "acute kidney injury", "any", "AKI on CKD"),
    ("AS", "aortic stenosis", "cardiology", "ejection murmur, severe AS"),
    ("AS", "ankylosing spondylitis", "rheumatology", "AS, stiff in the mornings"),
    ("BS", "breath sounds", "chest examination", "BS reduced R base"),
    ("BS", "bowel sounds", "abdominal examination", "abdomen soft, BS present"),
    ("BS", "blood sugar", "nursing chart", "BS 14 before lunch"),
    ("CA", "cancer", "oncology", "CA breast 2019"),
    ("CA", "cardiac arrest", "resuscitation", "CA at 03:10, ROSC after 6 min"),
    ("CAP", "community acquired pneumonia", "medicine", "CAP, R base"),
    ("CCF", "congestive cardiac failure", "cardiology", "SOB, ankle swelling, CCF"),
    ("COPD", "chronic obstructive pulmonary disease", "respiratory", "SOB, known COPD"),
    ("CP", "chest pain", "emergency department", "CP, ?ACS"),
    ("CP", "cerebral palsy", "neurology, past history", "CP since birth"),
    ("CP", "chronic pancreatitis", "gastroenterology", "CP, on enzymes"),
    ("DM", "diabetes mellitus", "any", "type 2 DM, on metformin"),
    ("DM", "dermatomyositis", "rheumatology", "DM with rash and weakness"),
    ("IECOPD", "infective exacerbation of COPD", "respiratory", "IECOPD, wheeze"),
    ("LFT", "liver function tests", "any", "LFT raised"),
    ("LFT", "lung function tests", "respiratory", "LFT: FEV1 45 %"),
    ("MS", "multiple sclerosis", "neurology, past history", "known MS, catheter"),
    ("MS", "mitral stenosis", "cardiology", "known MS, diastolic murmur"),
    ("MS", "morphine sulfate", "drug chart", "MS 5 mg for pain"),
    ("MS", "mental state", "psychiatry", "MS examination normal"),
    ("NOF", "neck of femur", "surgery", "#NOF L (# means fracture)"),
    ("NSTEMI", "non-ST-elevation myocardial infarction", "cardiology", "CP, trop pos, NSTEMI"),
    ("OD", "overdose", "emergency department", "OD paracetamol"),
    ("OD", "once daily", "drug chart", "aspirin 75 mg OD"),
    ("OD", "right eye (oculus dexter)", "ophthalmology", "cataract OD"),
    ("PD", "Parkinson's disease", "neurology, past history", "PD, on levodopa"),
    ("PD", "peritoneal dialysis", "renal", "PD, cloudy bag"),
    ("PE", "pulmonary embolism", "emergency department", "?PE, pleuritic CP"),
    ("PE", "physical examination", "clerking", "PE: chest clear"),
    ("PE", "pleural effusion", "radiology", "small PE on the left"),
    ("PT", "patient", "any", "PT comfortable"),
    ("PT", "physiotherapy", "ward", "seen by PT, walks with frame"),
    ("PT", "prothrombin time", "laboratory", "PT 14 s"),
    ("RA", "room air", "observations", "sats 88 RA"),
    ("RA", "rheumatoid arthritis", "rheumatology, past history", "known RA on MTX"),
    ("RA", "right atrium", "echocardiography", "RA dilated"),
    ("SOB", "short of breath", "any", "SOB + fever"),
    ("UTI", "urinary tract infection", "any", "UTI, rigors"),
)


@dataclass
class Stay:
    """One stay while it is being written: who, where, when, and its events."""

    person: str  # a working name; the final numbers come in `_written`
    pathway: p.Pathway
    place: int  # the place of the stay among those of its reason, which decides what is planted
    body: p.Body
    east: bool
    arrival: datetime
    discharge: datetime
    text: str
    ill: float
    ward_time: datetime = FIRST_DAY
    coded: datetime = FIRST_DAY
    second_code: str = ""
    events: list[dict[str, str]] = field(default_factory=list)
    orders: int = 0

    def has(self, plant: Places) -> bool:
        """Whether this stay carries the plant."""
        return self.place in plant.get(self.pathway.name, ())

    @property
    def department(self) -> str:
        return "EDE" if self.east else "EDM"

    def where(self, time: datetime) -> str:
        return self.department if time < self.ward_time else self.pathway.ward

    def watched(self, time: datetime) -> bool:
        """Whether the observations of this time are still full rounds, two a day."""
        return time - self.arrival <= timedelta(hours=WATCHED_FOR)

    def new_order(self) -> str:
        """A working number for an order and everything that answers it."""
        self.orders += 1
        return f"{self.pathway.name}-{self.place}-{self.orders}"

    def add(self, time: datetime, event_type: str, actor: str, place: str = "", **rest: str) -> None:
        """Write one event."""
        row = {"event_type": event_type, "actor": actor, "place": place or self.where(time), **rest}
        self.events.append({"time": f"{time:%Y-%m-%dT%H:%M}", **row})

    def share(self, time: datetime) -> float:
        """How far the stay has got: 0 at arrival, 1 at discharge."""
        return (time - self.arrival) / (self.discharge - self.arrival)


def generate(seed: int = SEED) -> dict[str, bytes]:
    """The finished files as bytes: `events.csv`, `stays.csv`, `codes.csv`, `abbreviations.csv`.

    Parameters
    ----------
    seed : int
        Another seed gives other people, times and values, and the same planted counts.
    """
    dice = Dice(seed)
    stays = _stays(dice)
    for stay in stays:
        _emergency(dice, stay)
        _ward(dice, stay)
        _discharge(dice, stay)
    events, table = _written(stays)
    abbreviations = "\n".join(
        ["abbreviation,meaning,setting,example"] + [_line(row) for row in ABBREVIATIONS] + [""]
    )
    return {
        "events.csv": events.encode("ascii"),
        "stays.csv": table.encode("ascii"),
        "codes.csv": "\n".join(["code_system,code,display", *map(_line, _codes()), ""]).encode("ascii"),
        "abbreviations.csv": abbreviations.encode("ascii"),
    }


def _codes() -> list[tuple[str, str, str]]:
    """Every code that the log may hold: system, code, what the ward calls it."""
    drugs = {drug.code: drug for pathway in p.PATHWAYS.values() for drug in (*pathway.drugs, p.METFORMIN)}
    tests = (*p.VITALS, *FIRST_TESTS, p.CREATININE_MG, p.GLUCOSE_MG, p.LACTATE, p.TROPONIN, p.CULTURE)
    diagnoses = sorted({pathway.code for pathway in p.PATHWAYS.values()} | {"N17.9"})
    return [
        *((LOINC, code, TESTS[code].short) for code in tests),
        *((RXNORM, code, DRUGS[code]) for code in sorted(drugs, key=int)),
        *((ICD10, code, DIAGNOSES[code]) for code in diagnoses),
    ]


def _minutes(low: int, high: int, dice: Dice) -> timedelta:
    return timedelta(minutes=dice.whole(low, high))


def _stays(dice: Dice) -> list[Stay]:
    """Who comes when and for how long."""
    stays: list[Stay] = []
    for name, number in STAYS.items():
        pathway = p.PATHWAYS[name]
        returning = SECOND_STAYS.get(name, 0)
        firsts: list[Stay] = []
        for place in range(number):
            again = place >= number - returning
            if again:
                first = firsts[place - (number - returning)]
                person, body = first.person, first.body
                day = first.discharge.replace(hour=0, minute=0) + timedelta(days=dice.whole(6, 16))
            else:
                person, body = f"{name}-{place}", p.body(dice, pathway, diabetes=place % 4 == 1)
                day = FIRST_DAY + timedelta(days=dice.whole(0, 9 if place < returning else DAYS - 1))
            arrival = day + timedelta(hours=_arrival_hour(dice), minutes=dice.whole(0, 59))
            if place in EXAMPLE.get(name, ()):
                arrival = day + timedelta(hours=7, minutes=dice.whole(20, 40))
            stay = Stay(
                person=person,
                pathway=pathway,
                place=place,
                body=body,
                east=len(stays) % EAST_EVERY == 0,
                arrival=arrival,
                discharge=_leaves(dice, arrival, pathway.hours),
                text=dice.choice(pathway.texts),
                ill=dice.bell(1, 0.18, 0.6, 1.4),
            )
            stay.text = CHANGED.get(name, {}).get(place, stay.text)
            stay.text = AMBIGUOUS.get(name, {}).get(place, stay.text)
            stays.append(stay)
            firsts.append(stay)
    return stays


def _arrival_hour(dice: Dice) -> int:
    """More people come by day than by night."""
    return dice.whole(8, 22) if dice.chance(0.8) else dice.whole(0, 23)


def _leaves(dice: Dice, arrival: datetime, hours: tuple[int, int]) -> datetime:
    """Discharge between 10:30 and 17:30, about as many hours after arrival as the pathway says."""
    day = arrival + timedelta(hours=dice.whole(*hours))
    leaves = day.replace(hour=10, minute=30) + timedelta(minutes=dice.whole(0, 420))
    return leaves if leaves - arrival >= timedelta(hours=hours[0]) else leaves + timedelta(days=1)


def _emergency(dice: Dice, stay: Stay) -> None:
    """Arrival, triage, bloods, the doctor, the first drugs, the way to the ward."""
    name = stay.pathway.name
    stay.ward_time = stay.arrival + _minutes(220, 480, dice)
    stay.add(stay.arrival, "arrival", "clerk")
    triage = stay.arrival + _minutes(3, 18, dice)
    stay.add(triage, "triage", "nurse", value=str(_category(stay)))
    first = _observe(dice, stay, triage + _minutes(1, 4, dice), p.VITALS)
    stay.text = stay.text.format(oxygen=f"{first[p.OXYGEN]:.0f}")
    seen = triage + _minutes(12, 60, dice)
    if stay.has(EXAMPLE):
        seen = stay.arrival.replace(hour=8, minute=dice.whole(30, 45))
    stay.add(seen, "seen_by_doctor", "doctor")

    tests = FIRST_TESTS
    if name in ("pneumonia", "urosepsis", "gut bleeding"):
        tests = (*tests, p.LACTATE)
    if name in ("heart failure", "heart attack", "chest pain"):
        tests = (*tests, p.TROPONIN)
    by_nurse = dice.chance(0.5)  # bloods by protocol, before a doctor has seen the patient
    asked = triage + _minutes(3, 9, dice) if by_nurse else seen + _minutes(2, 10, dice)
    actor = "nurse" if by_nurse else "doctor"
    collected = _bloods(dice, stay, asked, tests, actor, "nurse", asked + _minutes(4, 25, dice))
    if p.TROPONIN in tests:
        again = collected + timedelta(hours=3) + _minutes(0, 25, dice)
        _bloods(dice, stay, again - _minutes(20, 50, dice), (p.TROPONIN,), "doctor", "nurse", again)
    if name in ("pneumonia", "urosepsis"):
        _culture(dice, stay, seen + _minutes(3, 12, dice))

    diagnosis = seen + _minutes(8, 25, dice)
    if stay.has(EXAMPLE):
        diagnosis = stay.arrival.replace(hour=9, minute=6)
    stay.add(diagnosis, "working_diagnosis", "doctor", note=stay.text)
    for number, drug in enumerate(stay.pathway.drugs):
        if number == 0 and drug.code in p.ANTIBIOTICS:
            _antibiotic(dice, stay, drug, diagnosis + _minutes(3, 25, dice))
        else:
            ordered = diagnosis + _minutes(3, 30, dice)
            _drug(dice, stay, drug, ordered, ordered + _minutes(12, 70, dice))
    bed = max(diagnosis, stay.ward_time - _minutes(60, 150, dice))
    stay.add(bed, "bed_requested", "doctor", stay.department)
    stay.add(stay.ward_time, "ward_arrival", "nurse", stay.pathway.ward)


def _category(stay: Stay) -> int:
    """A triage category from 1 to 5; made up, after what such scales have in common."""
    if stay.pathway.name in ("heart attack", "urosepsis", "gut bleeding"):
        return 2
    return 2 if stay.ill > 1.15 else 3


def _antibiotic(dice: Dice, stay: Stay, drug: p.Drug, ordered: datetime) -> None:
    """The first antibiotic: most are given late, some never, some were given before anybody typed the order."""
    if stay.has(EXAMPLE):
        at_nine = stay.arrival.replace(hour=9, minute=10)
        _drug(dice, stay, drug, at_nine, at_nine + timedelta(minutes=150))
    elif stay.has(VERBAL):
        given = ordered
        typed = given + _minutes(14, 55, dice)
        _drug(dice, stay, drug, typed, given, note="verbal order, typed in after giving")
    elif stay.has(NEVER_GIVEN) or stay.has(OMITTED):
        order = stay.new_order()
        _order(stay, drug, ordered, order)
        if stay.has(OMITTED):
            reason = dice.choice(("no intravenous access", "patient away for an X-ray"))
            time = ordered + _minutes(40, 100, dice)
            stay.add(time, "drug_omitted", "nurse", order_id=order, note=reason, **_of_drug(drug))
            again = time + _minutes(60, 150, dice)
        else:  # lost: found at the doctors' round of the next morning
            again = (ordered + timedelta(days=1)).replace(hour=8, minute=dice.whole(20, 59))
        _drug(dice, stay, drug, again, again + _minutes(20, 60, dice))
    else:
        _drug(dice, stay, drug, ordered, ordered + _minutes(25, 190, dice))


def _of_drug(drug: p.Drug) -> dict[str, str]:
    return {"code": drug.code, "value": f"{drug.dose:g}", "unit": drug.unit}


def _order(stay: Stay, drug: p.Drug, time: datetime, order: str, note: str = "") -> None:
    interval = f"every {drug.every} h" if drug.every else "once"
    note = "; ".join(part for part in (f"{drug.route}, {interval}", note) if part)
    stay.add(time, "drug_order", "doctor", order_id=order, note=note, **_of_drug(drug))


def _drug(dice: Dice, stay: Stay, drug: p.Drug, ordered: datetime, given: datetime, note: str = "") -> None:
    """An order and its doses; the doses of the first `DOSES_FOR` hours are in the log."""
    order = stay.new_order()
    _order(stay, drug, ordered, order, note)
    dose = given
    while dose < min(stay.discharge - timedelta(hours=1), given + timedelta(hours=DOSES_FOR)):
        stay.add(dose, "drug_given", "nurse", order_id=order, **_of_drug(drug))
        if not drug.every:
            break
        dose += timedelta(hours=drug.every) + _minutes(-15, 40, dice)


def _bloods(
    dice: Dice,
    stay: Stay,
    ordered: datetime,
    tests: Iterable[str],
    asks: str,
    collects: str,
    collected: datetime,
) -> datetime:
    """Blood tests: ordered, collected, received, resulted, and now and then corrected. Returns the collection."""
    order = stay.new_order()
    stay.add(ordered, "lab_order", asks, order_id=order)
    stay.add(collected, "collected", collects, order_id=order)
    received = collected + _minutes(8, 35, dice)
    first_draw = not any(event["event_type"] == "result" for event in stay.events)
    if first_draw and stay.has(SAMPLE_LEFT):
        received = collected + _minutes(185, 260, dice)  # the tube lay in the rack
    east = stay.east and collected < stay.ward_time
    laboratory = "LABE" if east else "LABM"
    stay.add(received, "received", "scientist", laboratory, order_id=order)
    ready = received + _minutes(28, 60, dice)
    for code in tests:
        value = _lab_value(dice, stay, code, collected)
        time = ready + (_minutes(15, 40, dice) if code in (p.CRP, p.TROPONIN) else _minutes(0, 6, dice))
        wrong = None
        if first_draw and code == p.POTASSIUM and stay.has(SAMPLE_LEFT):
            value += 0.9  # it leaks out of the cells while the tube waits; nobody corrects this one
        if first_draw and code == p.POTASSIUM and stay.has(HAEMOLYSED):
            wrong, why = dice.bell(6.6, 0.2, 6.2, 7.1), "specimen haemolysed, new specimen measured"
        if first_draw and code == p.CREATININE and stay.has(WRONG_DILUTION):
            wrong, why = value * dice.bell(2.6, 0.1, 2.4, 2.8), "multiplied for a dilution that was not made"
        if wrong is None:
            stay.add(time, "result", "system", laboratory, order_id=order, **_result(value, code, east))
            continue
        stay.add(time, "result", "system", laboratory, order_id=order, **_result(wrong, code, east))
        stay.add(
            time + _minutes(45, 150, dice), "result_corrected", "scientist", laboratory, order_id=order,
            note=why, **_result(value, code, east),
        )  # fmt: skip
    return collected


def _lab_value(dice: Dice, stay: Stay, code: str, time: datetime) -> float:
    value = p.level(dice, stay.pathway, stay.body, code, stay.share(time), stay.ill)
    hours = (time - stay.arrival) / timedelta(hours=1)
    if code == p.CREATININE and stay.has(
        KIDNEY_INJURY
    ):  # usual at arrival, worst on the third day, then better
        rise = 1.25 + 0.35 * min(hours / 24, 2) if hours > 12 else 1.0
        rise -= 0.25 * min(max(hours - 60, 0) / 24, 2)
        value = dice.bell(stay.body.own[code] * rise, 2, *p.LIMITS[code])
    if code == p.TROPONIN and stay.pathway.name == "heart attack" and hours > 3:
        value = min(value * dice.bell(2.3, 0.3, 1.6, 3), 9000)
    return value


def _result(value: float, code: str, east: bool) -> dict[str, str]:
    """The laboratory East reports creatinine, glucose and haemoglobin in mg/dL and g/dL."""
    unit = next(iter(TESTS[code].units), "")
    if east and code in (p.CREATININE, p.GLUCOSE, p.HAEMOGLOBIN):
        value, code, unit = p.other_unit(value, code)
    return {"code": code, "value": p.written(value, code, unit), "unit": unit}


def _culture(dice: Dice, stay: Stay, ordered: datetime) -> None:
    """A blood culture: the bacteria need two days or more."""
    order, collected = stay.new_order(), ordered + _minutes(3, 20, dice)
    received = collected + _minutes(15, 60, dice)
    stay.add(ordered, "lab_order", "doctor", order_id=order, note="blood culture")
    stay.add(collected, "collected", "nurse", order_id=order)
    stay.add(received, "received", "scientist", "LABM", order_id=order)
    time = received + timedelta(hours=44) + _minutes(0, 600, dice)
    found = "no growth"
    if stay.has(CULTURE_AFTER):
        time = stay.discharge + timedelta(hours=4) + _minutes(0, 900, dice)
        found = {"pneumonia": "Streptococcus pneumoniae"}.get(stay.pathway.name, "Escherichia coli")
    elif stay.pathway.name == "urosepsis" and stay.place % 2 == 0:
        found = "Escherichia coli"
    stay.add(time, "result", "scientist", "LABM", order_id=order, code=p.CULTURE, value=found)


def _observe(
    dice: Dice, stay: Stay, time: datetime, codes: Iterable[str] = WARD_SIGNS, course: str = ""
) -> Mapping[str, float]:
    """A set of observations; the course may be "worse", or "calm": nothing that the alert would fire on."""
    bad = {
        p.HEART: dice.bell(121, 5, 108, 136), p.SYSTOLIC: dice.bell(86, 2, 80, 90),
        p.BREATHS: dice.bell(27, 1, 25, 30), p.OXYGEN: dice.bell(90, 1, 87, 93), p.HEAT: dice.bell(37.4, 0.5, 36.2, 38.9),
    }  # fmt: skip
    values: dict[str, float] = {}
    for code in codes:
        value = p.level(dice, stay.pathway, stay.body, code, stay.share(time), stay.ill)
        if course == "worse":
            value = bad[code]
        if course == "calm":
            value = min(value, 24) if code == p.BREATHS else value
            value = max(value, {p.SYSTOLIC: 91, p.OXYGEN: 86}.get(code, value))
        if code == p.DIASTOLIC:
            value = min(value, values[p.SYSTOLIC] - 20)
        values[code] = float(p.written(value, code))
        unit = next(iter(TESTS[code].units))
        stay.add(time, "vital", "nurse", code=code, value=p.written(value, code), unit=unit)
    return values


def _reason(values: Mapping[str, float]) -> str:
    """The house rule of the alert: what it fires on, or nothing."""
    rules = {
        "breaths 25 or more": values[p.BREATHS] >= 25,
        "systolic 90 or less": values[p.SYSTOLIC] <= 90,
        "saturation 85 or less": values[p.OXYGEN] <= 85,
    }
    return "; ".join(rule for rule, broken in rules.items() if broken)


def _alert(dice: Dice, stay: Stay, time: datetime, why: str, answered: datetime | None) -> None:
    """An alert, the nurse who acknowledges it, the doctor who comes."""
    alert = stay.new_order()
    fired = time + _minutes(1, 3, dice)
    stay.add(fired, "alert", "system", order_id=alert, note=why)
    if answered is not None:
        stay.add(answered, "alert_acknowledged", "nurse", order_id=alert)
        stay.add(answered + _minutes(10, 55, dice), "medical_review", "doctor", order_id=alert)


def _ward(dice: Dice, stay: Stay) -> None:
    """Observations, handovers, alerts, morning bloods."""
    alerts: list[datetime] = []  # one in 12 hours
    if stay.has(LATE_ALERT):  # minutes before the shifts change
        change = (stay.arrival + timedelta(days=1)).replace(hour=dice.choice(SHIFTS), minute=0)
        if change < stay.ward_time + timedelta(hours=1):
            change += timedelta(hours=12)  # the alert system watches the wards only
        alerts.append(change - _minutes(14, 36, dice))
        values = _observe(dice, stay, alerts[0], course="worse")
        _alert(dice, stay, alerts[0], _reason(values), change + _minutes(75, 165, dice))
    if stay.has(UNANSWERED_ALERT):  # in the night
        night = (stay.arrival + timedelta(days=2)).replace(hour=dice.whole(2, 4), minute=dice.whole(0, 59))
        alerts.append(night)
        _alert(dice, stay, night, _reason(_observe(dice, stay, night, course="worse")), None)
    day, end = stay.ward_time.replace(hour=0, minute=0), stay.discharge - timedelta(minutes=90)
    rounds = [stay.ward_time + _minutes(10, 30, dice)]
    while day < end:
        for hour in SHIFTS:
            time = day + timedelta(hours=hour)
            if stay.ward_time < time < min(stay.discharge, stay.arrival + timedelta(hours=HANDOVERS_FOR)):
                stay.add(time, "handover", "nurse")
        for hour in (10, 22):
            time = day + timedelta(hours=hour) + _minutes(-35, 35, dice)
            evening = hour == 22 and not stay.watched(time)
            if stay.ward_time + timedelta(hours=2) < time < end and not evening:
                rounds.append(time)
        day += timedelta(days=1)
    for time in rounds:
        soon = any(time < alert < time + timedelta(hours=12) for alert in alerts)
        signs = WARD_SIGNS if stay.watched(time) else ALERT_SIGNS
        why = _reason(_observe(dice, stay, time, signs, course="calm" if soon else ""))
        if why and all(abs(time - other) > timedelta(hours=12) for other in alerts):
            alerts.append(time)
            _alert(dice, stay, time, why, time + _minutes(6, 35, dice))

    tests = LATER_TESTS
    if stay.pathway.name in INFECTIONS:
        tests = (*tests, p.WHITE_CELLS, p.CRP)
    elif stay.pathway.ward == "W1":
        tests = (*tests, p.HAEMOGLOBIN)
    elif stay.pathway.ward == "W2":
        tests = (*tests, p.SODIUM)
    for number in MORNING_BLOODS:
        collected = (stay.arrival + timedelta(days=number)).replace(hour=6, minute=5) + _minutes(0, 40, dice)
        if stay.ward_time + timedelta(hours=3) < collected < stay.discharge - timedelta(hours=3):
            evening = collected - timedelta(hours=13) + _minutes(0, 90, dice)
            asked = max(evening, stay.ward_time + _minutes(20, 60, dice))
            _bloods(dice, stay, asked, tests, "doctor", "phlebotomist", collected)
    if stay.body.diabetes:
        ordered = stay.ward_time + _minutes(30, 100, dice)
        first = (ordered + timedelta(days=1)).replace(hour=8, minute=dice.whole(0, 30))
        if first < stay.discharge - timedelta(hours=2):
            _drug(dice, stay, p.METFORMIN, ordered, first, note="home medicine, from tomorrow")


def _discharge(dice: Dice, stay: Stay) -> None:
    """Discharge; days later the coders write the diagnosis codes."""
    stay.add(stay.discharge - _minutes(60, 85, dice), "discharge_decision", "doctor")
    stay.add(stay.discharge, "discharge", "nurse")
    stay.coded = (
        stay.discharge.replace(hour=9, minute=0) + timedelta(days=dice.whole(1, 9)) + _minutes(0, 400, dice)
    )
    codes = [(stay.pathway.code, "main")]
    if stay.has(KIDNEY_INJURY):
        stay.second_code = "N17.9"
        codes.append(("N17.9", "second"))
    for code, note in codes:
        stay.add(stay.coded, "code_assigned", "coder", "COD", code=code, note=note)


def _line(values: Iterable[str]) -> str:
    """One line of CSV; a text with a comma or a quote stands in quotes."""
    return ",".join(
        '"' + value.replace('"', '""') + '"' if any(mark in value for mark in ',"') else value
        for value in values
    )


def _written(stays: list[Stay]) -> tuple[str, str]:
    """Both tables as text: stays numbered by arrival, people by their first arrival, events by time."""
    stays = sorted(stays, key=lambda stay: (stay.arrival, stay.person))
    people: dict[str, str] = {}
    for stay in stays:
        people.setdefault(stay.person, f"P{len(people) + 1:03}")
    table, events = [STAY_COLUMNS], []
    for number, stay in enumerate(stays, start=1):
        stay_id, person_id = f"S{number:03}", people[stay.person]
        times = (f"{time:%Y-%m-%dT%H:%M}" for time in (stay.arrival, stay.ward_time, stay.discharge))
        table.append(
            _line(
                (stay_id, person_id, str(stay.body.age), stay.body.sex, *times, stay.pathway.ward, stay.text,
                 stay.pathway.code, stay.second_code, f"{stay.coded:%Y-%m-%dT%H:%M}")
            )
        )  # fmt: skip
        events += [{"stay_id": stay_id, **event} for event in stay.events]
    events.sort(
        key=lambda event: (event["time"], event["stay_id"])
    )  # stable: the order within a minute stays
    orders: dict[str, str] = {}
    lines = [EVENT_COLUMNS]
    for event in events:
        if event.get("order_id"):
            event["order_id"] = orders.setdefault(event["order_id"], f"R{len(orders) + 1:03}")
        lines.append(_line(event.get(column, "") for column in EVENT_COLUMNS.split(",")))
    return "\n".join([*lines, ""]), "\n".join([*table, ""])
