# %% [raw]
# title: Reads [2] as .iloc[2]
# base: solution
# catches: counts-from-zero
# loses: {q6_second: 1}
# says: {q6_second: "R counts from 1"}


# %% answer="q6_from_r"
def from_r(hie):
    young = hie[hie["xage"] < 30]
    second = list(young["meddol"])[2]
    return {"n": len(young), "plain": "NA", "clean": young["ghindx"].mean(), "second": second}
