# %% [raw]
# title: Takes the AUC for the share put right at a half
# base: solution
# catches: auc-is-share-right
# loses: {q4_pairs: 1, q4_ties: 1, q4_order: 1}
# says: {q4_pairs: "no share of people put right", q4_order: "another scale"}


# %% answer="q4_auc"
def auc(outcome, score):
    return float(((score >= 0.5) == (outcome == 1)).mean())
