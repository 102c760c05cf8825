# %% [raw]
# title: Sets aside whoever is heavier, taller or older than usual
# base: solution
# catches: extremes-are-errors
# loses: {q5_true_extremes: 1}
# says: {q5_true_extremes: "rare"}


# %% answer="q5_set_aside"
def set_aside(table):
    reasons = pd.Series("", index=table.index)

    def add(broken, reason):
        reasons[broken] = reasons[broken].map(lambda text: f"{text}; {reason}" if text else reason)

    add(~table["sex"].isin(["female", "male"]) & table["sex"].notna(), "conformance: sex")
    add(~table["weight_unit"].isin(["kg", "lb"]) & table["weight_unit"].notna(), "conformance: weight_unit")
    add(table["visit_id"].isna(), "completeness: visit_id")
    add(table["person_id"].isna(), "completeness: person_id")
    add(~table["age"].between(0, 100), "plausibility: age")
    add((table["height_cm"] < 140) | (table["height_cm"] > 200), "plausibility: height_cm")
    add((table["weight_kg"] < 40) | (table["weight_kg"] > 150), "plausibility: weight_kg")
    add(table["dbp"] >= table["sbp"], "plausibility: dbp")
    return table[reasons == ""], table.assign(reason=reasons)[reasons != ""]
