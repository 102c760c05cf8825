# %% [raw]
# title: "The discharge code is taken to be known at admission"
# base: solution
# catches: code-at-the-door
# loses: {q12_code: 1}
# says: {q12_code: "the time at which something is known"}

# %% answer="q12"
q12 = "a"
