# %% [raw]
# title: Searches and cleans the first level of the file
# base: solution
# catches: first-level-only
# loses: {q1_nested: 1, q1_private: 1, q2_nested: 1, q2_private: 1}
# says: {q1_nested: "go down into each", q2_nested: "at every depth", q2_private: "inside a sequence"}


# %% answer="q1_find"
def find_everywhere(dataset, text):
    parts = [*dataset, *getattr(dataset, "file_meta", [])]
    parts = [element for element in parts if element.VR != "SQ"]
    return [e.keyword or str(e.tag) for e in parts if text.lower() in str(e.value).lower()]


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    new = deepcopy(dataset)
    for element in list(new):
        letter = actions.get("PrivateAttributes" if element.tag.is_private else element.keyword)
        if letter == "X":
            del new[element.tag]
        elif letter == "Z":
            element.clear()
        elif letter == "D":
            element.value = DUMMY[element.VR]
    return new
