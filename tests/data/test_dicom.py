"""dicom: nothing of the samples is left, the UIDs agree, what is planted is where it is said to be."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pydicom = pytest.importorskip("pydicom")

from curriculum.generators import bitmap_font  # noqa: E402
from curriculum.generators import dicom as made  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "datasets" / "dicom"
FILES = ("ct_a1", "ct_a2", "ct_a3", "mr_a1", "mr_a2", "ct_b1", "ct_b2")
TEXTS = {"AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UI", "UT"}


def _samples() -> dict[str, bytes]:
    """The two samples, out of the installed pydicom; skips where they are not the pinned ones."""
    spec = importlib.util.spec_from_file_location("recipe_of_dicom", FOLDER / "recipe.py")
    recipe = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recipe)
    folder = Path(pydicom.__file__).parent
    found = {}
    for key, source in recipe.SOURCES.items():
        path = folder.parent / source.member
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
            pytest.skip(f"This pydicom does not bring the {source.member} of {source.version}.")
        found[key] = path.read_bytes()
    return found


@pytest.fixture(scope="module")
def samples() -> dict[str, bytes]:
    return _samples()


@pytest.fixture(scope="module", params=["committed", 0, 7, 2026])
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """The nine files: those of the course, and those of other seeds."""
    if request.param != "committed":
        return made.generate(_samples(), seed=request.param)
    names = [f"{name}.dcm" for name in FILES] + ["planted.csv", "actions.csv"]
    return {name: (FOLDER / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def sets(files: dict[str, bytes]) -> dict[str, pydicom.Dataset]:
    return {name: pydicom.dcmread(io.BytesIO(files[f"{name}.dcm"])) for name in FILES}


@pytest.fixture(scope="module")
def planted(files: dict[str, bytes]) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(files["planted.csv"]), dtype=str)


def _values(element: pydicom.DataElement) -> set[str]:
    value = element.value
    if element.VR not in TEXTS or value is None:
        return set()
    parts = list(value) if isinstance(value, pydicom.multival.MultiValue) else [value]
    as_written = [part.original_string if element.VR in ("DS", "IS") else part for part in parts]
    return {str(part).strip() for part in as_written} - {""}


# ---------------------------------------------------------------- nothing of the samples is left


def _left_behind(samples: dict[str, bytes]) -> set[str]:
    """Every text, number, UID, date and time of the samples, without those of the attributes that are kept."""
    allowed, others = set(), set()
    for key, content in samples.items():
        sample = pydicom.dcmread(io.BytesIO(content))
        keep = {
            *made.KEPT[key],
            "SpecificCharacterSet",
            "ImageType",
            "TransferSyntaxUID",
            "MediaStorageSOPClassUID",
        }
        for _, element in [*made.walk(sample.file_meta), *made.walk(sample)]:
            (allowed if element.keyword in keep else others).update(_values(element))
    return others - allowed


def test_no_value_of_the_samples_is_left(samples: dict[str, bytes], files: dict[str, bytes]) -> None:
    gone = _left_behind(samples)
    assert {"CompressedSamples^CT1", "1CT1", "JFK IMAGING CENTER", "-0000200", "ABCD1234", "20040119"} <= gone
    long = {value for value in gone if len(value) >= 5 and not re.fullmatch(r"[-0. ]+", value)}
    assert len(long) > 80
    for name, content in files.items():
        for value in long:
            assert value.encode("latin-1") not in content, f"{name} still holds {value!r}"


def test_short_values_are_not_left_either(
    samples: dict[str, bytes], sets: dict[str, pydicom.Dataset]
) -> None:
    """Values too short for a search in raw bytes: compared attribute by attribute."""
    for name, dataset in sets.items():
        key = dataset.Modality
        for original in [pydicom.dcmread(io.BytesIO(samples[key]))]:
            for element in original:
                keyword = element.keyword
                if keyword in made.KEPT[key] or keyword in ("ImageType", "SpecificCharacterSet", ""):
                    continue
                ours = dataset.get(keyword)
                numbers = ("InstanceNumber", "SeriesNumber")
                if (
                    element.VR in TEXTS
                    and keyword not in numbers
                    and keyword not in TECHNICAL
                    and ours is not None
                ):
                    assert not _values(dataset[keyword]) & _values(element), (name, keyword)


TECHNICAL = {
    *made.KEPT["CT"],
    *made.KEPT["MR"],
    "ImageOrientationPatient",
    "AcquisitionNumber",
    "ScanOptions",
}


def test_private_attributes_of_the_samples_are_gone(
    samples: dict[str, bytes], sets: dict[str, pydicom.Dataset], files: dict[str, bytes]
) -> None:
    before = {
        element.tag.group
        for content in samples.values()
        for element in pydicom.dcmread(io.BytesIO(content))
        if element.tag.is_private
    }
    assert len(before) == 9 and made.PRIVATE_GROUP not in before
    for name, dataset in sets.items():
        private = [element for element in dataset.iterall() if element.tag.is_private]
        assert {element.tag.group for element in private} == {made.PRIVATE_GROUP} and len(private) == 3
        assert b"GEMS" not in files[f"{name}.dcm"] and (0xFFFC, 0xFFFC) not in dataset


def test_only_listed_attributes_come_from_a_sample(
    samples: dict[str, bytes], sets: dict[str, pydicom.Dataset]
) -> None:
    assert {key: len(keep) - 1 for key, keep in made.KEPT.items()} == {"CT": 17, "MR": 21}
    assert not {*made.KEPT["CT"], *made.KEPT["MR"]} & {*made.ACTIONS, *made.CLASS_OF}
    for dataset in sets.values():
        original = pydicom.dcmread(io.BytesIO(samples[dataset.Modality]))
        for keyword in made.KEPT[dataset.Modality]:
            if keyword != "PixelData":
                assert dataset[keyword].value == original[keyword].value, keyword


# ---------------------------------------------------------------- files and UIDs


def test_all_files_open_and_show(files: dict[str, bytes], sets: dict[str, pydicom.Dataset]) -> None:
    assert sum(map(len, files.values())) < 260_000
    assert sum(len(content) for name, content in files.items() if name.endswith(".dcm")) < 250_000
    pictures = []
    for name, dataset in sets.items():
        pixels = dataset.pixel_array
        assert pixels.shape == ((128, 128) if name.startswith("ct") else (64, 64))
        assert float(dataset.WindowWidth) > 0 and np.ptp(pixels) > 1_000
        pictures.append(pixels.tobytes())
    assert len(set(pictures)) == 7
    assert np.array_equal(sets["ct_a2"].pixel_array, sets["ct_a1"].pixel_array[:, ::-1])


def test_the_uids_agree(sets: dict[str, pydicom.Dataset]) -> None:
    for dataset in sets.values():
        assert dataset.file_meta.MediaStorageSOPInstanceUID == dataset.SOPInstanceUID
        assert dataset.file_meta.MediaStorageSOPClassUID == dataset.SOPClassUID
        assert dataset.file_meta.ImplementationVersionName == "CURRICULUM_1"
        request = dataset.RequestAttributesSequence[0]
        assert request.ReferencedStudySequence[0].ReferencedSOPInstanceUID == dataset.StudyInstanceUID
        for _, element in [*made.walk(dataset.file_meta), *made.walk(dataset)]:
            if element.VR == "UI" and not str(element.value).startswith("1.2.840.10008."):
                assert re.fullmatch(r"2\.25\.[1-9]\d{0,38}", element.value), element.keyword
    frame = pd.DataFrame(
        {k: str(d[k].value) for k in ("PatientID", "PatientName", "StudyInstanceUID", "SeriesInstanceUID",
                                      "FrameOfReferenceUID", "SOPInstanceUID", "AccessionNumber")}
        for d in sets.values()
    )  # fmt: skip
    assert frame.nunique().to_dict() == {
        "PatientID": 2, "PatientName": 2, "StudyInstanceUID": 3, "SeriesInstanceUID": 4,
        "FrameOfReferenceUID": 3, "SOPInstanceUID": 7, "AccessionNumber": 3,
    }  # fmt: skip
    assert (
        (frame.groupby("StudyInstanceUID").nunique()[["PatientID", "FrameOfReferenceUID"]] == 1).all().all()
    )
    refers = {
        name: item.ReferencedSOPInstanceUID
        for name, dataset in sets.items()
        for item in [*dataset.get("ReferencedImageSequence", []), *dataset.get("SourceImageSequence", [])]
    }
    targets = {"ct_a2": "ct_a1", "ct_a3": "ct_a1", "mr_a2": "mr_a1", "ct_b2": "ct_b1"}
    assert refers == {name: sets[target].SOPInstanceUID for name, target in targets.items()}


def test_dates_and_ages(sets: dict[str, pydicom.Dataset]) -> None:
    born = {name: date.fromisoformat(dataset.PatientBirthDate) for name, dataset in sets.items()}
    assert born["ct_a1"] == date(1935, 3, 7) and born["ct_b1"] == date(2004, 2, 29)
    ages = [sets[name].PatientAge for name in FILES]
    assert ages == ["089Y"] * 3 + ["090Y"] * 2 + ["019Y"] * 2
    late = sets["ct_b2"]
    assert (late.StudyDate, late.SeriesDate, late.AcquisitionDate) == ("20240228", "20240228", "20240229")
    first, second = (date.fromisoformat(sets[name].StudyDate) for name in ("ct_a1", "mr_a1"))
    assert (second - first).days == 37


# ---------------------------------------------------------------- what is planted


def _reach(dataset: pydicom.Dataset, path: str) -> str:
    for step in path.split("."):
        if match := re.fullmatch(r"\((....),(....)\)", step):
            return str(dataset[int(match[1], 16), int(match[2], 16)].value)
        keyword, _, number = step.rstrip("]").partition("[")
        dataset = dataset[keyword].value if not number else dataset[keyword].value[int(number)]
    return str(dataset)


def test_planted_values_are_where_the_list_says(
    sets: dict[str, pydicom.Dataset], planted: pd.DataFrame
) -> None:
    assert not planted.isna().any().any()
    for row in planted[planted.place == "tag"].itertuples():
        dataset = sets[row.file.removesuffix(".dcm")]
        dataset = dataset.file_meta if row.where.startswith("MediaStorage") else dataset
        assert _reach(dataset, row.where) == row.value, (row.file, row.where)


def test_the_list_is_complete(sets: dict[str, pydicom.Dataset], planted: pd.DataFrame) -> None:
    """Wherever a name, number, birth date or UID of a patient stands, the list has it."""
    listed = {(row.file, row.where) for row in planted.itertuples()}
    for name, dataset in sets.items():
        family, given = str(dataset.PatientName).split("^")
        born = f"{dataset.PatientBirthDate}"
        found = 0
        for where, element in made.walk(dataset):
            values = " ".join(_values(element)).lower()
            hit = any(
                word in values
                for word in (family.lower(), str(dataset.PatientID).lower(), born, dataset.StudyInstanceUID)
            )
            found += family.lower() in values
            if hit or re.search(rf"\b{given}\b", " ".join(_values(element))):
                assert (f"{name}.dcm", where) in listed, (name, where)
        assert found >= 8


def test_the_name_is_burned_in_where_the_list_says(
    sets: dict[str, pydicom.Dataset], planted: pd.DataFrame
) -> None:
    boxes = planted[planted.place == "pixels"]
    assert list(boxes.file) == ["ct_a3.dcm"] * 3 + ["ct_b1.dcm"]
    assert list(boxes["class"]) == ["names", "dates", "mrn", "none"]
    for row in boxes.itertuples():
        (top, bottom), (left, right) = (map(int, part.split(":")) for part in row.where.split(", "))
        box = sets[row.file.removesuffix(".dcm")].pixel_array[top:bottom, left:right]
        assert np.array_equal(box == made.INK, bitmap_font.letters(row.value)), row.value
        assert box[box != made.INK].max() < 864, "black in the window that the file names"
    dataset = sets["ct_a3"]
    assert boxes.value[boxes["class"] == "names"].item() == str(dataset.PatientName).replace("^", " ").upper()
    assert boxes.value[boxes["class"] == "mrn"].item() == f"ID {dataset.PatientID}"
    assert dataset.BurnedInAnnotation == "NO"  # wrongly
    assert [name for name in FILES if "BurnedInAnnotation" not in sets[name]] == [
        "ct_a2",
        "mr_a1",
        "mr_a2",
        "ct_b2",
    ]
    assert all((sets[name].pixel_array != made.INK).all() for name in FILES if name not in ("ct_a3", "ct_b1"))


def test_names_in_unexpected_places(sets: dict[str, pydicom.Dataset]) -> None:
    corrected = sets["ct_b2"]
    before = corrected.OriginalAttributesSequence[0].ModifiedAttributesSequence[0].PatientName
    family, given = str(corrected.PatientName).split("^")
    assert str(before) == f"{family}e^{given}"
    assert given in made.WORD_AS_WORD and given.lower() in corrected.AdditionalPatientHistory.split()
    for dataset in sets.values():
        block = dataset.private_block(made.PRIVATE_GROUP, made.PRIVATE_CREATOR)
        assert str(dataset.PatientName).split("^")[0].upper() in block[made.PRIVATE_NOTE].value
        assert str(dataset.PatientName).split("^")[0] in dataset.StudyDescription


def test_the_actions_cover_what_is_planted(files: dict[str, bytes], planted: pd.DataFrame) -> None:
    actions = pd.read_csv(io.BytesIO(files["actions.csv"]), dtype=str, keep_default_na=False)
    assert actions.keyword.is_unique and len(actions) == len(made.ACTIONS) + 1
    last = planted[planted.place == "tag"]["where"].str.split(".").str[-1]
    keywords = set(last[~last.str.startswith("(")])
    assert keywords <= set(actions.keyword)
    parts = planted["where"].str.extractall(r"([A-Z]\w+)\[")[0]
    assert set(parts) <= set(actions.keyword)


def test_the_same_seed_gives_the_same_bytes(samples: dict[str, bytes]) -> None:
    first = made.generate(samples, 5)
    assert first == made.generate(samples, 5) and first["ct_a1.dcm"] != made.generate(samples, 6)["ct_a1.dcm"]
    committed = made.generate(samples)
    assert {name: (FOLDER / name).read_bytes() for name in committed} == committed


# ---------------------------------------------------------------- the datasheet's figures


def test_the_datasheet_says_what_the_files_hold(
    says: Callable[..., None], table: Callable[..., pd.DataFrame]
) -> None:
    sets = {name: pydicom.dcmread(FOLDER / f"{name}.dcm") for name in FILES}
    planted, actions = table("dicom", "planted.csv", dtype=str), table("dicom", "actions.csv", dtype=str)
    uids = Counter(
        str(element.value)
        for dataset in sets.values()
        for _, element in [*made.walk(dataset.file_meta), *made.walk(dataset)]
        if element.VR == "UI"
        and str(element.value).startswith("2.25.")
        and element.keyword != "ImplementationClassUID"
    )
    boxes = planted[planted.file.eq("ct_a3.dcm") & planted.place.eq("pixels")]["where"]
    edges = np.array([[int(n) for n in re.findall(r"\d+", where)] for where in boxes])
    top, bottom, left, right = edges[:, 0].min(), edges[:, 1].max(), edges[:, 2].min(), edges[:, 3].max()
    pixels = sets["ct_a3"].pixel_array
    checked = actions.checked.value_counts()
    named = [
        sum(str(d.PatientName).split("^")[0].lower() in " ".join(_values(e)).lower() for _, e in made.walk(d))
        for d in sets.values()
    ]
    assert (checked["2024b"], checked["differs"], checked["other"]) == (6, 1, 1)
    marker = planted[planted["class"] == "none"]["where"].item()
    says(
        "dicom",
        f"`planted.csv` lists {len(planted)} values; `actions.csv` holds {len(actions)} rows",
        f"rows {top} to {bottom - 1} (box `{top}:{bottom}, {left}:{right}`",
        f"the stored value {made.INK}; the largest value of the rest is {pixels[pixels != made.INK].max():,}",
        f"R in `{marker}`",
        f"family name stands in {min(named)} to {max(named)} attributes",
        f"mention {len(uids)} different UIDs that are ours in {uids.total()} places",
        f"{checked['both']} rows agree in both",
    )
