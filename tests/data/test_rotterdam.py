"""rotterdam and gbsg: every figure that their datasheets state, and how the two belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.utils import concordance_index

from curriculum import datasets

FOLDER = Path(__file__).resolve().parents[2] / "datasets"
DAYS = 365.25  # days in a year, as McLernon and colleagues count
HORIZON = 5.0  # years
KNOTS = (0.0, 1.0, 9.0)  # of the restricted cubic spline for nodes
GROUPS = ["size_21_50", "size_over_50", "grade_3", "nodes_1_3", "nodes_over_3"]
SPLINE = ["size_21_50", "size_over_50", "grade_3", "nodes_capped", "nodes_bent"]

Says = Callable[..., None]


def percent(share: float) -> str:
    """A share as "12.3 %"."""
    return f"{share * 100:.1f} %"


def outcome(table: pd.DataFrame, days: pd.Series, event: pd.Series) -> pd.DataFrame:
    """`years` and `event`, and both censored at five years as `years5` and `event5`."""
    years = days / DAYS
    return table.assign(
        years=years, event=event, years5=years.clip(upper=HORIZON), event5=event.where(years <= HORIZON, 0)
    )


def predictors(table: pd.DataFrame) -> pd.DataFrame:
    """The predictors of McLernon and colleagues; `size` in the three groups of rotterdam, grades 1 and 2 together."""
    capped = table.nodes.clip(upper=19).astype(float)
    first, middle, last = KNOTS
    cubes = [(capped - knot).clip(lower=0) ** 3 for knot in KNOTS]
    bent = (
        cubes[0] - cubes[1] * (last - first) / (last - middle) + cubes[2] * (middle - first) / (last - middle)
    )
    return table.assign(
        size_21_50=(table["size"] == "20-50").astype(int),
        size_over_50=(table["size"] == ">50").astype(int),
        grade_3=(table.grade == 3).astype(int),
        nodes_1_3=table.nodes.between(1, 3).astype(int),
        nodes_over_3=(table.nodes > 3).astype(int),
        nodes_capped=capped,
        nodes_bent=bent / (last - first) ** 2,
    )


@pytest.fixture(scope="module")
def rotterdam(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """All women, with recurrence-free survival as McLernon and colleagues define it."""
    raw = table("rotterdam")
    days = raw.rtime.where(raw.recur.eq(1) | raw.death.eq(0), raw.dtime)
    return predictors(outcome(raw, days, raw[["recur", "death"]].max(axis=1)))


@pytest.fixture(scope="module")
def gbsg(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """All women, with size in millimetres as `mm` and in rotterdam's groups as `size`."""
    raw = table("gbsg").rename(columns={"size": "mm"})
    groups = pd.cut(raw.mm, [0, 20, 50, np.inf], labels=["<=20", "20-50", ">50"]).astype(str)
    return predictors(outcome(raw.assign(size=groups), raw.rfstime, raw.status))


def cox(table: pd.DataFrame, columns: list[str], time: str = "years", event: str = "event") -> CoxPHFitter:
    return CoxPHFitter().fit(table[[*columns, time, event]], time, event)


def hazard_ratio(model: CoxPHFitter, name: str) -> tuple[float, float, float]:
    """The ratio with its 95 % interval."""
    return tuple(model.summary.loc[name, ["exp(coef)", "exp(coef) lower 95%", "exp(coef) upper 95%"]])


def risk(table: pd.DataFrame, time: str = "years5", event: str = "event5", at: float = HORIZON) -> float:
    """Share with an event by a time, after Kaplan and Meier."""
    return 1 - KaplanMeierFitter().fit(table[time], table[event]).predict(at)


def predicted(model: CoxPHFitter, table: pd.DataFrame, at: float = HORIZON) -> np.ndarray:
    """Each woman's predicted risk at a time."""
    return 1 - model.predict_survival_function(table, times=[at]).iloc[0].to_numpy()


def uncensored(time: np.ndarray, event: np.ndarray) -> Callable[..., np.ndarray]:
    """The chance of being still followed just before a time (or, with `after`, just after it)."""
    curve = KaplanMeierFitter().fit(time, 1 - event).survival_function_.iloc[:, 0]

    def chance(at: np.ndarray, after: bool = False) -> np.ndarray:
        place = np.searchsorted(curve.index.to_numpy(), at, side="right" if after else "left") - 1
        return np.where(place < 0, 1.0, curve.to_numpy()[np.maximum(place, 0)])

    return chance


def uno(time: np.ndarray, event: np.ndarray, score: np.ndarray) -> float:
    """Uno's C: pairs weighted with one over the squared chance of being followed (Uno et al. 2011)."""
    weights = 1 / uncensored(time, event)(time) ** 2
    right = total = 0.0
    for one in np.flatnonzero(event == 1):
        later = (time > time[one]) | ((time == time[one]) & (event == 0))
        right += weights[one] * ((score[later] < score[one]).sum() + (score[later] == score[one]).sum() / 2)
        total += weights[one] * later.sum()
    return right / total


def brier(time: np.ndarray, event: np.ndarray, forecast: np.ndarray, at: float) -> float:
    """Brier score at a time, weighted for censoring (Graf et al. 1999)."""
    chance = uncensored(time, event)
    early = (time <= at) & (event == 1)
    late = time > at
    lost = np.where(early, (1 - forecast) ** 2 / chance(time), 0.0)
    kept = np.where(late, forecast**2 / chance(np.array([at]), after=True), 0.0)
    return float((lost + kept).mean())


@dataclass(frozen=True)
class Validation:
    """A model of rotterdam in gbsg."""

    model: CoxPHFitter
    harrell: float
    uno: float
    ratio: float
    slope: float
    brier: float


def validate(rotterdam: pd.DataFrame, gbsg: pd.DataFrame, columns: list[str]) -> Validation:
    model = cox(rotterdam, columns, "years5", "event5")
    time, event = gbsg.years5.to_numpy(), gbsg.event5.to_numpy()
    score = model.predict_log_partial_hazard(gbsg).to_numpy()
    slope = cox(gbsg.assign(score=score), ["score"], "years5", "event5").params_["score"]
    return Validation(
        model=model,
        harrell=concordance_index(time, -score, event),
        uno=uno(time, event, score),
        ratio=risk(gbsg) / predicted(model, gbsg).mean(),
        slope=slope,
        brier=brier(time, event, predicted(model, gbsg, 4.99), 4.99),
    )


# ---------------------------------------------------------------- rotterdam


def test_rotterdam_who_is_in_it(rotterdam: pd.DataFrame, says: Says) -> None:
    assert rotterdam.pid.is_unique and rotterdam.pid.is_monotonic_increasing
    assert (rotterdam.year.min(), rotterdam.year.max()) == (1978, 1993)
    meno = rotterdam.meno.value_counts()
    both = (rotterdam.hormon.eq(1) & rotterdam.chemo.eq(1)).sum()
    says(
        "rotterdam",
        f"{len(rotterdam):,} rows, 15 columns",
        f"runs from {rotterdam.pid.min()} to {rotterdam.pid.max()} with gaps",
        f"{rotterdam.recur.sum():,} women had a recurrence, {rotterdam.death.sum():,} died, "
        f"{rotterdam.event.sum():,} had one or the other",
        f"{rotterdam.hormon.sum()} had hormone treatment, {rotterdam.chemo.sum()} chemotherapy, {both} both",
        f"{rotterdam.age.min()} to {rotterdam.age.max()} years old at surgery, {meno[0]:,} before and {meno[1]:,} after",
        f"{(rotterdam.nodes == 0).sum():,} had no tumour in the lymph nodes, {(rotterdam.nodes > 0).sum():,} had",
        f"follow-up up to {rotterdam[['rtime', 'dtime']].max().max() / DAYS:.1f} years",
    )


def test_rotterdam_nothing_is_missing(table: Callable[..., pd.DataFrame]) -> None:
    """No field is empty, and the clock of recurrence never runs longer than that of death."""
    raw = table("rotterdam")
    assert raw.shape == (2982, 15) and raw.notna().all(axis=None)
    assert (raw.rtime <= raw.dtime).all()
    assert raw[raw.death.eq(0) & raw.recur.eq(0)].eval("rtime == dtime").all()


def test_rotterdam_43_deaths_after_the_other_clock(rotterdam: pd.DataFrame, says: Says) -> None:
    deaths = rotterdam[rotterdam.death.eq(1) & rotterdam.recur.eq(0)]
    late = deaths[deaths.dtime > deaths.rtime]
    gap = late.dtime - late.rtime
    assert len(late) == 43
    other = outcome(rotterdam, rotterdam.rtime, rotterdam.event)
    forty = rotterdam.set_index("pid").loc[40]
    assert forty.recur == 0 and forty.death == 1
    says(
        "rotterdam",
        f"{len(deaths)} women died without a recorded recurrence. For {len(late)} of them",
        f"by {gap.min()} to {gap.max():,} days (median {gap.median():.0f})",
        f"after {forty.rtime / DAYS:.1f} years, dead at {forty.dtime / DAYS:.1f} years",
        f"gives {other.event5.sum():,} events within 5 years",
        f"for the 43 gives {rotterdam.event5.sum():,}",
        f"The 5-year risk is {percent(risk(other))} or {percent(risk(rotterdam))}",
    )


def test_rotterdam_recurrence_alone_is_another_outcome(rotterdam: pd.DataFrame, says: Says) -> None:
    recurred = outcome(rotterdam, rotterdam.rtime, rotterdam.recur)
    says("rotterdam", f"{recurred.event5.sum():,} events in 5 years instead of {rotterdam.event5.sum():,}")


def test_rotterdam_model_without_affected_nodes_fails_with_them(
    rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says
) -> None:
    none, some = rotterdam[rotterdam.nodes == 0], rotterdam[rotterdam.nodes > 0]
    pooled = cox(none, ["size_21_50", "size_over_50", "grade_3"], "years5", "event5")
    number = cox(none, ["size_21_50", "size_over_50", "grade"], "years5", "event5")
    assert risk(gbsg) > 1.8 * predicted(pooled, gbsg).mean()
    says(
        "rotterdam",
        f"({percent(risk(none))} had an event within 5 years), predicts {percent(predicted(pooled, some).mean())} "
        f"for the {len(some):,} women with affected nodes; observed {percent(risk(some))}",
        f"it predicts {percent(predicted(pooled, gbsg).mean())} with grades 1 and 2 pooled and "
        f"{percent(predicted(number, gbsg).mean())} with grade as a number; observed {percent(risk(gbsg))}",
    )


def test_rotterdam_treatment_went_to_those_who_needed_it(
    rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says
) -> None:
    none, some = rotterdam[rotterdam.nodes == 0], rotterdam[rotterdam.nodes > 0]
    assert none[["hormon", "chemo"]].eq(0).all(axis=None)
    logs = {f"log_{name}": np.log1p(some[name]) for name in ("nodes", "pgr", "er")}
    rest = ["age", "meno", "size_21_50", "size_over_50", "grade_3", "chemo", *logs]
    everybody = hazard_ratio(cox(rotterdam, ["hormon"]), "hormon")
    crude = hazard_ratio(cox(some, ["hormon"]), "hormon")
    adjusted = hazard_ratio(cox(some.assign(**logs), ["hormon", *rest]), "hormon")
    trial = hazard_ratio(cox(gbsg, ["hormon"]), "hormon")
    assert crude[0] == pytest.approx(0.85, abs=0.01) and trial[0] == pytest.approx(0.69, abs=0.01)
    assert everybody[1] > 1 > crude[2]
    means = some.groupby("hormon")[["age", "meno"]].mean()
    says(
        "rotterdam",
        f"None of the {len(none):,} women without affected nodes",
        "is {:.2f} times that without (95 % CI {:.2f} to {:.2f})".format(*everybody),
        "it is {:.2f} ({:.2f} to {:.2f}); after adjustment".format(*crude),
        "nodes, receptors and chemotherapy {:.2f} ({:.2f} to {:.2f})".format(*adjusted),
        "In the trial gbsg it is {:.2f} ({:.2f} to {:.2f})".format(*trial),
        f"(see above: {everybody[0]:.2f}, {crude[0]:.2f} and {adjusted[0]:.2f} are all in this one file)",
        f"(mean {means.age[1]:.1f} against {means.age[0]:.1f} years)",
        f"{percent(means.meno[1])} were past the menopause, against {percent(means.meno[0])}",
    )


def test_rotterdam_practice_changed(rotterdam: pd.DataFrame, says: Says) -> None:
    some = rotterdam[rotterdam.nodes > 0]
    early, late = (some[some.year.between(*span)].hormon for span in ((1978, 1987), (1988, 1993)))
    says(
        "rotterdam",
        f"{percent(early.mean())} ({early.sum()} of {len(early)}) operated on up to 1987",
        f"{percent(late.mean())} ({late.sum()} of {len(late)}) from 1988 on",
    )


def test_rotterdam_is_the_table_of_royston_and_altman(rotterdam: pd.DataFrame, says: Says) -> None:
    """Table 1 of the paper, as Therneau reproduces it in "Recreating a Royston and Altman paper"."""
    some = rotterdam[rotterdam.nodes > 0]
    size = some["size"].value_counts()
    assert [size["<=20"], size["20-50"], size[">50"]] == [501, 783, 262]
    assert some.meno.value_counts().to_dict() == {1: 918, 0: 628}
    assert some.hormon.value_counts().to_dict() == {0: 1207, 1: 339}
    assert (round(some.age.mean()), round(some.age.std())) == (56, 13)
    says(
        "rotterdam",
        "of 1,546 women with affected nodes 501, 783 and 262",
        "628 and 918 before and after the menopause, 1,207 and 339 without and with hormone treatment",
        f"mean age {some.age.mean():.1f} (standard deviation {some.age.std():.1f})",
    )


# ---------------------------------------------------------------- gbsg


def test_gbsg_who_is_in_it(gbsg: pd.DataFrame, says: Says) -> None:
    assert len(gbsg) == 686 and gbsg.notna().all(axis=None) and gbsg.pid.is_unique
    meno = gbsg.meno.value_counts()
    left = (gbsg.event5.eq(0) & (gbsg.years < HORIZON)).sum()
    says(
        "gbsg",
        f"{len(gbsg)} rows, 11 columns",
        f"up to {gbsg.pid.max()}",
        f"{gbsg.status.sum()} had a recurrence or died, {gbsg.event5.sum()} of them within 5 years; {left} left",
        f"{gbsg.hormon.sum()} had hormone therapy",
        f"{gbsg.age.min()} to {gbsg.age.max()} years old, {meno[0]} before and {meno[1]} after the menopause, "
        f"with {gbsg.nodes.min()} to {gbsg.nodes.max()} affected",
        f"{len(gbsg)} of 720: the {720 - len(gbsg)} women",
        f"at most {gbsg.years.max():.1f} years",
        f"{left} of {(gbsg.event5 == 0).sum()}",
        f"{gbsg.event5.sum()} of {len(gbsg)} is {percent(gbsg.event5.mean())}, the Kaplan-Meier risk is {percent(risk(gbsg))}",
    )
    assert 0.65 < left / (gbsg.event5 == 0).sum() < 0.75  # "seven in ten"


def test_gbsg_is_not_all_randomised(gbsg: pd.DataFrame, says: Says) -> None:
    """473 women were randomised, 184 to tamoxifen (Schumacher et al. 1994, abstract)."""
    by_meno, age = gbsg.groupby("meno").hormon.mean(), gbsg.groupby("hormon").age.mean()
    says(
        "gbsg",
        "473 women, 184 of them to tamoxifen (93 and 91)",
        f"at least {len(gbsg) - 473} women, and at least {gbsg.hormon.sum() - 184} of those with hormone therapy",
        f"{percent(by_meno[0])} of the women before the menopause had hormone therapy, {percent(by_meno[1])} of those after",
        f"(mean {age[1]:.1f} against {age[0]:.1f} years)",
    )


def test_gbsg_effect_of_hormone_therapy(gbsg: pd.DataFrame, says: Says) -> None:
    logs = {f"log_{name}": np.log1p(gbsg[name]) for name in ("nodes", "pgr", "er")}
    grades = {"grade_2": (gbsg.grade == 2).astype(int)}
    rest = ["age", "meno", "mm", "grade_2", "grade_3", *logs]
    crude = hazard_ratio(cox(gbsg, ["hormon"]), "hormon")
    adjusted = hazard_ratio(cox(gbsg.assign(**logs, **grades), ["hormon", *rest]), "hormon")
    says(
        "gbsg",
        "is {:.2f} times that without (95 % CI {:.2f} to {:.2f}); ".format(*crude)
        + "{:.2f} ({:.2f} to {:.2f}) after adjustment".format(*adjusted),
    )


def test_gbsg_effect_depends_on_the_receptor_and_on_the_cut(gbsg: pd.DataFrame, says: Says) -> None:
    high, low = gbsg[gbsg.pgr >= 20], gbsg[gbsg.pgr < 20]
    effect = {
        name: hazard_ratio(cox(part, ["hormon"]), "hormon") for name, part in (("high", high), ("low", low))
    }

    def p(marker: pd.Series) -> float:
        made = gbsg.assign(marker=marker, product=marker * gbsg.hormon)
        return cox(made, ["hormon", "marker", "product"]).summary.loc["product", "p"]

    p20, p10 = p((gbsg.pgr >= 20).astype(int)), p((gbsg.pgr >= 10).astype(int))
    assert p20 == pytest.approx(0.03, abs=0.005)
    says(
        "gbsg",
        f"the {len(high)} women with `pgr` of 20 or more the hazard ratio is "
        + "{:.2f} ({:.2f} to {:.2f})".format(*effect["high"]),
        f"the {len(low)} with less " + "{:.2f} ({:.2f} to {:.2f})".format(*effect["low"]),
        f"interaction p = {p20:.3f}",
        f"the interaction has p = {p10:.2f}; with log(1 + `pgr`) and no cut-off p = {p(np.log1p(gbsg.pgr)):.3f}",
        f"With `er` in the same way p = {p(np.log1p(gbsg.er)):.2f}",
    )


# ---------------------------------------------------------------- the two together


def test_the_two_code_size_and_grade_differently(
    rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says
) -> None:
    assert set(rotterdam.grade) == {2, 3} and set(gbsg.grade) == {1, 2, 3}
    theirs, ours = (part["size"].value_counts() for part in (gbsg, rotterdam))
    grades = gbsg.grade.value_counts()
    some = rotterdam[rotterdam.nodes > 0]
    risks = [percent(risk(part[part.grade == grade])) for part in (some, gbsg) for grade in (3, 2)]
    says(
        "rotterdam",
        f"{ours['<=20']:,}, {ours['20-50']:,} and {ours['>50']} women",
        f"{percent(rotterdam.grade_3.mean())} have grade 3 and nobody has grade 1; in gbsg "
        f"{percent(gbsg.grade_3.mean())} have grade 3 and {percent((gbsg.grade == 1).mean())} grade 1",
        f"of {risks[0]} against {risks[1]} here, {risks[2]} against {risks[3]} in gbsg",
    )
    says(
        "gbsg",
        f"{percent((gbsg.mm % 5 == 0).mean())} of the sizes are multiples of 5",
        f"{theirs['<=20']}, {theirs['20-50']} and {theirs['>50']} women",
        f"{grades[1]}, {grades[2]} and {grades[3]} women",
        f"`nodes` is never 0 and reaches {gbsg.nodes.max()}. The largest number in rotterdam is {rotterdam.nodes.max()}",
        f"at rotterdam's 99th percentile, {rotterdam.nodes.quantile(0.99, interpolation='lower')}",
    )


def test_the_two_receptors(rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says) -> None:
    says(
        "rotterdam",
        f"{(rotterdam.pgr == 0).sum()} women have a `pgr` of 0 and {(rotterdam.er == 0).sum()} an `er` of 0",
        f"{rotterdam.pgr.max():,} and {rotterdam.er.max():,}, against {gbsg.pgr.max():,} and {gbsg.er.max():,} in gbsg",
    )
    says("gbsg", f"{(gbsg.pgr == 0).sum()} women have a `pgr` of 0 and {(gbsg.er == 0).sum()} an `er` of 0")


def test_the_two_share_numbers_but_no_women(rotterdam: pd.DataFrame, gbsg: pd.DataFrame) -> None:
    both = rotterdam.merge(gbsg, on="pid", suffixes=("", "_gbsg"))
    same = both.eval("age == age_gbsg and nodes == nodes_gbsg and pgr == pgr_gbsg and er == er_gbsg")
    assert len(both) > 500 and not same.any()


def test_mclernon_validation_with_nodes_in_groups(
    rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says
) -> None:
    """Events of the abstract; C .65, Uno's C .64, O/E 1.0444 and Brier .22 of the authors' published code."""
    assert (len(rotterdam), rotterdam.event5.sum()) == (2982, 1275)
    assert (len(gbsg), gbsg.event5.sum()) == (686, 285)
    found = validate(rotterdam, gbsg, GROUPS)
    assert found.harrell == pytest.approx(0.65, abs=0.005)
    assert found.uno == pytest.approx(0.64, abs=0.005)
    assert found.ratio == pytest.approx(1.0444, abs=0.002)
    assert found.brier == pytest.approx(0.22, abs=0.005)
    says(
        "gbsg",
        f"| Harrell's C | {found.harrell:.3f} | 0.65 |",
        f"| Uno's C | {found.uno:.3f} | 0.64 |",
        f"| Observed / expected at 5 years | {found.ratio:.3f} | 1.044 |",
        f"| Brier score at 4.99 years | {found.brier:.3f} | 0.22 |",
    )


def test_mclernon_validation_with_a_spline(rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says) -> None:
    """Coefficients, log likelihood, O/E 1.02, slope 1.06 and Brier .2249 of the authors' later code."""
    found = validate(rotterdam, gbsg, SPLINE)
    coefficients = [0.34, 0.57, 0.36, 0.30, -0.81]
    np.testing.assert_allclose(found.model.params_[SPLINE], coefficients, atol=0.005)
    assert found.model.log_likelihood_ == pytest.approx(-9596.92, abs=0.01)
    assert found.harrell == pytest.approx(0.65, abs=0.005)
    assert found.ratio == pytest.approx(1.02, abs=0.005)
    assert found.slope == pytest.approx(1.06, abs=0.005)
    assert found.brier == pytest.approx(0.224859, abs=0.001)
    says(
        "gbsg",
        f"C {found.harrell:.3f}, Uno's C {found.uno:.3f}, observed / expected {found.ratio:.3f} (they print 1.02), "
        f"slope {found.slope:.2f} (they print 1.06) and Brier {found.brier:.3f} (they print 0.2249)",
        "coefficients 0.34, 0.57, 0.36, 0.30, -0.81 and log likelihood -9596.92",
    )


def test_median_times_are_as_printed(rotterdam: pd.DataFrame, gbsg: pd.DataFrame, says: Says) -> None:
    """6.7 and 4.9 years (R package CalibrationCurves, documentation of the same two cohorts)."""
    medians = [
        KaplanMeierFitter().fit(part.years, part.event).median_survival_time_ for part in (rotterdam, gbsg)
    ]
    np.testing.assert_allclose(medians, [6.7, 4.9], atol=0.05)
    says("rotterdam", f"median time without recurrence {medians[0]:.1f} years")
    says("gbsg", f"The median time without recurrence is {medians[1]:.1f} years")


def test_who_lines_of_the_list(rotterdam: pd.DataFrame, gbsg: pd.DataFrame) -> None:
    """The figures in the `who` lines of dataset.yml."""
    first, second = (" ".join(datasets.about(FOLDER / name)["who"].split()) for name in ("rotterdam", "gbsg"))
    none = (rotterdam.nodes == 0).sum()
    assert f"{len(rotterdam):,} women aged {rotterdam.age.min()} to {rotterdam.age.max()}" in first
    assert f"{none:,} without and {len(rotterdam) - none:,} with tumour" in first
    assert f"{len(gbsg)} women aged {gbsg.age.min()} to {gbsg.age.max()}" in second
    assert f"in {gbsg.nodes.min()} to {gbsg.nodes.max()} lymph nodes" in second
