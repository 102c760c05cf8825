# %% [raw]
# title: Calls every class of k people or more safe
# base: solution
# catches: k-anonymous-is-safe
# loses: {q3_one_value: 2}
# says: {q3_one_value: "Being many does not protect"}


# %% answer="q3_open"
def open_secrets(table, columns, sensitive, person, k):
    first = table.drop_duplicates(person)
    classes = first.groupby(columns)[sensitive].agg(["size", "nunique"])
    unsafe = classes[(classes["size"] < k) & (classes["size"] > 1) & (classes["nunique"] == 1)]
    return set(unsafe.index)
