# %% [raw]
# title: Draws rows for the interval
# base: solution
# catches: row-bootstrap
# loses: {q5_interval: 1}
# says: {q5_interval: "far too narrow"}


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    from sklearn.metrics import roc_auc_score

    known = table.dropna(subset=[outcome])
    y, score, fired = (known[name].to_numpy() for name in (outcome, model, rule))
    dice = np.random.default_rng(seed)
    differences = []
    for _ in range(draws):
        i = dice.integers(len(y), size=len(y))
        differences.append(roc_auc_score(y[i], score[i]) - roc_auc_score(y[i], fired[i]))
    a, b = roc_auc_score(y, score), roc_auc_score(y, fired)
    low, high = np.percentile(differences, [2.5, 97.5])
    return {"auc_model": a, "auc_rule": b, "difference": a - b, "low": low, "high": high}
