# %% [raw]
# title: Counts a tie as won
# base: solution
# catches: ties-not-halved
# loses: {q4_ties: 1}
# says: {q4_ties: "neither of the two is ahead"}


# %% answer="q4_auc"
def auc(outcome: pd.Series, score: pd.Series) -> float:
    """The share of pairs in which the one with the outcome has the higher score."""
    ill, well = score[outcome == 1].to_numpy(), score[outcome == 0].to_numpy()
    if not len(ill) or not len(well):
        return float("nan")
    return float((ill[:, None] >= well).mean())
