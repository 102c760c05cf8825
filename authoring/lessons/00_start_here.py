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
# A **model** is a program that has learned from many patients and gives a number for the next one, its **score**. An
# **alert** is what appears on a screen when the score is high. The vendor is the firm that sells the model.

# %% [markdown]
# {{ lesson_card }}

# %% [markdown]
# ## Your first picture
#
# A notebook is a page of text and of grey **cells** with code. Click on the cell below and press **Shift + Enter**: the
# code runs, and its result appears under it. Nothing here can break, and you need not understand the code yet.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from curriculum.figures import show

plt.style.use("curriculum.course")
people = pd.read_csv("../datasets/nhefs/nhefs.csv")
answers = people["smokeintensity"].value_counts()

fig, ax = plt.subplots(figsize=(8, 3.8))
ax.bar(answers.index, answers)
ax.annotate(f"20 a day: {answers[20]} people", (21, answers[20] - 25))
ax.set(xlabel="Cigarettes a day, as the person said", ylabel=f"People, of {len(people):,}", xlim=(0, 82))
ax.set_title("More than a third say exactly 20 a day")
show(fig, f"Bars by cigarettes a day. 20: {answers[20]} of {len(people):,} people; then 10, 30 and 40.")

# %% [markdown]
# You have drawn the answers of 1,629 people who smoked, asked in the United States in the early 1970s. 585 of them, 36 %,
# said 20: a packet.

# %%
print(f"{len(people):,} people, {answers[20] / len(people):.0%} of them said 20")
people[["seqn", "age", "smokeintensity"]].head(3)

# %% [markdown]
# A **table** has one row for each thing that it is about, here a person, and one **column** for each question. `seqn`
# is the number of the person in the survey. The people are real; nobody may try to find out who they are.
#
# *New to pandas?* It is the collection of ready-made code for tables that this course uses; here it is called `pd`.
#
# *New to the ward?* Tables from a hospital look like this one: somebody asked, somebody answered, somebody wrote it down.
#
# ## Predict, then run
#
# Most cells come with a question in bold. Write your guess down first, on paper if you like: a wrong guess teaches more
# than a result that you only looked at. **585 people said 20. How many said 19, and how many 21?**

# %%
said = people["smokeintensity"]
for number in [19, 20, 21]:
    print(number, "a day:", (said == number).sum(), "people")

# %% [markdown]
# *New to pandas?* `people["smokeintensity"]` picks one column; `== 19` asks each row yes or no; `.sum()` counts the yes.
#
# One person, and nobody. Did nobody smoke 21? More likely nobody counts: people answer in packets and in tens, so a
# column of numbers can be a column of round answers.
#
# ## Where it bites
#
# The hospital wants to offer "heavy smokers" a place in a programme. One message says "20 or more", the next one "more than
# 20". **What part of the 1,629 does that one word move?**

# %%
print(f"20 or more:   {(said >= 20).sum()} people, {(said >= 20).mean():.0%}")
print(f"more than 20: {(said > 20).sum()} people, {(said > 20).mean():.0%}")

# %% [markdown]
# 64 % or 28 %. The same 585 people are in or out, and some of them may smoke more than they said.
#
# **Decision point.** Which rule goes into the program? Whoever is left out by a word gets no offer, and never hears why;
# whoever is let in by it may take a place from somebody who smokes more. You do not choose alone: you show both counts to
# those who run the programme, and write down what they meant. That was three of the four messages in one line: data,
# clinical work and translation.
#
# ## Restart
#
# A notebook remembers what ran, in the order in which *you* ran it. **Run the next two cells, then the second one once
# more. What will it print?**

# %%
cups = 0

# %%
cups = cups + 1
print(cups)

# %% [markdown]
# Each run adds one, though nothing on the page has changed. When something odd happens, choose **Run > Restart Kernel and
# Run All Cells…** in the menu: the **kernel**, the program that runs your cells, forgets everything and starts from the
# top. Nothing that you wrote is lost. A cell that shows `[*]` is still running; the square button ■ stops it.

# %% [markdown]
# ## Deep in one, at home in the other
#
# The role is called **T-shaped**: the upright of the T is what you know deeply, its bar is what you know well enough to
# talk with the others. A nurse, a physician or a pharmacist brings the patients along and learns to read code and numbers;
# that is lesson 01. An engineer or a data scientist brings the code along and learns how a hospital works; that is lesson 02.

# %% [markdown]
# ## Which lesson comes next? Twelve questions
#
# The exercise *Where do I begin?* asks six questions about code and small tables and six about a hospital. It takes about a
# quarter of an hour and is no examination: "I do not know yet" is an answer. At the end it says whether you need lesson 01,
# lesson 02, both or neither, and why. It is also how every exercise works:
#
# 1. **Find it.** Click the folder symbol above the file list on the left (beside `/ notebooks /`), then open `my-work`, then
#    `00_start_here`, then the notebook in it. It is your own copy.
# 2. **Answer** where a cell says `Your answer goes here`, in place of that line. Never seen code, or never been on a ward?
#    `"?"` six times is the shortest way through that part. Leave the cells with tests as they are: a **test** is a piece of
#    code that looks at your answer.
# 3. **Validate.** This button above the notebook runs the tests that you can see, in about ten seconds. For each one that
#    fails it shows a long message: read only the last line. "Your answer goes here" means not answered yet. (*Run All*
#    stops at the first question without an answer.)
# 4. **Save** (Ctrl + S, on a Mac Command + S).
# 5. **Grade yourself.** Come back to this page and run the cell under *Where you stand*, near its end, with its `#` taken
#    away. At home in a terminal, a page for typed commands (**File > New > Terminal**)? There it is
#    `python3 start.py grade 00_start_here`; on Windows begin with `py` in place of `python3`, here and below. Both also
#    run the **hidden tests**, which you cannot see, and say what you earned and what to do next.
# 6. **Read the feedback**, `my-work/feedback/00_start_here.html`: it says the same question by question. Mend what you like,
#    save, and grade again, as often as you like.
#
# Later exercises also ask for a few written lines. A person reads those, with a list of what to look for.

# %% [markdown]
# ## Hand in, and start again
#
# **On your own:** there is nothing to hand in; your grades stay on this machine. **With an instructor:** a course server
# has a menu **Nbgrader > Assignment List**: fetch and submit there. Without a server, upload the notebook from `my-work/`
# wherever your instructor asks for it.
#
# **Start again:** `python3 start.py fresh 00_start_here` puts a new copy in place and keeps the old one under another
# name. Close its tab first; if JupyterLab, the program in which you read this, asks about a changed file, choose *Revert*.

# %% [markdown]
# ## Your path
#
# Find the row that is most like you. The twelve questions decide better than the job: a nurse who codes needs no lesson 01.
#
# {{ paths }}

# %% [markdown]
# ## The course
#
# {{ course_map }}
#
# ## Where you stand
#
# The next cell says what comes next, and draws the same map with what you have earned. Run it again whenever you like.
# **Once the twelve questions are answered and saved,** take the `#` and the space behind it away: then it grades them first.

# %%
from curriculum import journey

# journey.grade_myself("00_start_here")
journey.show_map()

# %% [markdown]
# ## Take-away
#
# - The role has four responsibilities: data, validation, clinical work, translation. One question often touches several.
# - Predict, run, compare. When something is odd, restart and run all.
# - A column holds what somebody said or wrote, in the way in which they were asked.
#
# **Say it to the ward:** "You write 20, and a computer believes 20. Tell me how you ask, and I will tell those who build."
#
# **Now you:** the exercise *Where do I begin?*, in `my-work/00_start_here/`. Then the lesson that it names, or
# [module 1](10_about_module_1.ipynb).
#
# ## Further reading
#
# - Russell RG et al. Competencies for the use of artificial intelligence-based tools by health care professionals. Academic Medicine 2023;98(3):348-356. [doi:10.1097/ACM.0000000000004963](https://doi.org/10.1097/ACM.0000000000004963)
# - The [datasheet of nhefs](../datasets/nhefs/datasheet.md): who is in the table, and what is wrong with it.
