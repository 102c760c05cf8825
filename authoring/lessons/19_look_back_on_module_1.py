# %% [markdown]
# # What can I now say about data?
#
# It is Friday. The four messages of Monday are answered, and somebody who was not there asks you why. You say it in
# four sentences, one for each lesson, and you have a table for each.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## Four sentences to keep
#
# - **Lesson 11, the label:** a score finds the people whom its label describes. A label of cost finds people who got care, not
#   people who needed it, and leaving a group's name out changes nothing about that.
# - **Lesson 12, the table:** before anything is dropped or filled in, count who is missing, by group, with an interval.
# - **Lesson 13, sharing:** what singles a person out is the combination. Taking the names away is not enough, and a released
#   table cannot be called back.
# - **Lesson 14, the picture:** identity stands in every corner of a file. What counts is the one name that was left, not the
#   share that was removed.
#
# In all four the naive answer looked finished: accurate for everybody, no empty cell, no name in sight. Each time it
# was one more question that told otherwise.

# %% [markdown]
# ## What you have shown
#
# ```
# python3 start.py grade 11_label_and_population 12_data_quality 13_privacy 14_dicom
# ```
#
# prints each exercise and then *These exercises together*: your points for each responsibility, and under it for each
# skill. Most points of this module count for R1; the documents at the end of each exercise count for R4, because they
# are written for somebody else.
#
# Read it for gaps, not for the total. A skill with few points earned out of many is a page to read again; a skill with
# few points *possible* is one that this module hardly measures, and your result there says little. Written answers are
# not in it: a person reads them.
#
# ## Before you go on
#
# Take a table from your own work, or its description when you may not open it, and write down for it: what its label
# records, who is missing, who could be singled out, and where a name might still stand. If you cannot answer one of the
# four, you know what to ask on Monday.

# %% [markdown]
# ## Words of this module
#
# Say each in a sentence of your own, then follow it to ours.
#
# {{ glossary }}
