# %% [raw]
# title: "An empty value is counted as zero in a mean"
# base: solution
# catches: missing-is-zero
# loses: {q4_missing: 1}
# says: {q4_missing: "empty value"}

# %% answer="q4"
q4 = "a"
