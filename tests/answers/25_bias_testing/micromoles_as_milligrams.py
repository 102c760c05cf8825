# %% [raw]
# title: Puts umol/L into an equation in mg/dL
# base: solution
# catches: micromoles-as-milligrams
# loses: {q5_units: 1}
# says: {q5_units: "change the unit"}


# %% answer="q5_egfr"
def egfr(creatinine: float, unit: str, age: float, sex: str, year: int, recorded_black: bool) -> float:
    """Kidney function in mL/min/1.73 m2 by the equation of a year."""
    row = ckd[(ckd["year"] == year) & (ckd["sex"] == sex)].iloc[0]
    ratio = creatinine / row["kappa"]
    value = row["scale"] * min(ratio, 1) ** row["alpha"] * max(ratio, 1) ** row["beta"]
    value *= row["age_base"] ** age * row["sex_factor"]
    return float(value * (row["black_factor"] if year == 2009 and recorded_black else 1))
