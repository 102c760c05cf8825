"""SYNTHETIC: what brings the fictitious adults of `ward` and `fhir` to hospital, and what their bodies do there.

Plain made-up figures that a clinician should find credible, and nothing more: a value goes in a straight line
from its level at arrival to its level at discharge, with some noise. Nothing here is an estimate from people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from curriculum.generators.codesets import TESTS
from curriculum.generators.dice import Dice

HEART, SYSTOLIC, DIASTOLIC, BREATHS = "8867-4", "8480-6", "8462-4", "9279-1"
OXYGEN, HEAT = "59408-5", "8310-5"
VITALS = (HEART, SYSTOLIC, DIASTOLIC, BREATHS, OXYGEN, HEAT)
POTASSIUM, SODIUM, LACTATE, TROPONIN = "2823-3", "2951-2", "2524-7", "89579-7"
CREATININE, CREATININE_MG = "14682-9", "2160-0"  # umol/L, mg/dL
GLUCOSE, GLUCOSE_MG = "14749-6", "2345-7"  # mmol/L, mg/dL
HAEMOGLOBIN, WHITE_CELLS, CRP, CULTURE = "718-7", "6690-2", "1988-5", "600-7"

# What one unit is in the other: mg/dL = umol/L / 88.42 (creatinine), mg/dL = mmol/L * 18.016 (glucose).
UMOL_PER_MG_CREATININE = 88.42
MG_PER_MMOL_GLUCOSE = 18.016

# Noise around the line, in the unit of `Pathway.arrival`.
NOISE: Mapping[str, float] = {
    HEART: 6, SYSTOLIC: 7, DIASTOLIC: 5, BREATHS: 1.5, OXYGEN: 1, HEAT: 0.2, POTASSIUM: 0.15, SODIUM: 1,
    LACTATE: 0.15, TROPONIN: 2, CREATININE: 4, GLUCOSE: 0.6, HAEMOGLOBIN: 2, WHITE_CELLS: 0.7, CRP: 4,
}  # fmt: skip
LIMITS: Mapping[str, tuple[float, float]] = {  # no value is written outside these
    HEART: (48, 150), SYSTOLIC: (72, 205), DIASTOLIC: (40, 115), BREATHS: (10, 38), OXYGEN: (80, 100),
    HEAT: (35.2, 40.2), POTASSIUM: (2.9, 7.2), SODIUM: (124, 148), LACTATE: (0.5, 8), TROPONIN: (2, 9000),
    CREATININE: (42, 520), GLUCOSE: (3.4, 22), HAEMOGLOBIN: (58, 172), WHITE_CELLS: (2.5, 28), CRP: (1, 380),
}  # fmt: skip


@dataclass(frozen=True)
class Drug:
    """A drug as it is ordered: RxNorm ingredient, dose, unit (UCUM), route, hours between doses (0: one dose)."""

    code: str
    dose: float
    unit: str
    route: str
    every: int


AMOXICILLIN = Drug("723", 1, "g", "intravenous", 8)
CEFTRIAXONE = Drug("2193", 2, "g", "intravenous", 24)
FUROSEMIDE = Drug("4603", 40, "mg", "intravenous", 12)
ASPIRIN_LOAD = Drug("1191", 300, "mg", "oral", 0)
ASPIRIN = Drug("1191", 75, "mg", "oral", 24)
CLOPIDOGREL = Drug("32968", 300, "mg", "oral", 0)
ATORVASTATIN = Drug("83367", 80, "mg", "oral", 24)
SALBUTAMOL = Drug("435", 5, "mg", "nebulised", 6)
PANTOPRAZOLE = Drug("40790", 40, "mg", "intravenous", 12)
METFORMIN = Drug("6809", 500, "mg", "oral", 12)
PARACETAMOL = Drug("161", 1, "g", "oral", 6)
MORPHINE = Drug("7052", 5, "mg", "oral", 6)
ENOXAPARIN = Drug("67108", 40, "mg", "subcutaneous", 24)
ANTIBIOTICS = (AMOXICILLIN.code, CEFTRIAXONE.code)


@dataclass(frozen=True)
class Pathway:
    """One reason for coming.

    Attributes
    ----------
    name : str
        What the ward says.
    code : str
        The WHO ICD-10 code that the coders usually give after discharge.
    texts : tuple of str
        What the doctor in the emergency department may write as the working diagnosis.
    ward : str
        Where the patient goes: W1 surgery, W2 cardiology, W3 respiratory, W4 medicine.
    age : float
        Mean age, years.
    hours : tuple of int
        The shortest and the longest stay.
    arrival, leaving : mapping of str to float
        Levels that differ from the person's own: LOINC code to value, at arrival and at discharge.
    drugs : tuple of Drug
        Ordered in the emergency department; the first is the urgent one.
    """

    name: str
    code: str
    texts: tuple[str, ...]
    ward: str
    age: float
    hours: tuple[int, int]
    arrival: Mapping[str, float]
    leaving: Mapping[str, float]
    drugs: tuple[Drug, ...]


PATHWAYS: Mapping[str, Pathway] = {
    pathway.name: pathway
    for pathway in (
        Pathway(
            "pneumonia",
            "J18.9",
            ("CAP, R base", "SOB + fever, likely chest infection", "pneumonia, CURB-65 2"),
            "W4",
            70,
            (60, 150),
            {HEART: 106, BREATHS: 24, OXYGEN: 91, HEAT: 38.4, WHITE_CELLS: 15, CRP: 160, LACTATE: 1.8},
            {HEART: 82, BREATHS: 17, OXYGEN: 96, HEAT: 36.7, WHITE_CELLS: 8.5, CRP: 45},
            (AMOXICILLIN, PARACETAMOL),
        ),
        Pathway(
            "urosepsis",
            "A41.9",
            ("UTI, rigors", "sepsis ?urinary source", "confused, UTI"),
            "W4",
            74,
            (72, 160),
            {
                HEART: 114,
                SYSTOLIC: 102,
                BREATHS: 22,
                OXYGEN: 95,
                HEAT: 38.7,
                WHITE_CELLS: 17,
                CRP: 185,
                LACTATE: 2.9,
                CREATININE: 138,
            },
            {HEART: 80, SYSTOLIC: 122, BREATHS: 16, HEAT: 36.7, WHITE_CELLS: 9, CRP: 50, CREATININE: 88},
            (CEFTRIAXONE, PARACETAMOL),
        ),
        Pathway(
            "cellulitis",
            "L03.1",
            ("cellulitis L leg", "hot swollen leg, cellulitis"),
            "W4",
            62,
            (48, 110),
            {HEART: 96, HEAT: 38, WHITE_CELLS: 13.5, CRP: 105},
            {HEART: 78, HEAT: 36.8, WHITE_CELLS: 8, CRP: 30},
            (CEFTRIAXONE, PARACETAMOL),
        ),
        Pathway(
            "heart failure",
            "I50.0",
            ("SOB, ankle swelling, CCF", "pulmonary oedema", "decompensated HF"),
            "W2",
            77,
            (80, 170),
            {
                HEART: 98,
                SYSTOLIC: 144,
                BREATHS: 24,
                OXYGEN: 91,
                CRP: 12,
                CREATININE: 118,
                SODIUM: 134,
                TROPONIN: 34,
            },
            {HEART: 76, SYSTOLIC: 126, BREATHS: 17, OXYGEN: 95, CREATININE: 108, SODIUM: 137, TROPONIN: 28},
            (FUROSEMIDE, ENOXAPARIN),
        ),
        Pathway(
            "heart attack",
            "I21.4",
            ("CP, trop pos, NSTEMI", "NSTEMI", "central CP, ECG changes"),
            "W2",
            67,
            (60, 120),
            {HEART: 88, SYSTOLIC: 146, BREATHS: 18, TROPONIN: 640},
            {HEART: 66, SYSTOLIC: 122, TROPONIN: 2100},
            (ASPIRIN_LOAD, CLOPIDOGREL, ATORVASTATIN),
        ),
        Pathway(
            "chest pain",
            "R07.4",
            ("CP, ?ACS", "CP at rest, ?ACS"),
            "W2",
            54,
            (16, 30),
            {HEART: 84, SYSTOLIC: 142, TROPONIN: 6},
            {HEART: 72, SYSTOLIC: 130, TROPONIN: 6},
            (ASPIRIN_LOAD,),
        ),
        Pathway(
            "COPD flare",
            "J44.1",
            ("IECOPD, wheeze", "SOB, known COPD"),
            "W3",
            69,
            (60, 130),
            {HEART: 102, BREATHS: 25, OXYGEN: 87, HEAT: 37.3, WHITE_CELLS: 11.5, CRP: 36},
            {HEART: 84, BREATHS: 18, OXYGEN: 92, HEAT: 36.7, WHITE_CELLS: 9, CRP: 12},
            (SALBUTAMOL, PARACETAMOL),
        ),
        Pathway(
            "gut bleeding",
            "K92.2",
            ("melaena, ?upper GI bleed", "haematemesis x2"),
            "W1",
            66,
            (50, 110),
            {HEART: 110, SYSTOLIC: 102, HAEMOGLOBIN: 82, LACTATE: 2.1},
            {HEART: 82, SYSTOLIC: 122, HAEMOGLOBIN: 94},
            (PANTOPRAZOLE,),
        ),
        Pathway(
            "hip fracture",
            "S72.0",
            ("fall, shortened + rotated R leg, #NOF", "#NOF L"),
            "W1",
            82,
            (110, 190),
            {HEART: 92, SYSTOLIC: 142, HAEMOGLOBIN: 118},
            {HEART: 80, SYSTOLIC: 128, HAEMOGLOBIN: 101, CRP: 60},
            (MORPHINE, PARACETAMOL, ENOXAPARIN),
        ),
    )
}


@dataclass(frozen=True)
class Body:
    """A fictitious adult: age in years, sex, diabetes, and their own level of each test."""

    age: int
    sex: str
    diabetes: bool
    own: Mapping[str, float]


def body(dice: Dice, pathway: Pathway, diabetes: bool) -> Body:
    """Draw an adult who could come for this reason."""
    sex = "female" if dice.chance(0.5) else "male"
    age = round(dice.bell(pathway.age, 10, 24, 96))
    own = {
        HEART: dice.bell(76, 7, 58, 92),
        SYSTOLIC: dice.bell(112 + 0.25 * age, 8, 104, 160),
        DIASTOLIC: dice.bell(74, 5, 60, 90),
        BREATHS: dice.bell(16, 1, 13, 18),
        OXYGEN: dice.bell(97, 0.8, 95, 99),
        HEAT: dice.bell(36.7, 0.2, 36.2, 37.2),
        POTASSIUM: dice.bell(4.2, 0.25, 3.7, 4.8),
        SODIUM: dice.bell(139, 1.5, 135, 143),
        LACTATE: dice.bell(1.2, 0.2, 0.7, 1.7),
        TROPONIN: dice.bell(7, 2, 3, 13),
        CREATININE: dice.bell((62 if sex == "female" else 76) + 0.2 * age, 8, 48, 112),
        GLUCOSE: dice.bell(10.2 if diabetes else 6.2, 1, 4.8, 14),
        HAEMOGLOBIN: dice.bell(130 if sex == "female" else 143, 8, 112, 162),
        WHITE_CELLS: dice.bell(7.4, 1, 5, 10),
        CRP: dice.bell(5, 2, 1, 9),
    }
    return Body(age, sex, diabetes, own)


def level(dice: Dice, pathway: Pathway, person: Body, code: str, share: float, ill: float = 1.0) -> float:
    """A value of a test when `share` of the way from arrival (0) to discharge (1) is done, before rounding.

    `ill` stretches the distance of the level at arrival from the person's own: 1 is the level of the pathway,
    0.7 a milder and 1.3 a harder course.
    """
    own = person.own[code]
    start = own + ill * (pathway.arrival.get(code, own) - own)
    end = pathway.leaving.get(code, own)
    low, high = LIMITS[code]
    middle = start + (end - start) * min(max(share, 0.0), 1.0)
    return dice.bell(min(max(middle, low), high), NOISE[code], low, high)


def written(value: float, code: str, unit: str | None = None) -> str:
    """A value with the decimals that go with its unit (the first unit of the test when left out)."""
    units = TESTS[code].units
    return f"{value:.{units[unit or next(iter(units))]}f}"


def other_unit(value: float, code: str) -> tuple[float, str, str]:
    """The same result in the other unit: value, LOINC code, UCUM unit.

    Creatinine and glucose change their LOINC code with the unit (moles or mass per volume). Haemoglobin and CRP
    are mass per volume in both, temperature is a temperature in both: their code stays.
    """
    return {
        CREATININE: (value / UMOL_PER_MG_CREATININE, CREATININE_MG, "mg/dL"),
        GLUCOSE: (value * MG_PER_MMOL_GLUCOSE, GLUCOSE_MG, "mg/dL"),
        HAEMOGLOBIN: (value / 10, HAEMOGLOBIN, "g/dL"),
        CRP: (value / 10, CRP, "mg/dL"),
        HEAT: (value * 9 / 5 + 32, HEAT, "[degF]"),
    }[code]
