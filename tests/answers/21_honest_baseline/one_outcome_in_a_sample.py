# %% [raw]
# title: Takes samples as they come, also without an event
# base: solution
# catches: one-outcome-sample
# loses: {q5_interval: 1}
# says: {q5_interval: "hold no event at all"}


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    from sklearn.metrics import roc_auc_score

    known = table.dropna(subset=[outcome])
    rows = list(known.groupby(person).indices.values())
    y, score, fired = (known[name].to_numpy(dtype=float) for name in (outcome, model, rule))
    dice = np.random.default_rng(seed)

    def sample():
        while True:
            i = np.concatenate([rows[k] for k in dice.integers(len(rows), size=len(rows))])
            if len(i):
                return i

    differences = []
    for _ in range(draws):
        i = sample()
        differences.append(roc_auc_score(y[i], score[i]) - roc_auc_score(y[i], fired[i]))
    a, b = roc_auc_score(y, score), roc_auc_score(y, fired)
    low, high = np.percentile(differences, [2.5, 97.5])
    return {"auc_model": a, "auc_rule": b, "difference": a - b, "low": low, "high": high}
