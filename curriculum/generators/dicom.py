"""Seven DICOM files of two fictitious patients: real pixels of two public samples, everything else made up.

From each sample only the attributes in `KEPT` are read: what is needed to show the pixels and to say what they
measure. Nothing else of it gets into the files: no name, UID, date, private attribute, institution, device or text.
Then the generator plants an identity; `planted.csv` lists every planted value and where it stands, `actions.csv`
says what the Basic Profile of DICOM PS3.15 Annex E does with each attribute.

Another seed gives other people with the same traps: `generate(samples, seed=7)`.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from curriculum.datasets.text import rows_bytes
from curriculum.generators import bitmap_font
from curriculum.generators.dice import Dice
from curriculum.generators.identifiers import FAMILY, GIVEN, age_on

SEED = 14

# All that is taken from a sample. Every other attribute of the files is written by this module.
_PICTURE = [
    "SOPClassUID",
    "Modality",
    "SliceThickness",
    "PatientPosition",
    "SamplesPerPixel",
    "PhotometricInterpretation",
    "Rows",
    "Columns",
    "PixelSpacing",
    "BitsAllocated",
    "BitsStored",
    "HighBit",
    "PixelRepresentation",
    "PixelData",
]
KEPT = {
    "CT": [*_PICTURE, "KVP", "ConvolutionKernel", "RescaleIntercept", "RescaleSlope"],
    "MR": [
        *_PICTURE,
        *(
            "ScanningSequence",
            "SequenceVariant",
            "MRAcquisitionType",
            "RepetitionTime",
            "EchoTime",
            "FlipAngle",
        ),
        *("WindowCenter", "WindowWidth"),
    ],
}
CT_WINDOW = (40, 400)  # centre and width in Hounsfield units, ours

HOSPITAL = "Lanternfield General Hospital"  # made up, as in the dataset `identifiers`
ADDRESS = "1 Ember Close, Lanternfield, Westmark 00101"
PRIVATE_GROUP = 0x0071  # a group that neither sample uses
PRIVATE_CREATOR = "LANTERN PACS 1.0"
PRIVATE_NOTE = 0x07  # (0071,1007): nothing says that a name is in there
IMPLEMENTATION = "CURRICULUM_1"  # written into each file, with a class UID of ours

INK = 2600  # stored value of burned-in text in a CT; the sample's own largest value is 2191
TEXT_AT = (4, 4)  # row and column where the burned-in lines begin
MARKER_AT = (112, 8)  # the side marker R, which identifies nobody


@dataclass(frozen=True)
class Patient:
    """One fictitious patient."""

    key: str
    given: str
    family: str
    sex: str  # F or M, as DICOM writes it
    born: date
    number: str  # hospital number
    other_number: str  # of another made-up hospital
    street: str
    phone: str
    relative: str
    mother: str

    @property
    def name(self) -> str:
        """As DICOM writes it: family^given."""
        return f"{self.family}^{self.given}"


@dataclass(frozen=True)
class Image:
    """One file before it is made."""

    file: str
    patient: str
    study: int
    series: int
    number: int
    sample: str  # CT or MR
    when: datetime  # of acquisition
    picture: str  # which copy of the sample's pixels: a name in `_copy`
    refers_to: str | None = None  # another file of the set
    burned_in: str = ""  # what BurnedInAnnotation says; empty: the attribute is missing
    traps: tuple[str, ...] = ()


IMAGES = (
    Image("ct_a1.dcm", "A", 1, 1, 1, "CT", datetime(2025, 2, 11, 9, 41, 5), "as it is", None, "NO"),
    Image("ct_a2.dcm", "A", 1, 1, 2, "CT", datetime(2025, 2, 11, 9, 41, 6), "mirrored", "ct_a1.dcm"),
    Image(
        "ct_a3.dcm",
        "A",
        1,
        2,
        1,
        "CT",
        datetime(2025, 2, 11, 9, 44, 0),
        "dark top",
        "ct_a1.dcm",
        "NO",
        ("text",),
    ),
    Image("mr_a1.dcm", "A", 2, 1, 1, "MR", datetime(2025, 3, 20, 14, 5, 30), "as it is", None),
    Image("mr_a2.dcm", "A", 2, 1, 2, "MR", datetime(2025, 3, 20, 14, 6, 10), "mirrored", "mr_a1.dcm"),
    Image(
        "ct_b1.dcm", "B", 3, 1, 1, "CT", datetime(2024, 2, 28, 23, 58, 40), "turned", None, "NO", ("marker",)
    ),
    Image(
        "ct_b2.dcm",
        "B",
        3,
        1,
        2,
        "CT",
        datetime(2024, 2, 29, 0, 1, 15),
        "shifted",
        "ct_b1.dcm",
        "",
        ("corrected",),
    ),
)
STUDY_STARTS = {
    1: datetime(2025, 2, 11, 9, 38, 0),
    2: datetime(2025, 3, 20, 14, 1, 0),
    3: datetime(2024, 2, 28, 23, 52, 0),
}
BORN = {"A": date(1935, 3, 7), "B": date(2004, 2, 29)}  # A turns 90 between the two studies; B on a leap day

# Basic Profile, PS3.15 table E.1-1: keyword -> action. Compared with the table of edition 2024b and with an
# independent copy of another edition; CHECKED says where that did not simply agree.
ACTIONS = {
    "AccessionNumber": "Z",
    "AcquisitionDate": "X/Z",
    "AcquisitionTime": "X/Z",
    "AdditionalPatientHistory": "X",
    "AttributeModificationDateTime": "D",
    "ContentDate": "Z/D",
    "ContentTime": "Z/D",
    "DeviceSerialNumber": "X/Z/D",
    "DeviceUID": "U",
    "FrameOfReferenceUID": "U",
    "ImageComments": "X",
    "InstanceCreationDate": "X/D",
    "InstanceCreationTime": "X/Z/D",
    "InstanceCreatorUID": "U",
    "InstitutionAddress": "X",
    "InstitutionName": "X/Z/D",
    "InstitutionalDepartmentName": "X",
    "IssuerOfPatientID": "X",
    "MediaStorageSOPInstanceUID": "U",
    "ModifiedAttributesSequence": "X",
    "ModifyingSystem": "D",
    "NameOfPhysiciansReadingStudy": "X",
    "OperatorsName": "X/Z/D",
    "OriginalAttributesSequence": "X",
    "OtherPatientIDsSequence": "X",
    "OtherPatientNames": "X",
    "PatientAddress": "X",
    "PatientAge": "X",
    "PatientBirthDate": "Z",
    "PatientComments": "X",
    "PatientID": "Z/D",
    "PatientMotherBirthName": "X",
    "PatientName": "Z",
    "PatientSex": "Z",
    "PatientTelephoneNumbers": "X",
    "PatientWeight": "X",
    "PerformedProcedureStepDescription": "X",
    "PerformedProcedureStepID": "X",
    "PerformedProcedureStepStartDate": "X",
    "PerformedProcedureStepStartTime": "X",
    "PerformingPhysicianName": "X",
    "ProtocolName": "X/D",
    "ReasonForTheAttributeModification": "D",
    "ReasonForTheRequestedProcedure": "X",
    "ReferencedImageSequence": "X/Z/U*",
    "ReferencedSOPInstanceUID": "U",
    "ReferencedStudySequence": "X/Z",
    "ReferringPhysicianName": "Z",
    "RequestAttributesSequence": "X",
    "RequestedProcedureDescription": "X/Z",
    "RequestedProcedureID": "X",
    "ScheduledProcedureStepDescription": "X",
    "ScheduledProcedureStepID": "X",
    "SeriesDate": "X/D",
    "SeriesDescription": "X",
    "SeriesInstanceUID": "U",
    "SeriesTime": "X/D",
    "SOPInstanceUID": "U",
    "SourceImageSequence": "X/Z/U*",
    "SourceOfPreviousValues": "Z",
    "StationName": "X/Z/D",
    "StudyDate": "Z",
    "StudyDescription": "X",
    "StudyID": "Z",
    "StudyInstanceUID": "U",
    "StudyTime": "Z",
    "TimezoneOffsetFromUTC": "X",
}
CHECKED = {
    "AttributeModificationDateTime": "2024b",
    "InstanceCreationDate": "2024b",
    "InstanceCreationTime": "2024b",
    "ModifyingSystem": "2024b",
    "PatientID": "differs",  # the other copy says Z
    "PrivateAttributes": "other",  # the copy of 2024b lists single attributes only
    "ReasonForTheAttributeModification": "2024b",
    "SourceOfPreviousValues": "2024b",
}
PRIVATE_ACTION = "X"  # private attributes, any odd group

# What each planted attribute tells: a class of HIPAA Safe Harbor, or staff, institution, text (free text).
CLASSES = {
    "names": "PatientName OtherPatientNames PatientMotherBirthName",
    "mrn": "PatientID",
    "dates": "StudyDate SeriesDate AcquisitionDate ContentDate InstanceCreationDate PatientBirthDate "
    "PerformedProcedureStepStartDate AttributeModificationDateTime PatientAge",
    "geography": "PatientAddress InstitutionAddress",
    "phone": "PatientTelephoneNumbers",
    "device": "DeviceSerialNumber DeviceUID StationName",
    "account": "AccessionNumber",
    "other": "StudyInstanceUID SeriesInstanceUID SOPInstanceUID FrameOfReferenceUID ReferencedSOPInstanceUID "
    "InstanceCreatorUID StudyID RequestedProcedureID ScheduledProcedureStepID PerformedProcedureStepID "
    "MediaStorageSOPInstanceUID",
    "staff": "ReferringPhysicianName PerformingPhysicianName NameOfPhysiciansReadingStudy OperatorsName",
    "institution": "InstitutionName InstitutionalDepartmentName IssuerOfPatientID SourceOfPreviousValues "
    "ModifyingSystem",
    "text": "StudyDescription SeriesDescription ImageComments PatientComments AdditionalPatientHistory "
    "ReasonForTheRequestedProcedure RequestedProcedureDescription ScheduledProcedureStepDescription "
    "PerformedProcedureStepDescription ProtocolName",
}
CLASS_OF = {keyword: kind for kind, keywords in CLASSES.items() for keyword in keywords.split()}


def generate(samples: Mapping[str, bytes], seed: int = SEED) -> dict[str, bytes]:
    """The seven files and two tables.

    Parameters
    ----------
    samples : mapping
        `CT` and `MR`: the bytes of pydicom's CT_small.dcm and MR_small.dcm.
    seed : int
        Another seed gives other people, numbers and UIDs; pixels, dates and traps stay.
    """
    kept = {key: _kept(key, content) for key, content in samples.items()}
    people = _patients(Dice(seed))
    staff = _staff(Dice(seed + 1_000_003), people)
    files: dict[str, bytes] = {}
    planted: list[tuple[str, str, str, str, str]] = []
    for image in IMAGES:
        dataset, boxes = _dataset(image, people[image.patient], staff, kept[image.sample], seed)
        files[image.file] = _bytes(dataset)
        planted += [(image.file, *row) for row in _planted(dataset.file_meta)]
        planted += [(image.file, *row) for row in _planted(dataset)]
        planted += [(image.file, "pixels", *row) for row in boxes]
    header = ("file", "place", "where", "value", "class")
    files["planted.csv"] = rows_bytes(header, planted)
    files["actions.csv"] = rows_bytes(("keyword", "tag", "vr", "action", "checked"), _actions())
    return files


def uid(seed: int, *about: object) -> str:
    """A UID under 2.25 (made from a UUID), the same for the same seed and words."""
    digest = hashlib.sha256("/".join(map(str, (seed, *about))).encode("ascii")).digest()
    return f"2.25.{uuid.UUID(bytes=digest[:16], version=5).int}"


# ---------------------------------------------------------------- people


def _patients(dice: Dice) -> dict[str, Patient]:
    """A: a man who turns 90 between his studies. B: a woman born on a leap day, whose name is also a word.

    Neither sex is the one that the sample says whose pixels they get.
    """
    short = [family for family in FAMILY if 5 <= len(family) <= 11 and family not in WORD_NAMES]
    families = dice.shuffled(short)
    given_a = next(name for name in dice.shuffled(GIVEN["male"]) if 4 <= len(name) <= 6)
    given_b = dice.choice(tuple(WORD_AS_WORD))
    people = {}
    for key, given, family, sex in (("A", given_a, families[0], "M"), ("B", given_b, families[1], "F")):
        people[key] = Patient(
            key=key,
            given=given,
            family=family,
            sex=sex,
            born=BORN[key],
            number=f"LF-{dice.whole(100_000, 999_999)}",
            other_number=f"OF-{dice.whole(10_000, 99_999)}",
            street=f"{dice.whole(2, 98)} Dove Street, Old Ferry, Westmark 00117",
            phone=f"200-555-01{dice.whole(0, 99):02d}",
            relative=f"{next(n for n in dice.shuffled(GIVEN['female']) if n != given)} {family}",
            mother=f"{families[2 if key == 'A' else 3]}^{dice.choice(GIVEN['female'])}",
        )
    return people


WORD_AS_WORD = {"Rose": "pain rose overnight", "Hope": "we hope for the best"}
WORD_NAMES = frozenset(["Field", "Long", "Young", "Bell", "Stone", "Short"])


def _staff(dice: Dice, people: Mapping[str, Patient]) -> dict[str, str]:
    taken = {person.family for person in people.values()}
    families = [name for name in dice.shuffled(FAMILY) if name not in taken | WORD_NAMES]
    given = dice.shuffled(GIVEN["female"] + GIVEN["male"])
    roles = ("referring", "performing", "reading", "operator")
    return {role: f"{families[n]}^{given[n]}" for n, role in enumerate(roles)}


# ---------------------------------------------------------------- files


def _kept(modality: str, content: bytes) -> dict[str, Any]:
    """The attributes of a sample that are kept; pixels as an array. Nothing else of it leaves this function."""
    from pydicom import dcmread

    sample = dcmread(io.BytesIO(content))
    kept = {keyword: sample[keyword].value for keyword in KEPT[modality]}
    shape = (kept["Rows"], kept["Columns"])
    kept["PixelData"] = np.frombuffer(kept["PixelData"], dtype="<i2").reshape(shape)
    return kept


def _copy(pixels: np.ndarray, picture: str) -> np.ndarray:
    """A copy of the pixels by which files differ: mirrored, turned by 180 degrees, shifted, or with a dark top."""
    if picture == "mirrored":
        return pixels[:, ::-1].copy()
    if picture == "turned":
        return pixels[::-1, ::-1].copy()
    if picture == "shifted":
        moved = np.full_like(pixels, pixels.min())
        moved[8:, :-8] = pixels[:-8, 8:]
        return moved
    if picture == "dark top":
        dark = pixels.copy()
        dark[:36] = pixels.min()
        return dark
    return pixels.copy()


def _dataset(
    image: Image, patient: Patient, staff: Mapping[str, str], kept: Mapping[str, Any], seed: int
) -> tuple[Any, list[tuple[str, str, str]]]:
    """The data set of one file, and the boxes of text in its pixels: where, text, class."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import ExplicitVRLittleEndian

    def instance(file: str) -> str:
        return uid(seed, "instance", file)

    pixels = _copy(kept["PixelData"], image.picture)
    boxes: list[tuple[str, str, str]] = []
    if "text" in image.traps:
        lines = [
            f"{patient.family} {patient.given}".upper(),
            f"DOB {patient.born:%d.%m.%Y}",
            f"ID {patient.number}",
        ]
        top, bottom, left, right = bitmap_font.write(pixels, lines, *TEXT_AT, INK)
        for n, (line, kind) in enumerate(zip(lines, ("names", "dates", "mrn"), strict=True)):
            row = top + n * (bitmap_font.HEIGHT + 2)
            width = bitmap_font.letters(line).shape[1]
            where = f"{row}:{row + bitmap_font.HEIGHT}, {left}:{left + width}"
            boxes.append((where, line, kind))
    if "marker" in image.traps:
        top, bottom, left, right = bitmap_font.write(pixels, ["R"], *MARKER_AT, INK)
        boxes.append((f"{top}:{bottom}, {left}:{right}", "R", "none"))

    ds = Dataset()
    for keyword, value in kept.items():
        if keyword != "PixelData":
            setattr(ds, keyword, value)
    start, when = STUDY_STARTS[image.study], image.when
    title = {"F": "Mrs", "M": "Mr"}[patient.sex]
    body = {"CT": "CT thoracic spine", "MR": "MR soft tissue"}[image.sample]
    study = str(image.study)
    ds.SpecificCharacterSet = "ISO_IR 100"
    ds.ImageType = ["DERIVED", "SECONDARY", "AXIAL" if image.sample == "CT" else "OTHER"]
    ds.InstanceCreationDate, ds.InstanceCreationTime = _da(when), _tm(when + timedelta(seconds=4))
    ds.InstanceCreatorUID = uid(seed, "creator")
    ds.SOPInstanceUID = instance(image.file)
    ds.StudyDate, ds.StudyTime = _da(start), _tm(start)
    first = min(other.when for other in IMAGES if (other.study, other.series) == (image.study, image.series))
    ds.SeriesDate, ds.SeriesTime = _da(first), _tm(first)
    ds.AcquisitionDate, ds.AcquisitionTime = _da(when), _tm(when)
    ds.ContentDate, ds.ContentTime = _da(when), _tm(when + timedelta(seconds=2))
    ds.TimezoneOffsetFromUTC = "+0100"
    ds.AccessionNumber = f"ACC{int(patient.number[3:]) % 9000 + 1000}{study}"
    ds.Manufacturer = "Fictive Imaging"
    ds.ManufacturerModelName = f"Lumen {image.sample}"
    ds.InstitutionName, ds.InstitutionAddress = HOSPITAL, ADDRESS
    ds.InstitutionalDepartmentName = "Imaging, second floor"
    ds.ReferringPhysicianName = staff["referring"]
    ds.PerformingPhysicianName = staff["performing"]
    ds.NameOfPhysiciansReadingStudy = staff["reading"]
    ds.OperatorsName = staff["operator"]
    ds.StationName = f"LGH{image.sample}2"
    ds.StudyDescription = f"{body}, {title} {patient.family}"
    ds.SeriesDescription = "Summary page" if "text" in image.traps else "Axial"
    ds.PatientName, ds.PatientID, ds.IssuerOfPatientID = patient.name, patient.number, "LANTERNFIELD"
    ds.PatientBirthDate, ds.PatientSex = _da(patient.born), patient.sex
    ds.PatientAge = f"{age_on(patient.born, start.date()):03d}Y"
    ds.PatientWeight = {"A": "74", "B": "58"}[patient.key]
    ds.PatientAddress, ds.PatientTelephoneNumbers = patient.street, patient.phone
    ds.PatientMotherBirthName = patient.mother
    ds.OtherPatientNames = f"{patient.family}-{patient.mother.split('^')[0]}^{patient.given}"
    ds.OtherPatientIDsSequence = [_item(PatientID=patient.other_number, IssuerOfPatientID="OLD FERRY")]
    kin = {"A": "Daughter", "B": "Mother"}[patient.key]
    ds.PatientComments = f"{kin} {patient.relative} comes along, {patient.phone}."
    ds.AdditionalPatientHistory = {
        "A": f"Fall at home. {title} {patient.family} lives alone.",
        "B": f"Fell off a bicycle. {patient.given} {patient.family} walked in; "
        f"{WORD_AS_WORD.get(patient.given, '')}.",
    }[patient.key]
    ds.DeviceSerialNumber = f"SN-{image.sample}-{int(uid(seed, 'device', image.sample)[-6:]):06d}"
    ds.DeviceUID = uid(seed, "device", image.sample)
    ds.ProtocolName = f"{body} {patient.family}" if image.sample == "MR" else body
    ds.StudyInstanceUID = uid(seed, "study", image.study)
    ds.SeriesInstanceUID = uid(seed, "series", image.study, image.series)
    ds.FrameOfReferenceUID = uid(seed, "frame", image.study)
    ds.StudyID, ds.SeriesNumber, ds.InstanceNumber = f"S{study}", str(image.series), str(image.number)
    rows, columns = pixels.shape
    down, across = (float(step) for step in kept["PixelSpacing"])
    ds.ImagePositionPatient = [
        f"{-columns * across / 2:.3f}",
        f"{-rows * down / 2:.3f}",
        f"{-float(kept['SliceThickness']) * image.number:.1f}",
    ]
    ds.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    ds.PositionReferenceIndicator = ""
    ds.ImageComments = {
        1: f"Reviewed with {patient.given} {patient.family} on {when:%d %B %Y}.",
        2: "Compare with the first picture.",
    }[image.number]
    if image.sample == "CT":
        ds.AcquisitionNumber = "1"
        ds.WindowCenter, ds.WindowWidth = (str(number) for number in CT_WINDOW)
    else:
        ds.ScanOptions, ds.EchoTrainLength = "", "1"
    if image.burned_in:
        ds.BurnedInAnnotation = image.burned_in
    if image.refers_to:
        reference = _item(
            ReferencedSOPClassUID=kept["SOPClassUID"], ReferencedSOPInstanceUID=instance(image.refers_to)
        )
        if "text" in image.traps:
            ds.SourceImageSequence = [reference]
        else:
            ds.ReferencedImageSequence = [reference]
    ds.RequestedProcedureDescription = body
    request = _item(
        RequestedProcedureID=f"RP{study}{patient.number[-4:]}",
        ScheduledProcedureStepID=f"SPS{study}",
        ScheduledProcedureStepDescription=f"{body} for {title} {patient.family}",
        ReasonForTheRequestedProcedure=f"{patient.given} {patient.family}, pain after a fall",
    )
    request.ReferencedStudySequence = [
        _item(
            ReferencedSOPClassUID="1.2.840.10008.3.1.2.3.1",  # detached study management, retired
            ReferencedSOPInstanceUID=ds.StudyInstanceUID,
        )
    ]
    ds.RequestAttributesSequence = [request]
    ds.PerformedProcedureStepStartDate, ds.PerformedProcedureStepStartTime = _da(start), _tm(start)
    ds.PerformedProcedureStepID, ds.PerformedProcedureStepDescription = f"PPS{study}", body
    if "corrected" in image.traps:  # the name before it was corrected, two sequences deep
        before = _item(PatientName=f"{patient.family}e^{patient.given}", PatientID=patient.other_number)
        original = _item(
            AttributeModificationDateTime=f"{_da(when + timedelta(days=1))}080500",
            ModifyingSystem="LANTERN PACS",
            ReasonForTheAttributeModification="CORRECT",
            SourceOfPreviousValues="OLD FERRY",
        )
        original.ModifiedAttributesSequence = [before]
        ds.OriginalAttributesSequence = [original]
    block = ds.private_block(PRIVATE_GROUP, PRIVATE_CREATOR, create=True)
    block.add_new(PRIVATE_NOTE, "LO", f"{patient.family.upper()}/{patient.given.upper()}/{_da(patient.born)}")
    block.add_new(PRIVATE_NOTE + 1, "DS", "1.25")
    ds.PixelData = pixels.astype("<i2").tobytes()
    ds["PixelData"].VR = "OW"

    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\x00\x01"
    meta.MediaStorageSOPClassUID = kept["SOPClassUID"]
    meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = uid(0, "implementation")
    meta.ImplementationVersionName = IMPLEMENTATION
    ds.file_meta = meta
    ds.preamble = b"\0" * 128
    return ds, boxes


def _item(**values: str) -> Any:
    from pydicom.dataset import Dataset

    item = Dataset()
    for keyword, value in values.items():
        setattr(item, keyword, value)
    return item


def _da(day: date) -> str:
    return f"{day:%Y%m%d}"


def _tm(when: datetime) -> str:
    return f"{when:%H%M%S}"


def _bytes(dataset: Any) -> bytes:
    from pydicom import dcmwrite

    out = io.BytesIO()
    dcmwrite(out, dataset, enforce_file_format=True)
    return out.getvalue()


# ---------------------------------------------------------------- tables


def walk(dataset: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every element that is no sequence, at any depth, with its path such as `OtherPatientIDsSequence[0].PatientID`."""
    for element in dataset:
        name = element.keyword or f"({element.tag.group:04X},{element.tag.element:04X})"
        if element.VR == "SQ":
            for number, item in enumerate(element.value):
                yield from walk(item, f"{path}{name}[{number}].")
        else:
            yield f"{path}{name}", element


def _planted(dataset: Any) -> Iterator[tuple[str, str, str, str]]:
    """What tells who it is: place, where, value, class."""
    for where, element in walk(dataset):
        if element.tag.is_private:
            if not element.tag.is_private_creator and element.VR == "LO":
                yield "tag", where, str(element.value), "names"
        elif element.keyword in CLASS_OF and str(element.value):
            yield "tag", where, str(element.value), CLASS_OF[element.keyword]


def _actions() -> Iterator[tuple[str, str, str, str, str]]:
    from pydicom.datadict import dictionary_VR, tag_for_keyword

    for tag, keyword in sorted((tag_for_keyword(keyword), keyword) for keyword in ACTIONS):
        place = f"({tag >> 16:04X},{tag & 0xFFFF:04X})"
        yield keyword, place, dictionary_VR(tag), ACTIONS[keyword], CHECKED.get(keyword, "both")
    yield "PrivateAttributes", "(gggg,eeee) gggg odd", "", PRIVATE_ACTION, CHECKED["PrivateAttributes"]
