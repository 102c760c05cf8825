# %% [raw]
# title: Seeds its own generator in each answer
# base: solution
# catches: same-noise-again
# loses: {q5_form: 1, q5_noise: 2, q5_sensitivity: 1}
# says: {q5_noise: "the same noise again"}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    having = table[table["icd10"] == code]
    if unit == "people":
        count, sensitivity = having["mrn"].nunique(), 1
    else:
        count, sensitivity = len(having), most_stays
    return float(count + np.random.default_rng(0).laplace(0, sensitivity / epsilon))
