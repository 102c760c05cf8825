# %% [raw]
# title: Types that nobody is unknown
# base: solution
# catches: typed-not-counted
# loses: {q7_counted: 2}
# says: {q7_counted: "'unknown' of another Friday"}


# %% answer="q7_numbers"
def note_numbers(results, people):
    counts = three_counts(people, 10)
    return {
        "highest": highest(results),
        "above": counts["above"],
        "not_above": counts["not_above"],
        "unknown": 0,
    }
