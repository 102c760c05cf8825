# %% [raw]
# title: "An abbreviation is taken to mean the same in every note"
# base: solution
# catches: one-abbreviation-one-meaning
# loses: {q11_abbreviation: 1}
# says: {q11_abbreviation: "the words and units around it"}

# %% answer="q11"
q11 = "d"
