# %% [raw]
# title: Makes the dummy out of the old value
# base: solution
# catches: dummy-from-the-value
# loses: {q2_nested: 1}
# says: {q2_nested: "The dummy holds the old value"}


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    new = deepcopy(dataset)
    if actions.get("PrivateAttributes") == "X":
        new.remove_private_tags()

    def act(parent, element):
        action = actions.get(element.keyword)
        if action == "X":
            del parent[element.tag]
        elif action == "Z":
            element.clear()
        elif action == "D":
            element.value = f"ANON-{element.value}"[:16]

    new.walk(act)
    return new
