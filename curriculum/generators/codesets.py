"""Which codes may stand where: a check that a FHIR library does not make.

A FHIR resource can have every field in its place and still say nonsense: a status that does not exist, a test
with a unit that the test cannot have, a reference to nobody. `fhir.resources` checks the places, not the
codes: it takes an Observation with the status "finished". `check_bundle` looks at the codes.

The lists here are short on purpose. They hold the codes of the datasets `ward` and `fhir` and nothing else, so
a code outside them is either a slip or one that a person has to look up and add.

Sources: the status lists are the required bindings of FHIR R4 (4.0.1), hl7.org/fhir/R4; tests are LOINC codes
with their long common names; units are UCUM codes; diagnoses are WHO ICD-10 (not the American ICD-10-CM,
where for example I50.0 does not exist); drugs are RxNorm ingredients.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from curriculum.problems import Problem

LOINC_SYSTEM = "http://loinc.org"
UCUM_SYSTEM = "http://unitsofmeasure.org"
ICD10_SYSTEM = "http://hl7.org/fhir/sid/icd-10"  # WHO; the American edition is .../sid/icd-10-cm
RXNORM_SYSTEM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CONDITION_CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
CONDITION_VERIFICATION = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
ALLERGY_CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
ALLERGY_VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
ENCOUNTER_CLASS = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def _words(text: str) -> frozenset[str]:
    """The codes of a list written with spaces between them."""
    return frozenset(text.split())


@dataclass(frozen=True)
class ClinicalTest:
    """One test or measurement.

    Attributes
    ----------
    name : str
        The long common name of LOINC.
    short : str
        What the ward calls it.
    units : mapping of str to int
        The UCUM units it may have, each with the number of decimals that a laboratory prints. Empty for a
        panel and for a result in words. "Mass/volume" allows mg/dL and not mmol/L; the same substance in
        "Moles/volume" is another LOINC code.
    low, high : float or None
        The limits between which an adult's value is usual, in the first unit; None where there are none.
        Rounded and made up for this course: every laboratory prints its own.
    """

    name: str
    short: str
    units: Mapping[str, int]
    low: float | None = None
    high: float | None = None


TESTS: Mapping[str, ClinicalTest] = {
    "8867-4": ClinicalTest("Heart rate", "heart rate", {"/min": 0}, 50, 100),
    "8480-6": ClinicalTest("Systolic blood pressure", "systolic blood pressure", {"mm[Hg]": 0}, 100, 150),
    "8462-4": ClinicalTest("Diastolic blood pressure", "diastolic blood pressure", {"mm[Hg]": 0}, 55, 95),
    "85354-9": ClinicalTest("Blood pressure panel with all children optional", "blood pressure", {}),
    "9279-1": ClinicalTest("Respiratory rate", "respiratory rate", {"/min": 0}, 12, 20),
    "59408-5": ClinicalTest(
        "Oxygen saturation in Arterial blood by Pulse oximetry", "oxygen saturation", {"%": 0}, 94, 100
    ),
    "8310-5": ClinicalTest("Body temperature", "temperature", {"Cel": 1, "[degF]": 1}, 36, 37.8),
    "2823-3": ClinicalTest(
        "Potassium [Moles/volume] in Serum or Plasma", "potassium", {"mmol/L": 1}, 3.5, 5.2
    ),
    "2951-2": ClinicalTest("Sodium [Moles/volume] in Serum or Plasma", "sodium", {"mmol/L": 0}, 134, 146),
    "2160-0": ClinicalTest(
        "Creatinine [Mass/volume] in Serum or Plasma", "creatinine", {"mg/dL": 2}, 0.5, 1.3
    ),
    "14682-9": ClinicalTest(
        "Creatinine [Moles/volume] in Serum or Plasma", "creatinine", {"umol/L": 0}, 45, 115
    ),
    "2345-7": ClinicalTest("Glucose [Mass/volume] in Serum or Plasma", "glucose", {"mg/dL": 0}, 65, 180),
    "14749-6": ClinicalTest("Glucose [Moles/volume] in Serum or Plasma", "glucose", {"mmol/L": 1}, 3.6, 10),
    "718-7": ClinicalTest(
        "Hemoglobin [Mass/volume] in Blood", "haemoglobin", {"g/L": 0, "g/dL": 1}, 115, 175
    ),
    "6690-2": ClinicalTest(
        "Leukocytes [#/volume] in Blood by Automated count", "white cells", {"10*9/L": 1}, 4, 11
    ),
    "1988-5": ClinicalTest(
        "C reactive protein [Mass/volume] in Serum or Plasma", "CRP", {"mg/L": 0, "mg/dL": 1}, 0, 10
    ),
    "2524-7": ClinicalTest("Lactate [Moles/volume] in Serum or Plasma", "lactate", {"mmol/L": 1}, 0.5, 2),
    "89579-7": ClinicalTest(
        "Troponin I.cardiac [Mass/volume] in Serum or Plasma by High sensitivity method",
        "troponin I (high sensitivity)",
        {"ng/L": 0},
        0,
        26,
    ),
    "600-7": ClinicalTest("Bacteria identified in Blood by Culture", "blood culture", {}),
}

DIAGNOSES: Mapping[str, str] = {  # WHO ICD-10
    "A41.9": "Sepsis, unspecified",
    "E11.9": "Type 2 diabetes mellitus without complications",
    "I10": "Essential (primary) hypertension",
    "I21.4": "Acute subendocardial myocardial infarction",
    "I26.9": "Pulmonary embolism without mention of acute cor pulmonale",
    "I50.0": "Congestive heart failure",
    "J18.9": "Pneumonia, unspecified",
    "J44.1": "Chronic obstructive pulmonary disease with acute exacerbation, unspecified",
    "K92.2": "Gastrointestinal haemorrhage, unspecified",
    "L03.1": "Cellulitis of other parts of limb",
    "N17.9": "Acute renal failure, unspecified",
    "N39.0": "Urinary tract infection, site not specified",
    "R07.4": "Chest pain, unspecified",
    "S72.0": "Fracture of neck of femur",
}

DRUGS: Mapping[
    str, str
] = {  # RxNorm ingredients; the names are those of the ward (161 is acetaminophen there)
    "161": "paracetamol",
    "435": "salbutamol",
    "723": "amoxicillin",
    "1191": "aspirin",
    "2193": "ceftriaxone",
    "4603": "furosemide",
    "6809": "metformin",
    "7052": "morphine",
    "7646": "omeprazole",
    "7980": "penicillin G",
    "11289": "warfarin",
    "32968": "clopidogrel",
    "40790": "pantoprazole",
    "67108": "enoxaparin",
    "83367": "atorvastatin",
}

# Elements of the type `code` with a required binding: what FHIR R4 allows, and nothing else.
STATUSES: Mapping[tuple[str, str], frozenset[str]] = {
    ("Bundle", "type"): _words(
        "document message transaction transaction-response batch batch-response history searchset collection"
    ),
    ("Patient", "gender"): _words("male female other unknown"),
    ("Encounter", "status"): _words(
        "planned arrived triaged in-progress onleave finished cancelled entered-in-error unknown"
    ),
    ("Observation", "status"): _words(
        "registered preliminary final amended corrected cancelled entered-in-error unknown"
    ),
    ("MedicationRequest", "status"): _words(
        "active on-hold cancelled completed entered-in-error stopped draft unknown"
    ),
    ("MedicationRequest", "intent"): _words(
        "proposal plan order original-order reflex-order filler-order instance-order option"
    ),
    ("MedicationAdministration", "status"): _words(
        "in-progress not-done on-hold completed entered-in-error stopped unknown"
    ),
    ("AllergyIntolerance", "type"): _words("allergy intolerance"),
    ("AllergyIntolerance", "criticality"): _words("low high unable-to-assess"),
}

# The same for elements that are a CodeableConcept: system and codes.
CONCEPTS: Mapping[tuple[str, str], tuple[str, frozenset[str]]] = {
    ("Condition", "clinicalStatus"): (
        CONDITION_CLINICAL,
        _words("active recurrence relapse inactive remission resolved"),
    ),
    ("Condition", "verificationStatus"): (
        CONDITION_VERIFICATION,
        _words("unconfirmed provisional differential confirmed refuted entered-in-error"),
    ),
    ("AllergyIntolerance", "clinicalStatus"): (
        ALLERGY_CLINICAL,
        _words("active inactive resolved"),
    ),
    ("AllergyIntolerance", "verificationStatus"): (
        ALLERGY_VERIFICATION,
        _words("unconfirmed confirmed refuted entered-in-error"),
    ),
}
NO_VALUE_REASONS = _words(
    "unknown asked-unknown temp-unknown not-asked asked-declined masked not-applicable unsupported as-text error "
    "not-a-number negative-infinity positive-infinity not-performed not-permitted"
)
ENCOUNTER_CLASSES = _words("AMB EMER FLD HH IMP ACUTE NONAC OBSENC PRENC SS VR")

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "Patient": (),
    "Encounter": ("status", "class", "subject", "period"),
    "Observation": ("status", "code", "subject", "effectiveDateTime"),
    "Condition": ("code", "subject", "recordedDate"),
    "MedicationRequest": ("status", "intent", "medicationCodeableConcept", "subject", "authoredOn"),
    "MedicationAdministration": ("status", "medicationCodeableConcept", "subject", "effectiveDateTime"),
    "AllergyIntolerance": ("code", "patient"),
}
CODES: Mapping[tuple[str, str], tuple[str, str, Mapping[str, Any]]] = {
    ("Observation", "code"): ("LOINC", LOINC_SYSTEM, TESTS),
    ("Condition", "code"): ("WHO ICD-10", ICD10_SYSTEM, DIAGNOSES),
    ("MedicationRequest", "medicationCodeableConcept"): ("RxNorm", RXNORM_SYSTEM, DRUGS),
    ("MedicationAdministration", "medicationCodeableConcept"): ("RxNorm", RXNORM_SYSTEM, DRUGS),
    ("AllergyIntolerance", "code"): ("RxNorm", RXNORM_SYSTEM, DRUGS),
}
DATES = ("effectiveDateTime", "issued", "authoredOn", "recordedDate", "onsetDateTime", "abatementDateTime")
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
IDENTIFIER = re.compile(r"[A-Za-z0-9.-]{1,64}")
LOOK_UP = "Correct it, or look it up and add it to curriculum/generators/codesets.py."

Found = Iterator[tuple[str, str, str]]  # where, what is wrong, what to do


def check_bundle(bundle: Mapping[str, Any], file: str = "the bundle") -> list[Problem]:
    """Look for codes, units, times and references that a FHIR R4 bundle must not hold.

    Checked: statuses against the required bindings of FHIR R4; LOINC, WHO ICD-10 and RxNorm codes against the
    lists of this module; the unit of each value against its test; a value or a reason for its absence; times
    with a zone and in a possible order; the rules of Condition and AllergyIntolerance about statuses that
    exclude each other; and references, which must lead to a resource of this bundle and to its one patient.

    Not checked: the shape of each resource (use `check_shape`) and whether a value is true.

    Parameters
    ----------
    bundle : mapping
        A bundle as `json.load` returns it.
    file : str
        Its file name, for the messages.

    Returns
    -------
    list of Problem
        Empty when nothing was found. Each names the file, the resource, what is wrong and what to do.

    Examples
    --------
    >>> bundle = {"resourceType": "Bundle", "type": "pile", "entry": []}
    >>> [problem.what for problem in check_bundle(bundle)]
    ["The type is 'pile', which FHIR R4 does not allow.", 'The bundle holds no Patient.']
    """
    if not isinstance(bundle, Mapping) or bundle.get("resourceType") != "Bundle":
        return [Problem(file, "", "This is not a FHIR Bundle.", "Give the whole file as json.load reads it.")]
    problems = [Problem(file, "Bundle", what, fix) for _, what, fix in _statuses("Bundle", bundle)]
    entries = [entry.get("resource", {}) for entry in bundle.get("entry", [])]
    names = [f"{entry.get('resourceType')}/{entry.get('id')}" for entry in entries]
    patients = [name for name in names if name.startswith("Patient/")]
    if len(patients) != 1:
        number = {0: "no Patient"}.get(len(patients), f"{len(patients)} Patients")
        problems.append(
            Problem(file, "Bundle", f"The bundle holds {number}.", "Each bundle is about one patient.")
        )
    for name, resource in zip(names, entries, strict=True):
        for where, what, fix in _resource(resource, name, names, patients):
            problems.append(Problem(file, f"{name} {where}".strip(), what, fix))
    return problems


def check_shape(bundle: Mapping[str, Any], file: str = "the bundle") -> list[Problem]:
    """Check the shape of a bundle with `fhir.resources.R4B`: fields, types and how many of each.

    R4B is FHIR 4.3.0. The package has no R4 (4.0.1); for the eight resources used here the difference does not
    matter, see the datasheet of the dataset `fhir`. Bindings are not enforced: use `check_bundle` as well.

    Raises
    ------
    ModuleNotFoundError
        When the package `fhir.resources` is not installed.
    """
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    try:
        Bundle.model_validate(bundle)
    except ValidationError as error:
        return [
            Problem(
                file,
                ".".join(map(str, fault["loc"])),
                fault["msg"].rstrip(".") + ".",
                "Compare with the page of this resource at hl7.org/fhir/R4.",
            )
            for fault in error.errors()
        ]
    return []


def _resource(resource: Mapping[str, Any], name: str, names: list[str], patients: list[str]) -> Found:
    kind = str(resource.get("resourceType"))
    if kind not in REQUIRED:
        yield (
            "",
            f"{kind} is no resource that this course uses.",
            f"Use one of: {', '.join(sorted(REQUIRED))}.",
        )
        return
    if not IDENTIFIER.fullmatch(str(resource.get("id", ""))):
        yield "id", "There is no id that FHIR allows.", "Give it 1 to 64 letters, digits, hyphens or points."
    if names.count(name) > 1:
        yield "id", f"{names.count(name)} resources carry this id.", "Give each its own."
    for element in REQUIRED[kind]:
        if not resource.get(element):
            yield (
                element,
                f"There is no {element}.",
                "Add it; this course cannot use the resource without it.",
            )
    yield from _statuses(kind, resource)
    yield from _concepts(kind, resource)
    yield from _codes(kind, resource)
    yield from _times(resource)
    yield from _references(kind, resource, names, patients)
    if kind == "Observation":
        yield from _observation(resource)
    if kind in ("Condition", "AllergyIntolerance"):
        yield from _verified(kind, resource)
    if kind == "Encounter" and _code_of(resource.get("class")) not in ENCOUNTER_CLASSES:
        yield (
            "class",
            f"The class is {_code_of(resource.get('class'))!r}, which ActEncounterCode does not hold.",
            "Use for example IMP for an inpatient, EMER or AMB.",
        )


def _statuses(kind: str, resource: Mapping[str, Any]) -> Found:
    for (owner, element), allowed in STATUSES.items():
        value = resource.get(element)
        if owner == kind and value is not None and value not in allowed:
            yield (
                element,
                f"The {element} is {value!r}, which FHIR R4 does not allow.",
                f"Use one of: {', '.join(sorted(allowed))}.",
            )


def _concepts(kind: str, resource: Mapping[str, Any]) -> Found:
    for (owner, element), (system, allowed) in CONCEPTS.items():
        if owner != kind or element not in resource:
            continue
        coding = _coding(resource[element], system)
        if coding is None:
            yield element, f"The {element} has no code of {system}.", "Give the code in that system."
        elif coding.get("code") not in allowed:
            yield (
                element,
                f"The {element} is {coding.get('code')!r}, which FHIR R4 does not allow.",
                f"Use one of: {', '.join(sorted(allowed))}.",
            )


def _codes(kind: str, resource: Mapping[str, Any]) -> Found:
    for (owner, element), (title, system, known) in CODES.items():
        if owner != kind or element not in resource:
            continue
        coding = _coding(resource[element], system)
        if coding is None:
            yield element, f"There is no {title} code.", f"Code it with the system {system}."
        elif coding.get("code") not in known:
            yield element, f"{coding.get('code')!r} is no {title} code that this course knows.", LOOK_UP


def _observation(resource: Mapping[str, Any]) -> Found:
    parts = resource.get("component", [])
    yield from _value(
        resource, "", needs=not parts and resource.get("status") not in ("registered", "cancelled")
    )
    for number, part in enumerate(parts):
        where = f"component[{number}]"
        coding = _coding(part.get("code"), LOINC_SYSTEM)
        if coding is None or coding.get("code") not in TESTS:
            yield where, "The part has no LOINC code that this course knows.", LOOK_UP
        yield from _value(part, f"{where}.", needs=True)


def _value(holder: Mapping[str, Any], where: str, needs: bool) -> Found:
    """The value of an Observation or of one of its components: present or explained, and in a fitting unit."""
    values = [element for element in holder if element.startswith("value")]
    reason = _coding(holder.get("dataAbsentReason"), ABSENT_REASON)
    if values and "dataAbsentReason" in holder:
        yield f"{where}value", "There is a value and a reason for having none.", "Remove one of the two."
    if needs and not values and reason is None:
        yield f"{where}value", "There is no value and no dataAbsentReason.", "Say why it is missing."
    if reason is not None and reason.get("code") not in NO_VALUE_REASONS:
        yield (
            f"{where}dataAbsentReason",
            f"{reason.get('code')!r} is no reason that FHIR R4 knows.",
            f"Use one of: {', '.join(sorted(NO_VALUE_REASONS))}.",
        )
    if "valueQuantity" not in holder:
        return
    quantity = holder["valueQuantity"]
    test = TESTS.get((_coding(holder.get("code"), LOINC_SYSTEM) or {}).get("code", ""))
    if quantity.get("system") != UCUM_SYSTEM:
        yield f"{where}valueQuantity", "The unit is not a UCUM code.", f"Give system {UCUM_SYSTEM} and code."
    elif test is not None and quantity.get("code") not in test.units:
        allowed = " or ".join(test.units) or "no unit: it is a panel or a result in words"
        yield (
            f"{where}valueQuantity",
            f"{test.name} cannot be in {quantity.get('code')!r}.",
            f"It goes with {allowed}. Convert the value, or use the LOINC code that goes with the unit.",
        )
    number = quantity.get("value")
    if not isinstance(number, int | float) or isinstance(number, bool):
        yield f"{where}valueQuantity", f"The value {number!r} is not a number.", "Write it without quotes."


def _verified(kind: str, resource: Mapping[str, Any]) -> Found:
    """con-5 and ait-2: what was entered in error has no clinical status. con-4: what is over is not active.

    A missing clinicalStatus is reported for every other Condition too, which is stricter than FHIR (con-3).
    """
    clinical = _code_of(resource.get("clinicalStatus"))
    mistake = _code_of(resource.get("verificationStatus")) == "entered-in-error"
    if mistake and clinical:
        yield (
            "clinicalStatus",
            "It was entered in error and has a clinical status.",
            "Remove the clinicalStatus.",
        )
    if not mistake and not clinical:
        yield (
            "clinicalStatus",
            "There is no clinicalStatus.",
            "Add it, or mark the entry as entered in error.",
        )
    if (
        kind == "Condition"
        and "abatementDateTime" in resource
        and clinical in ("active", "recurrence", "relapse")
    ):
        yield "clinicalStatus", f"It has ended and is {clinical}.", "Use resolved, remission or inactive."


def _times(resource: Mapping[str, Any]) -> Found:
    period = resource.get("period", {})
    moments = {element: resource[element] for element in DATES if element in resource}
    moments |= {f"period.{end}": period[end] for end in ("start", "end") if end in period}
    read: dict[str, datetime] = {}
    for element, text in moments.items():
        if INSTANT.fullmatch(str(text)):
            try:
                read[element] = datetime.fromisoformat(text.replace("Z", "+00:00"))
            except ValueError:
                yield element, f"{text} is no day or time of the calendar.", "Correct it."
        elif not DATE.fullmatch(str(text)) or element == "issued":
            yield (
                element,
                f"{text!r} is not a time with its zone.",
                "Write it like 2025-03-01T08:30:00+01:00 or with Z for UTC.",
            )
    for first, then in (
        ("effectiveDateTime", "issued"),
        ("period.start", "period.end"),
        ("onsetDateTime", "recordedDate"),
        ("onsetDateTime", "abatementDateTime"),
    ):
        if first in read and then in read and read[first] > read[then]:
            yield first, f"{first} is later than {then}.", "Exchange or correct them."


def _references(kind: str, resource: Mapping[str, Any], names: list[str], patients: list[str]) -> Found:
    for where, target in _all_references(resource, ""):
        if target not in names:
            yield (
                where,
                f"It refers to {target}, which is not in the bundle.",
                "Add that resource or mend the id.",
            )
    owner = resource.get("patient" if kind == "AllergyIntolerance" else "subject", {}).get("reference")
    if owner is not None and owner in names and owner not in patients:
        yield "subject", f"It is about {owner}, not about the patient of the bundle.", "Refer to the Patient."


def _all_references(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        if isinstance(node.get("reference"), str):
            yield where, node["reference"]
        for key, value in node.items():
            yield from _all_references(value, f"{where}.{key}" if where else key)
    elif isinstance(node, list):
        for value in node:
            yield from _all_references(value, where)


def _coding(concept: Any, system: str) -> Mapping[str, Any] | None:
    """The coding of one system in a CodeableConcept."""
    codings = concept.get("coding", []) if isinstance(concept, Mapping) else []
    return next((coding for coding in codings if coding.get("system") == system), None)


def _code_of(concept: Any) -> str | None:
    """The code of a Coding, or the first code of a CodeableConcept."""
    if not isinstance(concept, Mapping):
        return None
    return concept.get("code") or next((coding.get("code") for coding in concept.get("coding", [])), None)
