# %% [raw]
# title: Only a filled cell can tell the outcome
# base: solution
# catches: empty-tells-nothing
# loses: {q2_told: 1}
# says: {q2_told: "wrong side of 0.5"}


# %% answer="q2_filled"
def told_by_filled(table, outcome):
    from sklearn.metrics import roc_auc_score

    known = table[table[outcome].notna()]
    columns = [name for name in table if name != outcome]
    return {name: roc_auc_score(known[outcome], known[name].notna()) for name in columns}
