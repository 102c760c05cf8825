# %% [raw]
# title: Gives the events that are needed as the people
# base: solution
# catches: events-for-people
# loses: {q6_form: 1, q6_people: 1}
# says: {q6_people: "those with the event"}


# %% answer="q6_people_needed"
def people_needed(phi: float, width: float) -> dict:
    """People and expected events for an interval of O/E of this width."""
    if not 0 < phi < 1 or width <= 0:
        raise ValueError("phi is a share between 0 and 1, and a width is above 0.")
    se = np.arcsinh(width / 2) / 1.96
    people = int(np.ceil((1 - phi) / se**2))
    return {"people": people, "events": int(np.ceil(people * phi))}
