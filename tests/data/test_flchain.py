"""flchain: every figure that its datasheet states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from lifelines import CoxPHFitter
from scipy.stats import chi2
from sklearn.metrics import roc_auc_score

from curriculum import datasets

FOLDER = Path(__file__).resolve().parents[2] / "datasets/flchain"
Says = Callable[..., None]
FIVE_YEARS = 1826  # days
MODEL = "died ~ age + C(sex) + log_sum"


@pytest.fixture(scope="module")
def people(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """The file, with the sum of both light chains and "creatinine is missing"."""
    frame = table("flchain")
    return frame.assign(total=frame.kappa + frame["lambda"], none=frame.creatinine.isna().astype(int))


@pytest.fixture(scope="module")
def known(people: pd.DataFrame) -> pd.DataFrame:
    """The people of whom it is known whether they died within five years, with out-of-fold predictions."""
    frame = people.assign(
        died=((people.death == 1) & (people.futime <= FIVE_YEARS)).astype(int), log_sum=np.log(people.total)
    )
    frame = frame[(frame.died == 1) | (frame.futime > FIVE_YEARS)].reset_index(drop=True)
    return frame.assign(p=out_of_fold(frame, MODEL))


def out_of_fold(frame: pd.DataFrame, formula: str) -> np.ndarray:
    """Predictions by ten models, each fitted without the rows that it predicts."""
    fold, p = np.arange(len(frame)) % 10, np.zeros(len(frame))
    for i in range(10):
        p[fold == i] = smf.logit(formula, frame[fold != i]).fit(disp=0).predict(frame[fold == i])
    return p


def hazard_ratio(frame: pd.DataFrame, *columns: str) -> tuple[float, float, float, int]:
    """Hazard ratio of the first column, its 95 % interval, and the number of people."""
    complete = frame[["futime", "death", *columns]].dropna()
    fit = CoxPHFitter().fit(complete, "futime", "death")
    low, high = np.exp(fit.confidence_intervals_.loc[columns[0]])
    return float(np.exp(fit.params_[columns[0]])), low, high, len(complete)


def observed_expected(frame: pd.DataFrame) -> tuple[float, float, float]:
    """O:E of death within five years with its exact Poisson interval."""
    observed, expected = frame.died.sum(), frame.p.sum()
    low, high = chi2.ppf(0.025, 2 * observed) / 2, chi2.ppf(0.975, 2 * observed + 2) / 2
    return observed / expected, low / expected, high / expected


def test_who_is_in_it(people: pd.DataFrame, says: Says) -> None:
    assert people.shape[0] == 7874 and not people.duplicated().any()
    sex = people.sex.value_counts()
    says(
        "flchain",
        f"{len(people):,} rows, {people.shape[1] - 2} columns",
        f"{people.death.sum():,} people died and {(people.death == 0).sum():,} were alive",
        f"`creatinine` ({people.none.sum():,} people, {people.none.mean() * 100:.1f} %)",
        f"{sex['F']:,} women and {sex['M']:,} men, {people.age.min()} to {people.age.max()} years old; "
        f"{(people.age > 89).sum()} of them are over 89",
    )
    assert set(people.columns[people.isna().any()]) == {"creatinine", "chapter"}
    who = datasets.about(FOLDER)["who"]
    assert f"{len(people):,} residents" in who
    assert f"{sex['F']:,} women and {sex['M']:,} men aged {people.age.min()} to {people.age.max()}" in who


def test_the_horizon(people: pd.DataFrame, known: pd.DataFrame, says: Says) -> None:
    alive = people[people.death == 0]
    assert len(people) - len(known) == (alive.futime <= FIVE_YEARS).sum()
    says(
        "flchain",
        f"{len(people) - len(known)} people were alive with less follow-up than that",
        f"({known.died.sum()} deaths among {len(known):,})",
        f"{(alive.futime < 365).sum()} people alive have less than a year of follow-up, "
        f"{(alive.futime <= FIVE_YEARS).sum()} less than five",
    )


def test_creatinine_stops(people: pd.DataFrame, says: Says) -> None:
    by_year = people.groupby("sample.yr").none.agg(["sum", "size", "mean"])
    before = by_year.loc[:2001, "mean"] * 100
    says("flchain", f"missing for {before.min():.1f} to {before.max():.1f} % of each year's people")
    for year in (2002, 2003):
        missing, n, share = by_year.loc[year]
        says("flchain", f"{missing:.0f} of {n:.0f} ({share * 100:.1f} %)")


def test_creatinine_is_not_missing_by_chance(people: pd.DataFrame, known: pd.DataFrame, says: Says) -> None:
    without, given = known[known.none == 1], known[known.none == 0]
    ratio, low, high = observed_expected(without)
    assert (ratio, low, high) == (
        pytest.approx(0.70, abs=0.02),  # the blueprint: .70 [.56-.87]
        pytest.approx(0.56, abs=0.03),
        pytest.approx(0.87, abs=0.03),
    )
    other, other_low, other_high = observed_expected(given)
    early = without[without["sample.yr"] < 2002]
    frame = people.assign(male=(people.sex == "M").astype(int), log_sum=np.log(people.total))
    hazard, below, above, _ = hazard_ratio(frame, "none", "age", "male", "log_sum")
    says(
        "flchain",
        f"{without.died.sum()} deaths against {without.p.sum():.1f}",
        f"(O:E) of {ratio:.2f} (95 % interval {low:.2f} to {high:.2f}, Poisson)",
        f"{other:.2f} ({other_low:.2f} to {other_high:.2f}) for those with",
        f"ratio without creatinine is {observed_expected(early)[0]:.2f} too "
        f"({early.died.sum()} deaths against {early.p.sum():.1f})",
        f"hazard ratio of having none is {hazard:.2f} ({below:.2f} to {above:.2f})",
    )


def test_who_is_sampled_changes(people: pd.DataFrame, known: pd.DataFrame, says: Says) -> None:
    age = people.groupby("sample.yr").age.mean()
    died = known.groupby("sample.yr").died.mean() * 100
    assert age[1995] == pytest.approx(65, abs=0.5) and age[2003] == pytest.approx(58, abs=0.5)
    says(
        "flchain",
        f"mean age is {age[1995]:.1f} in 1995, {age[1996]:.1f} in 1996, {age[2000]:.1f} in 2000 and {age[2003]:.1f}",
        f"{died[1995]:.1f} % of the people of 1995 died within five years, {died[2003]:.1f} % of those of 2003",
    )


def test_right_on_average_wrong_twice(known: pd.DataFrame, says: Says) -> None:
    past, later = known[known["sample.yr"] <= 1998], known[known["sample.yr"] > 1998]
    later = later.assign(p=smf.logit(MODEL, past).fit(disp=0).predict(later))
    middle, last = later[later["sample.yr"] <= 2001], later[later["sample.yr"] > 2001]
    assert observed_expected(middle)[0] > 1 > observed_expected(last)[0]
    says(
        "flchain",
        f"the {len(past):,} people of 1995 to 1998 and apply it to the {len(later)} of 1999 to 2003: "
        f"O:E {observed_expected(later)[0]:.2f}",
        f"{observed_expected(middle)[0]:.2f} for 1999 to 2001 ({middle.died.sum()} deaths among {len(middle)} people)",
        f"{observed_expected(last)[0]:.2f} for 2002 and 2003 ({last.died.sum()} among {len(last)}",
    )


def test_chapter_is_the_outcome(people: pd.DataFrame, says: Says) -> None:
    assert people.chapter.notna().eq(people.death == 1).all()
    says(
        "flchain",
        f"exactly the {people.chapter.notna().sum():,} people who died and empty for exactly the "
        f"{people.chapter.isna().sum():,}",
        f"an AUC of {roc_auc_score(people.death, people.chapter.notna()):.2f}",
    )


def test_death_has_no_horizon(people: pd.DataFrame, says: Says) -> None:
    by_year = people.groupby("sample.yr")
    longest, dead = by_year.futime.max() / 365.25, by_year.death.mean() * 100
    says(
        "flchain",
        f"People of 1995 could be followed for {longest[1995]:.1f} years, people of 2003 for {longest[2003]:.1f}",
        f"{dead[1995]:.1f} % of the first and {dead[2003]:.1f} % of the last have `death` 1",
    )


def test_died_on_the_day(people: pd.DataFrame, says: Says) -> None:
    same_day = people[people.futime == 0].sort_values("age")
    assert same_day.death.eq(1).all() and same_day.sex.eq("F").all()
    first, second, third = same_day.age
    week = ((people.futime < 7) & (people.death == 1)).sum()
    says(
        "flchain",
        f"0 for {len(same_day)} people, women of {first}, {second} and {third}",
        f"{week} people died within a week",
    )


def test_groups_are_those_of_the_whole_study(people: pd.DataFrame, says: Says) -> None:
    groups = people.groupby("flc.grp").total.agg(["size", "min", "max"])
    assert (groups["max"].to_numpy()[:-1] < groups["min"].to_numpy()[1:]).all()
    says(
        "flchain",
        f"{groups['size'].min()} to {groups['size'].max()} people where tenths of this file would hold "
        f"{len(people) // 10}",
        f"begins at kappa + lambda of {groups.loc[10, 'min']:.2f}",
    )


def test_mgus_is_an_abnormal_ratio(people: pd.DataFrame, says: Says) -> None:
    ratio = people.kappa / people["lambda"]
    abnormal = (ratio < 0.26) | (ratio > 1.65)
    marked = people.mgus == 1
    dead = people.groupby("mgus").death.mean() * 100
    assert not abnormal[~marked].any() and people[marked]["sample.yr"].max() == 2000
    says(
        "flchain",
        f"{abnormal[marked].sum()} of the {marked.sum()} people with `mgus` 1",
        f"none of the {(~marked).sum():,} with 0",
        f"({dead[1]:.1f} % against {dead[0]:.1f} %)",
    )


def test_the_file_is_sorted(people: pd.DataFrame, says: Says) -> None:
    blocks = (people.sex != people.sex.shift()).cumsum()
    oldest = people.groupby(blocks).age.max()
    assert blocks.max() == 11 and oldest.is_monotonic_decreasing
    position, age = (roc_auc_score(people.death, values) for values in (-people.index, people.age))
    first, last = people.death[:1000].mean() * 100, people.death[7000:].mean() * 100
    says(
        "flchain",
        f"AUC of {position:.2f}, as well as age does ({age:.2f})",
        f"Of the first 1,000 people {first:.1f} % died, of the last {len(people) - 7000} {last:.1f} %",
    )


def test_who_could_be_found(people: pd.DataFrame, says: Says) -> None:
    dead = people[people.death == 1]
    alone = (dead.groupby(["age", "sex", "sample.yr"]).size() == 1).sum()
    says(
        "flchain",
        f"exactly, for {(people.age > 89).sum()} people",
        f"{alone} of the people who died are the only dead",
    )


def test_half_of_which_study(people: pd.DataFrame, says: Says) -> None:
    says("flchain", f"{2 * len(people):,}, which is twice {len(people):,}")


def test_reproduces_dispenzieri_2012(people: pd.DataFrame, says: Says) -> None:
    """Risk ratio of a sum of 4.72 mg/dL or more: 4.4 (4.1-4.7), adjusted 2.1 (1.9-2.2), in the whole study."""
    frame = people.assign(top=(people.total >= 4.72).astype(int), male=(people.sex == "M").astype(int))
    assert frame.top.eq(people["flc.grp"] == 10).all()
    crude, *crude_interval, _ = hazard_ratio(frame, "top")
    adjusted, *interval, _ = hazard_ratio(frame, "top", "age", "male")
    renal, *renal_interval, n = hazard_ratio(frame, "top", "age", "male", "creatinine")
    assert crude == pytest.approx(4.4, abs=0.15)
    assert adjusted == pytest.approx(2.1, abs=0.1) and renal == pytest.approx(2.1, abs=0.1)
    years = people.futime.sum() / 365.25
    assert 2 * people.death.sum() == pytest.approx(4348, rel=0.01)
    assert 2 * years == pytest.approx(158_003, rel=0.01)
    says(
        "flchain",
        "a risk ratio of 4.4 (95 % CI 4.1 to 4.7) for a sum of 4.72 mg/dL or more",
        "2.1 (1.9 to 2.2) after correction",
        "4,348 deaths in 158,003 person-years",
        f"{crude:.2f} ({crude_interval[0]:.2f} to {crude_interval[1]:.2f})",
        f"{adjusted:.2f} ({interval[0]:.2f} to {interval[1]:.2f}) with age and sex",
        f"{renal:.2f} ({renal_interval[0]:.2f} to {renal_interval[1]:.2f}) with creatinine as well, in the {n:,} people",
        f"twice this file is {2 * people.death.sum():,} deaths in {2 * years:,.0f}",
    )


def test_a_model_to_start_from(known: pd.DataFrame, says: Says) -> None:
    auc = roc_auc_score(known.died, known.p)
    logit = np.log(known.p / (1 - known.p)).to_numpy()
    slope = sm.Logit(known.died, sm.add_constant(logit)).fit(disp=0).params.iloc[1]
    alone = roc_auc_score(known.died, out_of_fold(known, "died ~ age + C(sex)"))
    assert auc == pytest.approx(0.82, abs=0.01) and slope == pytest.approx(1.0, abs=0.03)
    says(
        "flchain",
        f"AUC of {auc:.2f} for death within five years, with a calibration slope of {slope:.2f}",
        f"age and sex alone reach {alone:.2f}",
    )
