"""SYNTHETIC: 16 fictitious patients as FHIR R4 (4.0.1) bundles, with traps planted on purpose.

Nobody in these bundles exists. What is planted, how often and why stands in `datasets/fhir/datasheet.md`; which
resource carries what stands in `planted.csv`; `tests/data/test_fhir.py` finds every trap again, for several seeds.

Other patients with the same planted counts: `generate(seed=7)`, or `curriculum data make fhir --seed 7 --to other`.
Other counts: change `PROFILES`.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from curriculum.generators import codesets as c
from curriculum.generators import pathways as p
from curriculum.generators.dice import Dice

SEED = 4
BASE = "https://example.org/fhir/"  # example.org is reserved: there is no such hospital
FIRST_DAY = datetime(2025, 2, 3)
ZONE = "+01:00"  # the hospital's local time in this period
LINE = 150  # characters in a line of the files
USABLE = ("final", "amended", "corrected")
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
CONDITION_CATEGORY = "http://terminology.hl7.org/CodeSystem/condition-category"
REPLACES = "http://hl7.org/fhir/StructureDefinition/observation-replaces"
NAMES = {
    "female": ("Ada", "Beate", "Chloe", "Dilek", "Edith", "Fatou", "Greta", "Hana", "Ines", "Joan"),
    "male": ("Abel", "Bruno", "Cem", "David", "Emil", "Felix", "Goran", "Hugo", "Idris", "Jonas"),
}
FAMILIES = (
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper", "Kapok", "Larch",
    "Maple", "Nettle", "Oak", "Poplar",
)  # fmt: skip

# Whose temperature and whose blood pressure are taken again towards the end of the stay; the others' once.
TEMPERATURE_AGAIN = ("pneumonia", "urosepsis", "cellulitis", "COPD flare")
PRESSURE_AGAIN = ("urosepsis", "cellulitis", "gut bleeding")

# One line for each patient: why they came, and what is planted. Who carries which line is drawn.
PROFILES: tuple[tuple[str, str], ...] = (
    ("pneumonia", "preliminary_superseded two_codes_creatinine recorded_late allergy_active"),
    ("urosepsis", "entered_in_error data_absent request_plan two_codes_glucose"),
    ("heart failure", "time_zone amended recorded_late allergy_active"),
    ("heart attack", "cancelled comparator not_done two_units_haemoglobin"),
    ("COPD flare", "preliminary_latest two_units_temperature condition_resolved"),
    ("gut bleeding", "corrected two_units_haemoglobin request_cancelled"),
    (
        "hip fracture",
        "issued_late two_units_haemoglobin preliminary_superseded allergy_refuted request_in_error",
    ),
    ("cellulitis", "two_units_crp entered_in_error allergy_active"),
    ("pneumonia", "both_sent data_absent condition_refuted"),
    ("urosepsis", "two_codes_creatinine time_zone not_done part_absent"),
    ("heart failure", "issued_late other_encounter preliminary_superseded preliminary_latest"),
    ("chest pain", "test_never_done comparator condition_refuted two_codes_glucose entered_in_error"),
    ("COPD flare", "time_zone cancelled two_units_temperature allergy_in_error recorded_late"),
    ("pneumonia", "two_units_crp corrected data_absent request_cancelled"),
    ("heart failure", "two_codes_creatinine amended other_encounter condition_in_error recorded_late"),
    (
        "cellulitis",
        "test_never_done two_codes_creatinine issued_late part_absent request_plan condition_resolved",
    ),
)
EVERYBODY = ("last_listed_is_not_latest", "coded_after_discharge")  # planted in all bundles

NOTES = {
    "preliminary_superseded": "preliminary; a final result of the same specimen follows",
    "preliminary_latest": "the latest potassium is preliminary and has no final result yet",
    "entered_in_error": "the latest creatinine is entered in error: it belongs to somebody else",
    "cancelled": "the latest potassium was cancelled: haemolysed, no value",
    "corrected": "the latest potassium has the status corrected: it counts, and a filter on final loses it",
    "amended": "the latest haemoglobin has the status amended: it counts, and a filter on final loses it",
    "both_sent": "a final potassium that a corrected one replaces; both were sent",
    "two_codes_creatinine": "the latest creatinine is in mg/dL and so has another LOINC code than the earlier ones",
    "two_codes_glucose": "the first glucose is in mg/dL and so has another LOINC code than the later one",
    "two_units_haemoglobin": "the latest haemoglobin is in g/dL, the earlier in g/L, the code is the same",
    "two_units_crp": "the latest CRP is in mg/dL, the earlier in mg/L, the code is the same",
    "two_units_temperature": "the latest temperature is in degrees Fahrenheit, the code is the same",
    "time_zone": "the latest potassium; as text its time is the earlier one, because it is in UTC",
    "issued_late": "an older creatinine that was issued after the latest one",
    "data_absent": "the latest lactate has no value and a dataAbsentReason",
    "part_absent": "the latest blood pressure has a systolic and no diastolic value",
    "comparator": "a CRP below the limit of measurement: comparator < and a number",
    "test_never_done": "no potassium in the bundle; absent is not normal",
    "other_encounter": "a creatinine of an earlier visit to the clinic, months before this stay",
    "condition_refuted": "a suspicion that was refuted",
    "condition_in_error": "a diagnosis that was entered in error; it has no clinicalStatus",
    "condition_resolved": "an illness of an earlier year, resolved",
    "recorded_late": "diabetes: onset years ago, recorded during this stay",
    "request_plan": "a plan, not an order; nothing was given",
    "request_cancelled": "an order that was cancelled before anything was given",
    "request_in_error": "an order that was entered in error",
    "not_done": "an order whose dose was not given",
    "allergy_active": "a confirmed penicillin allergy",
    "allergy_refuted": "a penicillin allergy that a test refuted",
    "allergy_in_error": "an allergy that was entered in error; it has no clinicalStatus",
    "last_listed_is_not_latest": "the latest usable creatinine of the stay; another one is listed last",
    "coded_after_discharge": "the diagnosis of the stay, recorded days after discharge",
}


class Record:
    """One patient while the bundle is being filled.

    Attributes
    ----------
    resources : list of dict
        The FHIR resources so far.
    planted : list of tuple
        Trap and resource id, in the order of planting.
    """

    def __init__(self, dice: Dice, number: int, profile: tuple[str, str]) -> None:
        self.dice, self.number = dice, number
        self.pathway, self.traps = p.PATHWAYS[profile[0]], profile[1].split()
        self.body = p.body(dice, self.pathway, diabetes="recorded_late" in self.traps)
        self.patient, self.stay = f"pat-{number:02}", f"enc-{number:02}-a"
        self.start = FIRST_DAY + timedelta(
            days=dice.whole(0, 34), hours=dice.whole(8, 20), minutes=dice.whole(0, 59)
        )
        self.hours = dice.whole(*self.pathway.hours)
        self.end = self.start + timedelta(hours=self.hours)
        self.ill = dice.bell(1, 0.15, 0.7, 1.3)
        self.numbers = dice.shuffled(range(100, 1000))  # ids tell nothing about the order
        self.resources: list[dict[str, Any]] = []
        self.planted: list[tuple[str, str]] = []

    def has(self, trap: str) -> bool:
        return trap in self.traps

    def plant(self, trap: str, resource_id: str) -> None:
        self.planted.append((trap, resource_id))

    def id(self, kind: str) -> str:
        """A new id such as obs-07-481."""
        return f"{kind}-{self.number:02}-{self.numbers.pop()}"

    def after(self, share: float) -> datetime:
        """A moment of the stay: 0 is its start, 1 its end; a few minutes are drawn."""
        return self.start + timedelta(minutes=int(self.hours * 60 * share) + self.dice.whole(0, 25))

    def level(self, code: str, time: datetime) -> float:
        share = (time - self.start) / (self.end - self.start)
        return p.level(self.dice, self.pathway, self.body, code, share, self.ill)

    def about(self, kind: str, identifier: str, encounter: str = "") -> dict[str, Any]:
        """The start of a resource about this patient."""
        return {
            "resourceType": kind,
            "id": identifier,
            "subject": {"reference": f"Patient/{self.patient}"},
            "encounter": {"reference": f"Encounter/{encounter or self.stay}"},
        }

    def observe(
        self,
        code: str,
        time: datetime,
        value: float | None,
        *,
        status: str = "final",
        unit: str = "",
        issued: datetime | None = None,
        utc: bool = False,
        encounter: str = "",
        reason: str = "",
        note: str = "",
        **more: Any,
    ) -> str:
        """Add an Observation and return its id.

        `value` is in the unit `unit` of the test (its first when left out). Without a value, `reason` is the
        code of dataAbsentReason. `utc` writes the time in UTC.
        """
        vital = code in (*p.VITALS, "85354-9")
        issued = issued or time + timedelta(minutes=1 if vital else self.dice.whole(40, 110))
        resource = self.about("Observation", self.id("obs"), encounter) | {
            "status": status,
            "category": [concept(OBSERVATION_CATEGORY, "vital-signs" if vital else "laboratory")],
            "code": concept(c.LOINC_SYSTEM, code, c.TESTS[code].name, c.TESTS[code].short),
            "effectiveDateTime": moment(time, utc),
            "issued": moment(issued, utc),
            **_value(code, value, unit, reason),
            **more,
        }
        if note:
            resource["note"] = [{"text": note}]
        self.resources.append(resource)
        return str(resource["id"])


def concept(system: str, code: str, display: str = "", text: str = "") -> dict[str, Any]:
    """A CodeableConcept with one coding."""
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]} | ({"text": text} if text else {})


def moment(time: datetime, utc: bool = False) -> str:
    """A FHIR instant: local time with its zone, or UTC with Z."""
    if utc:
        return f"{time - timedelta(hours=1):%Y-%m-%dT%H:%M:%S}Z"
    return f"{time:%Y-%m-%dT%H:%M:%S}{ZONE}"


def written(node: Any, depth: int = 0, before: int = 0) -> str:
    """JSON with an indent of one space, in which an object or a list that fits into one line stands on one line.

    `depth` is the indent of the line, `before` the number of characters in front of the node on that line.
    """
    short = json.dumps(node, ensure_ascii=True)
    if not isinstance(node, dict | list) or depth + before + len(short) < LINE:
        return short
    start, end = "{}" if isinstance(node, dict) else "[]"
    names = [f"{json.dumps(key)}: " for key in node] if isinstance(node, dict) else [""] * len(node)
    values = node.values() if isinstance(node, dict) else node
    inner, line = depth + 1, "\n" + " " * (depth + 1)
    parts = [f"{name}{written(value, inner, len(name))}" for name, value in zip(names, values, strict=True)]
    return f"{start}{line}{(',' + line).join(parts)}\n{' ' * depth}{end}"


def _value(code: str, value: float | None, unit: str = "", reason: str = "") -> dict[str, Any]:
    if value is None:
        return {"dataAbsentReason": concept(c.ABSENT_REASON, reason)} if reason else {}
    unit = unit or next(iter(c.TESTS[code].units))
    number: float = float(p.written(value, code, unit))
    if c.TESTS[code].units[unit] == 0:
        number = int(number)
    return {"valueQuantity": {"value": number, "unit": unit, "system": c.UCUM_SYSTEM, "code": unit}}


def generate(seed: int = SEED) -> dict[str, bytes]:
    """The finished files as bytes: `bundles/patient_01.json` and so on, and `planted.csv`.

    Parameters
    ----------
    seed : int
        Another seed gives other patients and the same planted counts.
    """
    dice = Dice(seed)
    profiles, families = dice.shuffled(PROFILES), dice.shuffled(FAMILIES)
    files: dict[str, bytes] = {}
    lines = ["patient,file,trap,resource_id,note"]
    for number, profile in enumerate(profiles, start=1):
        record = Record(dice, number, profile)
        _patient(record, families[number - 1])
        _results(record)
        _conditions(record)
        _drugs(record)
        _allergies(record)
        file = f"bundles/patient_{number:02}.json"
        bundle = _bundle(record)
        files[file] = (written(bundle) + "\n").encode("ascii")
        for trap, resource_id in record.planted:
            note = f'"{NOTES[trap]}"' if "," in NOTES[trap] else NOTES[trap]
            lines.append(f"{record.patient},{file},{trap},{resource_id},{note}")
    return {**files, "planted.csv": "\n".join([*lines, ""]).encode("ascii")}


def _patient(record: Record, family: str) -> None:
    dice, body = record.dice, record.body
    born = record.start - timedelta(days=365 * body.age + body.age // 4 + dice.whole(1, 360))
    record.resources += [
        {
            "resourceType": "Patient",
            "id": record.patient,
            "identifier": [{"system": BASE + "people", "value": f"FICTITIOUS-{record.number:04}"}],
            "name": [{"family": family, "given": [dice.choice(NAMES[body.sex])]}],
            "gender": body.sex,
            "birthDate": f"{born:%Y-%m-%d}",
        },
        {
            "resourceType": "Encounter",
            "id": record.stay,
            "status": "finished",
            "class": {"system": c.ENCOUNTER_CLASS, "code": "IMP", "display": "inpatient encounter"},
            "subject": {"reference": f"Patient/{record.patient}"},
            "period": {"start": moment(record.start), "end": moment(record.end)},
        },
    ]


def _results(record: Record) -> None:
    """Three blood draws, vital signs at one or two times, and the traps among them."""
    draws = [record.after(share) for share in (0.02, 0.4, 0.72)]
    _vital_signs(record, [record.after(0.01), record.after(0.85)])
    _creatinine(record, draws)
    if record.has("test_never_done"):
        record.plant("test_never_done", "")
    else:
        _potassium(record, draws)
    _haemoglobin(record, draws)
    crp = [max(record.level(p.CRP, time), 3) for time in draws[::2]]
    if record.has("comparator"):
        low = {
            "valueQuantity": {
                "value": 1,
                "comparator": "<",
                "unit": "mg/L",
                "system": c.UCUM_SYSTEM,
                "code": "mg/L",
            }
        }
        record.plant("comparator", record.observe(p.CRP, draws[0], None, **low))
    else:
        record.observe(p.CRP, draws[0], crp[0])
    if record.has("two_units_crp"):
        value, code, unit = p.other_unit(crp[1], p.CRP)
        record.plant("two_units_crp", record.observe(code, draws[2], value, unit=unit))
    else:
        record.observe(p.CRP, draws[2], crp[1])
    record.observe(p.WHITE_CELLS, draws[0], record.level(p.WHITE_CELLS, draws[0]))
    first, second = (record.level(p.GLUCOSE, time) for time in draws[:2])
    if record.has("two_codes_glucose"):
        value, code, unit = p.other_unit(first, p.GLUCOSE)
        record.plant("two_codes_glucose", record.observe(code, draws[0], value, unit=unit))
        record.observe(p.GLUCOSE, draws[1], second)
    else:
        record.observe(p.GLUCOSE, draws[0], first)
    if record.has("data_absent"):
        record.observe(p.LACTATE, draws[0], max(record.level(p.LACTATE, draws[0]), 2.3))
        note = "Analyser fault, specimen used up."
        record.plant("data_absent", record.observe(p.LACTATE, draws[1], None, reason="error", note=note))
    if record.pathway.name in ("heart attack", "chest pain", "heart failure"):
        record.observe(p.TROPONIN, draws[0], record.level(p.TROPONIN, draws[0]))


def _vital_signs(record: Record, times: list[datetime]) -> None:
    """Soon after arrival all; towards the end temperature and blood pressure, where the illness gives a reason."""
    first, last = times
    for code in (p.HEART, p.OXYGEN, p.HEAT):
        record.observe(code, first, record.level(code, first))
    _pressure(record, first)
    if record.pathway.name in TEMPERATURE_AGAIN:
        heat = record.level(p.HEAT, last)
        if record.has("two_units_temperature"):
            value, code, unit = p.other_unit(heat, p.HEAT)
            record.plant("two_units_temperature", record.observe(code, last, value, unit=unit))
        else:
            record.observe(p.HEAT, last, heat)
    if record.pathway.name in PRESSURE_AGAIN:
        missing = record.has("part_absent")
        pressure = _pressure(record, last, missing)
        if missing:
            record.plant("part_absent", pressure)


def _pressure(record: Record, time: datetime, missing: bool = False) -> str:
    """A blood pressure with its two parts, the diastolic without a value if `missing`. Returns its id."""
    upper, lower = record.level(p.SYSTOLIC, time), record.level(p.DIASTOLIC, time)
    parts = [
        {"code": concept(c.LOINC_SYSTEM, p.SYSTOLIC, c.TESTS[p.SYSTOLIC].name)} | _value(p.SYSTOLIC, upper),
        {"code": concept(c.LOINC_SYSTEM, p.DIASTOLIC, c.TESTS[p.DIASTOLIC].name)}
        | _value(p.DIASTOLIC, None if missing else min(lower, upper - 25), reason="error"),
    ]
    return record.observe("85354-9", time, None, component=parts)


def _creatinine(record: Record, draws: list[datetime]) -> None:
    values = [record.level(p.CREATININE, time) for time in draws]
    last = draws[2] + timedelta(minutes=record.dice.whole(45, 75))
    for number, (time, value) in enumerate(zip(draws, values, strict=True)):
        if number == 2 and record.has("two_codes_creatinine"):
            other, code, unit = p.other_unit(value, p.CREATININE)
            latest = record.observe(code, time, other, unit=unit, issued=last)
            record.plant("two_codes_creatinine", latest)
        elif number == 1 and record.has("issued_late"):
            late = last + timedelta(minutes=record.dice.whole(60, 240))
            note = "Reported late: sent to another laboratory."
            old = record.observe(p.CREATININE, time, value, issued=late, note=note)
            record.plant("issued_late", old)
        else:
            latest = record.observe(p.CREATININE, time, value, issued=last if number == 2 else None)
    record.plant("last_listed_is_not_latest", latest)
    if record.has("entered_in_error"):
        time = draws[2] + timedelta(minutes=record.dice.whole(100, 200))
        value = record.dice.bell(430, 20, 380, 490)
        wrong = record.observe(
            p.CREATININE, time, value, status="entered-in-error", note="Wrong patient label."
        )
        record.plant("entered_in_error", wrong)
    if record.has("other_encounter"):
        visit = f"enc-{record.number:02}-b"
        time = (record.start - timedelta(days=record.dice.whole(120, 260))).replace(hour=10)
        record.resources.append(
            {
                "resourceType": "Encounter",
                "id": visit,
                "status": "finished",
                "class": {"system": c.ENCOUNTER_CLASS, "code": "AMB", "display": "ambulatory"},
                "subject": {"reference": f"Patient/{record.patient}"},
                "period": {
                    "start": moment(time - timedelta(minutes=20)),
                    "end": moment(time + timedelta(minutes=15)),
                },
            }
        )
        old = record.observe(p.CREATININE, time, record.body.own[p.CREATININE], encounter=visit)
        record.plant("other_encounter", old)


def _potassium(record: Record, draws: list[datetime]) -> None:
    """At the first and the last draw."""
    dice = record.dice
    values = [record.level(p.POTASSIUM, time) for time in (draws[0], draws[2])]
    high = dice.bell(6.4, 0.2, 6.0, 6.9)
    ready = draws[0] + timedelta(minutes=dice.whole(50, 90))
    if record.has("preliminary_superseded"):
        early, off = ready - timedelta(minutes=25), values[0] + dice.bell(1, 0.1, 0.8, 1.2)
        first = record.observe(p.POTASSIUM, draws[0], off, status="preliminary", issued=early)
        record.plant("preliminary_superseded", first)
    record.observe(p.POTASSIUM, draws[0], values[0], issued=ready)
    ready = draws[2] + timedelta(minutes=dice.whole(50, 90))
    later = ready + timedelta(minutes=dice.whole(40, 90))
    note = f"Corrected: first reported as {high:.1f} mmol/L, specimen haemolysed."
    if record.has("time_zone"):
        # 07:10 local time is 06:10 UTC; 06:40 UTC is later and looks earlier
        local = draws[2].replace(minute=10)
        record.observe(p.POTASSIUM, local, values[1])
        utc = local + timedelta(minutes=30)
        record.plant("time_zone", record.observe(p.POTASSIUM, utc, values[1] + 0.4, utc=True))
    elif record.has("corrected"):
        record.plant(
            "corrected",
            record.observe(p.POTASSIUM, draws[2], values[1], status="corrected", issued=later, note=note),
        )
    elif record.has("both_sent"):
        old = record.observe(p.POTASSIUM, draws[2], high, issued=ready)
        replaces = [{"url": REPLACES, "valueReference": {"reference": f"Observation/{old}"}}]
        record.observe(
            p.POTASSIUM, draws[2], values[1], status="corrected", issued=later, note=note, extension=replaces
        )
        record.plant("both_sent", old)
    else:
        record.observe(p.POTASSIUM, draws[2], values[1], issued=ready)
    after = draws[2] + timedelta(minutes=dice.whole(150, 220))
    if record.has("preliminary_latest"):
        record.plant("preliminary_latest", record.observe(p.POTASSIUM, after, high, status="preliminary"))
    if record.has("cancelled"):
        note = "Cancelled: specimen haemolysed."
        record.plant(
            "cancelled",
            record.observe(p.POTASSIUM, after, None, status="cancelled", reason="not-performed", note=note),
        )


def _haemoglobin(record: Record, draws: list[datetime]) -> None:
    record.observe(p.HAEMOGLOBIN, draws[0], record.level(p.HAEMOGLOBIN, draws[0]))
    value = record.level(p.HAEMOGLOBIN, draws[2])
    if record.has("two_units_haemoglobin"):
        other, code, unit = p.other_unit(value, p.HAEMOGLOBIN)
        record.plant("two_units_haemoglobin", record.observe(code, draws[2], other, unit=unit))
    elif record.has("amended"):
        note = "Amended: comment on the blood film added."
        record.plant("amended", record.observe(p.HAEMOGLOBIN, draws[2], value, status="amended", note=note))
    else:
        record.observe(p.HAEMOGLOBIN, draws[2], value)


def _condition(
    record: Record,
    code: str,
    recorded: datetime,
    clinical: str,
    verification: str,
    category: str,
    **more: Any,
) -> str:
    resource = record.about("Condition", record.id("con"))
    if clinical:
        resource["clinicalStatus"] = concept(c.CONDITION_CLINICAL, clinical)
    resource |= {
        "verificationStatus": concept(c.CONDITION_VERIFICATION, verification),
        "category": [concept(CONDITION_CATEGORY, category)],
        "code": concept(c.ICD10_SYSTEM, code, c.DIAGNOSES[code]),
        "recordedDate": moment(recorded),
        **more,
    }
    record.resources.append(resource)
    return str(resource["id"])


def _conditions(record: Record) -> None:
    dice = record.dice
    coded = record.end + timedelta(days=dice.whole(1, 6), minutes=dice.whole(0, 300))
    onset = {"onsetDateTime": f"{record.start - timedelta(days=dice.whole(1, 4)):%Y-%m-%d}"}
    main = _condition(
        record, record.pathway.code, coded, "active", "confirmed", "encounter-diagnosis", **onset
    )
    record.plant("coded_after_discharge", main)
    onset = {"onsetDateTime": f"{record.start.year - dice.whole(4, 15)}"}
    earlier = record.start - timedelta(days=dice.whole(400, 1200))
    if record.has("recorded_late"):
        item = _condition(
            record, "E11.9", record.after(0.3), "active", "confirmed", "problem-list-item", **onset
        )
        record.plant("recorded_late", item)
    else:
        _condition(record, "I10", earlier, "active", "confirmed", "problem-list-item")
    if record.has("condition_refuted"):
        item = _condition(record, "I26.9", record.after(0.1), "inactive", "refuted", "encounter-diagnosis")
        record.plant("condition_refuted", item)
    if record.has("condition_in_error"):
        item = _condition(record, "I21.4", record.after(0.2), "", "entered-in-error", "encounter-diagnosis")
        record.plant("condition_in_error", item)
    if record.has("condition_resolved"):
        dates = {
            "onsetDateTime": f"{earlier - timedelta(days=20):%Y-%m-%d}",
            "abatementDateTime": f"{earlier:%Y-%m-%d}",
        }
        item = _condition(record, "N39.0", earlier, "resolved", "confirmed", "problem-list-item", **dates)
        record.plant("condition_resolved", item)


def _request(record: Record, drug: p.Drug, time: datetime, status: str, intent: str = "order") -> str:
    text = f"{drug.dose:g} {drug.unit} {drug.route}, " + (f"every {drug.every} h" if drug.every else "once")
    resource = record.about("MedicationRequest", record.id("req")) | {
        "status": status,
        "intent": intent,
        "medicationCodeableConcept": concept(c.RXNORM_SYSTEM, drug.code, text=c.DRUGS[drug.code]),
        "authoredOn": moment(time),
        "dosageInstruction": [{"text": text}],
    }
    record.resources.append(resource)
    return str(resource["id"])


def _given(
    record: Record, drug: p.Drug, request: str, time: datetime, status: str = "completed", why: str = ""
) -> None:
    resource = record.about("MedicationAdministration", record.id("adm"))
    resource["context"] = resource.pop("encounter")
    resource |= {
        "status": status,
        "medicationCodeableConcept": concept(c.RXNORM_SYSTEM, drug.code, text=c.DRUGS[drug.code]),
        "effectiveDateTime": moment(time),
        "request": {"reference": f"MedicationRequest/{request}"},
    }
    if why:
        resource["statusReason"] = [{"text": why}]
    else:
        dose = {"value": drug.dose, "unit": drug.unit, "system": c.UCUM_SYSTEM, "code": drug.unit}
        resource["dosage"] = {"route": {"text": drug.route}, "dose": dose}
    record.resources.append(resource)


def _drugs(record: Record) -> None:
    """The drugs of the pathway: each ordered, and given later. Then the requests that are no orders."""
    dice = record.dice
    drugs = list(record.pathway.drugs)
    if (
        any(trap in record.traps for trap in ("allergy_active", "allergy_refuted"))
        and drugs[0] == p.AMOXICILLIN
    ):
        drugs[0] = p.CEFTRIAXONE
    for number, drug in enumerate(drugs):
        ordered = record.after(0.02)
        given = ordered + timedelta(minutes=dice.whole(25, 180))
        request = _request(record, drug, ordered, "completed")
        if number == len(drugs) - 1 and record.has("not_done"):
            _given(record, drug, request, given, "not-done", "Patient refused.")
            record.plant("not_done", request)
        else:
            _given(record, drug, request, given)
    if record.has("request_plan"):
        record.plant("request_plan", _request(record, p.ENOXAPARIN, record.after(0.1), "active", "plan"))
    if record.has("request_cancelled"):
        record.plant("request_cancelled", _request(record, p.MORPHINE, record.after(0.2), "cancelled"))
    if record.has("request_in_error"):
        record.plant(
            "request_in_error", _request(record, p.FUROSEMIDE, record.after(0.2), "entered-in-error")
        )


def _allergies(record: Record) -> None:
    plans = {
        "allergy_active": ("7980", "active", "confirmed", "high"),
        "allergy_refuted": ("7980", "inactive", "refuted", "low"),
        "allergy_in_error": ("7052", "", "entered-in-error", "low"),
    }
    for trap, (drug, clinical, verification, criticality) in plans.items():
        if not record.has(trap):
            continue
        resource: dict[str, Any] = {"resourceType": "AllergyIntolerance", "id": record.id("all")}
        if clinical:
            resource["clinicalStatus"] = concept(c.ALLERGY_CLINICAL, clinical)
        resource |= {
            "verificationStatus": concept(c.ALLERGY_VERIFICATION, verification),
            "type": "allergy",
            "category": ["medication"],
            "criticality": criticality,
            "code": concept(c.RXNORM_SYSTEM, drug, text=c.DRUGS[drug]),
            "patient": {"reference": f"Patient/{record.patient}"},
            "recordedDate": moment(record.after(0.03)),
        }
        record.resources.append(resource)
        record.plant(trap, str(resource["id"]))


def _bundle(record: Record) -> dict[str, Any]:
    """The bundle: patient and stay first, the rest in no order; the latest creatinine never stands last of its kind."""
    first, rest = record.resources[:2], record.dice.shuffled(record.resources[2:])
    latest = next(identifier for trap, identifier in record.planted if trap == "last_listed_is_not_latest")
    places = [number for number, resource in enumerate(rest) if _is_creatinine(resource)]
    if rest[places[-1]]["id"] == latest:
        rest[places[0]], rest[places[-1]] = rest[places[-1]], rest[places[0]]
    search = record.number % 4 == 0  # every fourth file is the answer to a search
    tag = {"system": BASE + "tags", "code": "SYNTHETIC", "display": "SYNTHETIC: nobody in this bundle exists"}
    bundle: dict[str, Any] = {
        "resourceType": "Bundle",
        "id": f"bundle-{record.number:02}",
        "meta": {"tag": [tag]},
        "type": "searchset" if search else "collection",
    }
    if search:
        bundle["total"] = 1  # the matches: one patient; what belongs to them is included
    bundle["entry"] = [
        {"fullUrl": f"{BASE}{resource['resourceType']}/{resource['id']}", "resource": resource}
        | (
            {"search": {"mode": "match" if resource["resourceType"] == "Patient" else "include"}}
            if search
            else {}
        )
        for resource in [*first, *rest]
    ]
    return bundle


def _is_creatinine(resource: dict[str, Any]) -> bool:
    if resource["resourceType"] != "Observation":
        return False
    return resource["code"]["coding"][0]["code"] in (p.CREATININE, p.CREATININE_MG)
