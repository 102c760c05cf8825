# %% [raw]
# title: Multiplies by epsilon
# base: solution
# catches: small-epsilon-is-less-private
# loses: {q5_noise: 2}
# says: {q5_noise: "promises *more* privacy"}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    having = table[table["icd10"] == code]
    if unit == "people":
        count, sensitivity = having["mrn"].nunique(), 1
    else:
        count, sensitivity = len(having), most_stays
    return float(count + dice.laplace(0, sensitivity * epsilon))
