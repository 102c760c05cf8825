# %% [raw]
# title: Sets the flag and moves the window; the audit believes the flag
# base: solution
# catches: flag-instead-of-pixels
# loses: {q5_form: 1, q5_saved: 1, q5_inverted: 1, q5_frames: 1}
# says: {q5_saved: "a flag, a window or an overlay changes none of them"}


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    new = deepcopy(dataset)
    new.BurnedInAnnotation = "NO"
    new.WindowCenter, new.WindowWidth = "5000", "400"
    return new
