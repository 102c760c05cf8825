# %% [raw]
# title: Takes everybody who is not in the first group for the second
# base: solution
# catches: everybody-else
# loses: {q4_equal_score: 2, q4_form: 0}
# says: {q4_equal_score: "whose group nobody recorded"}


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    rows = table.dropna(subset=[score, need])
    first = (rows[group] == pair[0]).to_numpy()
    bins = np.digitize(rows[score], edges)
    means = rows.groupby([bins, first])[need].mean().unstack()
    difference = (means[True] - means[False]).dropna()
    weight = rows.groupby(bins).size().loc[difference.index]
    return float((difference * weight).sum() / weight.sum())
