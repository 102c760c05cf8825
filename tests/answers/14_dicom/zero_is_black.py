# %% [raw]
# title: Writes zeros into the box, in the first frame
# base: solution
# catches: zero-is-black
# loses: {q5_saved: 1, q5_inverted: 1, q5_frames: 1}
# says: {q5_saved: "0 lies in the middle", q5_inverted: "not black", q5_frames: "in every frame"}


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    pixels = dataset.pixel_array.copy()
    frame = pixels[0] if pixels.ndim == 3 else pixels
    frame[rows[0] : rows[1], columns[0] : columns[1]] = 0
    new = deepcopy(dataset)
    new.PixelData = pixels.tobytes()
    return new
