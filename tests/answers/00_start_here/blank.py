# %% [raw]
# title: Nothing written
# base: blank
# loses: all
# says: {q1_rows: "Not answered", q12_code: "Not answered"}
