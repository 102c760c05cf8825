"""actg175: the figures of its datasheet, and what can be compared with print."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from statsmodels.duration.hazard_regression import PHReg
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

NAME = "actg175"
AT_ENTRY = [
    "age",
    "wtkg",
    "hemo",
    "homo",
    "drugs",
    "karnof",
    "oprior",
    "z30",
    "preanti",
    "str2",
    "symptom",
    "treat",
    "cd40",
    "cd80",
]


@pytest.fixture(scope="module")
def people(table) -> pd.DataFrame:
    return table(NAME)


def effect(people: pd.DataFrame, formula: str) -> tuple[float, float, float, float]:
    """The last term of a Cox model: hazard ratio, its 95 % interval, p."""
    fit = PHReg.from_formula(f"days ~ {formula}", people, status=people.cens.to_numpy(), ties="efron").fit()
    low, high = np.exp(fit.conf_int()[-1])
    return float(np.exp(fit.params[-1])), float(low), float(high), float(fit.pvalues[-1])


def predicted(people: pd.DataFrame, columns: list[str], outcome: pd.Series) -> np.ndarray:
    """Risks from a logistic model, each person judged by a fit without them."""
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    return cross_val_predict(model, people[columns], outcome, cv=folds, method="predict_proba")[:, 1]


def auc(outcome: pd.Series, risk: np.ndarray) -> tuple[float, float, float]:
    """AUC with the 95 % interval of Hanley and McNeil."""
    a, ill = roc_auc_score(outcome, risk), outcome.sum()
    well = len(outcome) - ill
    spread = a * (1 - a) + (ill - 1) * (a / (2 - a) - a**2) + (well - 1) * (2 * a**2 / (1 + a) - a**2)
    se = np.sqrt(spread / (ill * well))
    return float(a), float(a - 1.96 * se), float(a + 1.96 * se)


def test_composition_and_people(people: pd.DataFrame, says) -> None:
    assert people.shape == (2139, 27) and people.pidnum.is_unique
    gaps = people.isna().sum()
    assert list(gaps[gaps > 0].index) == ["cd496"] and (gaps == 0).sum() == 26
    men, women = (people.gender == 1).sum(), (people.gender == 0).sum()
    ways = people.hemo + people.homo + people.drugs
    with_men = people[people.homo == 1].gender.value_counts()
    says(
        NAME,
        f"{people.cens.sum()} people ({people.cens.mean() * 100:.1f} %) had the event",
        f"`cd496` is empty for {gaps['cd496']} people",
        f"{men:,} men and {women} women",
        f"{(people.age < 18).sum()} are under 18, the youngest {people.age.min()}",
        f'{(people.race == 0).sum():,} "white" and {(people.race == 1).sum()} "non-white"',
        f"({with_men[1]:,} men; the value 1 also stands at {with_men[0]} women)",
        f"people who have injected drugs ({people.drugs.sum()}) and of people with haemophilia ({people.hemo.sum()})",
        f"{(ways == 0).sum()} people have none of the three, {(ways > 1).sum()} more than one",
        f"{2467 - len(people)} of the 2,467 people",
        f"{women / len(people) * 100:.1f} % are women",
    )


def test_cens_is_the_event(people: pd.DataFrame, says) -> None:
    share = people.groupby("arms").cens.mean() * 100
    says(
        NAME,
        f"{people.cens.sum()} people with an event and 0 for the {(people.cens == 0).sum():,} without",
        f"{share[0]:.1f} % have a 1 with zidovudine alone and {share[1]:.1f} %, {share[2]:.1f} % and {share[3]:.1f} %",
    )


def test_follow_up_is_not_shared_equally(people: pd.DataFrame, says) -> None:
    missing = people.cd496.isna()
    by = missing.groupby(people.race).agg(["sum", "count", "mean"])
    white, other = (
        [100 * x for x in proportion_confint(*by.loc[k, ["sum", "count"]], method="wilson")] for k in (0, 1)
    )
    low, high = confint_proportions_2indep(
        by.loc[1, "sum"], by.loc[1, "count"], by.loc[0, "sum"], by.loc[0, "count"]
    )
    rate, sex = by["mean"] * 100, missing.groupby(people.gender).mean() * 100
    off = missing.groupby(people.offtrt).mean() * 100
    assert low > 0 and (rate[1], rate[0]) == (pytest.approx(43, abs=0.5), pytest.approx(35, abs=0.5))
    says(
        NAME,
        f"{rate[1]:.1f} % [{other[0]:.1f}-{other[1]:.1f}] of the {by.loc[1, 'count']:.0f} people recorded as non-white",
        f"{rate[0]:.1f} % [{white[0]:.1f}-{white[1]:.1f}] of the {by.loc[0, 'count']:,.0f} recorded as white",
        f"a difference of {rate[1] - rate[0]:.1f} points [{100 * low:.1f}-{100 * high:.1f}]",
        f"{sex[0]:.1f} % of the women and {sex[1]:.1f} % of the men",
        f"{off[1]:.1f} % of those who went off it have no count, {off[0]:.1f} % of the others",
    )


def test_no_gap_in_discrimination(people: pd.DataFrame, says) -> None:
    risk = predicted(people, AT_ENTRY, people.cens)
    stated = {("race", 0): (0.69, 0.66, 0.73), ("race", 1): (0.69, 0.63, 0.75)}
    stated |= {("gender", 0): (0.71, 0.64, 0.78), ("gender", 1): (0.69, 0.66, 0.72)}
    assert roc_auc_score(people.cens, risk) == pytest.approx(0.70, abs=0.01)
    got = {}
    for column, value in stated:
        group = (people[column] == value).to_numpy()
        got[column, value] = auc(people.cens[group], risk[group])
        assert got[column, value] == pytest.approx(stated[column, value], abs=0.015)
        low, high = got[column, value][1:]
        assert low < roc_auc_score(people.cens, risk) < high
    ratio = people.cens.groupby(people.race).mean() / pd.Series(risk).groupby(people.race).mean()
    assert (ratio[1], ratio[0]) == (pytest.approx(0.93, abs=0.02), pytest.approx(1.02, abs=0.02))
    says(NAME, "an AUC of .70", ".69 [.66-.73] for white and .69 [.63-.75] for non-white people")
    says(NAME, ".71 [.64-.78] for women and .69 [.66-.72] for men", "0.93 for non-white and 1.02 for white")


def test_one_effect_for_all(people: pd.DataFrame, says) -> None:
    def text(hr: float, low: float, high: float, _p: float) -> str:
        return f"{hr:.2f} [{low:.2f}-{high:.2f}]".replace("0.", ".")

    race = [text(*effect(people[people.race == k], "treat")) for k in (0, 1)]
    sex = [text(*effect(people[people.gender == k], "treat")) for k in (0, 1)]
    p_race, p_sex = effect(people, "race * treat")[3], effect(people, "gender * treat")[3]
    says(
        NAME,
        f"(hazard ratio {text(*effect(people, 'treat'))})",
        f"{race[0]} in white and {race[1]} in non-white people (interaction p {p_race:.2f})".replace(
            "p 0", "p "
        ),
        f"{sex[0]} in women and {sex[1]} in men (p {p_sex:.2f})".replace("p 0", "p "),
        f"only {people[people.gender == 0].cens.sum()} of the events are theirs",
    )


def test_ten_looks_find_one(people: pd.DataFrame, says) -> None:
    looks = ["race", "gender", "str2", "symptom", "drugs", "homo", "hemo", "cd40", "age", "karnof"]
    scaled = people.assign(cd40=people.cd40 / 100, age=people.age / 10, karnof=people.karnof / 10)
    p = {name: effect(scaled, f"{name} * treat")[3] for name in looks}
    assert [name for name in looks if p[name] < 0.05] == ["karnof"]
    seen = people[(people.days >= 730) | (people.cens == 1)].reset_index(drop=True)
    outcome = ((seen.cens == 1) & (seen.days < 730)).astype(int)
    risk = predicted(seen, AT_ENTRY, outcome)
    women = (seen.gender == 0).to_numpy()
    assert auc(outcome[women], risk[women]) == pytest.approx((0.80, 0.72, 0.87), abs=0.015)
    assert auc(outcome[~women], risk[~women]) == pytest.approx((0.71, 0.67, 0.74), abs=0.015)
    says(
        NAME,
        f"the Karnofsky score, p {p['karnof']:.2f}".replace("0.", "."),
        f"at least one false find is {100 * (1 - 0.95 ** len(looks)):.0f} %",
        "for an event within 730 days the AUC is .80",
        f".80 [.72-.87] for women, with {outcome[women].sum()} events, and .71 [.67-.74] for men",
    )


def test_columns_that_say_the_same_or_nothing(people: pd.DataFrame, says) -> None:
    assert (people.treat == (people.arms > 0)).all() and (people.str2 == (people.strat > 1)).all()
    assert (people.r == people.cd496.notna()).all() and people.zprior.eq(1).all()
    says(NAME, f"is 1 for all {len(people):,} people, also for the {(people.str2 == 0).sum()} without")


def test_history_against_history(people: pd.DataFrame, says) -> None:
    naive, short, long = (people[people.strat == k] for k in (1, 2, 3))
    days = naive[naive.preanti > 0].preanti
    over, under = short[short.preanti > 364], long[long.preanti <= 364]
    assert (days.min(), days.max()) == (2, 7)
    says(
        NAME,
        f'{len(days)} of the {len(naive)} people "without treatment" have 2 to 7 days',
        f"{naive.z30.sum()} took zidovudine in the 30 days before",
        f"{len(over)} people have more than 364 days, the most {over.preanti.max():,}",
        f"{len(under)} have 364 or fewer, the fewest {under.preanti.min()}",
    )


def test_counts_outside_the_rule(people: pd.DataFrame, says) -> None:
    zero = people[people.cd40 == 0]
    assert len(zero) == 3 and (people.cd496 == 0).sum() == 2
    assert people.cd420.notna().all() and people.cd820.notna().all()
    says(
        NAME,
        f"At entry {(people.cd40 < 200).sum()} here have fewer than 200 and {(people.cd40 > 500).sum()} more than 500",
        f"a `cd40` of 0 and {zero.cd420.min()} to {zero.cd420.max()} cells",
        f"while {people.cd496.isna().mean() * 100:.1f} % have none at week 96",
    )


def test_later_columns_leak(people: pd.DataFrame, says) -> None:
    later = predicted(people, [*AT_ENTRY, "cd420", "cd820", "offtrt", "r"], people.cens)
    assert roc_auc_score(people.cens, later) == pytest.approx(0.76, abs=0.01)
    says(NAME, f"to the {len(AT_ENTRY)} findings lifts the AUC from .70 to .76")


def test_people_stand_alone(people: pd.DataFrame, says) -> None:
    def alone(*columns: str) -> pd.Series:
        return people.groupby(list(columns)).pidnum.transform("size") == 1

    says(
        NAME,
        f"unique for {alone('age', 'race', 'gender', 'wtkg').mean() * 100:.1f} % of the people; "
        f"age, race and sex alone for {alone('age', 'race', 'gender').sum()}.",
    )


def test_against_print(people: pd.DataFrame, says) -> None:
    """ACP Journal Club 1997;126:64 on Hammer et al. 1996: the trial, which is larger than this extract."""
    printed = {"age": 34.9, "men": 82, "white": 70, "before": 57, "homo": 65, "cd40": 352, "weeks": 143}
    here = {
        "age": people.age.mean(),
        "men": people.gender.mean() * 100,
        "white": (people.race == 0).mean() * 100,
        "before": people.str2.mean() * 100,
        "homo": people.homo.mean() * 100,
        "cd40": people.cd40.mean(),
        "weeks": people.days.median() / 7,
    }
    assert all(here[name] == pytest.approx(value, rel=0.04) for name, value in printed.items())
    arms = people.arms.value_counts()
    assert all(arms[k] < n for k, n in enumerate((619, 613, 615, 620))) and 619 + 613 + 615 + 620 == 2467
    says(
        NAME,
        f"here are {arms[0]}, {arms[1]}, {arms[2]} and {arms[3]}.",
        f"Mean age 34.9 in print, {here['age']:.1f} here; men 82 % and {here['men']:.0f} %; white 70 % and "
        f"{here['white']:.0f} %; treated before 57 % and {here['before']:.0f} %; `homo` 65 % and {here['homo']:.0f} %; "
        f"mean CD4 count 352 and {here['cd40']:.0f}",
        f"the median of `days` is {here['weeks']:.0f} weeks here",
        "not confirmed",
    )
