# %% [raw]
# title: The last people in the file are the test
# base: solution
# catches: split-by-position
# loses: {q3_random: 1}
# says: {q3_random: "Position is not chance"}


# %% answer="q3_people"
def split_people(table, person, share, seed):
    people = list(table[person].unique())
    last = people[len(people) - round(share * len(people)) :]
    return table[~table[person].isin(last)], table[table[person].isin(last)]
