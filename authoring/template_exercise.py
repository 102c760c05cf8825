# %% [markdown]
# # The exercise's title
#
# A short scene that is not the lesson's. Copy this file to `authoring/exercises/NN_topic.py`, put the exercise into
# `syllabus.yml`, and its right and wrong answers into `tests/answers/NN_topic/`.

# %% [markdown]
# {{ exercise_card }}

# %%
import pandas as pd

people = pd.read_csv("data/nhefs.csv")

# %% [markdown]
# ## 1. The share of yes (3 points)
#
# Write `share_of_yes(answers)`: of the people whose answer is known, which share said yes? `answers` is a Series of
# 1 (yes), 0 (no) and 2 (not known); the result is a number from 0 to 1.
#
# For the answers 1, 0, 0, 2 the result is one third.


# %% answer="q1_share_of_yes"
def share_of_yes(answers):
    """The share of yes among known answers."""
    ### BEGIN SOLUTION
    known = answers[answers != 2]
    return (known == 1).mean()
    ### END SOLUTION


# %% test="q1_form" points=1 objective="11.1"
result = share_of_yes(pd.Series([1, 0, 0, 2]))
assert 0 <= result <= 1, "A share lies between 0 and 1: look at what you divide by."
assert abs(result - 1 / 3) < 1e-9, "A 2 stands for no answer; it is neither a yes nor a person who was asked."

# %% test="q1_other_people" points=2 objective="11.1"
# Hidden tests: other people, in another order.
### BEGIN HIDDEN TESTS
for yes, no, unknown in [(3, 5, 0), (1, 9, 40), (7, 0, 2)]:
    answers = pd.Series([2] * unknown + [1] * yes + [0] * no, index=range(100, 100 + yes + no + unknown))
    assert abs(share_of_yes(answers) - yes / (yes + no)) < 1e-9, (
        "People without an answer must not count, neither above nor below the line."
    )
### END HIDDEN TESTS
