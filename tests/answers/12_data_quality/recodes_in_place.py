# %% [raw]
# title: Blanks the codes in the table that was handed over
# base: solution
# catches: overwrites-the-original
# loses: {q1_only_listed: 1}
# says: {q1_only_listed: "work on a copy"}


# %% answer="q1_recode"
def recode_unknown(table, codes):
    for column, code in codes.items():
        table[column] = table[column].replace(code, float("nan"))
    return table
