# %% [raw]
# title: Draws one number of days for everybody
# base: solution
# catches: one-shift-for-all
# loses: {q4_own_shift: 1}
# says: {q4_own_shift: "undo it for all"}


# %% answer="q4_shift"
from datetime import datetime, timedelta


def shift_dates(datasets, dice):
    new = deepcopy(datasets)
    shift = timedelta(days=int(dice.integers(1, 3651)))
    for ds in new.values():
        for element in ds.iterall():
            if element.VR in ("DA", "DT") and element.value:
                day = datetime.strptime(str(element.value)[:8], "%Y%m%d") - shift
                element.value = day.strftime("%Y%m%d") + str(element.value)[8:]
    return new
