# %% [raw]
# title: Takes equal shares of visits for fairness
# base: solution
# catches: parity-as-default
# loses: {q7_equal: 1, q7_reading: 1}
# says: {q7_equal: "is the need"}


# %% answer="q7_sentences"
def sentences():
    return {
        "A": "blind",
        "B": "stands",
        "C": "base rate",
        "D": "harm",
        "E": "too few",
        "F": "unsure",
        "G": "case mix",
        "H": "parity",
    }
