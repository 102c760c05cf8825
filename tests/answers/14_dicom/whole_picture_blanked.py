# %% [raw]
# title: Blanks the whole picture
# base: solution
# catches: whole-picture-blanked
# loses: {q5_form: 1, q5_saved: 1, q5_inverted: 1, q5_frames: 1}
# says: {q5_saved: "Pixels outside the box have changed"}


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    new = deepcopy(dataset)
    new.PixelData = np.full_like(dataset.pixel_array, dataset.pixel_array.min()).tobytes()
    return new
