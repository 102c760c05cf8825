# %% [markdown]
# # What can I now say about a model?
#
# The committee meets at two. You have five minutes, and the vendor has slides. You bring five sentences, and behind each
# of them a number with an interval that somebody else can compute again.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## Five sentences to keep
#
# - **Lesson 21, the baseline:** a model is only as good as the split that judged it: nobody in the test may have been met
#   before, nothing may come from after time zero, and a rule on paper must be beaten.
# - **Lesson 22, performance:** the predictive value belongs to the clinic, and even sensitivity moves with the people in front
#   of you; say it as people out of a thousand, with an interval that draws people.
# - **Lesson 23, calibration:** right on average can be wrong for the poorest; look at the curve, and by group.
# - **Lesson 24, worth:** the harms set the threshold; then the alarm has to beat "everybody" and "nobody" at that threshold.
# - **Lesson 25, for whom:** a gap without a base rate, a size and an interval is no finding; and no gap found is not
#   equal care.
#
# Each time one good number hid the one that mattered: an AUC hid a leak, a sensitivity hid a false alarm, an average hid the poor,
# a catch hid the cost of the others, and a fair table hid the people who were never followed up.
#
# ## The core set, and where you made it
#
# A task group asks every validation for four things
# ([what to report](../datasets/standards/README.md#core-performance)). You can now make all of them:
#
# | What | What it answers | Lesson |
# |:---|:---|:---|
# | AUROC | Do those with the outcome rank above those without? | lesson 22 |
# | Calibration plot | Does a risk of one in five mean one in five? | lesson 23 |
# | Net benefit with a decision curve | Is acting on it better than acting on all, or on none? | lesson 24 |
# | Plot of the predicted risks by outcome | How far apart are the two groups of people really? | lesson 22 |
#
# Lesson 21 decides whether the four mean anything, and lesson 25 asks for whom they hold, group by group.

# %% [markdown]
# ## What you have shown
#
# ```
# python3 start.py grade 21_honest_baseline 22_performance 23_calibration 24_decision_curves 25_bias_testing
# ```
#
# prints each exercise and then *These exercises together*: your points for each responsibility, and under it for each
# skill. Most points of this module count for R2; the notes and reports at the end of each exercise count for R4.
# [The last page of module 1](19_look_back_on_module_1.ipynb) says how to read such a table for gaps.
#
# ## Before you go on
#
# Take a model that is used where you work, or one from a paper, and write down for it: time zero and horizon; how train
# and test were separated; the threshold, and who chose it; whether anybody has seen its calibration; and the smallest
# group for which anybody has looked. What you cannot fill in is your letter to its maker.

# %% [markdown]
# ## Words of this module
#
# Say each in a sentence of your own, then follow it to ours.
#
# {{ glossary }}
