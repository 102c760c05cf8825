# %% [raw]
# title: "A remark about the sample is read as a finding about the patient"
# base: solution
# catches: remark-is-about-the-patient
# loses: {q8_remark: 1}
# says: {q8_remark: "the patient or of the sample"}

# %% answer="q8"
q8 = "d"
