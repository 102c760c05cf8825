# %% [markdown]
# # What does it take to judge a model?
#
# The score is there. Five people write to you about it. A data scientist asks whether .75 is good. The nurse who would
# get its list asks how many of its names are wrong. A physician reads a risk of one in five and asks whether it is one in five. The night shift
# asks who is going to answer one more alarm. And a patient's daughter asks whether it was ever tried on people like her
# mother.
#
# None of the five can be answered with the others' number. That is why the same score can be praised on Monday and
# withdrawn on Friday.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## The lessons of this module
#
# {{ module_map }}

# %% [markdown]
# ## What you need first
#
# The start page, [00](00_start_here.ipynb). [Lesson 11](11_label_and_population.ipynb) shows how an
# [interval](glossary.ipynb#cell-id=interval) is made by
# drawing people, and [lesson 12](12_data_quality.ipynb) what is wrong with one of the tables; both help.
#
# Two models run through the module, and both are plain on purpose: one says who of the people of a county in Minnesota dies
# within five years of a blood sample, the other who of a group of smokers dies within ten years of a visit. A plain model leaves room
# for the question that counts: how would you know that it is good enough, and for whom? The people in these tables are
# real, many of them died, and their datasheets say what nobody may do with their records.
#
# ## How you will know
#
# Each lesson has an exercise in `my-work/`. Grade them together, in a terminal:
#
# ```
# python3 start.py grade 21_honest_baseline 22_performance 23_calibration 24_decision_curves 25_bias_testing
# ```
#
# Behind the last one stands what they show together: the points of responsibility R2, *Model validation and
# interpretation*, skill by skill. [The last page of this module](29_look_back_on_module_2.ipynb) says how to read it.
