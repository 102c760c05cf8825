# %% [raw]
# title: Takes the plain average of the column, codes included
# base: solution
# catches: sentinel-as-value
# loses: {q1_share_answered: 1}
# says: {q1_share_answered: "as if it were an answer"}


# %% answer="q1_share"
def share_yes(answers, unknown):
    return answers.mean()
