# %% [raw]
# title: Draws a number of days for each file, 0 included
# base: solution
# catches: one-shift-for-each-file
# loses: {q4_intervals: 1, q4_own_shift: 1}
# says: {q4_intervals: "intervals or ages are no longer true", q4_own_shift: "A shift of 0 days"}


# %% answer="q4_shift"
from datetime import datetime, timedelta


def shift_dates(datasets, dice):
    new = deepcopy(datasets)
    for ds in new.values():
        shift = timedelta(days=int(dice.integers(0, 3651)))
        for element in ds.iterall():
            if element.VR in ("DA", "DT") and element.value:
                day = datetime.strptime(str(element.value)[:8], "%Y%m%d") - shift
                element.value = day.strftime("%Y%m%d") + str(element.value)[8:]
    return new
