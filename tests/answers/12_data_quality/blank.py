# %% [raw]
# title: Nothing written
# base: blank
# loses: all
# says: {q1_recode_form: "Not answered", q5_rules_form: "Not answered"}
