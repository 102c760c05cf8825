# %% [raw]
# title: Nothing written
# base: blank
# loses: all
# says: {q1_form: "Not answered", q6_form: "Not answered"}
