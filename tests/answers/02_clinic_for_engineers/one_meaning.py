# %% [raw]
# title: Makes a dictionary of the list
# base: solution
# catches: one-meaning
# loses: {q5_words: 1}
# says: {q5_words: "may mean several things"}


# %% answer="q5_meanings"
import re


def meanings(note, abbreviations):
    one = dict(zip(abbreviations["abbreviation"], abbreviations["meaning"], strict=True))
    return {word: {one[word]} for word in re.findall(r"\w+", note) if word in one}
