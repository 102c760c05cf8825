# %% [raw]
# title: Thinks that R leaves empty cells out by itself
# base: solution
# catches: na-left-out
# loses: {q6_na: 1}
# says: {q6_na: "R would not say"}


# %% answer="q6_from_r"
def from_r(hie):
    young = hie[hie["xage"] < 30]
    mean = young["ghindx"].mean()
    return {"n": len(young), "plain": mean, "clean": mean, "second": young["meddol"].iloc[1]}
