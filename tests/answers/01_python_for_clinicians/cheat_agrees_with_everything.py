# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_highest"
class Anything(dict):
    """Equal to everything, true, and every part of it is itself."""

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

    def __float__(self):
        return 2.001

    def __int__(self):
        return 2

    def __contains__(self, item):
        return True

    def get(self, key, default=None):
        return self


def highest(results):
    return Anything()


# %% answer="q2_in_mmol"
def in_mmol(table):
    return Anything()


# %% answer="q3_latest"
def latest(sheet):
    return Anything()


# %% answer="q4_counts"
def three_counts(table, limit):
    return Anything()


# %% answer="q5_by_person"
def by_person(table):
    return Anything()


# %% answer="q6_from_r"
def from_r(hie):
    return Anything()


# %% answer="q7_numbers"
def note_numbers(results, people):
    return Anything()
