# %% [raw]
# title: Takes the seller's cross-validation, and the average, for this hospital and its groups
# base: solution
# catches: internal-is-external
# loses: {q7_claims_people: 1}
# says: {q7_claims_people: "where do the people"}


# %% answer="q7_claims"
def claims():
    return {
        "A": "order",
        "B": "holds",
        "C": "backwards",
        "D": "same people",
        "E": "holds",
        "F": "holds",
        "G": "too few",
        "H": "holds",
    }
