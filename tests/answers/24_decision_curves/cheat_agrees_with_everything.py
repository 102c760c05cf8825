# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_threshold"
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
        return 0.2

    def __int__(self):
        return 2

    def __contains__(self, item):
        return True

    def __lt__(self, other):
        return True

    def __le__(self, other):
        return True

    def __sub__(self, other):
        return 0

    def __abs__(self):
        return 0

    def get(self, key, default=None):
        return self


def threshold(needless, right):
    return Anything()


# %% answer="q2_net_benefit"
def net_benefit(fell, risk, t):
    return Anything()


# %% answer="q3_best_choice"
def best_choice(tp, fp, fn, tn, t):
    return Anything()


# %% answer="q3_worth_between"
def worth_between(tp, fp, fn, tn):
    return Anything()


# %% answer="q4_load"
def load(log):
    return Anything()


# %% answer="q5_level"
def level_for_budget(log, per_shift):
    return Anything()


# %% answer="q6_gain"
def gain_over_everybody(stays, t, draws, seed):
    return Anything()


# %% answer="q7_council"
def council(log, stays, needless, per_shift):
    return Anything()
