# %% [markdown]
# # The parcel that left on Friday
#
# Monday morning. On Friday a parcel of seven images left for a company, cleaned by somebody's script. Just now the company
# called: "We can read a name in one of your pictures. Is that all right?"
#
# It is not. Today you do two things: you write the tool that the next parcel goes through, and you tell the privacy
# office what left. The company deletes what you name, and nothing else; the two patients cannot check.

# %% [markdown]
# {{ exercise_card }}

# %% [markdown]
# Both patients are invented. You write functions, because a parcel leaves every week: the hidden tests are the next
# ones, with other people, other nesting and other pictures. **No function changes what it was given**: work on a copy
# (`deepcopy`). The pixels are never compressed.
#
# *New to functions?* Write under the line that says what it does, and end with `return` and your result.
#
# *New to the ward?* A study is one examination; it has series, and each series has images, one in each file.

# %%
from copy import deepcopy
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pydicom

files = {path.name: pydicom.dcmread(path) for path in sorted(Path("data").glob("*.dcm"))}

# What Friday's script did: it emptied these attributes, and looked neither into sequences nor at pictures.
sent = deepcopy(files)
emptied = ["PatientName", "OtherPatientNames", "PatientID", "PatientBirthDate"]
emptied += ["StudyDescription", "ImageComments"]
for dataset in sent.values():
    for keyword in emptied:
        if keyword in dataset:
            dataset[keyword].clear()

# The Basic Profile, one letter for each attribute (of several, such as X/Z, the last) and a dummy for each type.
# Dates and times of the examination are left out: item 4 moves the dates.
actions = pd.read_csv("data/actions.csv")
when = actions["vr"].isin(["DA", "TM", "DT"]) & (actions["keyword"] != "PatientBirthDate")
PLAN = actions[~when].set_index("keyword")["action"].str.split("/").str[-1].to_dict()
TEXTS = dict.fromkeys(["PN", "LO", "SH", "CS", "LT", "ST", "UT"], "NONE")
DATES = {"DA": "19000101", "TM": "000000", "DT": "19000101000000", "AS": "000Y"}
DUMMY = {**TEXTS, **DATES, "DS": "0", "IS": "0"}

# %% [markdown]
# ## 1. Where does it stand? (3 points)
#
# Write `find_everywhere(dataset, text)`: a **list of the paths of all attributes that hold `text`**, in capitals or
# not, in whatever type (compare with `str(element.value)`). Search the dataset, every sequence in it at any depth,
# private attributes, and the header `dataset.file_meta` where there is one. A sequence itself is not listed, only what
# is inside it. A path looks like this:
#
# ```
# PatientName                                    element.keyword, also in the header
# OtherPatientIDsSequence[1].PatientID           in the second item of a sequence
# ContentSequence[0].ContentSequence[0].StudyID  in a sequence in a sequence
# (0071,1007)                                    private: str(element.tag)
# ```


# %% answer="q1_find"
def find_everywhere(dataset: pydicom.Dataset, text: str) -> list:
    """Paths of all attributes, at any depth, private ones and the header included, whose value holds `text`."""

    ### BEGIN SOLUTION
    def walk(part, path):
        for element in part:
            name = path + (element.keyword or str(element.tag))
            if element.VR == "SQ":
                for number, item in enumerate(element.value):
                    yield from walk(item, f"{name}[{number}].")
            else:
                yield name, str(element.value)

    found = []
    for part in (getattr(dataset, "file_meta", None), dataset):
        if part is not None:
            found += [path for path, value in walk(part, "") if text.lower() in value.lower()]
    return found
    ### END SOLUTION


# %% test="q1_form" points=1 objective="14.1"
from pydicom.dataset import Dataset

one = Dataset()
one.PatientName = "Birch^Nora"
one.PatientID = "N-77"
found = find_everywhere(one, "Birch")
assert isinstance(found, list), "The result is a list of paths."
assert found == ["PatientName"], "The name stands in PatientName, and only there."
assert find_everywhere(one, "Oak") == [], "Nobody called Oak is in this file: the list is empty."


# %% test="q1_nested" points=1 objective="14.1"
# Hidden tests: another family, in free text and up to three sequences deep.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    def item(**values):
        made = Dataset()
        for keyword, value in values.items():
            setattr(made, keyword, value)
        return made

    deep = item(PatientName="Holm^Ida", PatientID="K-2")
    middle = item(ModifiedAttributesSequence=[item(PatientID="K-1"), deep], ModifyingSystem="ARCHIVE")
    asked = item(ReasonForTheRequestedProcedure="Mrs Holm, cough", RequestedProcedureID="R1")
    ds = item(
        PatientName="",
        Modality="CR",
        OtherPatientNames=["Lind^Ida", "Holm-Lind^Ida"],
        PatientComments="Comes with Per Holm.",
        RequestAttributesSequence=[asked, item(ScheduledProcedureStepDescription="Chest for Mrs Holm")],
        ContentSequence=[item(OriginalAttributesSequence=[middle])],
    )
    flat = {"OtherPatientNames", "PatientComments"}
    nested = {
        "RequestAttributesSequence[0].ReasonForTheRequestedProcedure",
        "RequestAttributesSequence[1].ScheduledProcedureStepDescription",
        "ContentSequence[0].OriginalAttributesSequence[0].ModifiedAttributesSequence[1].PatientName",
    }
    before = ds.to_json()
    found = find_everywhere(ds, "Holm")
    assert ds.to_json() == before, "The dataset that you were given has changed: only look."
    got = {str(path).replace(" ", "") for path in found}
    assert flat <= got, (
        "The name stands in attributes other than PatientName: comments and other names tell it as well. Re-read "
        "lesson 14, 'Where else does the name stand?'."
    )
    assert got & nested, (
        "The name inside a sequence was not found: a sequence holds whole datasets, so the search has to go down into "
        "each. Re-read lesson 14, 'Where else does the name stand?'."
    )
    assert nested <= got, (
        "A sequence can hold several items, and sequences again: some of them were not searched, or their path is "
        "written in another way. Re-read lesson 14, 'Where else does the name stand?'."
    )
    assert got == flat | nested, (
        "Your list has a path too many: an attribute without the text, or a sequence itself (list only what is inside it)."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q1_private" points=1 objective="14.1"
# Hidden tests: private attributes of several types, capitals, the header.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset, FileMetaDataset

    ds = Dataset()
    ds.PatientName = "SOMMER^UWE"
    ds.StudyID = "S9"
    block = ds.private_block(0x0099, "WARD SYSTEM", create=True)
    block.add_new(0x11, "LO", "sommer, uwe")
    block.add_new(0x12, "UN", b"Uwe Sommer 1950")
    block.add_new(0x13, "DS", "2.5")
    inner = Dataset()
    inner.private_block(0x0099, "WARD SYSTEM", create=True).add_new(0x11, "LT", "asked by Sommer")
    ds.RequestAttributesSequence = [inner]
    ds.file_meta = FileMetaDataset()
    ds.file_meta.SourceApplicationEntityTitle = "SOMMER_PC"
    got = {str(path).replace(" ", "").upper() for path in find_everywhere(ds, "Sommer")}
    assert "PATIENTNAME" in got, (
        "A name in capitals is the same name: compare without regard to capitals. Re-read lesson 14, 'Where else does "
        "the name stand?'."
    )
    assert {"(0099,1011)", "(0099,1012)"} <= got, (
        "A private attribute was not searched, or only one type of value: nothing says what is in there, so look at "
        "each. Re-read lesson 14, 'Where else does the name stand?'."
    )
    assert "REQUESTATTRIBUTESSEQUENCE[0].(0099,1011)" in got, (
        "A private attribute inside a sequence was not searched. Re-read lesson 14, 'Where else does the name stand?'."
    )
    assert "SOURCEAPPLICATIONENTITYTITLE" in got, (
        "The header of the file, `file_meta`, leaves the house as well: search it. Re-read lesson 14, 'The same new "
        "UID everywhere'."
    )
    assert len(got) == 5, "Your list names an attribute that does not hold the text."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Tag by tag (5 points)
#
# Write `apply_actions(dataset, actions)`: a **new dataset** on which the actions are done, at every depth.
# `actions` is a dict from keyword to letter:
#
# - `X`: the attribute goes.
# - `Z`: the attribute stays and is empty. (The standard also allows a dummy; here it has to be empty.)
# - `D`: the attribute stays, with a dummy: not empty, and made without the old value (`DUMMY` has one for each type).
# - Any other letter, and every attribute that `actions` does not name: stays as it is.
#
# The key `PrivateAttributes` stands for all private attributes; without it they stay. An attribute that the file does not have is not added.
#
# ```
# actions  {"PatientName": "Z", "PatientAge": "X", "PatientID": "D"}
# before   PatientName "Birch^Nora"   PatientAge "055Y"   PatientID "N-77"   SliceThickness 5
# after    PatientName ""                                 PatientID "NONE"   SliceThickness 5
# ```


# %% answer="q2_apply"
def apply_actions(dataset: pydicom.Dataset, actions: dict) -> pydicom.Dataset:
    """A copy of `dataset` with X, Z and D done at every depth."""
    ### BEGIN SOLUTION
    new = deepcopy(dataset)
    if actions.get("PrivateAttributes") == "X":
        new.remove_private_tags()

    def act(parent, element):
        action = actions.get(element.keyword)
        if action == "X":
            del parent[element.tag]
        elif action == "Z":
            element.clear()
        elif action == "D":
            element.value = DUMMY[element.VR]

    new.walk(act)
    return new
    ### END SOLUTION


# %% test="q2_form" points=1 objective="14.2"
from pydicom.dataset import Dataset

one = Dataset()
one.PatientName, one.PatientAge, one.PatientID = "Birch^Nora", "055Y", "N-77"
cleaned = apply_actions(one, {"PatientName": "Z", "PatientAge": "X", "PatientID": "D", "PatientWeight": "Z"})
assert isinstance(cleaned, Dataset), "apply_actions returns a dataset (end it with `return`)."
assert "PatientAge" not in cleaned, "X: PatientAge is still there; it has to go."
assert "PatientName" in cleaned and cleaned["PatientName"].is_empty, (
    "Z: PatientName has to be there still, and empty."
)
assert "PatientID" in cleaned and str(cleaned.PatientID) not in ("", "N-77"), (
    "D: PatientID needs a dummy, neither empty nor the old value."
)
assert "PatientWeight" not in cleaned, (
    "PatientWeight was added: an attribute that the file does not have is not added."
)


# %% test="q2_nested" points=1 objective="14.2"
# Hidden tests: the same attributes inside sequences, up to three deep.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    def item(**values):
        made = Dataset()
        for keyword, value in values.items():
            setattr(made, keyword, value)
        return made

    deep = item(PatientName="Juul^Eva", PatientID="B-3", OperatorsName="Krag^Bo")
    ds = item(
        PatientName="Juul^Eva",
        OtherPatientIDsSequence=[item(PatientID="B-2", IssuerOfPatientID="X1"), item(PatientID="B-4")],
        ContentSequence=[item(ReferencedStudySequence=[item(ModifiedAttributesSequence=[deep])])],
        RequestAttributesSequence=[item(ScheduledProcedureStepID="1")],
    )
    plan = {"PatientName": "Z", "PatientID": "D", "OperatorsName": "X", "RequestAttributesSequence": "X"}
    got = apply_actions(ds, plan)
    assert not got.get("PatientName", "?") and "RequestAttributesSequence" not in got, (
        "At the first level: Z empties, and X takes a sequence away with all that is in it. Re-read lesson 14, 'Tag by "
        "tag'."
    )
    try:
        others = [str(part.PatientID) for part in got.OtherPatientIDsSequence]
        inner = got.ContentSequence[0].ReferencedStudySequence[0].ModifiedAttributesSequence[0]
    except (AttributeError, IndexError):
        raise AssertionError(
            "A sequence that no action names is gone, or one of its items: only X takes away. Re-read lesson 14, "
            "'Delete everything?'."
        ) from None
    assert not {"B-2", "B-4"} & set(others), (
        "The same attribute inside a sequence kept its value: each action holds at every depth. Re-read lesson 14, "
        "'Where else does the name stand?'."
    )
    assert "OperatorsName" not in inner and not inner.get("PatientName", "?"), (
        "Three sequences deep, X or Z was not done: a sequence can hold sequences. Re-read lesson 14, 'Tag by tag'."
    )
    assert "PatientID" in inner and str(inner.PatientID) not in ("", "B-3"), (
        "D puts in a dummy, at every depth."
    )
    for old, new in [("B-3", inner.PatientID), ("B-2", others[0]), ("B-4", others[1])]:
        assert old not in str(new) and old[::-1] not in str(new), (
            "The dummy holds the old value, turned or with something around it: whoever reads it reads the number. Re-read "
            "lesson 14, 'Tag by tag'."
        )
    assert str(got.OtherPatientIDsSequence[0].IssuerOfPatientID) == "X1", (
        "What no action names stays as it is."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_private" points=1 objective="14.2"
# Hidden tests: private attributes at the first level and inside sequences.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    ds, inner = Dataset(), Dataset()
    inner.StudyID = "4"
    for part in (ds, inner):
        block = part.private_block(0x0033, "SCANNER MAKER", create=True)
        block.add_new(0x01, "LO", "Vang, Tor")
        block.add_new(0x02, "DS", "0.5")
    ds.PatientName = "Vang^Tor"
    ds.ReferencedStudySequence = [inner]
    kept = apply_actions(ds, {"PatientName": "Z"})
    assert [e for e in kept if e.tag.is_private] and not kept.PatientName, (
        "Private attributes are gone although `actions` does not name them (or PatientName was not emptied): what no "
        "action names stays."
    )
    got = apply_actions(ds, {"PrivateAttributes": "X", "PatientName": "Z"})
    assert not [e for e in got if e.tag.is_private], (
        "Private attributes were kept. Their tag says nothing about what they hold, so the profile removes them all. "
        "Re-read lesson 14, 'Where else does the name stand?'."
    )
    assert "ReferencedStudySequence" in got, "A sequence that no action names is gone: only X takes away."
    assert not [e for e in got.ReferencedStudySequence[0] if e.tag.is_private], (
        "A private attribute inside a sequence was kept. Re-read lesson 14, 'Tag by tag'."
    )
    assert got.ReferencedStudySequence[0].StudyID == "4", "What is not private stays."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_keeps" points=1 objective="14.2"
# Hidden tests: what a reader and a model need is still there, and the file can be opened.
### BEGIN HIDDEN TESTS
def _hidden_test():
    import numpy as np

    name = "mr_a2.dcm"
    ds = pydicom.dcmread(f"data/{name}")
    ds.SliceThickness, ds.RescaleSlope, ds.RescaleIntercept = "2.5", "2", "-512"
    ds.Laterality, ds.BodyPartExamined = "R", "KNEE"
    ds.PixelSpacing = ["0.4", "0.4"]
    needed = [
        "SliceThickness",
        "PixelSpacing",
        "RescaleSlope",
        "RescaleIntercept",
        "EchoTime",
        "Modality",
        "Rows",
    ]
    got = apply_actions(ds, {**PLAN, "EchoTime": "K"})
    assert "PatientComments" not in got and not got.get("PatientName", "?"), (
        "PLAN was not done: PatientComments has to go, and PatientName to be empty."
    )
    for keyword in [*needed, "ImageOrientationPatient", "WindowWidth"]:
        assert keyword in got and str(got[keyword].value) == str(ds[keyword].value), (
            f"{keyword} is gone or changed. Deleting more than the actions say leaves a picture that nobody can "
            "measure or compare. Re-read lesson 14, 'Delete everything?'."
        )
    assert str(got.get("Laterality", "")) == "R", (
        "The side is gone. It names nobody, and without it a finding can end up on the wrong side. Re-read lesson 14, "
        "'What the picture says'."
    )
    out = BytesIO()
    try:
        got.save_as(out)
        back = pydicom.dcmread(BytesIO(out.getvalue()))
        same = np.array_equal(back.pixel_array, ds.pixel_array)
    except Exception:
        raise AssertionError(
            "The result cannot be saved and opened again: start from a copy of the whole dataset, `deepcopy(dataset)`."
        ) from None
    assert same, "The pixels have changed: item 2 is about attributes only."
    assert str(back.StudyInstanceUID) == str(ds.StudyInstanceUID), "U is for item 3: here the UID stays."


_hidden_test()
### END HIDDEN TESTS


# %% test="q2_original" points=1 objective="14.2"
# Hidden tests: the original in the archive, its sequences included, is as it was.
### BEGIN HIDDEN TESTS
def _hidden_test():
    ds = pydicom.dcmread("data/ct_b2.dcm")
    before = ds.to_json()
    got = apply_actions(ds, {**PLAN, "PatientID": "D", "RequestAttributesSequence": "K"})
    assert isinstance(got, pydicom.Dataset) and "StudyDescription" not in got and got.get("Rows") == 128, (
        "PLAN was not done to this file (StudyDescription has to go), or it is another one."
    )
    assert ds.to_json() == before, (
        "The file that you were given has changed, perhaps inside a sequence only: the hospital still needs its "
        "original. Work on `deepcopy(dataset)`; `copy` alone shares what lies inside. Re-read lesson 14, 'Tag by tag'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 3. New UIDs for a parcel (4 points)
#
# Write `new_uids(datasets)`: from a dict of file name to dataset, a **new dict** of the same names with new UIDs.
# Wherever the same old UID stands (in another file, in a sequence, in `file_meta`), the same new one stands
# afterwards; two old ones never share a new one. UIDs that DICOM itself defines (they begin with `1.2.840.10008.`)
# name kinds of things and stay. Attributes with a UID have `element.VR == "UI"`; `pydicom.uid.generate_uid(None)`
# makes a new one, and `dataset.iterall()` goes through every depth. Nobody who knows an old UID may be able to compute
# the new one.
#
# ```
# a.dcm  StudyInstanceUID 1.2.3   SOPInstanceUID 1.2.3.1
# b.dcm  StudyInstanceUID 1.2.3   SOPInstanceUID 1.2.3.2
#        SourceImageSequence[0].ReferencedSOPInstanceUID 1.2.3.1
# after: the study of both is one, and b.dcm still leads to a.dcm
# ```


# %% answer="q3_uids"
def new_uids(datasets: dict) -> dict:
    """Copies of the datasets with each of our UIDs replaced by a new one, the same throughout the parcel."""
    ### BEGIN SOLUTION
    from pydicom.uid import generate_uid

    new, fresh = deepcopy(datasets), {}
    for ds in new.values():
        for part in (getattr(ds, "file_meta", None), ds):
            for element in part.iterall() if part is not None else []:
                if (
                    element.VR == "UI"
                    and element.value
                    and not str(element.value).startswith("1.2.840.10008.")
                ):
                    element.value = fresh.setdefault(str(element.value), generate_uid(None))
    return new
    ### END SOLUTION


# %% test="q3_form" points=1 objective="14.3"
from pydicom.dataset import Dataset

one = Dataset()
one.StudyInstanceUID, one.SOPInstanceUID = "1.2.3", "1.2.3.1"
renamed = new_uids({"a.dcm": one})
assert isinstance(renamed, dict) and list(renamed) == ["a.dcm"], (
    "The result is a dict with the same file names."
)
assert isinstance(renamed["a.dcm"], Dataset), "Each value of the dict is a dataset."
assert renamed["a.dcm"].StudyInstanceUID not in ("", "1.2.3"), "The UID of the study is a new one."
assert one.StudyInstanceUID == "1.2.3", "The dataset that you were given has changed: work on a copy."


# %% test="q3_consistent" points=1 objective="14.3"
# Hidden tests: a parcel of two studies; what belonged together still does, and pointers lead home.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    def image(study, series, number, *targets):
        ds, lead = Dataset(), []
        ds.StudyInstanceUID, ds.SeriesInstanceUID = f"1.9.{study}", f"1.9.{study}.{series}"
        ds.SOPInstanceUID = f"1.9.{study}.{series}.{number}"
        for target in targets:
            item = Dataset()
            item.ReferencedSOPInstanceUID = target
            lead.append(item)
        series_item = Dataset()
        series_item.ReferencedInstanceSequence = lead
        ds.ReferencedSeriesSequence = [series_item]
        return ds

    parcel = {
        "late": image(2, 1, 1, "1.9.1.1.1", "1.9.1.2.1"),
        "a": image(1, 1, 1),
        "b": image(1, 1, 2, "1.9.1.1.1"),
        "c": image(1, 2, 1, "1.9.1.1.2"),
    }
    before = {name: ds.to_json() for name, ds in parcel.items()}
    got = new_uids(parcel)
    assert {name: ds.to_json() for name, ds in parcel.items()} == before, "What you were given has changed."
    for keyword, count in (("StudyInstanceUID", 2), ("SeriesInstanceUID", 3)):
        there = {str(ds[keyword].value) for ds in got.values()}
        assert len(there) <= count, (
            f"A new {keyword} for each file: images of one examination fall apart into several. The same old UID needs "
            "the same new one in every file. Re-read lesson 14, 'The same new UID everywhere'."
        )
        assert len(there) == count, (
            f"Two different {keyword}s got the same new one: two examinations became one. Re-read lesson 14, 'The same "
            "new UID everywhere'."
        )
    assert len({str(ds.SOPInstanceUID) for ds in got.values()}) == 4, "Each image has a UID of its own."
    for name, ds in got.items():
        lead = [
            str(item.ReferencedSOPInstanceUID)
            for item in ds.ReferencedSeriesSequence[0].ReferencedInstanceSequence
        ]
        old = before[name]
        assert not [uid for uid in lead if f'"{uid}"' in old], (
            "A UID inside a sequence is still the old one: it leads straight to the archive. Re-read lesson 14, 'The "
            "same new UID everywhere'."
        )
    leads = [str(item.ReferencedSOPInstanceUID)
             for item in got["late"].ReferencedSeriesSequence[0].ReferencedInstanceSequence]  # fmt: skip
    assert leads == [str(got["a"].SOPInstanceUID), str(got["c"].SOPInstanceUID)], (
        "A pointer from one image to another leads nowhere: the file that is pointed at may come later in the parcel. "
        "Re-read lesson 14, 'The same new UID everywhere'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_header" points=1 objective="14.3"
# Hidden tests: the header in front of the dataset names the image as well.
### BEGIN HIDDEN TESTS
def _hidden_test():
    names = ["ct_b1.dcm", "mr_a1.dcm", "mr_a2.dcm"]
    parcel = {name: pydicom.dcmread(f"data/{name}") for name in names}
    old = deepcopy(parcel)
    got = new_uids(parcel)
    for name, ds in got.items():
        header = str(ds.file_meta.MediaStorageSOPInstanceUID)
        assert header != str(old[name].file_meta.MediaStorageSOPInstanceUID), (
            "The header `file_meta` still holds the old UID of the image: who opens the file there finds the patient. "
            "Re-read lesson 14, 'The same new UID everywhere'."
        )
        assert header == str(ds.SOPInstanceUID), (
            "MediaStorageSOPInstanceUID in `file_meta` and SOPInstanceUID are the same UID, and have to stay the same. "
            "Re-read lesson 14, 'The same new UID everywhere'."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q3_kept" points=1 objective="14.3"
# Hidden tests: DICOM's own UIDs stay, new ones are valid and show nothing of the old.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.uid import UID, generate_uid

    parcel = {name: pydicom.dcmread(f"data/{name}") for name in ("ct_a1.dcm", "ct_a3.dcm")}
    originals = deepcopy(parcel)
    got = new_uids(parcel)
    for name, ds in got.items():
        old = originals[name]
        assert (ds.SOPClassUID, ds.file_meta.TransferSyntaxUID) == (
            old.SOPClassUID,
            old.file_meta.TransferSyntaxUID,
        ), (
            "A UID that DICOM defines was replaced: it says what kind of image this is and how it is written, and no "
            "viewer opens the file without it. Re-read lesson 14, 'The same new UID everywhere'."
        )
        for keyword in ("SOPInstanceUID", "StudyInstanceUID", "FrameOfReferenceUID", "DeviceUID"):
            new, before = str(ds[keyword].value), str(old[keyword].value)
            assert new != before, f"{keyword} is still the old one."
            assert UID(new).is_valid and len(new) <= 64, (
                f"The new {keyword} is no valid UID: use generate_uid."
            )
            assert before not in new, "The old UID stands inside the new one."
            computed = [generate_uid(entropy_srcs=[before]), generate_uid("2.25.", entropy_srcs=[before])]
            assert new not in computed, (
                "The new UID is calculated from the old one without a secret: whoever has the archive calculates it too. "
                "Draw it. Re-read lesson 14, 'The same new UID everywhere'."
            )
    source = got["ct_a3.dcm"].SourceImageSequence[0]
    assert str(source.ReferencedSOPClassUID).startswith("1.2.840.10008."), (
        "Inside sequences DICOM's own UIDs stay as well. Re-read lesson 14, 'The same new UID everywhere'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 4. One shift for each patient (4 points)
#
# Write `shift_dates(datasets, dice)`: from a dict of file name to dataset, a **new dict** in which all dates of a
# patient (by `PatientID`) are the same number of days **earlier**: `1` to `3650`, drawn for each patient from `dice`,
# a NumPy generator (as in `dice.integers(low, high)`, which never gives `high`).
# "All dates" are the types `DA` (`20250211`) and `DT` (`20250211094105.5`, of which the time stays), at every depth,
# the birth date too. Times alone (`TM`) and empty dates stay.
#
# ```
# 7 days earlier      StudyDate            20240303        ->  20240225
#                     AcquisitionDateTime  20240303120000  ->  20240225120000
# ```


# %% answer="q4_shift"
def shift_dates(datasets: dict, dice: np.random.Generator) -> dict:
    """Copies of the datasets with each patient's dates moved by a shift of their own."""
    ### BEGIN SOLUTION
    from datetime import datetime, timedelta

    new, shifts = deepcopy(datasets), {}
    for ds in new.values():
        if ds.PatientID not in shifts:
            shifts[ds.PatientID] = timedelta(days=int(dice.integers(1, 3651)))
        for element in ds.iterall():
            if element.VR in ("DA", "DT") and element.value:
                day = datetime.strptime(str(element.value)[:8], "%Y%m%d") - shifts[ds.PatientID]
                element.value = day.strftime("%Y%m%d") + str(element.value)[8:]
    return new
    ### END SOLUTION


# %% test="q4_form" points=1 objective="14.3"
from pydicom.dataset import Dataset

one = Dataset()
one.PatientID, one.StudyDate = "N-77", "20250211"
earlier = shift_dates({"a.dcm": one}, np.random.default_rng(1))
assert isinstance(earlier, dict) and list(earlier) == ["a.dcm"], (
    "The result is a dict with the same file names."
)
assert isinstance(earlier["a.dcm"], Dataset), "Each value of the dict is a dataset."
days = (pd.Timestamp("20250211") - pd.Timestamp(str(earlier["a.dcm"].get("StudyDate", "")))).days
assert 1 <= days <= 3650, "StudyDate has to become 1 to 3650 days earlier, and it did not."
assert one.StudyDate == "20250211", "The dataset that you were given has changed: work on a copy."


# %% test="q4_intervals" points=1 objective="14.3"
# Hidden tests: three patients in mixed order, over leap days and turns of the year; ages and intervals are kept.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    def image(patient, day, born):
        ds, item = Dataset(), Dataset()
        ds.PatientID, ds.StudyDate, ds.ContentDate, ds.PatientBirthDate = patient, day, day, born
        item.StudyDate = day
        ds.ReferencedStudySequence = [item]
        return ds

    days = [("P", "20240228"), ("Q", "20231231"), ("P", "20240229"), ("R", "20000229"), ("Q", "20240101"),
            ("P", "20240405"), ("R", "20000301"), ("Q", "20250630")]  # fmt: skip
    parcel = {f"{i}.dcm": image(patient, day, "19600229") for i, (patient, day) in enumerate(days)}
    got = shift_dates(parcel, np.random.default_rng(14))
    moved = {}
    for name, ds in got.items():
        for keyword in ("StudyDate", "ContentDate", "PatientBirthDate"):
            text = str(ds.get(keyword, ""))
            assert len(text) == 8 and text.isdigit(), (
                f"{keyword} is gone, empty or no date: dates are moved, not dropped, because the interval between two "
                "examinations is what the doctor reads. Re-read lesson 14, 'One shift for each patient'."
            )
            assert pd.notna(pd.to_datetime(text, errors="coerce")), (
                "A date moved to a day that does not exist, such as 29 February of another year: subtract days, not "
                "years. Re-read lesson 14, 'One shift for each patient'."
            )
            old = str(parcel[name][keyword].value)
            moved.setdefault(ds.PatientID, set()).add((pd.Timestamp(old) - pd.Timestamp(text)).days)
        assert str(ds.ReferencedStudySequence[0].StudyDate) == str(ds.StudyDate), (
            "A date inside a sequence was not moved with the others: it gives the shift away. Re-read lesson 14, 'One "
            "shift for each patient'."
        )
    assert min(min(shifts) for shifts in moved.values()) > 0, "Some dates did not move, or became later."
    assert all(len(shifts) == 1 for shifts in moved.values()), (
        "The dates of one patient moved by different numbers of days, so intervals or ages are no longer true: one "
        "shift for all files and all dates of a patient. Re-read lesson 14, 'One shift for each patient'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_datetime" points=1 objective="14.3"
# Hidden tests: dates with a time behind them, times alone, empty dates, inside sequences.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    ds, item = Dataset(), Dataset()
    ds.PatientID, ds.StudyDate, ds.StudyTime, ds.PatientBirthDate = "T", "20220310", "235959", ""
    ds.AcquisitionDateTime = "20220310235959.250"
    item.AttributeModificationDateTime = "20220311080500"
    ds.OriginalAttributesSequence = [item]
    for seed in (3, 4):
        got = shift_dates({"t": ds}, np.random.default_rng(seed))["t"]
        study = str(got.get("StudyDate", ""))
        days = (pd.Timestamp("20220310") - pd.Timestamp(study)).days
        assert days > 0, "The date of the study did not move."
        assert str(got.AcquisitionDateTime)[:8] == study, (
            "A date with a time behind it (type DT) did not move with the others: it tells the true day. Re-read "
            "lesson 14, 'One shift for each patient'."
        )
        assert str(got.AcquisitionDateTime)[8:] == "235959.250", "The time behind a date stays as it is."
        inner = str(got.OriginalAttributesSequence[0].AttributeModificationDateTime)
        assert (pd.Timestamp(inner[:8]) - pd.Timestamp(study)).days == 1 and inner[8:] == "080500", (
            "A date with a time inside a sequence did not move with the others. Re-read lesson 14, 'One shift for each "
            "patient'."
        )
        assert str(got.StudyTime) == "235959" and not got.PatientBirthDate, (
            "Times alone and empty dates stay as they are."
        )


_hidden_test()
### END HIDDEN TESTS


# %% test="q4_own_shift" points=1 objective="14.3"
# Hidden tests: each patient has a shift of their own, drawn from the dice, and never 0.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    def shifts(patients, dice):
        parcel = {}
        for number, patient in enumerate(patients):
            parcel[f"{number}"] = Dataset()
            parcel[f"{number}"].PatientID, parcel[f"{number}"].StudyDate = patient, "20230615"
        got = shift_dates(parcel, dice)
        days = [str(ds.get("StudyDate", "")) for ds in got.values()]
        assert all(len(day) == 8 for day in days), "A date is gone or empty: dates are moved, not dropped."
        return [(pd.Timestamp("20230615") - pd.Timestamp(day)).days for day in days]

    people = ["A", "B", "C", "D", "E", "F"]
    first = shifts(people, np.random.default_rng(21))
    assert len(set(first)) > 3, (
        "One shift for everybody: who knows one true date of one patient can undo it for all. Each patient needs their "
        "own. Re-read lesson 14, 'One shift for each patient'."
    )
    assert first != shifts(people, np.random.default_rng(22)), (
        "Other dice, the same shifts: who reads your code can undo them. Draw them from `dice`. Re-read lesson 14, "
        "'One shift for each patient'."
    )

    class Lowest(np.random.Generator):
        """Dice that give the lowest number first."""

        thrown = False

        def integers(self, low, high=None, *args, **more):
            if self.thrown:
                return super().integers(low, high, *args, **more)
            self.thrown = True
            return super().integers(
                0 if high is None else low, (0 if high is None else low) + 1, *args, **more
            )

    lowest = shifts(["A"], Lowest(np.random.PCG64(5)))[0]
    assert lowest != 0, (
        "A shift of 0 days can be drawn: that patient's dates would leave as they are. Re-read lesson 14, 'One shift "
        "for each patient'."
    )
    many = [shifts(["A"], np.random.default_rng(seed))[0] for seed in range(60)]
    assert all(1 <= days <= 3650 for days in [*many, lowest]), "A shift lies outside 1 to 3650 days earlier."
    assert max(many) - min(many) > 365, (
        "The shifts lie close together: draw from the whole range of 1 to 3650 days."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 5. A box of pixels (4 points)
#
# Write `blank_box(dataset, rows, columns)`: a **new dataset** in which nothing can be read in a box of the picture.
# `rows` and `columns` are pairs: the first, and the one behind the last, as in `rows=(4, 29)`. All pixels in the box
# get the value that is shown black: the smallest outside the box, or, where `PhotometricInterpretation` is
# `MONOCHROME1` (which shows small values bright), the largest outside it. Pixels outside the box and all other
# attributes stay.
#
# A file can hold several pictures (frames). `pixel_array` then has one dimension more, in front, and the box is
# blanked in each frame. *Hint:* `pixels[..., a:b, c:d]`. Back into the dataset with `PixelData = pixels.tobytes()`.


# %% answer="q5_blank"
def blank_box(dataset: pydicom.Dataset, rows: tuple, columns: tuple) -> pydicom.Dataset:
    """A copy of `dataset` with the box of pixels set to black, in every frame."""
    ### BEGIN SOLUTION
    new = deepcopy(dataset)
    pixels = dataset.pixel_array.copy()
    box = np.zeros(pixels.shape, dtype=bool)
    box[..., slice(*rows), slice(*columns)] = True
    outside = pixels[~box]
    pixels[box] = outside.max() if dataset.PhotometricInterpretation == "MONOCHROME1" else outside.min()
    new.PixelData = pixels.tobytes()
    return new
    ### END SOLUTION


# %% test="q5_form" points=1 objective="14.4"
picture = files["ct_b1.dcm"]
blanked = blank_box(picture, rows=(20, 26), columns=(50, 70))
assert isinstance(blanked, pydicom.Dataset), "blank_box returns a dataset."
pixels = blanked.pixel_array
assert pixels.shape == (128, 128), "The picture keeps its size."
assert len(np.unique(pixels[20:26, 50:70])) == 1, (
    "All pixels in the box have one value: nothing can be read there."
)
assert pixels[112:119, 8:13].max() == 2600, (
    "The side marker R outside the box is gone or changed: change the box only."
)


# %% test="q5_saved" points=1 objective="14.4"
# Hidden tests: signed 16-bit pixels in other boxes, saved and read back; the original is as it was.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(51)
    ds = pydicom.dcmread("data/mr_a1.dcm")
    pixels = dice.integers(-1000, 1500, (64, 64)).astype("<i2")
    pixels[50:60, 30:62] = 1800
    ds.PixelData, ds.BurnedInAnnotation = pixels.tobytes(), "NO"
    before = bytes(ds.PixelData)
    got = blank_box(ds, (50, 60), (30, 62))
    assert bytes(ds.PixelData) == before, "The file that you were given has changed: work on a copy."
    out = BytesIO()
    got.save_as(out)
    back = pydicom.dcmread(BytesIO(out.getvalue())).pixel_array
    inside = np.zeros((64, 64), dtype=bool)
    inside[50:60, 30:62] = True
    assert back.shape == (64, 64) and back.dtype == pixels.dtype, (
        "The size or the type of the pixels has changed."
    )
    assert (back[inside] != 1800).all(), (
        "Saved and read back, the text is still in the pixels: a flag, a window or an overlay changes none of them. "
        "Re-read lesson 14, 'Blank the pixels, and read them back'."
    )
    assert len(np.unique(back[inside])) == 1, (
        "In the box there is more than one value: something may still be read."
    )
    assert (back[~inside] == pixels[~inside]).all(), (
        "Pixels outside the box have changed, and with them the image that the doctor needs. Re-read lesson 14, 'Blank "
        "the pixels, and read them back'."
    )
    assert back[inside][0] == pixels[~inside].min(), (
        "The box is not black: in a signed picture 0 lies in the middle of the values. Take the smallest value "
        "outside the box. Re-read lesson 14, 'Blank the pixels, and read them back'."
    )
    assert got.SOPInstanceUID == ds.SOPInstanceUID and got.PatientID == ds.PatientID, (
        "Other attributes have changed."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_inverted" points=1 objective="14.4"
# Hidden tests: a radiograph that shows small values bright (MONOCHROME1), 8-bit and 16-bit unsigned.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(52)
    for bits, kind, top in ((8, "u1", 240), (16, "<u2", 4000)):
        for shown in ("MONOCHROME1", "MONOCHROME2"):
            ds = pydicom.dcmread("data/ct_a1.dcm")
            pixels = dice.integers(20, top, (40, 70)).astype(kind)
            pixels[2:9, 3:41] = 5
            ds.Rows, ds.Columns, ds.BitsAllocated, ds.BitsStored, ds.HighBit = 40, 70, bits, bits, bits - 1
            ds.PixelRepresentation, ds.PhotometricInterpretation, ds.PixelData = 0, shown, pixels.tobytes()
            ds["PixelData"].VR = "OB" if bits == 8 else "OW"
            got = blank_box(ds, (2, 9), (3, 41)).pixel_array
            assert got.dtype == pixels.dtype and got.shape == (40, 70), (
                "Size or type of the pixels has changed."
            )
            outside = np.ones(got.shape, dtype=bool)
            outside[2:9, 3:41] = False
            assert (got[outside] == pixels[outside]).all(), (
                "Pixels outside the box have changed. Mind the order: rows first, then columns. Re-read lesson 14, "
                "'Blank the pixels, and read them back'."
            )
            black = pixels[outside].max() if shown == "MONOCHROME1" else pixels[outside].min()
            assert (got[~outside] == black).all(), (
                f"With {shown} and {bits} bits the box is not black: take the value from the pixels outside the box, "
                "on the side that this kind of picture shows dark. Re-read lesson 14, 'Blank the pixels, and read them "
                "back'."
            )


_hidden_test()
### END HIDDEN TESTS


# %% test="q5_frames" points=1 objective="14.4"
# Hidden tests: a file with several frames, and text in all of them.
### BEGIN HIDDEN TESTS
def _hidden_test():
    dice = np.random.default_rng(53)
    ds = pydicom.dcmread("data/ct_a2.dcm")
    pixels = dice.integers(100, 900, (5, 30, 50)).astype("<i2")
    pixels[:, 20:28, 6:44] = 1200
    ds.NumberOfFrames, ds.Rows, ds.Columns, ds.PixelData = 5, 30, 50, pixels.tobytes()
    got = blank_box(ds, (20, 28), (6, 44)).pixel_array
    assert got.shape == (5, 30, 50), "The number of frames or their size has changed."
    assert (got[:, 20:28, 6:44] != 1200).all(), (
        "The name still stands in some frames: the box is blanked in every frame of the file. Re-read lesson 14, "
        "'Blank the pixels, and read them back'."
    )
    assert all(len(np.unique(frame[20:28, 6:44])) == 1 for frame in got), (
        "In a box there is more than one value."
    )
    outside = np.ones(got.shape, dtype=bool)
    outside[:, 20:28, 6:44] = False
    assert (got[outside] == pixels[outside]).all(), "Pixels outside the box have changed in some frame."


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. The audit (4 points)
#
# Write `audit(before, after, required)`. `before` and `after` are dicts of file name to dataset; `required` is a
# DataFrame, one row for each required action:
#
# | file | where | action | done when, in `after` |
# |:---|:---|:---|:---|
# | `a.dcm` | a path as in item 1 | `X` | the attribute is not there |
# | | | `Z` | the attribute is not there, or is empty |
# | | | `D` or `U` | it is not there, or has another value than before and is not empty |
# | | | `K` | it has the same value as before |
# | `a.dcm` | `4:29, 4:93` (rows, columns) | `B` | all pixels in the box have one value |
#
# A path may lead into sequences, to private attributes and to `file_meta`; none names a sequence itself. *New to pandas?*
# Take that column as `required["where"]` or `row["where"]`: `.where` is also the name of a method (as `row.where` it
# works only with `itertuples()`). The result is a **dict**:
# `"required"` and `"done"` (`int`), `"left"` (a list of pairs `(file, where)` that are not done, in the order of the
# table) and `"release"` (`bool`): may the parcel leave?


# %% answer="q6_audit"
def audit(before: dict, after: dict, required: pd.DataFrame) -> dict:
    """Score each required action, list what is left, and say whether the parcel may leave."""

    ### BEGIN SOLUTION
    def values(dataset, path=""):
        found = {}
        for element in dataset:
            name = path + (element.keyword or str(element.tag))
            if element.VR == "SQ":
                for number, item in enumerate(element.value):
                    found |= values(item, f"{name}[{number}].")
            else:
                found[name] = "" if element.is_empty else str(element.value)
        return found

    old, new = (
        {name: {**values(getattr(ds, "file_meta", [])), **values(ds)} for name, ds in parcel.items()}
        for parcel in (before, after)
    )
    left = []
    for row in required.itertuples():
        if row.action == "B":
            rows, columns = (slice(*map(int, part.split(":"))) for part in row.where.split(","))
            done = len(np.unique(after[row.file].pixel_array[..., rows, columns])) == 1
        else:
            was, now = old[row.file].get(row.where), new[row.file].get(row.where)
            done = {
                "X": now is None,
                "Z": not now,
                "D": now is None or now not in ("", was),
                "U": now is None or now not in ("", was),
                "K": now == was,
            }[row.action]
        if not done:
            left.append((row.file, row.where))
    return {"required": len(required), "done": len(required) - len(left), "left": left, "release": not left}
    ### END SOLUTION


# %% test="q6_form" points=1 objective="14.5"
from pydicom.dataset import Dataset

was, now = Dataset(), Dataset()
was.PatientName, was.PatientAge = "Birch^Nora", "055Y"
now.PatientName = "Birch^Nora"
rows = [("a.dcm", "PatientName", "Z"), ("a.dcm", "PatientAge", "X")]
result = audit({"a.dcm": was}, {"a.dcm": now}, pd.DataFrame(rows, columns=["file", "where", "action"]))
assert isinstance(result, dict), "The result is a dict."
assert set(result) == {"required", "done", "left", "release"}, (
    "Its keys are required, done, left and release."
)
assert (result["required"], result["done"]) == (2, 1), (
    "`required` has to be 2 and `done` 1: the age is gone, the name is not."
)
assert [tuple(pair) for pair in result["left"]] == [("a.dcm", "PatientName")], "The name in a.dcm is left."
assert isinstance(result["release"], bool | np.bool_) and not result["release"], "The parcel may not leave."


# %% test="q6_places" points=1 objective="14.5"
# Hidden tests: required actions inside sequences, in private attributes and in the header.
### BEGIN HIDDEN TESTS
def _hidden_test():
    was = pydicom.dcmread("data/ct_b2.dcm")
    now = deepcopy(was)
    deep = "OriginalAttributesSequence[0].ModifiedAttributesSequence[0]."
    table = [
        ("PatientName", "Z"), ("PatientMotherBirthName", "X"), ("PatientID", "D"), ("StudyInstanceUID", "U"),
        ("AccessionNumber", "Z"), (f"{deep}PatientName", "Z"), (f"{deep}PatientID", "D"), ("(0071,1007)", "X"),
        ("MediaStorageSOPInstanceUID", "U"), ("OtherPatientIDsSequence[0].PatientID", "D"), ("PatientAge", "X"),
        ("RequestAttributesSequence[0].ReasonForTheRequestedProcedure", "X"), ("OperatorsName", "D"),
    ]  # fmt: skip
    required = pd.DataFrame(
        [("x.dcm", *row) for row in table], columns=["file", "where", "action"], index=range(30, 43)
    )
    stays = required.copy()

    def left(message):
        result = audit({"x.dcm": was}, {"x.dcm": now}, required)
        names = [where for _, where in result["left"]]
        assert int(result["required"]) == 13 and int(result["done"]) == 13 - len(names), (
            "`required`, `done` and `left` do not fit together: every row is done or left."
        )
        assert names == wanted, message
        return result

    wanted = [where for where, _ in table]
    left(
        "Nothing was done to this file, so every action is left: also in sequences, in private attributes and in "
        "`file_meta`. Re-read lesson 14, 'The audit'."
    )
    now.PatientName, now.AccessionNumber, now.PatientID, now.StudyInstanceUID = "", "", "P9", "2.25.7"
    now.remove_private_tags()
    del now.PatientMotherBirthName, now.RequestAttributesSequence
    now.OperatorsName, now.PatientAge = "", ""
    now.OtherPatientIDsSequence[0].PatientID = "N1"
    wanted = [
        f"{deep}PatientName",
        f"{deep}PatientID",
        "MediaStorageSOPInstanceUID",
        "PatientAge",
        "OperatorsName",
    ]
    wanted = [where for where, _ in table if where in wanted]
    left(
        "Some actions are judged wrongly: X asks that the attribute is gone (empty is not gone), D and U for another "
        "value that is not empty, and what stood in a removed sequence is gone. Re-read lesson 14, 'The audit'."
    )
    del now.OriginalAttributesSequence, now.PatientAge
    now.OperatorsName, now.file_meta.MediaStorageSOPInstanceUID = "NONE", "2.25.8"
    wanted = []
    result = left("Everything is done here, yet your list is not empty. Re-read lesson 14, 'The audit'.")
    assert bool(result["release"]), "Nothing is left: this parcel may leave."
    assert required.equals(stays), "The table that you were given has changed."


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_pixels_and_kept" points=1 objective="14.5"
# Hidden tests: boxes of pixels, and attributes that have to stay.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    before = {name: pydicom.dcmread(f"data/{name}") for name in ("ct_a3.dcm", "ct_b1.dcm")}
    kept = ["SliceThickness", "PixelSpacing", "RescaleIntercept"]
    rows = [("ct_a3.dcm", "4:29, 4:93", "B"), ("ct_b1.dcm", "30:40, 60:66", "B")]
    rows += [(name, keyword, "K") for name in before for keyword in kept] + [
        ("ct_a3.dcm", "PatientName", "Z")
    ]
    required = pd.DataFrame(rows, columns=["file", "where", "action"])
    after = deepcopy(before)
    for ds in after.values():
        ds.BurnedInAnnotation, ds.PatientName, ds.WindowCenter = "NO", "", "5000"
    result = audit(before, after, required)
    assert [where for _, where in result["left"]] == ["4:29, 4:93", "30:40, 60:66"], (
        "A box whose pixels still differ is left, whatever the flag or the window says; look at the pixels. Re-read "
        "lesson 14, 'Blank the pixels, and read them back'."
    )
    for name, box in (("ct_a3.dcm", np.s_[4:29, 4:93]), ("ct_b1.dcm", np.s_[30:40, 60:66])):
        pixels = after[name].pixel_array.copy()
        pixels[box] = 128
        after[name].PixelData = pixels.tobytes()
    assert bool(audit(before, after, required)["release"]), "Boxes blank, values kept: this parcel may leave."
    for ds in after.values():
        del ds.SliceThickness
    after["ct_b1.dcm"].RescaleIntercept = "0"
    result = audit(before, after, required)
    wanted = [
        ("ct_a3.dcm", "SliceThickness"),
        ("ct_b1.dcm", "SliceThickness"),
        ("ct_b1.dcm", "RescaleIntercept"),
    ]
    assert [tuple(pair) for pair in result["left"]] == wanted, (
        "What has to stay (K) is gone or changed, and your audit does not say so: it would praise a file from which "
        "everything was deleted. Re-read lesson 14, 'Delete everything?'."
    )
    assert isinstance(after["ct_a3.dcm"], Dataset) and not result["release"], (
        "With an action left, no release."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q6_release" points=1 objective="14.5"
# Hidden tests: a large parcel with one name left in it.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    before, after, rows = {}, {}, []
    for number in range(400):
        name = f"{number:03}.dcm"
        before[name], after[name] = Dataset(), Dataset()
        before[name].PatientName, before[name].StudyDate, before[name].Modality = (
            f"Berg^{number}",
            "20240101",
            "CT",
        )
        after[name].PatientName, after[name].StudyDate, after[name].Modality = "", "", "CT"
        rows += [(name, "PatientName", "Z"), (name, "StudyDate", "Z"), (name, "Modality", "K")]
    required = pd.DataFrame(rows, columns=["file", "where", "action"]).sample(frac=1, random_state=6)
    result = audit(before, after, required)
    assert int(result["required"]) == int(result["done"]) == 1200 and bool(result["release"]), (
        "All 1,200 actions are done, yet your audit counts otherwise or holds the parcel."
    )
    after["217.dcm"].PatientName = "Berg^217"
    result = audit(before, after, required)
    assert [tuple(pair) for pair in result["left"]] == [("217.dcm", "PatientName")], (
        "One name is left among 1,200 actions, and the list has to say where."
    )
    assert not bool(result["release"]), (
        "A high share hides a name: 99.9 % done is one person whose name leaves. The parcel may leave when nothing is "
        "left. Re-read lesson 14, 'The audit'."
    )


_hidden_test()
### END HIDDEN TESTS

# %% [markdown]
# ## 7. What left on Friday (6 points)
#
# Write `incident_record(sent, found, seen, left_on, found_on)`, a **dict** for the privacy office. `sent` is the parcel
# (file name to dataset). `found` is what a search of the attributes gave, a list of `(file, path, name)`; `seen` is what
# somebody read in the pictures, a list of `(file, name)`. The tests bring their own, so item 1 is not counted again.
#
# | key | type | content |
# |:---|:---|:---|
# | `"files_sent"` | `int` | files in the parcel |
# | `"files_named"` | sorted list of `str` | files in which a name stands, in an attribute or in the picture |
# | `"places"` | `int` | places: each of `found` and each of `seen` (two names in one attribute are two) |
# | `"people_named"` | `int` | people whose name stands somewhere; each name is one person |
# | `"days"` | `int` | days from `left_on` to `found_on`, texts such as `"2025-03-28"` |
# | `"cause"` | text | why it could happen, eight words or more |
# | `"next_step"` | text | what happens now, and who does it, eight words or more |
#
# The tests only count the words of the last two; the person who reads your note reads them as well.


# %% answer="q7_record"
def incident_record(sent: dict, found: list, seen: list, left_on: str, found_on: str) -> dict:
    """What left with a name in it, for the privacy office."""
    ### BEGIN SOLUTION
    places = [(file, name) for file, _, name in found] + list(seen)
    return {
        "files_sent": len(sent),
        "files_named": sorted({file for file, _ in places}),
        "places": len(places),
        "people_named": len({name for _, name in places}),
        "days": (pd.Timestamp(found_on) - pd.Timestamp(left_on)).days,
        "cause": "The script emptied six attributes and looked neither into sequences nor at the pictures.",
        "next_step": "The company deletes all seven files today and confirms it to the privacy office in writing.",
    }
    ### END SOLUTION


# %% test="q7_elements" points=1 objective="14.6"
import numbers
import re

rows = [("ct_a1.dcm", "PatientComments", "Elderkin"), ("ct_b1.dcm", "PatientComments", "Jarrowby")]
record = incident_record(sent, rows, [("ct_a3.dcm", "Elderkin")], "2025-03-28", "2025-03-31")
assert isinstance(record, dict), "The record is a dict."
for key in ("files_sent", "places", "people_named", "days"):
    assert isinstance(record.get(key), numbers.Integral), f"'{key}' is not there, or is not a whole number."
assert isinstance(record.get("files_named"), list), "'files_named' is a list of file names."
assert (record["files_sent"], record["days"]) == (7, 3), (
    "Seven files left on a Friday and came to light on Monday."
)
for key in ("cause", "next_step"):
    said = re.findall(r"\w+", str(record.get(key, "")))
    assert len(said) >= 8 and len({word.lower() for word in said if len(word) > 1}) >= 6, (
        f"'{key}' needs a sentence of eight words or more."
    )


# %% test="q7_places" points=1 objective="14.6"
# Hidden tests: another parcel; files and places, in attributes and in pictures.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    parcel = {f"u{number}.dcm": Dataset() for number in (4, 1, 2, 3, 5, 6)}
    found = [
        ("u4.dcm", "RequestAttributesSequence[0].ReasonForTheRequestedProcedure", "Fonn"),
        ("u1.dcm", "StudyDescription", "Tveit"),
        ("u1.dcm", "PatientComments", "Tveit"),
        ("u5.dcm", "(0099,1011)", "Fonn"),
        ("u5.dcm", "(0099,1011)", "Tveit"),
    ]
    seen = [("u3.dcm", "Fonn"), ("u1.dcm", "Tveit")]
    given = list(found), list(seen)
    record = incident_record(parcel, found, seen, "2026-01-05", "2026-01-06")
    assert (found, seen) == given, "A list that you were given has changed: work on a copy."
    assert "u3.dcm" in record["files_named"], (
        "A name that stands only in the picture is missing from your record: no search of the attributes sees it. "
        "Re-read lesson 14, 'What the picture says'."
    )
    assert list(record["files_named"]) == ["u1.dcm", "u3.dcm", "u4.dcm", "u5.dcm"], (
        "`files_named` holds each file with a name once, sorted, and no file without one. Re-read lesson 14, 'The "
        "audit'."
    )
    assert int(record["places"]) == 7, (
        "`places` counts each of `found` and each of `seen`: one file, and one attribute, can have several. Re-read lesson "
        "14, 'The audit'."
    )


_hidden_test()
### END HIDDEN TESTS


# %% test="q7_people" points=1 objective="14.6"
# Hidden tests: people, files and days are different counts.
### BEGIN HIDDEN TESTS
def _hidden_test():
    from pydicom.dataset import Dataset

    parcel = {f"{number}.dcm": Dataset() for number in range(9)}
    for number, ds in enumerate(parcel.values()):
        ds.PatientID = f"N-{number}"
    found = [(f"{number}.dcm", "PatientName", "Aune") for number in range(5)]
    seen = [("7.dcm", "Moen"), ("8.dcm", "Moen")]
    record = incident_record(parcel, found, seen, "2024-02-27", "2024-03-04")
    assert int(record["files_sent"]) == 9, (
        "`files_sent` is the number of files in the parcel: count, do not type."
    )
    assert int(record["people_named"]) == 2, (
        "`people_named` counts people, not files or places; a name in a picture counts. Each of them has to be told. "
        "Re-read lesson 14, 'The audit'."
    )
    assert int(record["days"]) == 6, "`days` is wrong across the end of a month: subtract dates, not numbers."
    nobody = incident_record({"a.dcm": Dataset()}, [], [], "2024-12-31", "2025-01-01")
    counts = (
        int(nobody["people_named"]),
        int(nobody["places"]),
        len(nobody["files_named"]),
        int(nobody["days"]),
    )
    assert counts == (0, 0, 0, 1), "Where no name stands, the counts are 0."


_hidden_test()
### END HIDDEN TESTS

# %%
left_on, found_on = "2025-03-28", "2025-03-31"
print(f"left on {pd.Timestamp(left_on):%A %d %B}, found on {pd.Timestamp(found_on):%A %d %B}")
found = [(file, path, name) for file, dataset in sent.items() for name in ("Elderkin", "Jarrowby")
         for path in find_everywhere(dataset, name)]  # fmt: skip
record = incident_record(sent, found, [("ct_a3.dcm", "Elderkin")], left_on, found_on)
for key, value in record.items():
    print(f"{key:13}", value)

# %% [markdown]
# Last, write the **incident note** (`60` to `150` words) to the privacy office, with the numbers that the cell above
# prints once item 1 is answered. Do not repeat a name in it. A person reads it, one point for each:
#
# 1. **What left:** when, when it was found, how many files with a name and how many people, and in which kinds of place.
# 2. **Harm:** what may happen to these two people, and who tells them.
# 3. **What now:** what the company does today, and what has to be true before the next parcel leaves.

# %% [markdown] written="q7_note" points=3 objective="14.6"
# ### BEGIN SOLUTION
# On Friday 28 March a parcel of seven images left for a company; on Monday 31 March, three days later, the company
# read a name in one of them. All seven files hold a name, of two people, in 39 places: comments, medical history,
# requests inside sequences, private attributes, and once the picture itself, with birth date and patient number. The
# script had emptied six attributes and looked nowhere else. Whoever opened the files can learn that these two people
# were examined here, and why; an address and a telephone number stand beside it. Their doctor tells both this week. The company
# stops work on the files, deletes them today, copies included, and confirms it in writing. No parcel leaves until the
# audit lists nothing, in attributes and in pixels, and somebody has looked at every picture.
# ### END SOLUTION
