# %% [raw]
# title: Takes everybody who is not above for not above, in the note
# base: solution
# catches: missing-is-normal
# loses: {q7_counted: 2}
# says: {q7_counted: "'not_above' of another Friday"}


# %% answer="q7_numbers"
def note_numbers(results, people):
    counts = three_counts(people, 10)
    return counts | {"highest": highest(results), "not_above": len(people) - counts["above"]}
