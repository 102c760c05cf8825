# %% [raw]
# title: Trains on rows whose words are all there
# base: solution
# catches: gap-dropped-silently
# loses: {q4_gaps: 1}
# says: {q4_gaps: "rows with a gap were dropped"}


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    known = train.dropna(subset=[outcome, *words])
    model = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), words),
        ),
        LogisticRegression(C=1e6, max_iter=1000),
    )
    model.fit(known[numbers + words], known[outcome])
    return model.predict_proba(test[numbers + words])[:, 1]
