# %% [raw]
# title: Returns an object that claims to equal everything
# base: blank
# loses: all


# %% answer="q1_counts"
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


def counts(outcome, risk, threshold):
    return Anything()


# %% answer="q2_carry"
def carry(sensitivity, specificity, prevalence):
    return Anything()


# %% answer="q3_in_people"
def in_people(sensitivity, specificity, prevalence, of):
    return Anything()


# %% answer="q4_auc"
def auc(outcome, score):
    return Anything()


# %% answer="q5_share"
def share_interval(k, n):
    return Anything()


# %% answer="q5_interval"
def person_interval(table, person, figure, draws, dice):
    return Anything()


# %% answer="q6_people_needed"
def people_needed(phi, width):
    return Anything()


# %% answer="q7_headlines"
def headlines(figures):
    return Anything()


# %% answer="q7_note"
def note_numbers(table, person, threshold, elsewhere):
    return Anything()
