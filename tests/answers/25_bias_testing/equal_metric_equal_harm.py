# %% [raw]
# title: Takes an equal rate for equal harm
# base: solution
# catches: equal-metric-equal-harm
# loses: {q7_equal: 1, q7_reading: 1}
# says: {q7_equal: "what happens next"}


# %% answer="q7_sentences"
def sentences():
    return {
        "A": "blind",
        "B": "parity",
        "C": "base rate",
        "D": "stands",
        "E": "too few",
        "F": "unsure",
        "G": "case mix",
        "H": "harm",
    }
