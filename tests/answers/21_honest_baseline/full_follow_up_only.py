# %% [raw]
# title: Keeps only those who were watched for the whole time
# base: solution
# catches: full-follow-up-only
# loses: {q1_form: 1, q1_late_events: 1, q1_not_known: 1, q1_early_events: 1, q6_form: 1, q6_counts: 1, q6_performance: 1}
# says: {q1_early_events: "that event is the outcome", q1_not_known: "stays in it as NaN", q1_late_events: "Rows are missing", q6_form: "leaves nobody with the outcome", q6_counts: "leaves nobody with the outcome"}


# %% answer="q1_outcome"
def outcome_by(table, horizon, days, event):
    kept = table[table[days] >= horizon]
    return (kept[event].eq(1) & kept[days].le(horizon)).astype(float)
