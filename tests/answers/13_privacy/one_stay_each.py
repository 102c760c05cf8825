# %% [raw]
# title: Takes 1 for the sensitivity of stays
# base: solution
# catches: sensitivity-ignored
# loses: {q5_sensitivity: 1}
# says: {q5_sensitivity: "can one person change"}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    having = table[table["icd10"] == code]
    if unit == "people":
        count, sensitivity = having["mrn"].nunique(), 1
    else:
        count, sensitivity = len(having), 1
    return float(count + dice.laplace(0, sensitivity / epsilon))
