# %% [raw]
# title: Returns what it was given
# base: blank
# loses: all


# %% answer="q1_recorded"
def recorded(values, answers):
    return values


# %% answer="q2_composition"
def composition(table, person, group, served):
    return table


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    return table[score]


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    return table[need].iloc[0] - table[need].iloc[1]


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, seed):
    return figure(table), figure(table)


# %% answer="q6_review"
def review(table, inputs, gap):
    return table


# %% answer="q7_limits"
def limits(table):
    return table


# %% answer="q7_record"
def croissant_record(path, person, who_not):
    return path
