# %% [raw]
# title: An empty word becomes the commonest one
# base: solution
# catches: gap-filled-with-the-commonest
# loses: {q4_gaps: 1}
# says: {q4_gaps: "the gap was filled with a word"}


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    known = train.dropna(subset=[outcome]).reset_index(drop=True)
    fill = {word: known[word].mode()[0] for word in words}
    model = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), words),
        ),
        LogisticRegression(C=1e6, max_iter=1000),
    )
    model.fit(known[numbers + words].fillna(fill), known[outcome])
    return model.predict_proba(test[numbers + words].fillna(fill))[:, 1]
