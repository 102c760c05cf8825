# %% [raw]
# title: Breaks ties by the place in the file
# base: solution
# catches: ties-by-row-order
# loses: {q3_ties: 1}
# says: {q3_ties: "broken by the place in the table"}


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    groups = table[group].fillna("not recorded")
    order = table[score].rank(ascending=False, method="first", na_option="bottom")
    listed = (order <= share * len(table)).to_numpy()
    return groups[listed].value_counts(normalize=True).reindex(groups.unique(), fill_value=0.0)
