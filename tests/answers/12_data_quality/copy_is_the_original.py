# %% [raw]
# title: Knows a table by its shape and its columns
# base: solution
# catches: copy-is-the-original
# loses: {q6_checksum: 1}
# says: {q6_checksum: "same shape"}


# %% answer="q6_which"
def which_copy(path, known):
    table = pd.read_csv(path)
    if table.shape[1] == 14 and list(table.columns)[-1] == "target":
        if (table["target"] == 1).sum() < 100:
            return list(known)[-1]
        return next(iter(known))
    return "unknown"
