# %% [raw]
# title: Looks for a name in PatientName alone
# base: solution
# catches: only-patient-name
# loses: {q1_nested: 1, q1_private: 1}
# says: {q1_nested: "attributes other than PatientName"}


# %% answer="q1_find"
def find_everywhere(dataset, text):
    return ["PatientName"] if text.lower() in str(dataset.get("PatientName", "")).lower() else []
