# %% [raw]
# title: Leaves private attributes, because they are not in the table by name
# base: solution
# catches: private-tags-kept
# loses: {q1_private: 1, q2_private: 1}
# says: {q1_private: "nothing says what is in there", q2_private: "removes them all"}


# %% answer="q1_find"
def find_everywhere(dataset, text):
    def walk(part, path):
        for element in part:
            if element.VR == "SQ":
                for number, item in enumerate(element.value):
                    yield from walk(item, f"{path}{element.keyword}[{number}].")
            elif element.keyword and text.lower() in str(element.value).lower():
                yield path + element.keyword

    return [*walk(dataset, ""), *walk(getattr(dataset, "file_meta", []), "")]


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    new = deepcopy(dataset)

    def act(parent, element):
        letter = actions.get(element.keyword)
        if letter == "X":
            del parent[element.tag]
        elif letter == "Z":
            element.clear()
        elif letter == "D":
            element.value = DUMMY[element.VR]

    new.walk(act)
    return new
