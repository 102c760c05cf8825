"""published: what follows from the printed figures, recomputed, and that the datasheet states it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from curriculum import datasets

ROOT = Path(__file__).resolve().parents[2]
Says = Callable[..., None]
Table = Callable[..., pd.DataFrame]


@pytest.fixture
def wong(table: Table) -> pd.Series:
    return table("published", "wong_2021.csv").set_index("item").value


def net_benefit(tp: float, fp: float, n: float, threshold: float) -> float:
    """For each 1,000 (Vickers 2019)."""
    return 1000 * (tp / n - fp / n * threshold / (1 - threshold))


def ppv(sensitivity: float, specificity: float, prevalence: float) -> float:
    hit = sensitivity * prevalence
    return hit / (hit + (1 - specificity) * (1 - prevalence))


def test_the_recipe_makes_the_committed_tables() -> None:
    made = datasets.build(ROOT, "published", cache=Path("there is no such folder"))
    assert len(made) == 8
    for file, content in made.items():
        assert (ROOT / "datasets/published" / file).read_bytes() == content


def test_wong_computed_values_follow_from_the_printed_ones(table: Table, wong: pd.Series, says: Says) -> None:
    kind = table("published", "wong_2021.csv").set_index("item").kind
    assert (kind == "computed").sum() == 3
    assert wong.true_positive == wong.stays_with_sepsis - wong.false_negative == 843
    assert wong.false_positive == wong.stays_with_alert - wong.true_positive
    cells = wong[["true_positive", "false_positive", "false_negative", "true_negative"]]
    assert cells.sum() == wong.stays
    assert round(wong.stays_with_alert / wong.stays, 2) == 0.18
    assert round(wong.missed_and_treated_in_time / wong.false_negative, 2) == 0.60
    assert round(wong.caught_and_not_treated_in_time / wong.stays_with_sepsis, 2) == 0.07
    says(
        "published",
        "(2,552 - 1,709 = 843)",
        f"(6,971 - 843 = {wong.false_positive:,.0f})",
        f"the rest ({wong.true_negative:,.0f})",
        f"{wong.patients:,.0f} people had {wong.stays:,.0f} stays",
    )


def test_wong_answer_keys_from_the_printed_and_the_rounded_count(wong: pd.Series, says: Says) -> None:
    rounded = round(0.18 * wong.stays)
    assert rounded == 6922 and rounded - wong.true_positive == 6079
    for alerts in (wong.stays_with_alert, rounded):
        assert 0.118 < wong.true_positive / alerts < 0.126
        assert alerts / wong.true_positive == pytest.approx(8.2, abs=0.1)
    healthy = wong.stays - wong.stays_with_sepsis
    says(
        "published",
        "gives 6,922 alerts and 6,079 false ones",
        f"sensitivity {wong.true_positive / wong.stays_with_sepsis:.3f}, ".replace("0.", "."),
        f"specificity {wong.true_negative / healthy:.3f}, ".replace("0.", "."),
        f"predictive value {wong.true_positive / wong.stays_with_alert * 100:.1f} %, "
        f"{wong.stays_with_alert / wong.true_positive:.1f} alerts for each true one",
        f"from the rounded one {1 - 6079 / healthy:.3f}, ".replace("0.", ".")
        + f"{wong.true_positive / 6922 * 100:.1f} % and {6922 / wong.true_positive:.1f}",
    )


def test_wong_net_benefit(wong: pd.Series, says: Says) -> None:
    def alert(pt: float) -> float:
        return net_benefit(wong.true_positive, wong.false_positive, wong.stays, pt)

    def everybody(pt: float) -> float:
        return net_benefit(wong.stays_with_sepsis, wong.stays - wong.stays_with_sepsis, wong.stays, pt)

    low = wong.false_negative / (wong.false_negative + wong.true_negative)
    high = wong.true_positive / wong.stays_with_alert
    assert alert(high) == pytest.approx(0, abs=1e-9) and alert(low) == pytest.approx(everybody(low))
    for pt in (low + 0.001, 0.08, high - 0.001):
        assert alert(pt) > max(0, everybody(pt))
    for pt in (low - 0.001, high + 0.001):
        assert alert(pt) < max(0, everybody(pt))
    says(
        "published",
        f"at a threshold of 5 %: alert {alert(0.05):.1f}, treat all {everybody(0.05):.1f}; "
        f"at 10 %: {alert(0.10):.1f} and {everybody(0.10):.1f}; at 15 %: {alert(0.15):.1f}",
        f"only between {low * 100:.1f} % (the risk of those without an alert) and {high * 100:.1f} %",
    )


def test_zech_hospital_alone(table: Table, says: Says) -> None:
    three = table("published", "zech_2018.csv").set_index("hospital")
    printed = table("published", "zech_2018_auc.csv").set_index(["model", "tested_on"]).auc
    ill = three.images * three.pneumonia_percent / 100
    well = three.images - ill
    pairs = (ill.MSH + ill.NIH) * (well.MSH + well.NIH)
    area = (ill.MSH * well.NIH + 0.5 * (ill.MSH * well.MSH + ill.NIH * well.NIH)) / pairs
    assert area == pytest.approx(printed["sorting_by_hospital", "MSH and NIH"], abs=0.01)
    assert three.images.sum() == 158_323
    says(
        "published",
        f"an area of {area:.3f}".replace("0.", "."),
        f"({ill.MSH:,.0f} and {ill.NIH:,.0f})",
        f"about {ill.IU:.0f}, show pneumonia",
        f"{printed['image_model', 'MSH and NIH']:.3f} inside".replace("0.", "."),
        f"{three.patients.sum():,} people in three US hospital systems",
    )


def test_gulshan_predictive_values_and_the_slip(table: Table, says: Says) -> None:
    rows = table("published", "gulshan_2016.csv")
    point = rows.set_index(["test_set", "operating_point"]).loc[("EyePACS-1", "sensitive")]
    values = [
        ppv(point.sensitivity_percent / 100, point.specificity_percent / 100, p) for p in (0.02, 0.08, 0.30)
    ]
    assert values == pytest.approx([0.23, 0.56, 0.86], abs=0.005)
    first = rows.drop_duplicates("test_set").set_index("test_set")
    share = 100 * first.referable / first.gradable
    assert round(share["Messidor-2"], 1) == first.prevalence_percent["Messidor-2"]
    assert round(share["EyePACS-1"], 1) == 7.7 != first.prevalence_percent["EyePACS-1"] == 7.8
    assert round(100 * 683 / 8788, 1) == 7.8
    says(
        "published",
        "of 100 people referred {:.0f} have the disease where 2 % have it, {:.0f} where 8 % have it and {:.0f} "
        "where 30 %".format(*(100 * value for value in values)),
        f"{point.images:,.0f} photographs come from {point.patients:,.0f} people",
        "683/8,878 is 7.7 %; 683/8,788 would be 7.8 %",
        f"{first.patients.sum():,} people with test photographs",
    )


def test_sjoding_counts_give_the_printed_percentages(table: Table, says: Says) -> None:
    rows = table("published", "sjoding_2020.csv").set_index(["cohort", "race"])
    share = 100 * rows.occult_hypoxaemia / rows.readings
    assert (share.round(1) == rows.percent).all()
    printed = rows.percent["michigan", "Black"] / rows.percent["michigan", "White"]
    exact = share["michigan", "Black"] / share["michigan", "White"]
    multi = rows.percent["multicentre", "Black"] / rows.percent["multicentre", "White"]
    assert printed == pytest.approx(3.25, abs=0.005)
    says(
        "published",
        f"11.7 % / 3.6 % is {printed:.2f}; from the counts (88/749 and 99/2,778) it is {exact:.2f}. "
        f"In the multicentre cohort {multi:.2f}",
        f"{rows.patients.sum():,} people with two measurements of oxygen",
    )


def test_ckd_epi_answer_keys(table: Table, says: Says) -> None:
    rows = table("published", "ckd_epi.csv").set_index(["year", "sex"])

    def egfr(year: int, creatinine: float, age: float, black: bool = False, sex: str = "male") -> float:
        row = rows.loc[(year, sex)]
        ratio = creatinine / row.kappa
        value = row.scale * min(ratio, 1) ** row.alpha * max(ratio, 1) ** row.beta * row.age_base**age
        return value * row.sex_factor * (row.black_factor if black else 1)

    def three(creatinine: float, age: float) -> tuple[float, float, float]:
        return (
            egfr(2009, creatinine, age),
            egfr(2009, creatinine, age, black=True),
            egfr(2021, creatinine, age),
        )

    assert three(3.5, 60) == pytest.approx((17.9, 20.8, 19.2), abs=0.05)
    assert three(3.6, 60) == pytest.approx((17.3, 20.1, 18.5), abs=0.05)
    assert three(1.2, 50) == pytest.approx((70.1, 81.2, 73.7), abs=0.05)
    # An independent printing: CKD-EPI 2009 for women above 0.7 mg/dL with the factor 144.
    assert egfr(2009, 1.0, 50, sex="female") == pytest.approx(
        144 * (1 / 0.7) ** -1.209 * 0.993**50, rel=0.004
    )
    man = rows.loc[(2021, "male")]
    misread = man.scale * (1.2 / man.kappa) ** man.beta * 50**man.age_base
    woman = rows.loc[(2009, "female")]
    says(
        "published",
        "creatinine 3.5 mg/dL: {:.1f} with the 2009 equation, {:.1f} if he was recorded as Black, {:.1f} with".format(
            *three(3.5, 60)
        ),
        "at 3.6 mg/dL {:.1f}, {:.1f} and {:.1f}".format(*three(3.6, 60)),
        "with 1.2 mg/dL: {:.1f}, {:.1f} and {:.1f}".format(*three(1.2, 50)),
        f"gives {misread:,.0f} for the man of 50",
        f"taken as mg/dL gives {egfr(2021, 106, 50):.2f}",
        f"141 x 1.018 is {woman.scale * woman.sex_factor:.1f}",
    )


def test_obermeyer(table: Table, says: Says) -> None:
    rows = table("published", "obermeyer_2019.csv").set_index("item")
    labels = table("published", "obermeyer_2019_labels.csv").set_index("training_label").black_fraction
    people, years = rows.loc["patients"], rows.loc["patient_years"]
    assert labels.is_monotonic_increasing
    says(
        "published",
        f"Trained on cost, {labels.total_costs * 100:.1f} % of the top group are Black; trained on active "
        f"conditions, {labels.active_conditions * 100:.1f} %: {labels.active_conditions / labels.total_costs:.1f} "
        "times as many",
        f"Black people had {rows.black.active_illnesses:.2f} active illnesses, White people "
        f"{rows.white.active_illnesses:.2f}",
        f"Black people are {100 * people.black / (people.black + people.white):.1f} % of the people "
        f"({people.black:,.0f}) and {100 * years.black / (years.black + years.white):.1f} % of the patient-years "
        f"({years.black:,.0f})",
        f"{people.black + people.white:,.0f} in one US health system",
    )


def test_every_doi_is_in_the_datasheet_and_the_recipe(says: Says) -> None:
    text = (ROOT / "datasets/published/recipe.py").read_text(encoding="utf-8")
    for doi in (
        "10.1001/jamainternmed.2021.2626",
        "10.1371/journal.pmed.1002683",
        "10.1001/jama.2016.17216",
        "10.1056/NEJMc2029240",
        "10.7326/0003-4819-150-9-200905050-00006",
        "10.1056/NEJMoa2102953",
        "10.1126/science.aax2342",
    ):
        says("published", f"doi:{doi}")
        assert f"doi:{doi}" in text
