# %% [raw]
# title: Rounds the rates to whole per cent before counting people
# base: solution
# catches: rounded-too-early
# loses: {q3_numbers: 1}
# says: {q3_numbers: "rounded too early"}


# %% answer="q3_in_people"
def in_people(sensitivity: float, specificity: float, prevalence: float, of: int) -> dict:
    """Whole people, in numbers that add up."""
    sensitivity, specificity = round(sensitivity, 2), round(specificity, 2)
    ill = round(round(prevalence, 2) * of)
    well = of - ill
    found = round(sensitivity * ill)
    false = round((1 - specificity) * well)
    return {
        "ill": ill,
        "well": well,
        "found": found,
        "missed": ill - found,
        "false": false,
        "quiet": well - false,
        "alarms": found + false,
    }
