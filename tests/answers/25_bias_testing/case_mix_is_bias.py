# %% [raw]
# title: Calls a lower AUC among alike people bias
# base: solution
# catches: case-mix-is-bias
# loses: {q4_case_mix: 1, q7_reading: 1}
# says: {q4_case_mix: "a narrow spread of risks gives a low one", q7_reading: "compare with the AUC"}


# %% answer="q7_sentences"
def sentences():
    return {
        "A": "blind",
        "B": "parity",
        "C": "base rate",
        "D": "harm",
        "E": "too few",
        "F": "unsure",
        "G": "stands",
        "H": "case mix",
    }


# %% answer="q4_auc"
def expected_auc(risk):
    p = np.asarray(risk, dtype=float)  # as if everybody above the middle came back, and nobody below it
    high, low = p[p > np.median(p)], p[p <= np.median(p)]
    if not len(high):
        return 0.5
    return float((high[:, None] > low).mean())
