# %% [raw]
# title: Draws rows at random
# base: solution
# catches: random-rows
# loses: {q3_apart: 1}
# says: {q3_apart: "judged on people it has met"}


# %% answer="q3_people"
def split_people(table, person, share, seed):
    from sklearn.model_selection import train_test_split

    train, test = train_test_split(table, test_size=share, random_state=seed)
    return train, test
