# %% [raw]
# title: Translates a note that does not tell
# base: solution
# catches: never-asks
# loses: {q5_notes: 1}
# says: {q5_notes: "E: look at where"}


# %% answer="q5_readings"
def readings() -> dict:
    """What each note means, or "ask"."""
    return {
        "A": "room air",
        "B": "right atrium",
        "C": "rheumatoid arthritis",
        "D": "morphine sulfate",
        "E": "multiple sclerosis",
        "F": "once daily",
        "G": "physical examination",
        "H": "lung function tests",
    }
