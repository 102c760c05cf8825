# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_audit"
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


def audit(table, group, min_n, min_events):
    return Anything()


# %% answer="q2_crossed"
def crossed(table, columns, min_n, min_events):
    return Anything()


# %% answer="q3_gap"
def gap(table, group, compared, reference, draws, seed):
    return Anything()


# %% answer="q4_fpr"
def fpr_from(base_rate, ppv, fnr):
    return Anything()


# %% answer="q4_auc"
def expected_auc(risk):
    return Anything()


# %% answer="q5_egfr"
def egfr(creatinine, unit, age, sex, year, recorded_black):
    return Anything()


# %% answer="q5_moved"
def moved(table, line):
    return Anything()


# %% answer="q6_repair"
def repair(tune, judge, group, target, common, min_events):
    return Anything()


# %% answer="q7_sentences"
def sentences():
    return Anything()


# %% answer="q7_report"
def audit_report(stays, compared, reference):
    return Anything()
