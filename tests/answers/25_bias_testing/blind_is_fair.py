# %% [raw]
# title: Signs a score because language is not an input
# base: solution
# catches: blind-is-fair
# loses: {q7_equal: 1, q7_reading: 1}
# says: {q7_equal: "no input either"}


# %% answer="q7_sentences"
def sentences():
    return {
        "A": "stands",
        "B": "parity",
        "C": "base rate",
        "D": "harm",
        "E": "too few",
        "F": "unsure",
        "G": "case mix",
        "H": "blind",
    }
