# %% [raw]
# title: Moves dates, not dates with a time, and the same for the same patient number each week
# base: solution
# catches: date-with-time-forgotten
# loses: {q4_datetime: 1, q4_own_shift: 1}
# says: {q4_datetime: "type DT", q4_own_shift: "Other dice, the same shifts"}


# %% answer="q4_shift"
from datetime import datetime, timedelta


def shift_dates(datasets, dice):
    new = deepcopy(datasets)
    for ds in new.values():
        shift = timedelta(days=1 + sum(map(ord, str(ds.PatientID))) * 97 % 3650)
        for element in ds.iterall():
            if element.VR in ("DA",) and element.value:
                day = datetime.strptime(str(element.value)[:8], "%Y%m%d") - shift
                element.value = day.strftime("%Y%m%d") + str(element.value)[8:]
    return new
