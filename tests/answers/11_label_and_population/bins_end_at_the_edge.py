# %% [raw]
# title: Puts a score that is on an edge into the bin below it
# base: solution
# catches: edge-belongs-below
# loses: {q4_equal_score: 2}
# says: {q4_equal_score: "exactly on an edge"}


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    rows = table[table[group].isin(pair)].dropna(subset=[score, need])
    bins = np.digitize(rows[score], edges, right=True)
    means = rows.groupby([bins, rows[group].to_numpy()])[need].mean().unstack().reindex(columns=list(pair))
    difference = (means[pair[0]] - means[pair[1]]).dropna()
    weight = rows.groupby(bins).size().loc[difference.index]
    return float((difference * weight).sum() / weight.sum())
