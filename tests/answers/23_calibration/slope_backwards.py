# %% [raw]
# title: Reads a slope below 1 as risks that are not extreme enough
# base: solution
# catches: slope-backwards
# loses: {q4_read: 1, q7_claims_numbers: 1}
# says: {q4_read: "read backwards", q7_claims_numbers: "which way round is a slope read"}


# %% answer="q4_read_spread"
def read_spread(slope):
    _, low, high = slope
    if high < 1:
        return "not extreme enough"
    return "too extreme" if low > 1 else "not shown"


# %% answer="q7_claims"
def claims():
    return {
        "A": "order",
        "B": "backwards",
        "C": "holds",
        "D": "same people",
        "E": "other place",
        "F": "average",
        "G": "too few",
        "H": "holds",
    }
