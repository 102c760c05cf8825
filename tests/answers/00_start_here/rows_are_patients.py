# %% [raw]
# title: "The rows of a table are taken for its patients"
# base: solution
# catches: rows-are-patients
# loses: {q1_rows: 1}
# says: {q1_rows: "what a row of a table stands for"}

# %% answer="q1"
q1 = "a"
