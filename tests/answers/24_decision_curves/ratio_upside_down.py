# %% [raw]
# title: Divides true stays by stays with a bell
# base: solution
# catches: ratio-upside-down
# loses: {q4_ratio: 1}
# says: {q4_ratio: "Upside down"}


# %% answer="q4_load"
def load(log):
    once = log[log["rang"] == 1].drop_duplicates("stay")
    true = int(once["fell"].sum())
    return {
        "bells": int((log["rang"] == 1).sum()),
        "stays": len(once),
        "true": true,
        "stays_per_true": true / len(once) if true else None,
    }
