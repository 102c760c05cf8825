"""nwtco: every figure that its datasheet states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from lifelines import CoxPHFitter
from sklearn.metrics import cohen_kappa_score, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

from curriculum import datasets

FOLDER = Path(__file__).resolve().parents[2] / "datasets/nwtco"
Says = Callable[..., None]
COX = ["stage2", "stage3", "stage4", "unfavourable", "years"]
# Lumley, Two-phase designs in epidemiology (vignette of the R package survey): all 4,028 children, and the
# case-cohort sample weighted after Lin and Ying; in the order of COX.
PRINTED = [0.66730, 0.81737, 1.15373, 1.58389, 0.06789]
PRINTED_CASE_COHORT = [0.69266, 0.62685, 1.29951, 1.45829, 0.04609]
# The same text, logistic regression of relapse on stage and central histology in the 4,088 children of the article.
PRINTED_ARTICLE = [-2.7066, 0.7679, 0.7747, 1.0506, 1.3104, 0.1477, 0.5942, 1.2619]


@pytest.fixture(scope="module")
def children(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """The file, with indicators: local and central "unfavourable", stages, age in years."""
    frame = table("nwtco")
    stages = {f"stage{stage}": frame.stage.eq(stage).astype(int) for stage in (2, 3, 4)}
    return frame.assign(
        local=frame.instit - 1,
        unfavourable=frame.histol - 1,
        years=frame.age / 12,
        sub=frame["in.subcohort"],
        **stages,
    )


@pytest.fixture(scope="module")
def sampled(children: pd.DataFrame) -> pd.DataFrame:
    """The subcohort and everybody who relapsed, with the weight of the design."""
    chosen = children[(children["sub"] == 1) | (children.rel == 1)]
    rest = (children.rel == 0).sum() / (chosen.rel == 0).sum()
    return chosen.assign(weight=np.where(chosen.rel == 1, 1, rest))


def cox(frame: pd.DataFrame, columns: list[str], **options: object) -> CoxPHFitter:
    return CoxPHFitter().fit(
        frame[["edrel", "rel", *columns, *(v for v in options.values() if isinstance(v, str))]],
        "edrel",
        "rel",
        **options,
    )


def test_who_is_in_it(children: pd.DataFrame, says: Says) -> None:
    file = (FOLDER / "nwtco.csv").read_text(encoding="utf-8")
    assert len(file.splitlines()[0].split(",")) == 9 and ",," not in file
    columns = file.splitlines()[0].split(",")
    assert children.seqno.is_unique and children[columns].drop(columns="seqno").duplicated().sum() == 2
    study, stage = children.study.value_counts(), children.stage.value_counts()
    oldest = children.age.max()
    says(
        "nwtco",
        f"{len(children):,} rows, {len(columns)} columns",
        f"{children.rel.sum()} of the {len(children):,} children relapsed ({children.rel.mean() * 100:.1f} %)",
        f"{study[3]:,} were in the third study and {study[4]:,} in the fourth",
        f"Stage I has {stage[1]:,} children, II {stage[2]:,}, III {stage[3]}, IV {stage[4]}",
        f"to {oldest} months ({oldest // 12} years and {oldest % 12} months); the median is "
        f"{children.age.median():.0f} months",
    )
    who = datasets.about(FOLDER)["who"]
    assert f"{len(children):,} children up to {oldest // 12} years old" in who


def test_the_first_reading_is_not_the_truth(children: pd.DataFrame, says: Says) -> None:
    both = pd.crosstab(children.local, children.unfavourable)
    found, bad, good = both.loc[1, 1], both[1].sum(), both[0].sum()
    sensitivity, specificity = found / bad, both.loc[0, 0] / good
    low, high = proportion_confint(found, bad, method="wilson")
    kappa = cohen_kappa_score(children.instit, children.histol)
    assert (sensitivity, specificity, kappa) == pytest.approx((0.72, 0.98, 0.73), abs=0.005)
    called = both.loc[1].sum()
    says(
        "nwtco",
        f"Of {bad} tumours that the central laboratory calls unfavourable the hospitals called {found} so: "
        f"sensitivity {sensitivity:.2f} (95 % interval {low:.2f} to {high:.2f}, Wilson)",
        f"Of {good:,} favourable ones they called {both.loc[0, 0]:,} so: specificity {specificity:.2f}",
        f"agree in {children.instit.eq(children.histol).mean() * 100:.1f} %, and kappa is {kappa:.2f}",
        f"{both.loc[0, 1]} children with an unfavourable tumour were read as favourable at first, {both.loc[1, 0]}",
        f"of {called} called unfavourable by the hospital {found / called * 100:.1f} % were",
        f"when {good / len(children) * 100:.1f} % of the tumours are favourable",
    )
    assert round(1 / children.instit.ne(children.histol).mean()) == 20
    says("nwtco", "They differ in one of twenty")


def test_a_missed_one_is_not_milder(children: pd.DataFrame, says: Says) -> None:
    groups = children.groupby(["local", "unfavourable"]).rel.agg(["mean", "size"])
    share, n = groups["mean"] * 100, groups["size"]
    fit = cox(children, ["unfavourable", "local"])
    ratio, interval = np.exp(fit.params_), np.exp(fit.confidence_intervals_)
    central, local = interval.loc["unfavourable"], interval.loc["local"]
    says(
        "nwtco",
        f"{share[0, 1]:.1f} % of the {n[0, 1]} missed children relapsed, {share[1, 1]:.1f} % of the {n[1, 1]} found by "
        f"both, {share[0, 0]:.1f} % of the {n[0, 0]:,} favourable to both, {share[1, 0]:.1f} % of the {n[1, 0]} overcalled",
        f"{ratio['unfavourable']:.2f} ({central.iloc[0]:.2f} to {central.iloc[1]:.2f}) for the central",
        f"{ratio['local']:.2f} ({local.iloc[0]:.2f} to {local.iloc[1]:.2f}) for the local one",
    )


def test_wrong_labels_cost_a_model(children: pd.DataFrame, says: Says) -> None:
    auc = {
        column: roc_auc_score(
            children.rel, smf.logit(f"rel ~ C(stage) + {column}", children).fit(disp=0).predict(children)
        )
        for column in ("unfavourable", "local")
    }
    lost = auc["unfavourable"] - auc["local"]
    assert lost == pytest.approx(0.022, abs=0.003)
    says(
        "nwtco",
        f"AUC of {auc['unfavourable']:.3f} with the central reading and {auc['local']:.3f} with the local one: {lost:.3f}",
    )


def test_errors_are_not_spread_evenly(children: pd.DataFrame, says: Says) -> None:
    bad, good = children[children.histol == 2], children[children.histol == 1]
    found, n = bad.groupby("stage").local.mean(), bad.groupby("stage").size()
    cleared = 1 - good.groupby("stage").local.mean()
    study = bad.groupby("study").local.mean()
    says(
        "nwtco",
        f"Sensitivity is {found[1]:.2f} in stage I ({n[1]} unfavourable tumours), {found[2]:.2f} in II ({n[2]}), "
        f"{found[3]:.2f} in III ({n[3]}) and {found[4]:.2f} in IV ({n[4]})",
        f"specificity falls from {cleared[1]:.2f} in stage I to {cleared[4]:.2f} in IV",
        f"It is {study[3]:.2f} in the third and {study[4]:.2f} in the fourth study",
    )


def test_codes(children: pd.DataFrame, says: Says) -> None:
    assert set(children.study) == {3, 4}
    says(
        "nwtco",
        f"mean of `histol` is {children.histol.mean():.2f}",
        f"unfavourable tumours is {children.unfavourable.mean() * 100:.1f} %",
    )


def test_the_subcohort_needs_its_weights(children: pd.DataFrame, sampled: pd.DataFrame, says: Says) -> None:
    plain = np.exp(cox(sampled, COX).params_["unfavourable"])
    weighted = np.exp(cox(sampled, COX, weights_col="weight", robust=True).params_["unfavourable"])
    everybody = np.exp(cox(children, COX).params_["unfavourable"])
    drawn, rest = children["sub"].sum(), (sampled.rel == 0).sum()
    says(
        "nwtco",
        f"{drawn} children ({drawn / len(children) * 100:.1f} %) were drawn at random",
        f"all who relapsed would get a central reading: {len(sampled):,} children",
        f"share of relapse is {sampled.rel.mean() * 100:.1f} %, against {children.rel.mean() * 100:.1f} % in all",
        f"is {plain:.2f}; weight those without relapse by {(children.rel == 0).sum():,} / {rest} = "
        f"{sampled.weight.max():.2f} and it is {weighted:.2f}; in all {len(children):,} it is {everybody:.2f}",
    )


def test_rel_has_no_horizon(children: pd.DataFrame, says: Says) -> None:
    without = children[children.rel == 0]
    median = without.groupby("study").edrel.median()
    short = (without.edrel < 730).groupby(without.study).sum()
    says(
        "nwtco",
        f"median of {median[3]:,.0f} days in the third study and {median[4]:,} in the fourth",
        f"{short[3]} and {short[4]} of them for less than two years",
    )


def test_order_is_time(children: pd.DataFrame, says: Says) -> None:
    third, fourth = (children[children.study == study].seqno for study in (3, 4))
    assert children.seqno.is_monotonic_increasing
    says("nwtco", f"All numbers up to {third.max()} are the third study, all from {fourth.min()} the fourth")


def test_numbers_left_out(children: pd.DataFrame, says: Says) -> None:
    assert children.seqno.min() == 1 and children.seqno.max() == 4088
    says(
        "nwtco", f"`seqno` runs to {children.seqno.max()} and {4088 - len(children)} numbers are missing here"
    )


def test_age_zero(children: pd.DataFrame, says: Says) -> None:
    assert {1, 2} <= set(children.age)
    says("nwtco", f"{(children.age == 0).sum()} children have `age` 0")


def test_reproduces_the_printed_cox_models(children: pd.DataFrame, sampled: pd.DataFrame, says: Says) -> None:
    whole = cox(children, COX).params_[COX]
    design = cox(sampled, COX, weights_col="weight", robust=True).params_[COX]
    np.testing.assert_allclose(whole, PRINTED, atol=2e-5)
    np.testing.assert_allclose(design, PRINTED_CASE_COHORT, atol=2e-5)
    two, three, four, histology, age = (f"{value:.3f}" for value in PRINTED)
    says(
        "nwtco",
        f"({len(children):,} children, {children.rel.sum()} events): coefficients {two}, {three} and {four} for stages "
        f"II to IV, {histology} for unfavourable central histology, {age} for a year of age",
        "(0.693, 0.627, 1.300, 1.458, 0.046)",
    )
    assert [round(value, 3) for value in PRINTED_CASE_COHORT] == [0.693, 0.627, 1.300, 1.458, 0.046]


def test_comes_near_the_printed_logistic_model_of_the_article(children: pd.DataFrame, says: Says) -> None:
    """The article's 4,088 children are not these 4,028: near, and not equal."""
    fitted = smf.logit("rel ~ C(stage) * C(histol)", children).fit(disp=0).params
    order = [name for name in fitted.index if ":" not in name] + [
        name for name in fitted.index if ":" in name
    ]
    apart = np.abs(fitted[order].to_numpy() - PRINTED_ARTICLE).max()
    assert 0.001 < apart < 0.1
    says("nwtco", f"this table's differ by {apart:.2f} at most")
