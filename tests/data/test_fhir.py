"""fhir: every bundle is valid, every trap is where `planted.csv` says, and the checks of codes can fail."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from curriculum.generators import codesets, fhir
from curriculum.generators import pathways as p
from curriculum.generators.codesets import check_bundle, check_shape

FOLDER = Path(__file__).resolve().parents[2] / "datasets" / "fhir"
SEEDS = [fhir.SEED, 0, 7, 2026]
CREATININES = (p.CREATININE, p.CREATININE_MG)
Resource = dict[str, Any]


class Patients:
    """The bundles and the list of traps of one seed."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.bundles = {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}
        self.planted = list(csv.DictReader(io.StringIO(files["planted.csv"].decode("ascii"))))

    def resources(self, file: str, kind: str = "") -> list[Resource]:
        every = [entry["resource"] for entry in self.bundles[file]["entry"]]
        return [one for one in every if kind in ("", one["resourceType"])]

    def carrying(self, trap: str) -> list[tuple[str, Resource]]:
        """File and resource of each place where the trap is planted."""
        found = []
        for row in self.planted:
            if row["trap"] == trap and row["resource_id"]:
                one = [r for r in self.resources(row["file"]) if r["id"] == row["resource_id"]]
                assert len(one) == 1, row
                found.append((row["file"], one[0]))
        return found

    def results(self, file: str, *codes: str) -> list[Resource]:
        """Observations of these codes, in the order of time."""
        rows = [one for one in self.resources(file, "Observation") if code(one) in codes]
        return sorted(rows, key=lambda one: (when(one), one["issued"]))

    def latest(self, file: str, *codes: str) -> Resource:
        """The latest that counts."""
        return [one for one in self.results(file, *codes) if one["status"] in fhir.USABLE][-1]


def code(observation: Resource) -> str:
    return str(observation["code"]["coding"][0]["code"])


def when(observation: Resource, element: str = "effectiveDateTime") -> datetime:
    return datetime.fromisoformat(observation[element].replace("Z", "+00:00"))


def unit(observation: Resource) -> str:
    return str(observation["valueQuantity"]["code"])


@pytest.fixture(scope="module", params=SEEDS)
def patients(request: pytest.FixtureRequest) -> Patients:
    return Patients(fhir.generate(request.param))


@pytest.fixture(scope="module")
def ours() -> Patients:
    return Patients(fhir.generate())


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert fhir.generate(5) == fhir.generate(5) != fhir.generate(6)


def test_every_bundle_passes_both_checks(patients: Patients) -> None:
    assert len(patients.bundles) == 16
    assert sum(len(patients.files[file]) for file in patients.bundles) < 330_000
    for file, bundle in patients.bundles.items():
        assert not check_bundle(bundle, file)
        assert not check_shape(bundle, file)


def test_the_committed_files_are_those_of_the_generator(ours: Patients) -> None:
    for name, content in ours.files.items():
        assert (FOLDER / name).read_bytes() == content, name


def test_a_file_can_be_read_by_a_person(patients: Patients) -> None:
    """What fits into a line stands on one line, and no content is lost by that."""
    node = {"a": [1, {"b": "c" * 20}], "long": ["d" * 100, "e" * 100], "none": []}
    text = fhir.written(node)
    assert json.loads(text) == node and '\n "a": [1, {"b": "' in text and '\n  "ddd' in text
    for file in patients.bundles:
        lines = patients.files[file].decode("ascii").splitlines()
        assert max(map(len, lines)) <= fhir.LINE and 300 < len(lines) < 800, file


def test_planted_counts(patients: Patients) -> None:
    expected = Counter(trap for _, traps in fhir.PROFILES for trap in traps.split())
    expected.update({trap: 16 for trap in fhir.EVERYBODY})
    assert Counter(row["trap"] for row in patients.planted) == expected and set(expected) == set(fhir.NOTES)
    kinds = Counter(one["resourceType"] for file in patients.bundles for one in patients.resources(file))
    assert set(kinds) == set(codesets.REQUIRED) and kinds["Patient"] == 16 and kinds["Encounter"] == 18
    types = Counter(bundle["type"] for bundle in patients.bundles.values())
    assert types == {"collection": 12, "searchset": 4}
    for bundle in patients.bundles.values():
        if bundle["type"] == "searchset":
            assert bundle["total"] == sum(entry["search"]["mode"] == "match" for entry in bundle["entry"])
        assert bundle["meta"]["tag"][0]["code"] == "SYNTHETIC"


def test_the_last_in_the_list_is_not_the_latest(patients: Patients) -> None:
    assert len(patients.carrying("last_listed_is_not_latest")) == 16
    for file, latest in patients.carrying("last_listed_is_not_latest"):
        listed = [one for one in patients.resources(file, "Observation") if code(one) in CREATININES]
        assert listed[-1]["id"] != latest["id"] == patients.latest(file, *CREATININES)["id"]


def test_results_that_do_not_count(patients: Patients) -> None:
    for file, early in patients.carrying("preliminary_superseded"):
        final = [one for one in patients.results(file, p.POTASSIUM) if when(one) == when(early)]
        assert [one["status"] for one in final] == ["preliminary", "final"]
        gap = final[0]["valueQuantity"]["value"] - final[1]["valueQuantity"]["value"]
        assert 0.7 < gap < 1.3
    for file, last in patients.carrying("preliminary_latest"):
        assert patients.results(file, p.POTASSIUM)[-1] == last and last["status"] == "preliminary"
        assert last["valueQuantity"]["value"] >= 6
    for file, wrong in patients.carrying("entered_in_error"):
        assert patients.results(file, *CREATININES)[-1] == wrong and wrong["status"] == "entered-in-error"
        assert wrong["valueQuantity"]["value"] > 350 > 2 * 60
    for file, gone in patients.carrying("cancelled"):
        assert patients.results(file, p.POTASSIUM)[-1] == gone and gone["status"] == "cancelled"
        assert "valueQuantity" not in gone and gone["dataAbsentReason"]
    for file, old in patients.carrying("both_sent"):
        new = [one for one in patients.results(file, p.POTASSIUM) if "extension" in one]
        assert new[0]["extension"][0]["valueReference"]["reference"] == f"Observation/{old['id']}"
        assert new[0]["status"] == "corrected" and when(new[0]) == when(old) and old["status"] == "final"
        assert when(new[0], "issued") > when(old, "issued")
    counted = Counter(one["status"] for f in patients.bundles for one in patients.resources(f, "Observation"))
    del counted["final"]
    assert counted == {"preliminary": 5, "entered-in-error": 3, "corrected": 3, "cancelled": 2, "amended": 2}


def test_results_that_count_although_they_are_not_final(patients: Patients) -> None:
    for trap, test in (("corrected", p.POTASSIUM), ("amended", p.HAEMOGLOBIN)):
        assert len(patients.carrying(trap)) == 2
        for file, result in patients.carrying(trap):
            assert result["status"] == trap and patients.latest(file, test) == result


def test_units(patients: Patients) -> None:
    same = {"two_units_haemoglobin": ("g/L", "g/dL"), "two_units_crp": ("mg/L", "mg/dL")}
    same["two_units_temperature"] = ("Cel", "[degF]")
    for trap, (usual, other) in same.items():
        for file, result in patients.carrying(trap):
            rows = patients.results(file, code(result))
            assert rows[-1] == result and unit(result) == other
            assert {unit(row) for row in rows[:-1]} == {usual}
    for file, result in patients.carrying("two_codes_creatinine"):
        rows = [one for one in patients.results(file, *CREATININES) if one["status"] == "final"]
        assert [code(row) for row in rows].count(p.CREATININE_MG) == 1 and unit(result) == "mg/dL"
        assert max(rows, key=when) == result and result["valueQuantity"]["value"] < 6
    for file, result in patients.carrying("two_codes_glucose"):
        assert code(result) == p.GLUCOSE_MG and patients.results(file, p.GLUCOSE, p.GLUCOSE_MG)[0] == result
        assert len(patients.results(file, p.GLUCOSE)) == 1


def test_times(patients: Patients) -> None:
    for file, last in patients.carrying("time_zone"):
        assert last["effectiveDateTime"].endswith("Z") and patients.latest(file, p.POTASSIUM) == last
        rows = [one for one in patients.results(file, p.POTASSIUM) if one["status"] == "final"]
        assert max(rows, key=lambda one: one["effectiveDateTime"]) != last, (
            "sorted as text, another one is last"
        )
    for file, late in patients.carrying("issued_late"):
        rows = [one for one in patients.results(file, *CREATININES) if one["status"] == "final"]
        assert max(rows, key=lambda one: when(one, "issued")) == late != max(rows, key=when)
    for file, old in patients.carrying("other_encounter"):
        visits = {one["id"]: one for one in patients.resources(file, "Encounter")}
        visit = visits[old["encounter"]["reference"].split("/")[1]]
        assert visit["class"]["code"] == "AMB" and len(visits) == 2
        stay = next(one for one in visits.values() if one["class"]["code"] == "IMP")
        assert (when(stay["period"], "start") - when(old)).days >= 119


def test_values_that_are_missing(patients: Patients) -> None:
    for file, result in patients.carrying("data_absent"):
        rows = patients.results(file, p.LACTATE)
        assert rows[-1] == result and "valueQuantity" not in result and result["status"] == "final"
        assert rows[0]["valueQuantity"]["value"] >= 2.3, "high before, so not to be read as normal"
    for file, pressure in patients.carrying("part_absent"):
        rows = patients.results(file, "85354-9")
        assert rows[-1] == pressure and len(rows) == 2
        assert all("valueQuantity" in part for part in rows[0]["component"])
        upper, lower = pressure["component"]
        assert "valueQuantity" in upper and "valueQuantity" not in lower and lower["dataAbsentReason"]
    for _, result in patients.carrying("comparator"):
        assert result["valueQuantity"]["comparator"] == "<"
    never = [row["file"] for row in patients.planted if row["trap"] == "test_never_done"]
    assert len(never) == 2
    for file in patients.bundles:
        assert bool(patients.results(file, p.POTASSIUM)) == (file not in never)
        pressures = patients.results(file, "85354-9")
        assert len(pressures) in (1, 2) and all("valueQuantity" not in one for one in pressures)


def test_diagnoses_drugs_and_allergies(patients: Patients) -> None:
    for file, diagnosis in patients.carrying("coded_after_discharge"):
        end = when(patients.resources(file, "Encounter")[0]["period"], "end")
        assert when(diagnosis, "recordedDate") > end and diagnosis["onsetDateTime"] < f"{end:%Y-%m-%d}"
    for _, diabetes in patients.carrying("recorded_late"):
        assert int(diabetes["recordedDate"][:4]) - int(diabetes["onsetDateTime"]) >= 4
    for trap, clinical, verification in (
        ("condition_refuted", "inactive", "refuted"),
        ("condition_resolved", "resolved", "confirmed"),
        ("condition_in_error", None, "entered-in-error"),
        ("allergy_active", "active", "confirmed"),
        ("allergy_refuted", "inactive", "refuted"),
        ("allergy_in_error", None, "entered-in-error"),
    ):
        for _, one in patients.carrying(trap):
            assert codesets._code_of(one.get("clinicalStatus")) == clinical, trap
            assert codesets._code_of(one["verificationStatus"]) == verification
    given = {"request_plan": [], "request_cancelled": [], "request_in_error": [], "not_done": ["not-done"]}
    for trap, statuses in given.items():
        for file, request in patients.carrying(trap):
            doses = patients.resources(file, "MedicationAdministration")
            reference = f"MedicationRequest/{request['id']}"
            assert [one["status"] for one in doses if one["request"]["reference"] == reference] == statuses
    for file in patients.bundles:
        ordered = {
            one["id"]: when(one, "authoredOn") for one in patients.resources(file, "MedicationRequest")
        }
        for dose in patients.resources(file, "MedicationAdministration"):
            assert when(dose) > ordered[dose["request"]["reference"].split("/")[1]], "given after the order"


def test_values_are_possible(patients: Patients) -> None:
    for file in patients.bundles:
        for one in patients.resources(file, "Observation"):
            if "valueQuantity" not in one or one["status"] == "entered-in-error":
                continue
            value, name = one["valueQuantity"]["value"], code(one)
            back = {"[degF]": (value - 32) * 5 / 9, "g/dL": value * 10}.get(unit(one), value)
            if unit(one) == "mg/dL":
                scale = {p.CREATININE_MG: 88.42, p.GLUCOSE_MG: 1 / 18.016, p.CRP: 10}[name]
                back, name = (
                    value * scale,
                    {p.CREATININE_MG: p.CREATININE, p.GLUCOSE_MG: p.GLUCOSE}.get(name, name),
                )
            low, high = p.LIMITS[name]
            assert low - 1 <= back <= high + 1, (file, one["id"])


# The checks must be able to fail. Each case breaks a good bundle in one way: what is done to it, the resource that
# the message must name, and words of what it must say.


def _first(bundle: Resource, kind: str, test: str = "") -> Resource:
    return next(
        entry["resource"]
        for entry in bundle["entry"]
        if entry["resource"]["resourceType"] == kind and (not test or code(entry["resource"]) == test)
    )


def _set(kind: str, *path: str | int, value: Any, test: str = "") -> Callable[[Resource], None]:
    def broken(bundle: Resource) -> None:
        node: Any = _first(bundle, kind, test)
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = value

    return broken


def _drop(kind: str, element: str, test: str = "") -> Callable[[Resource], None]:
    return lambda bundle: _first(bundle, kind, test).pop(element) and None


def _twice(bundle: Resource) -> None:
    bundle["entry"].append(copy.deepcopy(bundle["entry"][2]))


def _no_patient(bundle: Resource) -> None:
    del bundle["entry"][0]


def _strange(bundle: Resource) -> None:
    bundle["entry"].append({"resource": {"resourceType": "Basic", "id": "x"}})


CODE = ("code", "coding", 0)
DRUG = ("medicationCodeableConcept", "coding", 0, "code")
BREAKS: dict[str, tuple[Callable[[Resource], None], str, str]] = {
    "status": (_set("Observation", "status", value="finished"), "Observation/", "'finished', which FHIR R4 does not"),
    "intent": (_set("MedicationRequest", "intent", value="wish"), "MedicationRequest/", "Use one of: filler-order"),
    "stay": (_set("Encounter", "status", value="completed"), "Encounter/", "'completed', which FHIR R4"),
    "dose": (_set("MedicationAdministration", "status", value="given"), "MedicationAdministration/", "'given'"),
    "gender": (_set("Patient", "gender", value="f"), "Patient/", "'f'"),
    "class": (_set("Encounter", "class", "code", value="WARD"), "Encounter/", "IMP for an inpatient"),
    "loinc": (_set("Observation", *CODE, "code", value="2160-1"), "Observation/", "no LOINC code"),
    "loinc system": (_set("Observation", *CODE, "system", value="urn:oid:1"), "Observation/", "http://loinc.org"),
    "icd": (_set("Condition", *CODE, "code", value="J18.99"), "Condition/", "no WHO ICD-10 code"),
    "icd-cm": (
        _set("Condition", *CODE, "system", value="http://hl7.org/fhir/sid/icd-10-cm"), "Condition/", "no WHO ICD-10",
    ),
    "drug": (_set("MedicationRequest", *DRUG, value="0"), "MedicationRequest/", "no RxNorm code"),
    "unit": (
        _set("Observation", "valueQuantity", "code", value="mg/dL", test=p.CREATININE), "Observation/",
        "cannot be in 'mg/dL'",
    ),
    "unit of a mass": (
        _set("Observation", "valueQuantity", "code", value="mmol/L", test=p.HAEMOGLOBIN), "Observation/",
        "use the LOINC code that goes with the unit",
    ),
    "unit in words": (
        _set("Observation", "valueQuantity", "system", value="words", test=p.HEART),
        "Observation/", "not a UCUM code",
    ),
    "number as text": (
        _set("Observation", "valueQuantity", "value", value="88", test=p.HEART), "Observation/", "is not a number",
    ),
    "no value": (_drop("Observation", "valueQuantity", test=p.HEART), "Observation/", "no dataAbsentReason"),
    "value and reason": (
        _set("Observation", "dataAbsentReason", value=fhir.concept(codesets.ABSENT_REASON, "error"), test=p.HEART),
        "Observation/", "a reason for having none",
    ),
    "no zone": (
        _set("Observation", "effectiveDateTime", value="2025-02-05T21:43:00"), "Observation/", "a time with its zone",
    ),
    "no such day": (
        _set("Observation", "issued", value="2025-02-30T10:00:00Z"), "Observation/", "no day or time of the calendar",
    ),
    "issued before": (
        _set("Observation", "issued", value="2020-01-01T10:00:00Z"), "Observation/", "later than issued",
    ),
    "ends before": (
        _set("Encounter", "period", "end", value="2020-01-01T10:00:00Z"), "Encounter/", "later than period.end",
    ),
    "reference": (
        _set("MedicationAdministration", "request", value={"reference": "MedicationRequest/x"}),
        "MedicationAdministration/", "which is not in the bundle",
    ),
    "other patient": (
        _set("Observation", "subject", value={"reference": "Patient/pat-99"}), "Observation/", "not in the bundle",
    ),
    "not a patient": (
        _set("Condition", "subject", value={"reference": "Encounter/enc-01-a"}), "Condition/", "not about the patient",
    ),
    "clinical status": (_drop("Condition", "clinicalStatus"), "Condition/", "There is no clinicalStatus"),
    "entered in error": (
        _set("Condition", "verificationStatus", "coding", 0, "code", value="entered-in-error"), "Condition/",
        "Remove the clinicalStatus",
    ),
    "over and active": (
        _set("Condition", "abatementDateTime", value="2025-02-07"), "Condition/", "It has ended and is active",
    ),
    "verification": (
        _set("Condition", "verificationStatus", "coding", 0, "code", value="sure"), "Condition/", "'sure'",
    ),
    "missing": (_drop("Observation", "status"), "Observation/", "There is no status"),
    "id": (_set("Observation", "id", value="a b"), "Observation/a b id", "no id that FHIR allows"),
    "twice": (_twice, "id", "2 resources carry this id"),
    "nobody": (_no_patient, "Bundle", "holds no Patient"),
    "type": (lambda bundle: bundle.update(type="pile"), "Bundle", "'pile'"),
    "resource": (_strange, "Basic/x", "no resource that this course uses"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_bundle_is_found(ours: Patients, name: str) -> None:
    breaks, where, words = BREAKS[name]
    file = "bundles/patient_01.json"
    bundle = copy.deepcopy(ours.bundles[file])
    breaks(bundle)
    problems = check_bundle(bundle, file)
    assert any(where in problem.where and words in str(problem) for problem in problems), problems
    for problem in problems:
        assert problem.file == file and problem.what.endswith(".") and problem.fix.endswith(".")


def test_what_is_no_bundle_is_said(ours: Patients) -> None:
    for nonsense in ({}, [], {"resourceType": "Patient"}):
        assert "not a FHIR Bundle" in str(check_bundle(nonsense, "x.json")[0])  # type: ignore[arg-type]
    assert "not a FHIR Bundle" in str(check_bundle({"resourceType": "Patient"})[0])


def test_the_library_does_not_look_at_codes(ours: Patients) -> None:
    """Why `check_bundle` exists: `fhir.resources` takes a status, a test and a unit that cannot be."""
    bundle = copy.deepcopy(ours.bundles["bundles/patient_01.json"])
    result = _first(bundle, "Observation", p.HEART)
    result["status"], result["valueQuantity"]["code"] = "finished", "bananas"
    result["code"]["coding"][0]["code"] = "0-0"
    assert not check_shape(bundle) and len(check_bundle(bundle)) == 2
    result["subject"] = "somebody"
    problems = check_shape(bundle, "x.json")
    assert problems and problems[0].file == "x.json" and "subject" in problems[0].where


def test_statuses_are_those_of_the_library_where_it_lists_them() -> None:
    """The library lists codes too, without enforcing them. Its list for Observation is cut off at "+"."""
    from fhir.resources.R4B import get_fhir_model_class

    for (kind, element), allowed in codesets.STATUSES.items():
        field = get_fhir_model_class(kind).model_fields[element]
        listed = set(field.json_schema_extra["enum_values"]) - {"+"}
        if kind == "Observation":
            assert listed < allowed and allowed - listed == {
                "corrected", "cancelled", "entered-in-error", "unknown",
            }  # fmt: skip
        elif kind == "Encounter":
            assert listed - {"+"} <= allowed
        else:
            assert listed == allowed, (kind, element)


def test_the_datasheet_counts_right(ours: Patients, says: Callable[..., None]) -> None:
    kinds = Counter(one["resourceType"] for file in ours.bundles for one in ours.resources(file))
    traps = Counter(row["trap"] for row in ours.planted)
    said = [f"{sum(kinds.values())} resources", f"{len(ours.planted)} rows"]
    said += [f"{number} {kind}" for kind, number in kinds.items()]
    said += [f"| `{trap}` | {number} |" for trap, number in traps.items()]
    people = [ours.resources(file, "Patient")[0] for file in ours.bundles]
    sexes = Counter(one["gender"] for one in people)
    said += [f"{sexes['female']} women and {sexes['male']} men"]
    last = ours.latest("bundles/patient_01.json", p.POTASSIUM)["valueQuantity"]["value"]
    naive = [
        one for one in ours.resources("bundles/patient_01.json", "Observation") if code(one) == p.POTASSIUM
    ][-1]
    assert naive["status"] == "preliminary"
    said += [f"of {naive['valueQuantity']['value']} mmol/L", f"is {last} mmol/L"]
    times = {one["effectiveDateTime"][11:] for one in ours.results("bundles/patient_02.json", p.POTASSIUM)}
    assert {"04:40:00Z", "05:10:00+01:00"} < times
    said += ["04:40Z is 05:40 local time and comes after 05:10+01:00 (patient 02)"]
    said += [f"{len(ours.bundles)} files, one patient each"]
    for again, test in (("temperature", p.HEAT), ("pressure", "85354-9")):
        twice = sum(len(ours.results(file, test)) == 2 for file in ours.bundles)
        said += [f"{again} again towards the end in {twice} patients"]
    says("fhir", *said)
