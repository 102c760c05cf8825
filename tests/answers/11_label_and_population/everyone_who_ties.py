# %% [raw]
# title: Lists everybody who ties for the last place
# base: solution
# catches: everyone-who-ties
# loses: {q3_ties: 1}
# says: {q3_ties: "the list is longer than the places"}


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    groups = table[group].fillna("not recorded")
    last = table[score].nlargest(round(share * len(table))).min()
    listed = (table[score] >= last).to_numpy()
    return groups[listed].value_counts(normalize=True).reindex(groups.unique(), fill_value=0.0)
