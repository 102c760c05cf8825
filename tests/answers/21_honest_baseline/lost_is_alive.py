# %% [raw]
# title: Nobody who was lost from sight has died
# base: solution
# catches: censored-is-alive
# loses: {q1_not_known: 1}
# says: {q1_not_known: "No news is not good news"}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    return ((table[event] == 1) & (table[days] <= horizon)).astype(float)
