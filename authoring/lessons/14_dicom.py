# %% [markdown]
# # Is the name still in the picture?
#
# Thursday afternoon, radiology. Seven images are to leave for a company that trains a model to find old fractures of the
# spine: one patient's [CT](glossary.ipynb#cell-id=CT) and, five weeks later, [MR](glossary.ipynb#cell-id=MR), and another patient's CT.
# A colleague has a script that blanks the
# patient's name in every file. "Then they are anonymous," he says. "Could you press send?"
#
# Before you press, you look. (Both patients, and everybody else named here, are invented.)

# %% [markdown]
# {{ lesson_card }}

# %%
from pathlib import Path

import pandas as pd
import pydicom

folder = Path("../datasets/dicom")
files = {path.name: pydicom.dcmread(path) for path in sorted(folder.glob("*.dcm"))}
columns = ["PatientName", "PatientID", "Modality", "StudyDate", "Rows", "Columns", "BurnedInAnnotation"]
pd.DataFrame({name: {key: str(ds.get(key, "")) for key in columns} for name, ds in files.items()}).T

# %% [markdown]
# *New to the ward?* **DICOM** is the file of medical imaging: the picture, and around it a list of **attributes**, such
# as name, date, machine, scale. Each has a number (its **tag**) and a type (its **VR**; `PN` is a person's name).
#
# *New to pydicom?* `dcmread` gives a dataset; `ds.PatientName` is one attribute of it.
#
# Do what the script does: blank the name. Then search the bytes that would leave the house. **How often will the
# family name still stand in each file?**

# %%
from copy import deepcopy
from io import BytesIO


def as_sent(dataset):
    """The file's bytes, as they would leave the house."""
    out = BytesIO()
    dataset.save_as(out)
    return out.getvalue()


family = {name: ds.PatientName.family_name.lower() for name, ds in files.items()}
naive = deepcopy(files)
for ds in naive.values():
    ds.PatientName = ""
print({name: as_sent(ds).lower().count(family[name].encode()) for name, ds in naive.items()})

# %% [markdown]
# Seven to nine times, in every file.
#
# ## Where else does the name stand?
#
# An attribute can be a **sequence**: a list of datasets inside the dataset, which can hold sequences again. So the
# search goes down into each. A tag whose first number is odd is **private**: whoever built the machine or the archive
# decides what it means, and no list says so.


# %%
def walk(dataset, path=""):
    """Each attribute at every depth, with its path."""
    for element in dataset:
        name = path + (element.keyword or str(element.tag))
        if element.VR == "SQ":
            for number, item in enumerate(element.value):
                yield from walk(item, f"{name}[{number}].")
        else:
            yield name, element


found = pd.DataFrame(
    [
        (name, where)
        for name, ds in naive.items()
        for where, element in walk(ds)
        if family[name] in str(element.value).lower()
    ],
    columns=["file", "where"],
)
print("printed page of ct_a1.dcm shows:", str(naive["ct_a1.dcm"]).lower().count("elderkin"), "of 8")
print(found["where"].value_counts().to_string())

# %% [markdown]
# Other names, free text, a request inside a sequence, a private tag, and in `ct_b2.dcm`, two sequences deep, the name
# as it was before somebody corrected it. Reading the printed page is no substitute: long texts are left out of it, and
# it shows 5 of 8.
#
# ## What the picture says
#
# `BurnedInAnnotation` tells whether something is written *into* the **pixels** (the dots of the picture); where it is
# there, it says NO. **Look: which
# picture names somebody?**

# %%
import matplotlib.pyplot as plt
from curriculum.figures import show

plt.style.use("curriculum.course")


def draw(ax, dataset, title):
    """The picture in the brightness range (window) that its file asks for."""
    slope, intercept = dataset.get("RescaleSlope", 1), dataset.get("RescaleIntercept", 0)
    low, high = (dataset.WindowCenter + sign * dataset.WindowWidth / 2 for sign in (-1, 1))
    ax.imshow(dataset.pixel_array * slope + intercept, cmap="gray", vmin=low, vmax=high)
    ax.set(title=title, xticks=[], yticks=[])


# %%
fig, axes = plt.subplots(2, 4, figsize=(9, 5.6))
for ax, (name, ds) in zip(axes.flat, files.items(), strict=False):
    draw(ax, ds, f"{name}\nflag: {ds.get('BurnedInAnnotation', 'none')}")
axes.flat[-1].axis("off")
fig.suptitle("One picture says who it is; its flag says NO")
show(
    fig,
    "Seven grey pictures. ct_a3.dcm has three white lines at the top: a name, a birth date and a number, although its "
    "flag says NO. ct_b1.dcm has a white R at the lower left. Nothing is written into the other five.",
)

# %% [markdown]
# `ct_a3.dcm` says who he is, when he was born and his number. Its flag says NO: a flag is a claim, the picture is the
# fact. The R in `ct_b1.dcm` says which side is right. It names nobody, and without it a fracture can end up on the
# wrong side: it stays.
#
# ## Delete everything?
#
# Why not keep only the pixels and delete every tag? A CT stores numbers that become **Hounsfield units** (how dense
# the tissue is) only with two attributes. **If bone is above 300, how much of `ct_a1.dcm` is bone with them, and how
# much without?**

# %%
ct = files["ct_a1.dcm"]
stored = ct.pixel_array
hounsfield = stored * ct.RescaleSlope + ct.RescaleIntercept
print(
    f"above 300: {(hounsfield > 300).mean():.0%} in Hounsfield units, {(stored > 300).mean():.0%} as stored"
)
print(f"10 pixels are {10 * ct.PixelSpacing[0]:.1f} mm; a slice is {ct.SliceThickness:.0f} mm thick")

# %% [markdown]
# 6 % becomes 82 %: soft tissue turns into bone. Without **pixel spacing** (the distance from dot to dot) nobody can
# measure a fracture either. So: tag by
# tag.
#
# ## Tag by tag
#
# The DICOM standard has a table for this, the [Basic Profile](../datasets/standards/README.md#dicom-deidentification).
# **D** puts in a dummy, **Z** empties (or a dummy), **X** removes, **K** keeps, **C** cleans (a text rewritten without
# the name), **U** gives a new [UID](glossary.ipynb#cell-id=UID). `X/Z` means X, unless the file is invalid without the attribute; then Z.

# %%
actions = pd.read_csv(folder / "actions.csv")
plan = actions.set_index("keyword")["action"].str.split("/").str[-1].to_dict()
dated = [name for name in plan if name.endswith(("Date", "Time", "DateTime")) and name != "PatientBirthDate"]
plan.update(dict.fromkeys(dated, "C"))  # dates and times: cleaned below, not emptied
actions["action"].value_counts().to_frame("attributes").T

# %% [markdown]
# Where the table offers a choice we take the last letter: the file stays valid, and the old value is gone either way.
# For dates the profile has an option that changes instead of empties; we use it below and keep the times of day.

# %%
dummy = {"LO": "NONE", "SH": "NONE", "PN": "NONE", "CS": "NONE"}


def apply(dataset, plan):
    """A copy with X, Z and D done at every depth, and without private attributes."""
    new = deepcopy(dataset)
    new.remove_private_tags()

    def act(parent, element):
        action = plan.get(element.keyword)
        if action == "X":
            del parent[element.tag]
        elif action == "Z":
            element.clear()
        elif action == "D":
            element.value = dummy[element.VR]

    new.walk(act)
    return new


tags = {name: apply(ds, plan) for name, ds in files.items()}
print({name: as_sent(ds).lower().count(family[name].encode()) for name, ds in tags.items()})
print("patient numbers:", {str(ds.PatientID) for ds in tags.values()})

# %% [markdown]
# *New to pydicom?* `walk` calls a function for each attribute, also inside sequences.
#
# The family name is gone from the text. But with one dummy two people have become one; each will get a number of
# their own.
#
# ## The same new UID everywhere
#
# A **UID** is a long number that stands for one study, series or image in the whole world: with the hospital's
# archive it leads straight to the patient. Images also point to each other by it. **If each place gets a fresh number, how
# many of the pointers still lead to an image?**

# %%
from pydicom.uid import generate_uid


def replace_uids(datasets, fresh):
    """Replace each UID of ours; UIDs that DICOM itself defines (1.2.840.10008) stay."""
    for ds in datasets.values():
        for part in (ds.file_meta, ds):
            for element in part.iterall():
                if element.VR == "UI" and not element.value.startswith("1.2.840.10008."):
                    element.value = fresh(element.value)


to_images = ["ReferencedImageSequence", "SourceImageSequence"]
torn, whole, new_uid = deepcopy(files), deepcopy(files), {}
replace_uids(torn, lambda old: generate_uid(None))
replace_uids(whole, lambda old: new_uid.setdefault(old, generate_uid(None)))
for name, some in {"as they are": files, "a fresh one each time": torn, "one mapping": whole}.items():
    images = {ds.SOPInstanceUID for ds in some.values()}
    pointers = [item for ds in some.values() for key in to_images for item in ds.get(key, [])]
    home = sum(item.ReferencedSOPInstanceUID in images for item in pointers)
    studies = len({ds.StudyInstanceUID for ds in some.values()})
    print(f"{name:22} {home} of {len(pointers)} pointers lead home; studies: {studies}")

# %% [markdown]
# None of the 4, and 3 studies fall into 7. With one mapping for the whole parcel all 4 lead home. The mapping includes
# `file_meta`, the header in front of the dataset, where the image's UID stands a second time.
#
# ## One shift for each patient
#
# A date of examination finds a person, yet the interval from CT to MR matters: did the fracture heal? So all dates of
# one patient move by the same number of days, drawn at random and never 0, each patient by their own. One shift for all would
# do less: whoever knows one true date of one patient can undo it for everybody.

# %%
from datetime import datetime, timedelta

import numpy as np

dice = np.random.default_rng(14)  # seeded so that you see what we see; in hospital never
shift = {
    patient: -int(dice.integers(30, 1500)) for patient in sorted({ds.PatientID for ds in files.values()})
}


def move(text, days):
    """YYYYMMDD, with or without a time behind it, some days later."""
    return (datetime.strptime(text[:8], "%Y%m%d") + timedelta(days=days)).strftime("%Y%m%d") + text[8:]


def shift_dates(dataset, days):
    """Move all dates (DA) and dates with a time (DT), also inside sequences."""
    for element in dataset.iterall():
        if element.VR in ("DA", "DT") and element.value:
            element.value = move(element.value, days)


# %%
moved = deepcopy(files)
for ds in moved.values():
    shift_dates(ds, shift[ds.PatientID])


def acquired(ds):
    return pd.to_datetime(ds.AcquisitionDate + ds.AcquisitionTime)


pairs = [("ct_a1.dcm", "mr_a1.dcm"), ("ct_b1.dcm", "ct_b2.dcm")]
gaps = {f"{a} to {b}": [acquired(some[b]) - acquired(some[a]) for some in (files, moved)] for a, b in pairs}
print("ages:", [files[name].PatientAge for name in ("ct_a1.dcm", "mr_a1.dcm")])
pd.DataFrame(gaps, index=["before", "after"]).T

# %% [markdown]
# 37 days stay 37 days, and the second patient's images stay minutes apart across midnight of a leap day. Two things a
# shift does not mend. He is 89 at the CT and 90 at the MR: [Safe Harbor](glossary.ipynb#cell-id=Safe-Harbor) pools
# [ages over 89](../datasets/standards/README.md#hipaa-safe-harbor), and of a date it leaves only the year; whoever
# sends more needs [an expert's determination](../datasets/standards/README.md#hipaa-expert-determination). And while
# the hospital keeps the shifts and the mapping, the parcel is
# **[pseudonymised](../datasets/standards/README.md#gdpr-recital-26)**: still
# [personal data](glossary.ipynb#cell-id=personal-data) in Europe.
#
# ## Blank the pixels, and read them back
#
# A viewer can hide the text behind a darker window or a black overlay; the numbers stay in the file, and the next
# person opens the window again. So the numbers themselves change. Then save, read what was saved, and look.


# %%
def blank(dataset, rows, columns):
    """A copy with the box set to the lowest value outside it."""
    new = deepcopy(dataset)
    pixels = new.pixel_array.copy()
    box = np.zeros(pixels.shape, dtype=bool)
    box[slice(*rows), slice(*columns)] = True
    pixels[box] = pixels[~box].min()
    new.PixelData = pixels.tobytes()
    return new, box


# %%
hidden = deepcopy(files["ct_a3.dcm"])
hidden.WindowCenter, hidden.WindowWidth = 5000, 400
blanked, box = blank(files["ct_a3.dcm"], rows=(4, 29), columns=(4, 93))
three = {"As it was": files["ct_a3.dcm"], "Window moved": hidden, "Pixels changed": blanked}
fig, axes = plt.subplots(1, 3, figsize=(9, 3.9))
for ax, (title, ds) in zip(axes, three.items(), strict=True):
    back = pydicom.dcmread(BytesIO(as_sent(ds))).pixel_array
    draw(ax, ds, title)
    ax.set_xlabel(f"pixels of ink in the saved file: {(back[box] == 2600).sum()}")
fig.suptitle("A darker window hides the name and leaves it in the file")
show(
    fig,
    "The same CT three times, with the pixels of ink that are in the saved file. As it was: 546, the text is seen. "
    "Window moved: all black, yet 546 in the file. Pixels changed: 0, and the picture below the text is as before.",
)
assert (blanked.pixel_array[~box] == files["ct_a3.dcm"].pixel_array[~box]).all()

# %% [markdown]
# 546 pixels of ink, 546 behind the darker window, 0 after the change; outside the box nothing changed.
#
# ## The audit
#
# For these files `planted.csv` lists every identifying value and its place. Five parcels are scored against it, and on
# whether what the model needs still has its value.

# %%
planted = pd.read_csv(folder / "planted.csv").rename(columns={"class": "kind"}).query("kind != 'none'")
needed = ["Rows", "Columns", "PixelSpacing", "SliceThickness", "RescaleSlope", "RescaleIntercept"]


def top_level(dataset):
    """X, Z and D at the first level only."""
    new = deepcopy(dataset)
    for element in list(new):
        if plan.get(element.keyword) in ("X", "Z", "D") and element.VR != "SQ":
            del new[element.tag]
    return new


tags = {name: apply(ds, plan) for name, ds in moved.items()}
for name, ds in tags.items():
    ds.PatientID = f"P{list(shift).index(files[name].PatientID) + 1}"
replace_uids(tags, lambda old: new_uid.setdefault(old, generate_uid(None)))
done = {**tags, "ct_a3.dcm": blank(tags["ct_a3.dcm"], (4, 29), (4, 93))[0]}
shallow = {name: top_level(ds) for name, ds in whole.items()}
parcels = {"name blanked": naive, "first level": shallow, "all tags": tags, "tags and pixels": done}
parcels["nothing kept"] = {name: pydicom.Dataset() for name in files}


# %%
def still_there(row, dataset):
    """Whether a planted value still stands where it was planted."""
    if row.place == "pixels":
        return "PixelData" in dataset and (dataset.pixel_array[box] == 2600).any()
    parts = [dataset, getattr(dataset, "file_meta", [])]
    return row.value in [
        str(element.value) for part in parts for path, element in walk(part) if path == row.where
    ]


score, left = pd.DataFrame(index=list(parcels)), {}
for parcel, some in parcels.items():
    left[parcel] = planted[[still_there(row, some[row.file]) for row in planted.itertuples()]]
    changed = [str(ds.get(key)) != str(files[name].get(key)) for name, ds in some.items() for key in needed]
    score.loc[parcel, ["left", "of", "lost for the model"]] = len(left[parcel]), len(planted), sum(changed)
score = score.astype(int)
score["removed %"] = (100 * (1 - score["left"] / score["of"])).round(1)
score

# %% [markdown]
# (Every place is counted, none is sampled: no interval.) "Nothing kept" is as private as "tags and pixels" and has
# lost 38 values that a model needs: an audit that counts only what is gone rewards it. And "all tags" earns 99.2 %.
# **What are the 3 that are left?**

# %%
left["all tags"][["file", "value", "kind"]]

# %% [markdown]
# His name, his birth date, his number. An average treats the name as one place in 362. In the
# [MIDI-B challenge](../datasets/standards/README.md#midi-b) the teams' tools did 97.91 to 99.93 % of the required
# actions, and none did all: every one of them needs somebody who looks at what is left.
#
# > **Decision point.** The company waits.
# >
# > *Send the 99.2 %*, and a man's name is where nobody can call it back. He pays, not the department and not the
# > company, and nobody asked him. *Leave out* `ct_a3.dcm`, and six files are safe today; made a habit, it drops
# > whichever ward or machine writes into pictures, and the model never sees its patients. *Hold* everything, and the
# > model starts a day later.
# >
# > **We choose:** hold, blank, audit again, and send at 0 left, with a note of what was changed. An archive of
# > thousands is not seven files: there, programs search each picture for text, people look at a sample, and kinds of
# > image that often carry text are left out, and said to be.

# %% [markdown]
# ## Take-away
#
# - A name stands in free text, in sequences, in private tags and in the pixels; `PatientName` is one place of many.
# - Go tag by tag; keep scale, thickness and side, or the picture is worth nothing.
# - One mapping of UIDs for the parcel; one shift of dates for each patient.
# - A flag, a window or an overlay changes no pixel. Save, read back, look.
# - An audit lists what is left. Only 0 is enough, and what must stay is counted as well.
#
# **Say it to the ward:** "We blanked the name in the list, and it was still written across the picture."
#
# **Now you:** the exercise *The parcel that left on Friday*, in `my-work/14_dicom/`.
#
# ## Further reading
#
# - DICOM PS3.15, Annex E, [the profiles and their table](https://dicom.nema.org/medical/dicom/current/output/chtml/part15/chapter_E.html).
# - [Pseudo-PHI-DICOM](../datasets/standards/README.md#pseudo-phi-dicom): a public set of images with invented identifiers, to test a tool on.
# - The [datasheet](../datasets/dicom/datasheet.md) of these seven files: where the pixels come from, and what was planted.
