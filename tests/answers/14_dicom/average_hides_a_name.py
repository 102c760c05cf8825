# %% [raw]
# title: Releases at 99.9 %, believes the flag, and counts only what is gone
# base: solution
# catches: average-hides-a-name
# loses: {q6_pixels_and_kept: 1, q6_release: 1}
# says: {q6_pixels_and_kept: "look at the pixels", q6_release: "hides a name"}


# %% answer="q6_audit"
def audit(before, after, required):
    def flat(part, path=""):
        found = {}
        for element in part:
            name = path + (element.keyword or str(element.tag))
            if element.VR == "SQ":
                for i, item in enumerate(element.value):
                    found.update(flat(item, f"{name}[{i}]."))
            else:
                found[name] = str(element.value or "")
        return found

    left = []
    for row in required.itertuples():
        old, new = (
            flat(parcel[row.file]) | flat(getattr(parcel[row.file], "file_meta", []))
            for parcel in (before, after)
        )
        was, now = old.get(row.where), new.get(row.where)
        if row.action == "B":
            done = after[row.file].BurnedInAnnotation == "NO"
        elif row.action == "X":
            done = now is None
        elif row.action == "Z":
            done = not now
        else:
            done = row.action == "K" or now is None or now not in ("", was)
        if not done:
            left.append((row.file, row.where))
    share = 1 - len(left) / len(required)
    return {
        "required": len(required),
        "done": len(required) - len(left),
        "left": left,
        "release": share > 0.999,
    }
