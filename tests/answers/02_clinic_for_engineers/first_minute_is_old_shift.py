# %% [raw]
# title: Counts the minute of the handover in the old shift
# base: solution
# catches: handover-in-the-old-shift
# loses: {q1_edges: 1}
# says: {q1_edges: "first minute of the new"}


# %% answer="q1_shift"
def shift(time: str) -> tuple:
    since = pd.Timestamp(time) - pd.Timedelta(hours=7)
    clock = str(time)[11:16]
    return since.strftime("%Y-%m-%d"), "day" if "07:00" < clock <= "19:00" else "night"
