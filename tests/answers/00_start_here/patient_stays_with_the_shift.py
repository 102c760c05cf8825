# %% [raw]
# title: "Whoever wrote the values is taken to be responsible for the patient after the handover"
# base: solution
# catches: patient-stays-with-the-shift
# loses: {q8_handover: 1}
# says: {q8_handover: "who acts on an alert"}

# %% answer="q8"
q8 = "a"
