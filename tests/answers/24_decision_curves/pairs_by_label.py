# %% [raw]
# title: Pairs by row label
# base: solution
# catches: paired-by-label
# loses: {q2_everybody_counts: 1}
# says: {q2_everybody_counts: "row labels"}


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    fell = fell if isinstance(fell, pd.Series) else pd.Series(fell)
    risk = risk if isinstance(risk, pd.Series) else pd.Series(risk)
    y = fell[risk >= t]
    return (y.sum() - (len(y) - y.sum()) * t / (1 - t)) / len(fell)
