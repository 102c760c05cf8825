# %% [raw]
# title: Works on the files that it was given, or on a shallow copy of them
# base: solution
# catches: overwrites-the-archive
# loses: {q2_original: 1, q3_form: 1, q3_consistent: 1, q5_saved: 1}
# says: {q2_original: "inside a sequence only", q3_form: "has changed", q5_saved: "work on a copy"}


# %% answer="q2_apply"
from copy import copy


def apply_actions(dataset, actions):
    new = copy(dataset)

    def clean(part):
        for element in list(part):
            letter = actions.get("PrivateAttributes" if element.tag.is_private else element.keyword)
            if letter == "X":
                del part[element.tag]
            elif letter == "Z":
                part[element.tag] = pydicom.DataElement(element.tag, element.VR, None)
            elif letter == "D":
                part[element.tag] = pydicom.DataElement(element.tag, element.VR, DUMMY[element.VR])
            elif element.VR == "SQ":
                for item in element.value:
                    clean(item)

    clean(new)
    return new


# %% answer="q3_uids"
from pydicom.uid import generate_uid


def new_uids(datasets):
    fresh = {}
    new = dict(datasets)
    for ds in new.values():
        for part in (getattr(ds, "file_meta", None), ds):
            for element in part.iterall() if part is not None else []:
                if element.VR == "UI" and not str(element.value).startswith("1.2.840.10008."):
                    element.value = fresh.setdefault(str(element.value), generate_uid(None))
    return new


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    pixels = dataset.pixel_array.copy()
    box = np.zeros(pixels.shape, dtype=bool)
    box[..., slice(*rows), slice(*columns)] = True
    outside = pixels[~box]
    pixels[box] = outside.max() if dataset.PhotometricInterpretation == "MONOCHROME1" else outside.min()
    dataset.PixelData = pixels.tobytes()
    return dataset
