# %% [raw]
# title: Gives the part of each group that gets a place
# base: solution
# catches: share-of-the-group
# loses: {q3_form: 1, q3_list: 1, q3_ties: 1, q3_no_score: 1}
# says: {q3_list: "is not the part of the group that gets a place"}


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    scores = table[score].to_numpy(dtype=float)
    place = np.zeros(len(table))
    left = share * len(table)
    for value in sorted(set(scores[~np.isnan(scores)]), reverse=True):
        tied = scores == value
        taken = min(left, tied.sum())
        place[tied] = taken / tied.sum()
        left -= taken
    labels = table[group].astype(object).where(table[group].notna(), "not recorded").to_numpy()
    return pd.Series(place).groupby(labels).mean()
