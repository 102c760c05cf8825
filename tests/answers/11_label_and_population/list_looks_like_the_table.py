# %% [raw]
# title: Takes the list to look like the table
# base: solution
# catches: proportional-is-representative
# loses: {q3_form: 1, q3_list: 1, q3_ties: 1, q3_no_score: 1}
# says: {q3_list: "That the table is in proportion does not make the list so"}


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    return table[group].fillna("not recorded").value_counts(normalize=True)
