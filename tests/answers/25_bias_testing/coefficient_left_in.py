# %% [raw]
# title: Keeps the coefficient in the equation of 2021
# base: solution
# catches: coefficient-left-in
# loses: {q5_race: 1}
# says: {q5_race: "it knows no race"}


# %% answer="q5_egfr"
def egfr(creatinine: float, unit: str, age: float, sex: str, year: int, recorded_black: bool) -> float:
    """Kidney function in mL/min/1.73 m2 by the equation of a year."""
    row = ckd[(ckd["year"] == year) & (ckd["sex"] == sex)].iloc[0]
    ratio = creatinine / (88.4 if unit == "umol/L" else 1) / row["kappa"]
    value = row["scale"] * min(ratio, 1) ** row["alpha"] * max(ratio, 1) ** row["beta"]
    value *= row["age_base"] ** age * row["sex_factor"]
    return float(value * (1.159 if recorded_black else 1))
