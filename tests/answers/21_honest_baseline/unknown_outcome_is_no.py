# %% [raw]
# title: Takes rows whose outcome is not known for rows without the event
# base: solution
# catches: not-known-is-no
# loses: {q2_told: 1, q4_not_known: 1, q5_difference: 1}
# says: {q2_told: "outcome is not known", q4_not_known: "neither yes nor no", q5_difference: "neither yes nor no"}


# %% answer="q2_filled"
def told_by_filled(table, outcome):
    from sklearn.metrics import roc_auc_score

    y = table[outcome].fillna(0)
    found = {name: roc_auc_score(y, table[name].notna()) for name in table.columns.drop(outcome)}
    return {name: max(auc, 1 - auc) for name, auc in found.items()}


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    model = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), words),
        ),
        LogisticRegression(C=1e6, max_iter=1000),
    )
    model.fit(train[numbers + words], train[outcome].fillna(0))
    return model.predict_proba(test[numbers + words])[:, 1]


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    from sklearn.metrics import roc_auc_score

    y = table[outcome].fillna(0).to_numpy()
    score, fired = table[model].to_numpy(), table[rule].to_numpy()
    rows = list(table.groupby(person).indices.values())
    dice = np.random.default_rng(seed)

    def both(i):
        return roc_auc_score(y[i], score[i]), roc_auc_score(y[i], fired[i])

    differences = []
    while len(differences) < draws:
        i = np.concatenate([rows[k] for k in dice.integers(0, len(rows), len(rows))])
        if len(set(y[i])) == 2:
            a, b = both(i)
            differences.append(a - b)
    a, b = both(np.arange(len(y)))
    low, high = np.quantile(differences, [0.025, 0.975])
    return {"auc_model": a, "auc_rule": b, "difference": a - b, "low": low, "high": high}
