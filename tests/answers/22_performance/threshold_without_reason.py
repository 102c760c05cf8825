# %% [raw]
# title: Asks for the threshold and not for its reason
# base: solution
# catches: threshold-without-reason
# loses: {q7_context: 1}
# says: {q7_context: "nobody says why"}


# %% answer="q7_headlines"
def headlines(figures: list) -> list:
    """Names of the figures that may stand in a report."""
    asked = {
        "auc": ["n", "low", "high"],
        "sensitivity": ["n", "low", "high", "threshold"],
        "specificity": ["n", "low", "high", "threshold"],
        "ppv": ["n", "low", "high", "threshold", "prevalence"],
        "npv": ["n", "low", "high", "threshold", "prevalence"],
    }
    return [
        one["name"]
        for one in figures
        if one["name"] in asked and all(one.get(key) not in (None, "") for key in asked[one["name"]])
    ]
