# %% [raw]
# title: The earlier row of a person trains, the later one tests
# base: solution
# catches: same-person-later
# loses: {q3_come_back: 1}
# says: {q3_come_back: "earlier row trains the model"}


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    return table[table[year] < first_test_year], table[table[year] >= first_test_year]
