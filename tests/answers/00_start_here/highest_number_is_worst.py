# %% [raw]
# title: "The largest number is taken for the danger, whatever it measures"
# base: solution
# catches: highest-number-is-worst
# loses: {q10_signs: 1}
# says: {q10_signs: "vital signs"}

# %% answer="q10"
q10 = "b"
