# %% [raw]
# title: Turns words into text, so that 2 becomes 2.0 where somebody has a gap
# base: solution
# catches: number-word-as-text
# loses: {q4_gaps: 1}
# says: {q4_gaps: "became another word"}


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    known = train[train[outcome].notna()]
    as_text = {word: str for word in words}
    model = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), words),
        ),
        LogisticRegression(C=1e6, max_iter=1000),
    )

    def prepared(table):
        return (
            table[numbers + words]
            .fillna({word: "none" for word in words if table[word].dtype == object})
            .astype(as_text)
        )

    model.fit(prepared(known), known[outcome])
    return model.predict_proba(prepared(test))[:, 1]
