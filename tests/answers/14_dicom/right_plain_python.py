# %% [raw]
# title: Loops and plain Python; the search keeps its own list of what is still to visit
# base: blank


# %% answer="q1_find"
def find_everywhere(dataset, text):
    found = []
    to_visit = [("", dataset)]
    if hasattr(dataset, "file_meta"):
        to_visit.append(("", dataset.file_meta))
    while to_visit:
        path, part = to_visit.pop()
        for element in part:
            name = element.keyword
            if name == "":
                name = str(element.tag)
            if element.VR == "SQ":
                for i in range(len(element.value)):
                    to_visit.append((path + name + "[" + str(i) + "].", element.value[i]))
            elif text.upper() in str(element.value).upper():
                found.append(path + name)
    return found


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    def clean(part):
        for tag in list(part.keys()):
            element = part[tag]
            letter = actions.get(element.keyword, "K")
            if tag.is_private and actions.get("PrivateAttributes") == "X":
                letter = "X"
            if letter == "X":
                del part[tag]
            elif letter == "Z":
                element.value = [] if element.VR == "SQ" else None
            elif letter == "D":
                element.value = DUMMY[element.VR]
            elif element.VR == "SQ":
                for item in element.value:
                    clean(item)

    new = deepcopy(dataset)
    clean(new)
    return new


# %% answer="q3_uids"
import uuid


def new_uids(datasets):
    mapping = {}

    def rename(part):
        for element in part:
            if element.VR == "SQ":
                for item in element.value:
                    rename(item)
            elif element.VR == "UI" and element.value and not str(element.value).startswith("1.2.840.10008"):
                old = str(element.value)
                if old not in mapping:
                    mapping[old] = "2.25." + str(uuid.uuid4().int)
                element.value = mapping[old]

    result = {}
    for name in datasets:
        result[name] = deepcopy(datasets[name])
        rename(result[name])
        if hasattr(result[name], "file_meta"):
            rename(result[name].file_meta)
    return result


# %% answer="q4_shift"
import datetime


def shift_dates(datasets, dice):
    patients = []
    for ds in datasets.values():
        if ds.PatientID not in patients:
            patients.append(ds.PatientID)
    days = {patient: 1 + int(3650 * dice.random()) for patient in patients}

    def move(part, shift):
        for element in part:
            if element.VR == "SQ":
                for item in element.value:
                    move(item, shift)
            elif element.VR in ("DA", "DT") and not element.is_empty:
                text = str(element.value)
                day = datetime.date(int(text[:4]), int(text[4:6]), int(text[6:8])) - datetime.timedelta(shift)
                element.value = day.isoformat().replace("-", "") + text[8:]

    result = {}
    for name, ds in datasets.items():
        result[name] = deepcopy(ds)
        move(result[name], days[ds.PatientID])
    return result


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    pixels = dataset.pixel_array.tolist()
    frames = pixels if isinstance(pixels[0][0], list) else [pixels]

    def inside(r, c):
        return rows[0] <= r < rows[1] and columns[0] <= c < columns[1]

    others = [v for f in frames for r, line in enumerate(f) for c, v in enumerate(line) if not inside(r, c)]
    black = max(others) if dataset.PhotometricInterpretation == "MONOCHROME1" else min(others)
    for frame in frames:
        for r in range(*rows):
            for c in range(*columns):
                frame[r][c] = black
    new = deepcopy(dataset)
    new.PixelData = np.array(frames, dtype=dataset.pixel_array.dtype).tobytes()
    return new


# %% answer="q6_audit"
def audit(before, after, required):
    def look(ds, path):
        """The value at a path as text, or None."""
        part = ds
        steps = path.split(".")
        for step in steps[:-1]:
            name, number = step.rstrip("]").split("[")
            if name not in part or int(number) >= len(part[name].value):
                return None
            part = part[name].value[int(number)]
        last = steps[-1]
        if last.startswith("("):
            tag = (int(last[1:5], 16), int(last[6:10], 16))
            element = part.get(tag)
        elif last in part:
            element = part[last]
        elif hasattr(ds, "file_meta") and last in ds.file_meta:
            element = ds.file_meta[last]
        else:
            element = None
        if element is None:
            return None
        return "" if element.value in (None, "") else str(element.value)

    left = []
    for file, where, action in zip(required["file"], required["where"], required["action"], strict=True):
        if action == "B":
            (a, b), (c, d) = [tuple(int(x) for x in pair.split(":")) for pair in where.split(", ")]
            box = after[file].pixel_array[..., a:b, c:d]
            done = box.min() == box.max()
        else:
            old, new = look(before[file], where), look(after[file], where)
            if action == "X":
                done = new is None
            elif action == "Z":
                done = new in (None, "")
            elif action == "K":
                done = new == old
            else:
                done = new is None or (new != "" and new != old)
        if not done:
            left.append((file, where))
    return {
        "required": len(required),
        "done": len(required) - len(left),
        "left": left,
        "release": len(left) == 0,
    }


# %% answer="q7_record"
import datetime


def incident_record(sent, found, seen, left_on, found_on):
    files, people, places = set(), set(), 0
    for file, _, name in found:
        places += 1
        files.add(file)
        people.add(name)
    for file, name in seen:
        places += 1
        files.add(file)
        people.add(name)
    days = datetime.date.fromisoformat(found_on) - datetime.date.fromisoformat(left_on)
    return {
        "files_sent": len(sent),
        "files_named": sorted(files),
        "places": places,
        "people_named": len(people),
        "days": days.days,
        "cause": "Nobody looked into the sequences, the private attributes or the picture itself.",
        "next_step": "The privacy office asks the company to delete the parcel and to confirm it.",
    }
