# %% [raw]
# title: Finds an abbreviation inside a longer word
# base: solution
# catches: inside-a-word
# loses: {q5_words: 1}
# says: {q5_words: "inside a longer word"}


# %% answer="q5_meanings"
def meanings(note, abbreviations):
    found = {}
    for word, meaning in zip(abbreviations["abbreviation"], abbreviations["meaning"], strict=True):
        if word in note:
            found.setdefault(word, set()).add(meaning)
    return found
