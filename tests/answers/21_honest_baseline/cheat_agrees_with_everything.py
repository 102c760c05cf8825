# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_outcome"
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
        return 0.501

    def __int__(self):
        return 0

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __lt__

    def __contains__(self, item):
        return True

    def get(self, key, default=None):
        return self


def outcome_by(table, horizon, days, event):
    return Anything()


# %% answer="q2_usable"
def usable(codebook):
    return Anything()


# %% answer="q2_filled"
def told_by_filled(table, outcome):
    return Anything()


# %% answer="q3_people"
def split_people(table, person, share, seed):
    return Anything(), Anything()


# %% answer="q3_time"
def split_time(table, person, year, first_test_year):
    return Anything(), Anything()


# %% answer="q4_risks"
def risks(train, test, numbers, words, outcome):
    return Anything()


# %% answer="q5_rule"
def nurse_rule(train, test, column, outcome):
    return Anything()


# %% answer="q5_against"
def against_rule(table, model, rule, outcome, person, draws, seed):
    return Anything()


# %% answer="q6_report"
def report(table):
    return Anything()
