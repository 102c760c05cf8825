# %% [markdown]
# # The learner's question, in plain clinical words?
#
# A person with a problem comes first: who stands where, on which day, with what in front of them, and what
# they have to decide. Three or four sentences. Copy this file to `authoring/lessons/NN_topic.py` and give the
# lesson its place in `syllabus.yml`; the heading above and the title there must be the same.

# %% [markdown]
# {{ lesson_card }}

# %%
import pandas as pd

people = pd.read_csv("../datasets/nhefs/nhefs.csv")
people["hbp"].mean()

# %% [markdown]
# One idea a cell. Say what the number means to a patient before you say what is wrong with it: `hbp` should be 1
# or 0, so its mean should be a share, and it is above 1. **Write down your guess why, then run the next cell.**
#
# *New to pandas?* One line of help for each new piece of code.
# *New to the ward?* One line of help for each new clinical word.

# %%
people["hbp"].value_counts().sort_index()

# %% [markdown]
# Every number in the prose is shown by a cell beside it: 791 of the 1,629 people carry a 2, which the codebook
# calls missing.

# %%
assert len(people) == 1629

# %% [markdown]
# **Decision point.** State the choice, who carries the harm of each side, what we choose, and why.

# %%
import matplotlib.pyplot as plt

from curriculum.figures import show

plt.style.use("curriculum.course")
shares = people["hbp"].map({0: "no", 1: "yes", 2: "not known"}).value_counts(normalize=True)
fig, ax = plt.subplots(figsize=(7, 2.6))
ax.barh(shares.index, 100 * shares)
ax.set(title="For almost half the people, high blood pressure is not known", xlabel="Share of people (%)")
show(
    fig,
    f"Bar chart of 1,629 people: {shares['not known']:.0%} have no known answer, {shares['yes']:.0%} answered yes.",
)

# %% [markdown]
# ## Take-away
#
# - Three to five lines that a learner will still use in a year.
#
# **Say it to the ward:** one sentence that a colleague can repeat.
#
# **Now you:** the exercise that follows, in `my-work/`.
#
# ## Further reading
#
# - Author, title, year, with a DOI that somebody has opened.
