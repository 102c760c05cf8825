# %% [markdown]
# # What am I asked to do?
#
# Tuesday, 8:10. You are the AI healthcare specialist of a hospital. Four messages wait:
#
# - *"We have the data for the new model. Is it fit to use?"* You look after the **data**: its quality, the privacy of
#   the people in it, what it may be used for.
# - *"The vendor says it is very accurate. Is it?"* You **validate** the model: is it right, for whom, and here as well?
# - *"Where should the alert appear, and who answers it?"* You bring it into **clinical work**, safely.
# - *"The ward asks what the score means."* You **translate** between the people who build and the people who care.
#
# Each lesson practises one of these on real data, and its exercise checks that you can do it.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## Run a cell
#
# A notebook is a page of text and code cells. Click on the cell below and press **Shift + Enter**: the code runs, its
# result appears under it, and you are in the next cell.

# %%
import pandas as pd

people = pd.read_csv("../datasets/nhefs/nhefs.csv")
len(people)

# %% [markdown]
# You have read a table of 1,629 people who smoked in the early 1970s: one row for each person, one column for each question.
#
# ## Predict, then run
#
# Most cells come with a question. Write your guess down first, on paper if you like: a wrong guess teaches more than
# a result you only looked at. **Line them up by
# cigarettes a day: how many does the person in the middle smoke?**

# %%
print(people["smokeintensity"].median())

# %% [markdown]
# Twenty: one packet.
#
# *New to pandas?* `people["smokeintensity"]` picks one column; `.median()` is its middle value.
#
# *New to the ward?* The column holds what people said, not what anybody counted. **How many, would you guess, said
# exactly 20?**

# %%
print((people["smokeintensity"] == 20).sum())

# %% [markdown]
# 585 of 1,629. Packets come in twenties, and so do answers: a table keeps how a question was asked and answered.
#
# ## Restart
#
# Cells remember what ran before them, in the order in which *you* ran them. When something odd happens, choose
# **Run > Restart Kernel and Run All Cells…**: everything is forgotten and runs again from the top. Nothing that you
# wrote is lost. A cell that shows `[*]` is still running; the square button ■ stops it.

# %% [markdown]
# ## Do an exercise
#
# 1. Click the folder symbol above the file list on the left (beside `/ notebooks /`), then open `my-work`, then
#    `12_data_quality`, then the notebook in it. It is your own copy; nothing ever overwrites it.
# 2. Write where a cell says `Your answer goes here`, and delete that line. Leave the test cells as they are.
# 3. **Validate**, above the notebook, runs the tests that you can see; it takes about ten seconds. For each failing test
#    it shows Python's own long message: read only the last line. "Your answer goes here" means not answered yet; any
#    other sentence says what is wrong. Start with the first. (*Run All* stops at the first item without an answer: to
#    try a later one, run its cells one by one.)
# 4. Save. Open a terminal (**File > New > Terminal**), type `python3 start.py grade 12_data_quality`, and press Enter.
#    This also runs the hidden tests, on data that you have not seen, and prints what you earned and what to read again.
# 5. The page `my-work/feedback/12_data_quality.html` says the same item by item. Mend, and grade again, as often as
#    you like. Written answers are read by a person.
#
# On Windows write `py start.py` instead of `python3 start.py`.

# %% [markdown]
# ## Hand in, and start again
#
# **With an instructor:** a course server has a menu **Nbgrader > Assignment List**: fetch and submit there. Without a
# server, upload the notebook from `my-work/` wherever your instructor asks for it.
#
# **Start again:** `python3 start.py fresh 12_data_quality` puts a new copy in place and keeps the old one under another
# name. Close its tab first; if JupyterLab asks about a changed file, choose *Revert*.

# %% [markdown]
# ## The course
#
# {{ course_map }}

# %% [markdown]
# **Next:** [Can I trust this table?](12_data_quality.ipynb)
