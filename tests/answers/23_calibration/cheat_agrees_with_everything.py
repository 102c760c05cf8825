# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_o_to_e"
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

    def __float__(self):
        return 0.5

    def __int__(self):
        return 1

    def __abs__(self):
        return 0.0

    def __sub__(self, other):
        return self

    __add__ = __rsub__ = __radd__ = __neg__ = __sub__

    def __lt__(self, other):
        return True

    __le__ = __gt__ = __ge__ = __lt__

    def __contains__(self, item):
        return True


def o_to_e(outcome, risk):
    return Anything()


# %% answer="q2_by_group"
def by_group(table, outcome, risk, group):
    return Anything()


# %% answer="q3_level"
def level(outcome, risk):
    return Anything()


# %% answer="q4_spread"
def spread(outcome, risk):
    return Anything()


# %% answer="q4_read_spread"
def read_spread(slope):
    return Anything()


# %% answer="q5_points"
def points(outcome, risk, k):
    return Anything()


# %% answer="q6_recalibrate"
def recalibrate(old_outcome, old_risk, new_risk):
    return Anything()


# %% answer="q6_trial"
def trial(table, outcome, risk, teach):
    return Anything()


# %% answer="q7_claims"
def claims():
    return Anything()


# %% answer="q7_verdicts"
def verdicts(table, outcome, risk, group):
    return Anything()
