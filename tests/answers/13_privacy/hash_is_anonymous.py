# %% [raw]
# title: Takes hashed numbers for anonymous
# base: solution
# catches: hashing-is-anonymisation
# loses: {q6_eu: 1}
# says: {q6_eu: "a hash is a pseudonym"}


# %% answer="q6_readings"
def readings():
    return {
        "A": ("yes", "gdpr-recital-26"),
        "B": ("no", "hipaa-safe-harbor"),
        "C": ("yes", "hipaa-expert-determination"),
        "D": ("no", "gdpr-art-9"),
        "E": ("yes", "gdpr-art-35"),
        "F": ("yes", "gdpr-art-22"),
        "G": ("no", "gdpr-art-5"),
        "H": ("no", "ehds"),
    }
