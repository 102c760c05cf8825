# %% [raw]
# title: Knows a table by the name of its file
# base: solution
# catches: copy-is-the-original
# loses: {q6_checksum: 1}
# says: {q6_checksum: "not recognised"}


# %% answer="q6_which"
def which_copy(path, known):
    if "cleveland" in str(path):
        return next(iter(known))
    return "unknown"
