# %% [raw]
# title: Divides the yes by everybody, so that "not asked" counts as no
# base: solution
# catches: unknown-is-no
# loses: {q1_share_answered: 1}
# says: {q1_share_answered: "divide by everybody"}


# %% answer="q1_share"
def share_yes(answers, unknown):
    return (answers == 1).sum() / len(answers)
