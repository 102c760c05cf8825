# %% [raw]
# title: Draws a new UID for each file, and for DICOM's own as well
# base: solution
# catches: new-uid-for-each-file
# loses: {q3_consistent: 1, q3_kept: 1}
# says: {q3_consistent: "for each file", q3_kept: "A UID that DICOM defines was replaced"}


# %% answer="q3_uids"
from pydicom.uid import generate_uid


def new_uids(datasets):
    new = deepcopy(datasets)
    for ds in new.values():
        fresh = {}
        for part in (getattr(ds, "file_meta", None), ds):
            for element in part.iterall() if part is not None else []:
                if element.VR == "UI":
                    element.value = fresh.setdefault(str(element.value), generate_uid(None))
    return new
