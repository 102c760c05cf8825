# %% [raw]
# title: Empties every date
# base: solution
# catches: dates-dropped
# loses: {q4_form: 1, q4_intervals: 1, q4_datetime: 1, q4_own_shift: 1}
# says: {q4_intervals: "moved, not dropped"}


# %% answer="q4_shift"
def shift_dates(datasets, dice):
    new = deepcopy(datasets)
    for ds in new.values():
        for element in ds.iterall():
            if element.VR in ("DA", "DT"):
                element.clear()
    return new
