# %% [raw]
# title: Compares the groups over all scores
# base: solution
# catches: crude-gap
# loses: {q4_equal_score: 2}
# says: {q4_equal_score: "at the *same* score"}


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    known = table.dropna(subset=[score, need])
    means = known.groupby(group)[need].mean()
    return means[pair[0]] - means[pair[1]]
