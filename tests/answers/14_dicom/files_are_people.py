# %% [raw]
# title: Counts files as people, subtracts dates as numbers, and forgets the pictures
# base: solution
# catches: files-are-people
# loses: {q7_places: 1, q7_people: 1}
# says: {q7_places: "only in the picture", q7_people: "counts people, not files"}


# %% answer="q7_record"
def incident_record(sent, found, seen, left_on, found_on):
    files = sorted({file for file, _, _ in found})
    return {
        "files_sent": len(sent),
        "files_named": files,
        "places": len(found),
        "people_named": len(files),
        "days": int(found_on.replace("-", "")) - int(left_on.replace("-", "")),
        "cause": "The script emptied six attributes and nobody looked any further.",
        "next_step": "The company deletes the parcel today and confirms it in writing.",
    }
