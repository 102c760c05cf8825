# %% [raw]
# title: Loops, lists and dicts; get_dummies; statsmodels; AUC from pairs
# base: blank
# loses: {}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    values = []
    for day, seen in zip(table[days], table[event], strict=True):
        if seen == 1 and day <= horizon:
            values.append(1)
        elif day >= horizon:
            values.append(0)
        else:
            values.append(None)
    return pd.Series(values, index=table.index, dtype="Float64")


# %% answer="q2_usable"
def usable(codebook):
    names = []
    for _, row in codebook.iterrows():
        if not pd.isna(row["known_day"]) and row["known_day"] <= 0:
            names.append(row["column"])
    return names


# %% answer="q2_filled"
def auc_of(yes, no):
    won = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a in yes for b in no)
    return won / (len(yes) * len(no))


def told_by_filled(table, outcome):
    found = {}
    for name in table.columns:
        if name == outcome:
            continue
        yes, no = [], []
        for y, value in zip(table[outcome], table[name], strict=True):
            if y == 1:
                yes.append(0 if pd.isna(value) else 1)
            elif y == 0:
                no.append(0 if pd.isna(value) else 1)
        auc = auc_of(yes, no)
        found[name] = auc if auc >= 0.5 else 1 - auc
    return found


# %% answer="q3_people"
def split_people(table, person, share, seed):
    import random

    people = sorted(set(table[person]))
    drawn = set(random.Random(seed).sample(people, int(share * len(people) + 0.999)))
    is_test = [who in drawn for who in table[person]]
    return table[[not t for t in is_test]], table[is_test]


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    records = table.to_dict("records")
    train = [row for row in records if row[year] < first_test_year]
    met = {row[person] for row in train}
    test = [row for row in records if row[year] >= first_test_year and row[person] not in met]
    return pd.DataFrame(train), pd.DataFrame(test)


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    import statsmodels.api as sm

    train = train[train[outcome].notna()].reset_index(drop=True)
    test = test.reset_index(drop=True)
    fit_x, new_x = {}, {}
    for name in numbers:
        middle = train[name].median()
        fit_x[name], new_x[name] = train[name].fillna(middle), test[name].fillna(middle)
        mean, spread = fit_x[name].mean(), fit_x[name].std(ddof=0)
        fit_x[name], new_x[name] = (fit_x[name] - mean) / spread, (new_x[name] - mean) / spread
    for name in words:
        old = ["?" if pd.isna(value) else value for value in train[name]]
        new = ["?" if pd.isna(value) else value for value in test[name]]
        for value in set(old):
            fit_x[f"{name} {value}"] = [float(v == value) for v in old]
            new_x[f"{name} {value}"] = [float(v == value) for v in new]
    x = sm.add_constant(pd.DataFrame(fit_x).astype(float), has_constant="add")
    fit = sm.GLM(train[outcome].astype(float), x, family=sm.families.Binomial()).fit_regularized(
        alpha=0.0, L1_wt=0.0
    )
    return list(fit.predict(sm.add_constant(pd.DataFrame(new_x).astype(float), has_constant="add")))


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    pairs = [(v, y) for v, y in zip(train[column], train[outcome], strict=True) if not pd.isna(y)]
    n_yes = sum(y == 1 for _, y in pairs)
    best = None
    for cut in sorted({v for v, _ in pairs if not pd.isna(v)}):
        hit = sum(y == 1 and v >= cut for v, y in pairs)
        false = sum(y == 0 and v >= cut for v, y in pairs)
        worth = hit * (len(pairs) - n_yes) - false * n_yes
        if best is None or worth > best[0]:
            best = (worth, cut)
    return [1 if value >= best[1] else 0 for value in test[column]]


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    from scipy.stats import rankdata

    people = {}
    for row in table[[person, outcome, model, rule]].itertuples(index=False):
        if not pd.isna(row[1]):
            people.setdefault(row[0], []).append((float(row[1]), float(row[2]), float(row[3])))
    people = [np.array(rows) for rows in people.values()]

    def auc(y, score):
        ranks, n = rankdata(score), y.sum()
        return (ranks[y == 1].sum() - n * (n + 1) / 2) / (n * (len(y) - n))

    def both(rows):
        a, b = auc(rows[:, 0], rows[:, 1]), auc(rows[:, 0], rows[:, 2])
        return a, b, a - b

    dice = np.random.RandomState(seed)
    seen = []
    while len(seen) < draws:
        rows = np.concatenate([people[i] for i in dice.choice(len(people), len(people))])
        if 0 < rows[:, 0].sum() < len(rows):
            seen.append(both(rows)[2])
    values = both(np.concatenate(people))
    ends = [np.percentile(seen, 2.5), np.percentile(seen, 97.5)]
    return dict(zip(("auc_model", "auc_rule", "difference", "low", "high"), [*values, *ends], strict=True))


# %% answer="q6_report"
def report(table):
    rows = table.copy()
    rows["outcome"] = list(outcome_by(table, HORIZON, "dtime", "death").astype(float))
    train, test = split_time(rows, "pid", "year", FIRST_TEST_YEAR)
    test["score"] = risks(train, test, NUMBERS, WORDS, "outcome")
    test["card"] = nurse_rule(train, test, "nodes", "outcome")
    answer = against_rule(test, "score", "card", "outcome", "pid", 100, 21)
    count = against_rule(test, "score", "nodes", "outcome", "pid", 100, 21)
    answer |= {"auc_count": count["auc_rule"], "low_count": count["low"], "high_count": count["high"]}
    for name, part in (("train", train), ("test", test)):
        answer[name] = int((part["outcome"] >= 0).sum())
        answer[name + "_events"] = int((part["outcome"] == 1).sum())
        answer["not_known_" + name] = len(part) - answer[name]
    return answer
