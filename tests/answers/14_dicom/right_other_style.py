# %% [raw]
# title: pydicom's own walk and callbacks, pandas and NumPy; results as NumPy numbers
# base: blank


# %% answer="q1_find"
def find_everywhere(dataset, text):
    def rows(part, path=""):
        for element in part.elements():
            element = part[element.tag]
            name = f"{path}{element.keyword or element.tag}"
            if element.VR == "SQ":
                yield from (
                    row for i, item in enumerate(element.value) for row in rows(item, f"{name}[{i}].")
                )
            else:
                yield name, str(element.value)

    parts = [*rows(dataset), *rows(getattr(dataset, "file_meta", pydicom.Dataset()))]
    table = pd.DataFrame(parts, columns=["path", "value"])
    return table.loc[table["value"].str.contains(text, case=False, regex=False), "path"].tolist()


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    new = deepcopy(dataset)
    if "PrivateAttributes" in actions:
        new.walk(lambda part, element: part.pop(element.tag) if element.tag.is_private else None)

    def act(part, element):
        match actions.get(element.keyword):
            case "X":
                part.pop(element.tag)
            case "Z":
                part[element.tag].value = None
            case "D":
                part[element.tag].value = DUMMY[element.VR]

    new.walk(act)
    return new


# %% answer="q3_uids"
from collections import defaultdict

from pydicom.uid import generate_uid


def new_uids(datasets):
    fresh = defaultdict(lambda: generate_uid())
    copies = deepcopy(datasets)

    def act(part, element):
        if element.VR == "UI" and element.value and not element.value.startswith("1.2.840.10008."):
            element.value = fresh[element.value]

    for ds in copies.values():
        ds.walk(act)
        if "file_meta" in vars(ds):
            ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    return copies


# %% answer="q4_shift"
def shift_dates(datasets, dice):
    patients = pd.unique(np.array([str(ds.PatientID) for ds in datasets.values()], dtype=object))
    days = pd.Series(dice.choice(np.arange(1, 3651), size=len(patients), replace=False), index=patients)
    copies = deepcopy(datasets)
    for ds in copies.values():
        shift = pd.Timedelta(days=int(days[ds.PatientID]))
        for element in list(ds.iterall()):
            if element.VR in {"DA", "DT"} and element.value:
                day, time = element.value[:8], element.value[8:]
                element.value = (pd.to_datetime(day) - shift).strftime("%Y%m%d") + time
    return copies


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    pixels = dataset.pixel_array.copy()
    outside = np.ma.array(pixels, mask=False)
    outside[..., rows[0] : rows[1], columns[0] : columns[1]] = np.ma.masked
    black = np.ma.max if dataset.PhotometricInterpretation.endswith("1") else np.ma.min
    pixels[..., rows[0] : rows[1], columns[0] : columns[1]] = black(outside)
    new = deepcopy(dataset)
    new.set_pixel_data(
        pixels, dataset.PhotometricInterpretation, dataset.BitsStored, generate_instance_uid=False
    )
    return new


# %% answer="q6_audit"
def audit(before, after, required):
    def flat(part, path=""):
        for element in part:
            name = path + (element.keyword or str(element.tag))
            if element.VR == "SQ":
                for i, item in enumerate(element.value):
                    yield from flat(item, f"{name}[{i}].")
            else:
                yield name, element.value

    def table(parcel):
        return {
            (name, path): value
            for name, ds in parcel.items()
            for part in ([ds.file_meta] if hasattr(ds, "file_meta") else []) + [ds]
            for path, value in flat(part)
        }

    old, new = table(before), table(after)

    def is_done(file, where, action):
        if action == "B":
            rows, columns = [slice(*[int(n) for n in pair.split(":")]) for pair in where.split(",")]
            return np.ptp(after[file].pixel_array[..., rows, columns]) == 0
        gone = (file, where) not in new
        value = new.get((file, where))
        if action == "K":
            return not gone and value == old[file, where]
        empty = value is None or str(value) == ""
        same = value == old.get((file, where))
        return (
            gone or {"X": False, "Z": empty, "D": not empty and not same, "U": not empty and not same}[action]
        )

    done = np.array(
        [bool(is_done(*row)) for row in required[["file", "where", "action"]].itertuples(index=False)]
    )
    left = list(required.loc[~done, ["file", "where"]].itertuples(index=False, name=None))
    return {"required": np.int64(done.size), "done": done.sum(), "left": left, "release": done.all()}


# %% answer="q7_record"
def incident_record(sent, found, seen, left_on, found_on):
    attributes = pd.DataFrame(found, columns=["file", "path", "name"])
    table = pd.concat([attributes, pd.DataFrame(seen, columns=["file", "name"])])
    return {
        "files_sent": np.int64(len(sent)),
        "files_named": sorted(table["file"].unique().tolist()),
        "places": np.int64(len(table)),
        "people_named": table["name"].nunique(),
        "days": np.int64((pd.to_datetime(found_on) - pd.to_datetime(left_on)).days),
        "cause": "The script stopped at the first level of the file and never opened a picture.",
        "next_step": "The company locks the files now; the privacy office tells both patients this week.",
    }
