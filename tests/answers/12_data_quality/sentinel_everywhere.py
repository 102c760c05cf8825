# %% [raw]
# title: Blanks the code in every column where the number occurs
# base: solution
# catches: sentinel-everywhere
# loses: {q1_only_listed: 1}
# says: {q1_only_listed: "real answer"}


# %% answer="q1_recode"
def recode_unknown(table, codes):
    return table.replace(list(codes.values()), float("nan"))
