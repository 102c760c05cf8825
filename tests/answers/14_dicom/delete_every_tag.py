# %% [raw]
# title: Keeps the pixels and deletes whatever the plan does not empty or replace
# base: solution
# catches: delete-every-tag
# loses: {q2_nested: 1, q2_private: 1, q2_keeps: 1}
# says: {q2_keeps: "nobody can measure or compare", q2_nested: "only X takes away"}


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    new = deepcopy(dataset)
    for element in list(new):
        letter = actions.get(element.keyword, "X")
        if element.tag.group in (0x0028, 0x7FE0):
            continue
        if letter == "Z":
            element.clear()
        elif letter == "D":
            element.value = DUMMY[element.VR]
        else:
            del new[element.tag]
    return new
