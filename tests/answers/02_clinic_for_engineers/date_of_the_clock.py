# %% [raw]
# title: Takes the date of the clock for the night shift
# base: solution
# catches: night-of-the-clock
# loses: {q1_date: 1}
# says: {q1_date: "still belongs to the date"}


# %% answer="q1_shift"
def shift(time: str) -> tuple:
    hour = int(time[11:13])
    return time[:10], "day" if 7 <= hour < 19 else "night"
