# %% [raw]
# title: Compares the model with a coin
# base: solution
# catches: no-baseline
# loses: {q5_difference: 1, q5_interval: 1}
# says: {q5_difference: "what people can do without it", q5_interval: "between model and rule"}


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    from sklearn.metrics import roc_auc_score

    known = table.dropna(subset=[outcome])
    rows = list(known.groupby(person).indices.values())
    y, score = known[outcome].to_numpy(), known[model].to_numpy()
    dice = np.random.default_rng(seed)
    gains = []
    for _ in range(draws):
        i = np.concatenate([rows[k] for k in dice.integers(len(rows), size=len(rows))])
        gains.append(roc_auc_score(y[i], score[i]) - 0.5)
    low, high = np.percentile(gains, [2.5, 97.5])
    auc = roc_auc_score(y, score)
    return {
        "auc_model": auc,
        "auc_rule": roc_auc_score(y, known[rule]),
        "difference": auc - 0.5,
        "low": low,
        "high": high,
    }
