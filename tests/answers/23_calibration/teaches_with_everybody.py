# %% [raw]
# title: Lets the people who judge teach as well, as with predictions on the training rows
# base: solution
# catches: trains-on-the-judges
# loses: {q6_judges: 2}
# says: {q6_judges: "have taught as well"}


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    new = table[~table[teach]]
    after = o_to_e(new[outcome], pd.Series(recalibrate(table[outcome], table[risk], new[risk])))
    before = o_to_e(new[outcome], new[risk])
    return {
        "n": len(new),
        "before": before["ratio"],
        "after": after["ratio"],
        "low": after["low"],
        "high": after["high"],
    }
