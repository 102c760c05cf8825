# %% [raw]
# title: Takes two visits less than 24 hours apart for one
# base: solution
# catches: follow-up-is-a-repeat
# loses: {q4_follow_ups: 1}
# says: {q4_follow_ups: "begins at midnight"}


# %% answer="q4_repeated"
def repeated_visits(table):
    time = pd.to_datetime(table["visit_time"])
    rows = list(zip(table["visit_id"], table["person_id"], table["clinic"], time, strict=True))
    repeated = set()
    for i, (visit, person, clinic, when) in enumerate(rows):
        for j, (_, other, there, then) in enumerate(rows):
            if i != j and (person, clinic) == (other, there) and abs(when - then) < pd.Timedelta(hours=24):
                repeated.add(visit)
    return repeated
