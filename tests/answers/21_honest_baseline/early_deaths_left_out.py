# %% [raw]
# title: Sets those who died early aside as not evaluable
# base: solution
# catches: early-deaths-left-out
# loses: {q1_early_events: 1}
# says: {q1_early_events: "no reason to be left out"}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    yes = (table[event] == 1) & (table[days] <= horizon)
    no = (table[days] >= horizon) & ~yes
    y = pd.Series(np.select([yes, no], [1.0, 0.0], np.nan), index=table.index)
    return y.mask(yes & (table[days] < 100))
