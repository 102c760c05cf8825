"""rand_hie: every figure that its datasheet states, and what the lessons need the table to show.

The models below are small and fast on purpose; they are the definition of the figures that the datasheet gives
about them, which are therefore coarse.

- **Pairs:** two years in a row of one adult (`child` 0 in the first); people whose race is filled in (neither 0
  nor 1) are left out. What the score sees is of the first year.
- **Score trained on cost:** least squares of the second year's `meddol` on SEEN. **Score trained on health:**
  logistic regression of fair or poor health at the start on SEEN. Predictors are standardised; both scores are
  predicted in five folds that keep a person together.
- **Top tenth:** the tenth of the pairs with the highest score. **Gap at equal score:** fair or poor health of
  Black minus White adults within each tenth of the score, mean of the ten.
- **Intervals:** 2.5 % and 97.5 % of 100 draws of people (not rows), scores kept as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, KFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from curriculum.datasets import description, recipes

NAME = "rand_hie"
FOLDER = Path(__file__).resolve().parents[2] / "datasets" / NAME
USE = ["inpdol", "meddol", "totadm", "mdvis", "notmdvis"]
SEEN = ["xage", "female", "mhi", "disea", "physlm", *USE]
# Manning et al. 1987, from memory: the article could not be opened, only ratios of its figures were confirmed.
PRINT = pd.DataFrame(
    {
        "visits": [4.55, 3.33, 3.03, 2.73, 3.02],
        "admissions": [0.128, 0.105, 0.092, 0.099, 0.115],
        "any": [86.8, 78.8, 77.2, 67.7, 72.3],
        "dollars": [749, 634, 674, 518, 608],
    },
    index=["free", "25", "50", "95", "individual deductible"],
)
PLANS = {
    "free": [11],
    "25": [5, 6, 7, 17, 18, 19],
    "50": [8, 9, 10],
    "95": [2, 3, 4, 14, 15, 16],
    "individual deductible": [1, 13],
}


@pytest.fixture(scope="module")
def hie(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    return table(NAME)


@pytest.fixture(scope="module")
def people(hie: pd.DataFrame) -> pd.DataFrame:
    """One row for each person: the first year in the file."""
    return hie.sort_values(["zper", "year"]).drop_duplicates("zper")


@pytest.fixture(scope="module")
def pairs(hie: pd.DataFrame) -> pd.DataFrame:
    """Two years in a row of an adult, with both scores."""
    later = hie[["zper", "year", "meddol", "mdvis", "totadm"]].assign(year=hie.year - 1)
    adults = hie[hie.child.eq(0) & hie.black.isin([0, 1])].assign(ill=hie.hlthf + hie.hlthp)
    both = adults.merge(later, on=["zper", "year"], suffixes=("", "_next")).sort_values(["zper", "year"])
    both = both.reset_index(drop=True)
    folds = GroupKFold(5)
    cost = make_pipeline(StandardScaler(), LinearRegression())
    health = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    both["cost"] = cross_val_predict(cost, both[SEEN], both.meddol_next, groups=both.zper, cv=folds)
    both["health"] = cross_val_predict(
        health, both[SEEN], both.ill, groups=both.zper, cv=folds, method="predict_proba"
    )[:, 1]
    return both


def _share(pairs: pd.DataFrame, score: str) -> float:
    """Share of Black adults in the top tenth, in per cent."""
    return float(pairs[pairs[score].rank(pct=True, method="first") > 0.9].black.mean() * 100)


def _gap(pairs: pd.DataFrame, outcome: str = "ill") -> float:
    """Black minus White adults within tenths of the cost score, mean over the tenths."""
    tenth = np.minimum((pairs.cost.rank(pct=True, method="first") * 10).astype(int), 9)
    means = pairs.groupby([tenth, "black"])[outcome].mean().unstack()
    return float((means[1] - means[0]).mean())


def _interval(pairs: pd.DataFrame, figure: Callable[[pd.DataFrame], float]) -> tuple[float, float]:
    rng = np.random.default_rng(1)
    rows = [np.asarray(index) for index in pairs.groupby("zper").indices.values()]
    found = []
    for _ in range(100):
        drawn = rng.integers(len(rows), size=len(rows))
        found.append(figure(pairs.iloc[np.concatenate([rows[i] for i in drawn])]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def _constants(column: pd.Series, count: int) -> list[float]:
    """The most frequent values of a column."""
    return list(column.value_counts().index[:count])


def test_who_is_in_it_is_counted(hie: pd.DataFrame, people: pd.DataFrame, says: Callable[..., None]) -> None:
    white, black = (people.black == 0).sum(), (people.black == 1).sum()
    filled = len(people) - white - black
    women = people.female.sum()
    assert hie.shape == (20190, 26) and not hie.duplicated(["zper", "year"]).any()
    says(
        NAME,
        f"{len(hie):,} rows, {hie.shape[1]} columns",
        f"{len(people):,} people",
        f"{women:,} girls and women and {len(people) - women:,} boys and men",
        f"{people.child.sum():,} of them under 18 in their first year here",
        f"{people.xage.max():.0f} is the highest age at the first year and {hie.xage.max():.0f} the highest in any",
        f"{black:,} people have a head of household recorded as Black, {white:,} one not recorded as Black",
        f"for {filled} it is unknown",
    )
    who = description.about(FOLDER)["who"]
    for count in (len(people), women, people.child.sum(), black):
        assert f"{count:,}" in who


def test_columns_left_out_are_named(hie: pd.DataFrame, root: Path, says: Callable[..., None]) -> None:
    recipe = recipes.recipe_of(root, NAME)
    out = {*recipe.COMPUTED, *recipe.FOR_SIZE}
    assert not out & {*hie.columns} and (len(recipe.COMPUTED), len(recipe.FOR_SIZE)) == (9, 10)
    says(NAME, f"{len(out)} columns of the source are left out", *(f"`{name}`" for name in out))


def test_numbers_have_as_many_decimals_as_stated(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    for name, decimals in {**dict.fromkeys(hie, 2), "income": 0, "xage": 1, "disea": 1, "ghindx": 1}.items():
        assert np.allclose(hie[name].dropna(), hie[name].dropna().round(decimals), atol=1e-9), name
    filled = 81.35  # with one decimal it would be 81.4, which others were measured to have
    assert filled in _constants(hie.mhi, 4) and hie.mhi.eq(81.4).any()
    says(NAME, "the filled-in 81.35 cannot be taken for a measured 81.4")


def test_race_is_filled_in_with_the_mean_of_the_site(
    hie: pd.DataFrame, people: pd.DataFrame, says: Callable[..., None]
) -> None:
    filled = hie[~hie.black.isin([0, 1])]
    assert (filled.groupby("site").black.nunique() == 1).all()
    known = people[people.black.isin([0, 1])].groupby("site").black.mean()
    for site, value in filled.groupby("site").black.first().items():
        assert value == pytest.approx(known[site], abs=0.012)
    assert known[[5, 6]].between(0.47, 0.52).all() and known[[2, 3, 4]].max() < 0.04
    one = people[people.black == 1]
    south = one.site.isin([5, 6]).sum()
    says(
        NAME,
        f"{len(filled)} rows ({filled.zper.nunique()} people)",
        f"{south} of the {len(one):,} people counted as Black live at sites 5 and 6",
        f"{(filled.site == 6).sum()} rows of site 6 with 0.51 become Black, the {(filled.site == 5).sum()} of site 5 with 0.48 do not",
    )


def test_disease_is_no_count_and_often_filled_in(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    constant = _constants(hie.disea[hie.child == 1], 4)
    filled = hie.disea.isin(constant)
    assert sorted(constant) == [10.0, 10.6, 11.8, 13.7]
    assert (hie[filled].groupby("site").disea.nunique() == 1).all()
    real = hie[~filled]
    for site, rows in real.groupby("site"):
        steps = [100 / 29] if site > 1 else [100 / 29, 100 / 23]
        off = np.min([np.abs(rows.disea / s - (rows.disea / s).round()) * s for s in steps], axis=0)
        assert off.max() < 0.06
    # The constants are no step of either list, so they can be told apart.
    steps = np.array([[100 / 29], [100 / 23]])
    assert (np.abs(np.array(constant) / steps - np.round(np.array(constant) / steps)) * steps).min() > 0.06
    some = real[real.site.eq(1) & real.disea.gt(0)].disea  # nobody elsewhere has a step of 1/23 only
    assert (np.abs(some * 0.29 - (some * 0.29).round()) > 0.02).mean() > 0.5
    child, first = filled & hie.child.eq(1), filled & hie.child.eq(0) & hie.site.eq(1)
    says(
        NAME,
        f"{filled.sum():,} rows ({filled.mean() * 100:.0f} %)",
        f"{child.sum():,} of the {hie.child.sum():,} rows of children",
        f"{first.sum()} rows of adults at site 1",
        f"from {hie.disea.min():.0f} to {hie.disea.max():.1f}",
    )


def test_other_columns_are_filled_in_too(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    limit = ~hie.physlm.isin([0, 1])
    mental = hie.mhi.isin(_constants(hie.mhi, 4))
    school = hie.educdec.isin([10.63, 10.97, 11.39, 12.33, 12.76])
    empty = hie.ghindx.isna()
    site1 = hie.site.eq(1)
    assert hie[site1].ghindx.isna().all()
    says(
        NAME,
        f"{limit.sum():,} rows of `physlm` are neither 0 nor 1",
        f"four values of `mhi` stand in {mental.sum():,} rows, {(mental & hie.child.eq(1)).sum():,} of them of children",
        f"{school.sum()} rows of `educdec`",
        f"`ghindx` is empty in {empty.sum():,} rows: all {site1.sum():,} of site 1 and {(empty & ~site1).sum()} elsewhere",
    )


def test_the_identifier_tells_the_site_and_the_family(
    hie: pd.DataFrame, people: pd.DataFrame, says: Callable[..., None]
) -> None:
    assert (hie.zper // 100_000 == hie.site).all()
    same = ["site", "plan", "income", "educdec", "black"]
    shared = people.groupby(same, dropna=False).zper.transform("size").gt(1)
    values = people[same].fillna(-1).to_numpy()
    follows = (values[1:] == values[:-1]).all(axis=1)
    step = np.diff(people.zper.to_numpy())[follows]
    says(
        NAME,
        f"{shared.sum():,} of {len(people):,} people have the same site, plan, income, education and race",
        f"{(step == 1).sum():,} of the {len(step):,} neighbours",
    )


def test_free_plan_is_plan_11(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    nothing, free = hie.coins.eq(0), hie.plan.eq(11)
    assert (hie.groupby("zper").plan.nunique() == 1).all() and 12 not in set(hie.plan)
    assert nothing[free].all() and set(hie.plan[nothing]) == {1, 11, 13}
    full = hie.idp.eq(1) & hie.coins.eq(100)
    assert set(hie.plan[full]) == {2, 3, 4} == set(hie.plan[hie.coins == 100]) and set(hie.site[full]) == {1}
    says(
        NAME,
        f"`coins` is 0 in {nothing.sum():,} rows, only {free.sum():,} of them on the free plan",
        f"The other {(nothing & ~free).sum():,} are on the individual deductible",
        f"{full.sum():,} rows of plans 2, 3 and 4",
    )


def test_years_are_whole_and_baseline_never_changes(
    hie: pd.DataFrame, people: pd.DataFrame, says: Callable[..., None]
) -> None:
    years = hie.groupby("zper").year.agg(["min", "max", "size"])
    whole = years["min"].eq(1) & years["max"].isin([3, 5]) & years["size"].eq(years["max"])
    constant = [c for c in hie if hie.groupby("zper")[c].nunique(dropna=False).max() == 1]
    assert {"income", "hlthf", "disea", "mhi", "ghindx", "educdec"} < set(constant)
    part = hie.time < 1
    says(
        NAME,
        f"{whole.sum():,} people ({whole.mean() * 100:.0f} %) have every year from 1 to 3 or from 1 to 5",
        f"{(years['min'] > 1).sum()} start later",
        f"{(~years['max'].isin([3, 5])).sum()} stop before year 3 or in year 4",
        f"{(years['size'] != years['max'] - years['min'] + 1).sum()} have a gap",
        f"{part.sum()} rows cover less than a year",
        f"{len(constant) - 1} columns never change for a person",
        f"year 3 has {(hie.year == 3).sum():,} rows, year 4 {(hie.year == 4).sum():,}",
        f"{people.child[people.zper.isin(hie.zper[hie.child == 0])].sum()} people turn 18 on the way",
    )


def test_money_is_skewed_and_hospital_is_part_of_it(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    assert (hie.inpdol <= hie.meddol).all()
    dear = hie.meddol.nlargest(len(hie) // 100).sum() / hie.meddol.sum()
    says(
        NAME,
        f"in no row higher and {hie.inpdol.sum() / hie.meddol.sum() * 100:.0f} % of the whole",
        f"{(hie.meddol == 0).mean() * 100:.0f} % of all years cost nothing",
        f"the dearest hundredth of the years holds {dear * 100:.0f} % of all spending",
        f"`income` is 0 or 1 in {(hie.income <= 1).sum()} rows",
    )


def test_self_rated_health_is_three_columns(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    assert hie[["hlthg", "hlthf", "hlthp"]].sum(axis=1).max() == 1
    adults = hie[hie.child == 0]
    says(
        NAME,
        f"{(hie[['hlthg', 'hlthf', 'hlthp']].sum(axis=1) == 0).sum():,} rows have 0 in all three",
        f"{(adults.hlthf + adults.hlthp).mean() * 100:.0f} % of the years of adults",
    )


def test_use_by_plan_is_the_published_use(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    group = hie.plan.map({number: name for name, numbers in PLANS.items() for number in numbers})
    assert group.notna().all()
    seen = pd.DataFrame(
        {
            "visits": (hie.mdvis + hie.notmdvis).groupby(group).mean(),
            "admissions": hie.totadm.groupby(group).mean(),
            "any": hie.meddol.gt(0).groupby(group).mean() * 100,
            "dollars": hie.meddol.groupby(group).mean(),
        }
    ).loc[PRINT.index]
    assert (seen.visits - PRINT.visits).abs().max() < 0.006
    assert (seen.admissions - PRINT.admissions).abs().max() < 0.0006
    assert (seen["any"] - PRINT["any"]).abs().max() < 0.11
    ratio = PRINT.dollars / seen.dollars
    assert ratio.between(3.77, 3.79).all()
    free, dear = seen.loc["free"], seen.loc["95"]
    assert round((free.dollars / dear.dollars - 1) * 100) == 45  # RAND's page on R-3476-HHS
    assert 1.7 < free.visits - dear.visits < 1.9  # "just under two fewer", Newhouse 2004
    assert round((1 - dear.admissions / free.admissions) * 100) == 23  # Newhouse 2004
    says(
        NAME,
        *(
            f"| {name} | {row.visits:.2f} | {row.admissions:.3f} | {row['any']:.1f} | {row.dollars:.2f} |"
            for name, row in seen.iterrows()
        ),
        f"{(free.dollars / dear.dollars - 1) * 100:.0f} % higher",
        f"{free.visits - dear.visits:.1f} visits",
        f"{(1 - dear.admissions / free.admissions) * 100:.0f} % fewer admissions",
    )


def test_label_choice_decides_who_is_on_the_list(pairs: pd.DataFrame, says: Callable[..., None]) -> None:
    """Trained on cost, the top tenth holds half as many Black adults as trained on health."""
    cost, health = _share(pairs, "cost"), _share(pairs, "health")
    low, high = _interval(pairs, lambda drawn: _share(drawn, "cost"))
    low_health, high_health = _interval(pairs, lambda drawn: _share(drawn, "health"))
    assert 7 < cost < 9.5 and 13 < health < 17.5
    assert 5 < low < cost < high < 12 and high < health and low_health > cost
    assert low_health > 10 and high_health < 20.5
    assert pairs.black.mean() * 100 == pytest.approx(14.6, abs=0.05)
    says(
        NAME,
        f"{len(pairs):,} pairs of years of {pairs.zper.nunique():,} adults, 14.6 % of the pairs of Black",
    )
    says(NAME, "about 8 % Black adults", "about 15 %")


def test_at_equal_cost_score_black_adults_are_sicker(pairs: pd.DataFrame, says: Callable[..., None]) -> None:
    """It holds on the free plan and within the two sites of the South; a disease count does not show it."""
    gap = _gap(pairs)
    low, high = _interval(pairs, _gap)
    assert 0.19 < gap < 0.24 and low > 0.14 and high < 0.29
    free, south = pairs[pairs.plan == 11], pairs[pairs.site.isin([5, 6])]
    assert _gap(free) > 0.12 and _interval(free, _gap)[0] > 0.05
    assert _gap(south) > 0.10 and _interval(south, _gap)[0] > 0.05
    known = pairs[~pairs.disea.isin([10.0, 10.6, 11.8, 13.7])]
    count, count_low, count_high = _gap(known, "disea"), *_interval(known, lambda d: _gap(d, "disea"))
    assert count < 1 and count_low < 0  # percentage points of the list of complaints: not more, rather fewer
    assert count_high < 2
    says(NAME, "about 20 percentage points more", "not more complaints on the list")


def test_health_score_depends_on_what_it_may_see(pairs: pd.DataFrame, says: Callable[..., None]) -> None:
    more = [*SEEN, "income", "educdec"]
    kept = pairs.dropna(subset=more)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    score = cross_val_predict(
        model, kept[more], kept.ill, groups=kept.zper, cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    assert 25 < _share(kept.assign(rich=score), "rich") < 35
    says(NAME, "about 30 %")


def test_random_rows_leak_people(hie: pd.DataFrame, says: Callable[..., None]) -> None:
    """A forest that sees only what never changes, but age, finds the same person in both halves of a row split."""
    adults = hie[hie.child.eq(0) & hie.educdec.notna()]
    seen = ["xage", "female", "income", "educdec", "num", "mhi", "disea", "physlm"]
    often = adults.mdvis >= 4
    forest = RandomForestClassifier(30, random_state=0, n_jobs=2)
    rows, groups = KFold(5, shuffle=True, random_state=0), GroupKFold(5)
    by_row = cross_val_predict(forest, adults[seen], often, cv=rows, method="predict_proba")[:, 1]
    by_person = cross_val_predict(
        forest, adults[seen], often, groups=adults.zper, cv=groups, method="predict_proba"
    )[:, 1]
    row, person = roc_auc_score(often, by_row), roc_auc_score(often, by_person)
    assert row == pytest.approx(0.75, abs=0.02) and person == pytest.approx(0.625, abs=0.02)
    assert row - person > 0.09
    says(NAME, "about 0.75 when rows are split at random and 0.63 when people are")


def test_sites_1_to_4_do_not_calibrate_in_the_south(pairs: pd.DataFrame) -> None:
    """Who sees a doctor travels in rank, not in number; who is admitted is found worse among Black adults."""
    home, away = pairs[pairs.site <= 4], pairs[pairs.site >= 5]
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    black, white = away.black.eq(1).to_numpy(), away.black.eq(0).to_numpy()

    visit = home.mdvis_next.gt(0)
    inside = cross_val_predict(
        model, home[SEEN], visit, groups=home.zper, cv=GroupKFold(5), method="predict_proba"
    )[:, 1]
    outside = model.fit(home[SEEN], visit).predict_proba(away[SEEN])[:, 1]
    truth = away.mdvis_next.gt(0).to_numpy()
    assert roc_auc_score(visit, inside) == pytest.approx(0.77, abs=0.02)
    assert roc_auc_score(truth, outside) == pytest.approx(0.78, abs=0.02)
    assert truth[black].mean() / outside[black].mean() == pytest.approx(0.75, abs=0.06)
    assert truth[white].mean() / outside[white].mean() == pytest.approx(0.97, abs=0.06)

    stay = away.totadm_next.gt(0).to_numpy()
    score = model.fit(home[SEEN], home.totadm_next.gt(0)).predict_proba(away[SEEN])[:, 1]
    found = {name: roc_auc_score(stay[who], score[who]) for name, who in (("black", black), ("white", white))}
    assert found["black"] == pytest.approx(0.58, abs=0.04) and found["white"] - found["black"] > 0.06
    assert found["white"] == pytest.approx(0.70, abs=0.04)
