# %% [raw]
# title: Leaves people whose group is empty out of the table
# base: solution
# catches: unrecorded-dropped
# loses: {q2_not_recorded: 1}
# says: {q2_not_recorded: "They go home too"}


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    rows = {name: o_to_e(part[outcome], part[risk]) for name, part in table.groupby(group)}
    return pd.DataFrame.from_dict(rows, orient="index")
