"""nhefs: every figure that its datasheet states."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from curriculum import datasets
from curriculum.datasets import description

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "datasets"
FIVE = ["hbp", "diabetes", "pica", "hbpmed", "boweltrouble"]
KG_PER_LB = 0.45359237


@pytest.fixture(scope="module")
def nhefs() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "nhefs/nhefs.csv")


def test_who_is_in_it_is_counted(nhefs: pd.DataFrame) -> None:
    """The figures in the `who` line of the list."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    women, men, other = (nhefs.sex == 1).sum(), (nhefs.sex == 0).sum(), (nhefs.race == 1).sum()
    assert f"{len(nhefs):,} US adults aged {nhefs.age.min()} to {nhefs.age.max()}" in text
    assert f"{women} women and {men} men, {other} recorded as black or other" in text


def test_nhefs_is_the_table_of_the_book(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    assert nhefs.shape == (1629, 64)
    assert nhefs.seqn.is_unique and not nhefs.drop(columns="seqn").duplicated().any()
    dead, stopped = nhefs.death.sum(), nhefs.qsmk.sum()
    sex, race = nhefs.sex.value_counts(), nhefs.race.value_counts()
    coded = [
        c.name
        for c in description.columns(FOLDER / "nhefs", description.about(FOLDER / "nhefs"), "nhefs.csv")
        if c.unknown
    ]
    assert len(coded) == 10
    says(
        "nhefs",
        f"{dead} people died, {stopped} stopped smoking. {(nhefs.isna().sum() == 0).sum()} columns are whole",
        "ten have a number that stands for",
        f"{sex[0]} men and {sex[1]} women, {nhefs.age.min()} to {nhefs.age.max()} years old",
        f'{race[0]:,} "white" and {race[1]} "black or other"',
        f"{nhefs.income.isna().sum()} people have none",
        f"The earliest year of death in the file is 19{nhefs.yrdth.min():.0f}",
    )


def test_nhefs_sentinel_2_is_the_same_791_people(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    unknown = nhefs[FIVE].eq(2)
    assert (unknown.any(axis=1) == unknown.all(axis=1)).all()
    without = unknown.all(axis=1)
    known = nhefs[~without]
    says(
        "nhefs",
        f"for the same {without.sum()} people in all five ({without.mean():.1%})".replace("%", " %"),
        f"The mean of `hbp` is {nhefs.hbp.mean():.2f} and the mean of `diabetes` {nhefs.diabetes.mean():.2f}",
        f"of the {len(known)} people with an answer {(known.diabetes == 1).sum()} said yes to diabetes: "
        f"{known.diabetes.mean() * 100:.1f} %",
    )


def test_nhefs_791_are_the_end_of_the_numbers(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    without = nhefs.hbp.eq(2)
    assert nhefs.seqn[~without].max() < nhefs.seqn[without].min()
    assert nhefs.seqn[~without].max() <= 23_808 - 3_059 < nhefs.seqn[without].min()
    says(
        "nhefs",
        f"a sequence number of {nhefs.seqn[without].min()} or more",
        "23,808 - 3,059 = 20,749",
        "We do not know.",
    )


def test_nhefs_791_are_not_a_random_half(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    age, died = nhefs.groupby("hbp").age.mean(), nhefs.groupby("hbp").death.mean() * 100
    without = nhefs.hbp.eq(2).groupby(nhefs.income).mean() * 100
    by_race = nhefs.hbp.eq(2).groupby(nhefs.race).mean() * 100
    says(
        "nhefs",
        f"(mean age {age[2]:.1f}, against {age[0]:.1f} for those who said no",
        f"and {age[1]:.1f} for those who said yes)",
        f"({died[2]:.1f} %, against {died[0]:.1f} % and {died[1]:.1f} %)",
        f"{without[22]:.1f} % of the families with $25,000 and more",
        f"{without[12]:.1f} % of those with $1,000 to $1,999",
        f"{by_race[1]:.1f} % of the {(nhefs.race == 1).sum()} people recorded as black or other lack the five answers, "
        f"{by_race[0]:.1f} % of the white",
    )


def test_nhefs_twos_that_are_answers(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    twos = nhefs.eq(2).sum()
    says(
        "nhefs",
        *(
            f"`{name}` ({twos[name]}"
            for name in ("active", "exercise", "alcoholfreq", "alcoholtype", "education")
        ),
    )
    says("nhefs", f"`marital` ({twos['marital']:,}, married)")


def test_nhefs_other_codes_for_unknown(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    assert (nhefs.alcoholpy.eq(2) == nhefs.alcoholfreq.eq(5)).all()
    four = nhefs[nhefs.alcoholtype == 4]
    kinds = four.alcoholpy.value_counts()
    rarely = four[four.alcoholpy == 1].alcoholfreq.eq(3).sum()
    assert four.alcoholhowmuch.isna().all()
    women = nhefs[nhefs.birthcontrol.eq(2) & nhefs.sex.eq(1)]
    assert nhefs[nhefs.sex == 0].birthcontrol.eq(2).all() and women.hbp.eq(2).all()
    says(
        "nhefs",
        f"(the same {nhefs.alcoholpy.eq(2).sum()} people)",
        f"`marital` 8 ({nhefs.marital.eq(8).sum()} person)",
        f"{len(four)} people: the {kinds[0]} who drank nothing, the {kinds[2]} unknown and {kinds[1]} who drink, "
        f"{rarely} of them less than 12 times a year",
        f"`birthcontrol` 2 ({nhefs.birthcontrol.eq(2).sum()}: all {(nhefs.sex == 0).sum()} men and {len(women)} women, "
        f"all {len(women)} among the 791)",
    )


def test_nhefs_blood_pressure_of_1982(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    empty = nhefs.sbp.isna().groupby(nhefs.death).mean() * 100
    says("nhefs", f"empty for {empty[1]:.1f} % of the people who died and {empty[0]:.1f} % of the others")
    for column in description.columns(FOLDER / "nhefs", description.about(FOLDER / "nhefs"), "nhefs.csv"):
        if column.name in ("sbp", "dbp"):
            assert "in 1982" in column.says


def test_nhefs_dates_of_death_of_the_living(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    dated = nhefs[nhefs.modth.notna() & nhefs.dadth.notna()]
    alive = dated[dated.death == 0]
    assert alive.yrdth.isna().all() and nhefs[nhefs.death == 1][["yrdth", "modth", "dadth"]].notna().all(
        axis=None
    )
    days = [date(1993, int(month), int(day)) for month, day in zip(alive.modth, alive.dadth, strict=True)]
    assert min(days).month == 1 and date(1993, 3, 1) <= max(days) <= date(1993, 3, 10)
    says(
        "nhefs",
        f"{len(dated)} people have a month and a day of death, {nhefs.death.sum()} are recorded as dead. ",
    )
    says("nhefs", f"The other {len(alive)} have `death` 0")


def test_nhefs_smoking_before_school(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    began = nhefs.age - nhefs.smokeyrs
    assert sorted(set(began[began < 5])) == [3, 4]
    says("nhefs", f"is 3 or 4 for {(began < 5).sum()} people")


def test_nhefs_stopped_or_not(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    now = nhefs.smokeintensity + nhefs.smkintensity82_71
    assert (now >= 0).all() and now[nhefs.qsmk == 1].eq(0).all()
    says(
        "nhefs",
        f"All {nhefs.qsmk.sum()} people with `qsmk` 1 smoke 0 cigarettes in 1982",
        f"so do {now[nhefs.qsmk == 0].eq(0).sum()} of the {(nhefs.qsmk == 0).sum():,} with `qsmk` 0",
    )


def test_nhefs_prices_follow_the_place_of_birth(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    prices = ["hightax82", "price71", "price82", "tax71", "tax82", "price71_82", "tax71_82"]
    assert nhefs.groupby("birthplace")[prices].nunique().eq(1).all(axis=None)
    assert nhefs[prices].isna().eq(nhefs.birthplace.isna(), axis=0).all(axis=None)
    says("nhefs", f"each of the {nhefs.birthplace.nunique()} values of `birthplace` has exactly one price")
    says("nhefs", f"exactly the {nhefs.birthplace.isna().sum()} rows without a birthplace")


def test_nhefs_directions_of_difference(nhefs: pd.DataFrame) -> None:
    whole = nhefs.dropna(subset=["wt82", "price71"])
    np.testing.assert_allclose(whole.wt82 - whole.wt71, whole.wt82_71, atol=1e-4)
    np.testing.assert_allclose(whole.price71 - whole.price82, whole.price71_82, atol=1e-3)
    np.testing.assert_allclose(whole.tax71 - whole.tax82, whole.tax71_82, atol=1e-3)
    pounds = whole.wt82 / KG_PER_LB
    np.testing.assert_allclose(pounds, pounds.round(), atol=1e-3)


def test_nhefs_pregnancies_and_birth_control(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    women = nhefs[nhefs.sex == 1]
    assert nhefs.pregnancies.min() == 1 and nhefs[nhefs.sex == 0].pregnancies.isna().all()
    older = women[women.age >= 50]
    taking, others = older[older.birthcontrol == 1], older[older.hbp != 2]
    assert taking.hbp.eq(2).all() and others.birthcontrol.eq(0).all()
    says(
        "nhefs",
        f"all {(nhefs.sex == 0).sum()} men and for {women.pregnancies.isna().sum()} women",
        f"{len(taking)} women of 50 and over",
        f"the oldest of them {taking.age.max()}",
        f"of the {len(others)} women of that age outside them nobody is",
    )


def test_nhefs_rare_is_not_wrong(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    heaviest = nhefs.loc[nhefs.wt71.idxmax()]
    assert np.isnan(heaviest.wt82)
    says(
        "nhefs",
        f"One person weighs {heaviest.wt71:.2f} kg (body mass index {heaviest.wt71 / (heaviest.ht / 100) ** 2:.1f})",
        f"weight changes run from {nhefs.wt82_71.min():.1f} to {nhefs.wt82_71.max():.1f} kg",
    )


def test_nhefs_slips_of_the_codebook(nhefs: pd.DataFrame, fetched: Callable[..., bytes]) -> None:
    """Read in the codebook that stands beside the data in the wheel."""
    content = fetched(
        datasets.WheelMember(
            package="causallib",
            version="0.10.0",
            member="causallib/datasets/data/nhefs/NHEFS_codebook.csv",
            sha256="a81bd088658e18c9d4a85be34b521d781f99267eee7278f57f94ec01d9d99ff0",
        )
    )
    codebook = pd.read_csv(io.BytesIO(content)).set_index("Variable name")["Description"]
    assert set(codebook.index) - set(nhefs.columns) == {"bithcontrol", "smkintensity 82_71"}
    assert "1971" in codebook["tax82"] and "1982" not in codebook["tax82"]
    assert "1: Under 17" in codebook["marital"] and "RESIDENCE" in codebook["price71"]
    assert "IN 1982" in codebook["sbp"] and "IN 1982" in codebook["dbp"]
    assert codebook["race"] == "0: WHITE 1: BLACK OR OTHER IN 1971"
    says_missing = {name.replace("bith", "birth") for name, text in codebook.items() if "MISSING" in text}
    assert says_missing == {*FIVE, "alcoholpy", "birthcontrol"}


def test_nhefs_reproduces_hernan_and_robins(nhefs: pd.DataFrame, says: Callable[..., None]) -> None:
    """What If, 12.2: inverse probability weights, 3.4 kg (95 % CI 2.4 to 4.5) in 1,566 people."""
    seen = nhefs.dropna(subset=["wt82"])
    assert f"{len(seen):,}" == "1,566"
    model = (
        "qsmk ~ sex + race + age + I(age**2) + C(education) + smokeintensity + I(smokeintensity**2)"
        " + smokeyrs + I(smokeyrs**2) + C(exercise) + C(active) + wt71 + I(wt71**2)"
    )
    p = smf.logit(model, seen).fit(disp=0).predict(seen)
    weights = np.where(seen.qsmk == 1, 1 / p, 1 / (1 - p))
    fit = smf.wls("wt82_71 ~ qsmk", seen, weights=weights).fit(cov_type="HC0")
    low, high = fit.conf_int().loc["qsmk"]
    assert fit.params["qsmk"] == pytest.approx(3.4, abs=0.06)
    assert (low, high) == (pytest.approx(2.4, abs=0.06), pytest.approx(4.5, abs=0.06))
    says("nhefs", "in the 1,566 people with a weight in 1982", "3.4 kg (95 % CI 2.4 to 4.5)")
