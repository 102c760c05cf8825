# %% [raw]
# title: Nothing written
# base: blank
# loses: all
# says: {q1_form: "Not answered", q7_counted: "Not answered"}
