# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_find"
class Anything:
    """Equal to everything, true, and every attribute of it is itself."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __getitem__(self, key):
        return self

    def __iter__(self):
        return iter([self, self])

    def __len__(self):
        return 2

    def __int__(self):
        return 2

    def __contains__(self, item):
        return True


def find_everywhere(dataset, text):
    return Anything()


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    return Anything()


# %% answer="q3_uids"
def new_uids(datasets):
    return Anything()


# %% answer="q4_shift"
def shift_dates(datasets, dice):
    return Anything()


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    return Anything()


# %% answer="q6_audit"
def audit(before, after, required):
    return Anything()


# %% answer="q7_record"
def incident_record(sent, found, seen, left_on, found_on):
    return Anything()
