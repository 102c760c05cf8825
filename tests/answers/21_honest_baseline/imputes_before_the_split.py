# %% [raw]
# title: Fills and scales train and test together
# base: solution
# catches: imputes-before-split
# loses: {q4_train_only: 2}
# says: {q4_train_only: "something was learned from the test"}


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    from sklearn.linear_model import LogisticRegression

    train = train.dropna(subset=[outcome])
    both = pd.concat([train, test], ignore_index=True)
    x = both[numbers].fillna(both[numbers].median())
    x = (x - x.mean()) / x.std().replace(0, 1)
    for word in words:
        text = both[word].astype(object).where(both[word].notna(), "none").astype(str)
        for value in sorted(set(text[: len(train)])):
            x[f"{word}={value}"] = (text == value).astype(float)
    model = LogisticRegression(C=1e6, max_iter=1000).fit(x[: len(train)], train[outcome])
    return model.predict_proba(x[len(train) :])[:, 1]
