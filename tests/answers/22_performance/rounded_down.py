# %% [raw]
# title: Rounds the number of people down
# base: solution
# catches: rounded-down
# loses: {q6_people: 1}
# says: {q6_people: "Round up"}


# %% answer="q6_people_needed"
def people_needed(phi, width):
    if not 0 < phi < 1 or width <= 0:
        raise ValueError("phi is a share between 0 and 1, and a width is above 0.")
    people = int((1 - phi) / (phi * (np.arcsinh(width / 2) / 1.96) ** 2))
    return {"people": people, "events": int(people * phi)}
