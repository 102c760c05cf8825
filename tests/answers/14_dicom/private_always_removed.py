# %% [raw]
# title: Removes private attributes whatever the actions say
# base: solution
# catches: more-than-asked
# loses: {q2_private: 1}
# says: {q2_private: "what no action names stays"}


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    new = deepcopy(dataset)
    new.remove_private_tags()

    def act(parent, element):
        action = actions.get(element.keyword)
        if action == "X":
            del parent[element.tag]
        elif action == "Z":
            element.clear()
        elif action == "D":
            element.value = DUMMY[element.VR]

    new.walk(act)
    return new
