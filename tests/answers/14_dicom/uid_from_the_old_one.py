# %% [raw]
# title: Calculates each new UID from the old one, without a secret
# base: solution
# catches: uid-can-be-recomputed
# loses: {q3_kept: 1}
# says: {q3_kept: "whoever has the archive calculates it too"}


# %% answer="q3_uids"
def new_uids(datasets):
    from pydicom.uid import generate_uid

    new = deepcopy(datasets)
    for dataset in new.values():
        for part in (getattr(dataset, "file_meta", None), dataset):
            for element in part.iterall() if part is not None else []:
                if element.VR == "UI" and element.value and not element.value.startswith("1.2.840.10008."):
                    element.value = generate_uid(entropy_srcs=[str(element.value)])
    return new
