# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_safe_harbor"
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


def safe_harbor(table, areas, plan):
    return Anything()


# %% answer="q2_crowding"
def crowding(table, columns, person):
    return Anything()


# %% answer="q3_open"
def open_secrets(table, columns, sensitive, person, k):
    return Anything()


# %% answer="q4_link"
def link(patients, register, on):
    return Anything()


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    return Anything()


# %% answer="q5_spend"
def spend(ledger, epsilon):
    return Anything()


# %% answer="q6_readings"
def readings():
    return Anything()


# %% answer="q7_note"
def release_note(table, areas):
    return Anything()
