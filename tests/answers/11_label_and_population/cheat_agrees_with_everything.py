# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_recorded"
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


def recorded(values, answers):
    return Anything()


# %% answer="q2_composition"
def composition(table, person, group, served):
    return Anything()


# %% answer="q3_top_share"
def top_share(table, score, group, share):
    return Anything()


# %% answer="q4_need_gap"
def need_gap(table, score, need, group, pair, edges):
    return Anything()


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, seed):
    return Anything(), Anything()


# %% answer="q6_review"
def review(table, inputs, gap):
    return Anything()


# %% answer="q7_limits"
def limits(table):
    return Anything()


# %% answer="q7_record"
def croissant_record(path, person, who_not):
    return Anything()
