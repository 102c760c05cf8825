# %% [raw]
# title: Counts every bell as a patient
# base: solution
# catches: alarms-are-patients
# loses: {q4_repeats: 2}
# says: {q4_repeats: "another stay"}


# %% answer="q4_load"
def load(log):
    rang = log[log["rang"] == 1]
    true = int(rang["fell"].sum())
    return {
        "bells": len(rang),
        "stays": len(rang),
        "true": true,
        "stays_per_true": len(rang) / true if true else None,
    }
