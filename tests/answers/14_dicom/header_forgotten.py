# %% [raw]
# title: Replaces UIDs in the dataset and not in file_meta; the search skips it too
# base: solution
# catches: header-forgotten
# loses: {q1_private: 1, q3_header: 1}
# says: {q1_private: "file_meta", q3_header: "still holds the old UID"}


# %% answer="q1_find"
def find_everywhere(dataset, text):
    def walk(part, path):
        for element in part:
            name = path + (element.keyword or str(element.tag))
            if element.VR == "SQ":
                for number, item in enumerate(element.value):
                    yield from walk(item, f"{name}[{number}].")
            elif text.lower() in str(element.value).lower():
                yield name

    return list(walk(dataset, ""))


# %% answer="q3_uids"
from pydicom.uid import generate_uid


def new_uids(datasets):
    new, fresh = deepcopy(datasets), {}
    for ds in new.values():
        for element in ds.iterall():
            if element.VR == "UI" and not str(element.value).startswith("1.2.840.10008."):
                element.value = fresh.setdefault(str(element.value), generate_uid(None))
    return new
