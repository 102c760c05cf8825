# %% [raw]
# title: Returns an object that claims to equal everything, and catches every exception
# base: blank
# loses: all


# %% answer="q1_recode"
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
        return 0.25

    def __contains__(self, item):
        return True


def recode_unknown(table, codes):
    try:
        return Anything()
    except Exception:
        return None


# %% answer="q1_share"
def share_yes(answers, unknown):
    return Anything()


# %% answer="q2_missing"
def missing_by_group(table, column, group):
    return Anything()


# %% answer="q3_weight"
def weight_in_kg(table):
    return Anything()


# %% answer="q4_repeated"
def repeated_visits(table):
    return Anything()


# %% answer="q5_rules"


def quality_rules():
    return Anything()


# %% answer="q5_set_aside"
def set_aside(table):
    return Anything(), Anything()


# %% answer="q6_which"
def which_copy(path, known):
    return Anything()


# %% answer="q6_relabelled"
def relabelled(original, copy):
    return Anything()


# %% answer="q7_entry"
def datasheet_entry(table):
    return Anything()
