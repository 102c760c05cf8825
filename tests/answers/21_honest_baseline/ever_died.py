# %% [raw]
# title: Whoever died at any time is a 1
# base: solution
# catches: horizon-ignored
# loses: {q1_late_events: 1}
# says: {q1_late_events: "not an event within the horizon"}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    result = pd.Series(np.nan, index=table.index)
    result[table[days] >= horizon] = 0.0
    result[table[event] == 1] = 1.0
    return result
