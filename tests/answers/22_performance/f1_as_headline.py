# %% [raw]
# title: Lets accuracy and F1 stand when they have an interval
# base: solution
# catches: f1-as-headline
# loses: {q7_never: 1}
# says: {q7_never: "finds nobody"}


# %% answer="q7_headlines"
def headlines(figures: list) -> list:
    """Names of the figures that may stand in a report."""
    asked = {
        "f1": ["n", "low", "high", "threshold", "why"],
        "accuracy": ["n", "low", "high", "threshold", "why"],
        "auc": ["n", "low", "high"],
        "sensitivity": ["n", "low", "high", "threshold", "why"],
        "specificity": ["n", "low", "high", "threshold", "why"],
        "ppv": ["n", "low", "high", "threshold", "why", "prevalence"],
        "npv": ["n", "low", "high", "threshold", "why", "prevalence"],
    }
    return [
        one["name"]
        for one in figures
        if one["name"] in asked and all(one.get(key) not in (None, "") for key in asked[one["name"]])
    ]
