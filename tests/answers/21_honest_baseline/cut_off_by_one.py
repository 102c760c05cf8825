# %% [raw]
# title: The first test year is the last training year
# base: solution
# catches: cut-off-by-one
# loses: {q3_cut: 1}
# says: {q3_cut: "off by one"}


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    train = table[table[year] <= first_test_year]
    test = table[table[year] > first_test_year]
    return train, test[~test[person].isin(train[person])]
