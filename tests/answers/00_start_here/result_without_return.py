# %% [raw]
# title: "A function without return is taken to hand back what it calculated"
# base: solution
# catches: result-without-return
# loses: {q6_return: 1}
# says: {q6_return: "what a function hands back"}

# %% answer="q6"
q6 = "a"
