# %% [raw]
# title: GroupShuffleSplit, a pipeline with an imputer for words, ROC curve for the cut, NumPy arrays
# base: blank
# loses: {}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    day, seen = table[days].to_numpy(), table[event].to_numpy(dtype=bool)
    y = np.full(len(table), np.nan)
    y[day >= horizon] = 0
    y[seen & (day <= horizon)] = 1
    return pd.Series(y, table.index)


# %% answer="q2_usable"
def usable(codebook):
    return list(codebook.query("known_day <= 0").column)


# %% answer="q2_filled"
def told_by_filled(table, outcome):
    table = table[table[outcome].notna()]
    filled = table.drop(columns=outcome).notna()
    gap = filled[table[outcome] == 1].mean() - filled[table[outcome] == 0].mean()
    return (0.5 + gap.abs() / 2).to_dict()


# %% answer="q3_people"
def split_people(table, person, share, seed):
    from sklearn.model_selection import GroupShuffleSplit

    cut = GroupShuffleSplit(n_splits=1, test_size=share, random_state=seed)
    train, test = next(cut.split(table, groups=table[person]))
    return table.iloc[train], table.iloc[test]


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    first = table.groupby(person)[year].transform("min").to_numpy()
    return table.query(f"`{year}` < @first_test_year").copy(), table[first >= first_test_year].copy()


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    number = Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", StandardScaler())])
    word = Pipeline(
        [
            ("fill", SimpleImputer(strategy="constant", fill_value="missing")),
            ("dummies", OneHotEncoder(handle_unknown="ignore", drop=None)),
        ]
    )
    model = Pipeline(
        [
            ("prepare", ColumnTransformer([("numbers", number, numbers), ("words", word, words)])),
            ("fit", LogisticRegression(C=1e6, max_iter=1000)),
        ]
    )
    known = train[train[outcome].notna()]
    change = {name: object for name in words}
    model.fit(known[numbers + words].astype(change), known[outcome].astype(int))
    return pd.Series(model.predict_proba(test[numbers + words].astype(change))[:, 1], index=test.index)


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    from sklearn.metrics import roc_curve

    known = train[train[outcome].notna()]
    false, hit, cuts = roc_curve(
        known[outcome], known[column].fillna(-np.inf).clip(lower=-1e9), drop_intermediate=False
    )
    real = np.isin(cuts, known[column])
    worth = np.round(hit - false, 9)[real]
    return np.where(test[column] >= cuts[real][worth == worth.max()].min(), 1, 0)


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    from sklearn.metrics import roc_auc_score

    known = table[table[outcome].notna()].reset_index(drop=True)
    ids = known[person].unique()
    by_id = dict(known.groupby(person).groups)
    np.random.seed(seed)

    def gain(rows):
        return roc_auc_score(rows[outcome], rows[model]) - roc_auc_score(rows[outcome], rows[rule])

    drawn = []
    while len(drawn) < draws:
        sample = known.loc[np.hstack([by_id[i] for i in np.random.choice(ids, len(ids))])]
        if sample[outcome].nunique() == 2:
            drawn.append(gain(sample))
    result = pd.Series(
        {"difference": gain(known), "low": np.quantile(drawn, 0.025), "high": np.quantile(drawn, 0.975)}
    )
    result["auc_model"] = roc_auc_score(known[outcome], known[model])
    result["auc_rule"] = roc_auc_score(known[outcome], known[rule])
    return dict(result)


# %% answer="q6_report"
def report(table):
    table = table.reset_index(drop=True)
    table["y"] = outcome_by(table, HORIZON, "dtime", "death")
    train, test = split_time(table, "pid", "year", FIRST_TEST_YEAR)
    test["risk"] = risks(train, test, NUMBERS, WORDS, "y")
    test["rule"] = nurse_rule(train, test, "nodes", "y")
    found = against_rule(test, "risk", "rule", "y", "pid", draws=100, seed=21)
    count = against_rule(test, "risk", "nodes", "y", "pid", draws=100, seed=21)
    found.update(auc_count=count["auc_rule"], low_count=count["low"], high_count=count["high"])
    for name, part in {"train": train, "test": test}.items():
        found[name] = part.y.count()
        found[f"{name}_events"] = part.y.sum()
        found[f"not_known_{name}"] = np.isnan(part.y).sum()
    return found
