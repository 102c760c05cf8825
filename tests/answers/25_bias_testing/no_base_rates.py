# %% [raw]
# title: Leaves the base rate out of an error rate
# base: solution
# catches: no-base-rates
# loses: {q4_identity: 1, q7_reading: 1}
# says: {q4_identity: "depends on the base rate", q7_reading: "what else differs"}


# %% answer="q4_fpr"
def fpr_from(base_rate: float, ppv: float, fnr: float) -> float:
    """The false-positive rate that follows from the other three."""
    return (1 - ppv) / ppv * (1 - fnr)


# %% answer="q7_sentences"
def sentences():
    return {
        "A": "blind",
        "B": "parity",
        "C": "stands",
        "D": "harm",
        "E": "too few",
        "F": "unsure",
        "G": "case mix",
        "H": "base rate",
    }
