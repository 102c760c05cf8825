# %% [raw]
# title: Draws noise for each row and adds it up
# base: solution
# catches: noise-on-each-row
# loses: {q5_noise: 2, q5_sensitivity: 1}
# says: {q5_noise: "not for each row"}


# %% answer="q5_count"
def private_count(table, code, unit, most_stays, epsilon, dice):
    having = table[table["icd10"] == code]
    if unit == "people":
        count, sensitivity = having["mrn"].nunique(), 1
    else:
        count, sensitivity = len(having), most_stays
    return float(count + dice.laplace(0, sensitivity / epsilon, len(table)).sum())
