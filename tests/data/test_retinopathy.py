"""retinopathy: every figure that its datasheet states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

from curriculum import datasets
from curriculum.datasets.lazyload import SURVIVAL, read_table

ROOT = Path(__file__).resolve().parents[2]
FIRST_POSSIBLE = 6.5  # months from treatment to the earliest loss that the definition allows

Says = Callable[..., None]


@pytest.fixture(scope="module")
def eyes(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """All eyes, with `adult` and `argon` as 0 and 1."""
    raw = table("retinopathy")
    return raw.assign(adult=raw.type.eq("adult").astype(int), argon=raw.laser.eq("argon").astype(int))


@pytest.fixture(scope="module")
def people(eyes: pd.DataFrame) -> pd.DataFrame:
    """One row a person: each column twice, as (name, 0) for the untreated and (name, 1) for the treated eye."""
    return eyes.pivot(index="id", columns="trt")


def cox(eyes: pd.DataFrame, columns: list[str], robust: bool = True) -> pd.DataFrame:
    """Summary of a Cox model; `robust`: with the person as cluster."""
    extra = ["id"] if robust else []
    model = CoxPHFitter().fit(
        eyes[["futime", "status", *columns, *extra]],
        "futime",
        "status",
        cluster_col="id" if robust else None,
    )
    return model.summary


def ratio(summary: pd.DataFrame, name: str = "trt") -> tuple[float, float, float]:
    """A hazard ratio with its 95 % interval."""
    return tuple(summary.loc[name, ["exp(coef)", "exp(coef) lower 95%", "exp(coef) upper 95%"]])


def interaction(eyes: pd.DataFrame, name: str, robust: bool = True) -> pd.Series:
    """The line of treatment times a column, out of the model with both and their product."""
    return cox(eyes.assign(product=eyes.trt * eyes[name]), ["trt", name, "product"], robust).loc["product"]


def test_who_is_in_it(eyes: pd.DataFrame, people: pd.DataFrame, says: Says) -> None:
    assert eyes.shape[0] == 394 and eyes.notna().all(axis=None)
    assert eyes.trt.tolist() == [1, 0] * 197 and eyes.id.is_monotonic_increasing
    assert people["status"].shape == (197, 2)
    for name in ("laser", "eye", "age", "type"):  # the same in both rows of a person
        assert (people[name][0] == people[name][1]).all()
    kinds = people["type"][1].value_counts()
    lost = eyes.groupby("trt").status.sum()
    says(
        "retinopathy",
        f"{len(eyes)} rows, 9 columns, {len(people)} people",
        f"{eyes.status.sum()} eyes lost their sight: {lost[1]} treated and {lost[0]} untreated",
        f'before the age of 20 in {kinds["juvenile"]} ("juvenile"), later in {kinds["adult"]} ("adult")',
        f"{eyes.age.min()} to {eyes.age.max()}; the age at the start",
    )
    who = datasets.about(ROOT / "datasets/retinopathy")["who"]
    assert f"{len(people)} people ({len(eyes)} eyes)" in who
    assert f"{kinds['juvenile']} with juvenile and {kinds['adult']} with adult onset" in who


def test_two_eyes_are_not_two_people(people: pd.DataFrame, says: Says) -> None:
    lost = people["status"]
    neither = lost.sum(axis=1) == 0
    both, treated, untreated = lost.all(axis=1).sum(), lost[1].sum(), lost[0].sum()
    kept = len(lost) - treated
    only = untreated - both
    assert (people["futime"][0] == people["futime"][1])[neither].all()
    says(
        "retinopathy",
        f"neither eye {neither.sum()}, only the untreated {only}, only the treated {treated - both}, both {both}",
        f"in {both / treated * 100:.1f} % of people ({both} of {treated}); if not, in {only / kept * 100:.1f} % "
        f"({only} of {kept})",
        f"in all {neither.sum()} people",
    )


def test_pairs_sharpen_what_differs_within_a_person(eyes: pd.DataFrame, says: Says) -> None:
    robust, naive = (
        cox(eyes, ["trt", "adult"])["se(coef)"],
        cox(eyes, ["trt", "adult"], robust=False)["se(coef)"],
    )
    with_pairs, without = interaction(eyes, "adult"), interaction(eyes, "adult", robust=False)
    assert robust["trt"] < naive["trt"] and robust["adult"] > naive["adult"]
    says(
        "retinopathy",
        f"is {robust['trt']:.3f} for treatment (as if there were 394 people: {naive['trt']:.3f}) and "
        f"{robust['adult']:.3f} for type ({naive['adult']:.3f})",
        f"it is {with_pairs['se(coef)']:.2f} instead of {without['se(coef)']:.2f}, so p = {with_pairs['p']:.3f} "
        f"with the pairs and {without['p']:.3f} without",
    )


def test_laser_helps_adults_more(eyes: pd.DataFrame, people: pd.DataFrame, says: Says) -> None:
    juvenile, adult = (ratio(cox(eyes[eyes.type == kind], ["trt"])) for kind in ("juvenile", "adult"))
    product = cox(eyes.assign(product=eyes.trt * eyes.adult), ["trt", "adult", "product"])
    assert juvenile[0] == pytest.approx(0.66, abs=0.01) and adult[0] == pytest.approx(0.28, abs=0.01)
    assert product.loc["product", "p"] == pytest.approx(0.005, abs=0.001)
    says(
        "retinopathy",
        "Hazard ratio {:.2f} (95 % CI {:.2f} to {:.2f}) in the ".format(*juvenile)
        + f"{(eyes.adult == 0).sum() // 2} people with juvenile onset, "
        + "{:.2f} ({:.2f} to {:.2f}) in the ".format(*adult)
        + f"{(eyes.adult == 1).sum() // 2} with adult onset",
        "ratio of the two {:.2f} ({:.2f} to {:.2f}) in one model, p = ".format(*ratio(product, "product"))
        + f"{product.loc['product', 'p']:.3f}",
        f"Age at diagnosis as a number says the same (interaction p = {interaction(eyes, 'age')['p']:.3f})",
        f"does not matter for it (interaction p = {interaction(eyes, 'argon')['p']:.2f})",
    )


def test_effects_agree_with_statsmodels(eyes: pd.DataFrame) -> None:
    """The same coefficients from another library (ties are few; both treat them Efron's way)."""
    from statsmodels.duration.hazard_regression import PHReg

    columns = ["trt", "adult", "product"]
    made = eyes.assign(product=eyes.trt * eyes.adult)
    fitted = PHReg(made.futime, made[columns].to_numpy(float), status=made.status, ties="efron").fit()
    np.testing.assert_allclose(fitted.params, cox(made, columns)["coef"][columns], atol=1e-3)


def test_prognostic_is_not_predictive(eyes: pd.DataFrame, says: Says) -> None:
    both = cox(eyes, ["trt", "adult"]).loc["adult"]
    untreated, treated = (cox(eyes[eyes.trt == trt], ["adult"], robust=False).loc["adult"] for trt in (0, 1))
    assert untreated["p"] == pytest.approx(0.09, abs=0.005) and treated["p"] == pytest.approx(0.09, abs=0.005)
    says(
        "retinopathy",
        f"type has a hazard ratio of {both['exp(coef)']:.2f} (p = {both['p']:.2f})",
        f"{untreated['exp(coef)']:.2f} for adult against juvenile onset in untreated eyes, "
        f"{treated['exp(coef)']:.2f} in treated ones",
    )


def test_all_people_agree_with_the_report_of_the_trial(eyes: pd.DataFrame, says: Says) -> None:
    """DRS Report Number 8: the risk of severe visual loss is lower by 50 % or more."""
    effect = ratio(cox(eyes, ["trt"]))
    assert effect[0] <= 0.5
    says(
        "retinopathy",
        "in all 197 people is {:.2f} ({:.2f} to {:.2f}), ".format(*effect)
        + f"{(1 - effect[0]) * 100:.0f} % less",
    )


def test_age_time_and_risk(eyes: pd.DataFrame, people: pd.DataFrame, says: Says) -> None:
    assert eyes[eyes.type == "juvenile"].age.max() == 19 and eyes[eyes.type == "adult"].age.min() == 20
    twenty = (people["age"][1] == 20).sum()
    assert twenty == 6  # "Six people"
    differ = (people["risk"][0] != people["risk"][1]).sum()
    says(
        "retinopathy",
        "Six people were diagnosed at exactly 20",
        f"somebody with `age` {eyes.age.min()}",
        f"The smallest `futime`, {eyes.futime.min():.2f}, is {eyes.futime.min() + FIRST_POSSIBLE:.1f} months",
        f"{eyes.risk.min()} to {eyes.risk.max()}; no eye here has less than {eyes.risk.min()}",
        f"differ in {differ} of {len(people)} people",
    )


def test_another_table_of_the_package_contradicts_it(
    eyes: pd.DataFrame, says: Says, fetched: Callable[..., bytes]
) -> None:
    """`diabetic` against this table."""
    other = read_table(fetched(SURVIVAL["rdx"]), fetched(SURVIVAL["rdb"]), "diabetic")
    other = other.astype({"laser": str, "eye": str}).rename(columns={"time": "futime"})
    both = eyes.merge(other, on=["id", "trt"], suffixes=("", "_other"))
    assert len(both) == len(eyes)
    for name in ("futime", "status", "risk", "age"):
        assert (both[name] == both[f"{name}_other"]).all(), name
    treated = both[both.trt == 1]
    assert (treated.eye != treated.eye_other).all()
    assert (treated.laser_other == treated.type.map({"juvenile": "xenon", "adult": "argon"})).all()
    says(
        "retinopathy",
        f"the other one for all {len(treated)} people",
        f"With this file's `laser` {(treated.laser != treated.laser_other).sum()} people disagree",
    )
