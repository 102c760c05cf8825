"""published and the register of standards: a figure that stands in both is the same in both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from curriculum import register

ROOT = Path(__file__).resolve().parents[2]
Table = Callable[..., pd.DataFrame]

# Numbers of an entry that stand in no table of `published`: roundings, our own arithmetic, limits of a definition.
ONLY_IN_REGISTER = {
    "wong-2021": {"sepsis_percent", "missed_percent", "alerted_percent"},
    "esm-counts": {
        "alerted_percent",
        "not_alerted",
        "sensitivity_percent",
        "specificity_percent",
        "ppv_percent",
        "alerts_per_true",
    },
    "zech-2018": {"hospital_auc_from_counts"},
    "gulshan-2016": {
        "images",  # of the training set
        "low_prevalence_percent",
        "low_ppv_percent",
        "middle_prevalence_percent",
        "middle_ppv_percent",
        "high_prevalence_percent",
        "high_ppv_percent",
    },
    "sjoding-2020": {"pairs", "oximetry_low_percent", "oximetry_high_percent", "arterial_percent", "ratio"},
    "ckd-epi-2009": set(),
    "ckd-epi-2021": {"error_not_black_percent", "error_black_percent"},
    "obermeyer-2019": set(),
}


@cache
def numbers(name: str) -> Mapping[str, float]:
    return register.load(ROOT).entries[name].numbers


def agree(name: str, printed: Mapping[str, float]) -> None:
    """Each printed figure is the register's, and no other number of the entry could be compared."""
    entry = numbers(name)
    assert {key: entry.get(key) for key in printed} == pytest.approx(dict(printed), rel=1e-12)
    assert set(entry) - set(printed) == ONLY_IN_REGISTER[name]


def test_wong(table: Table) -> None:
    wong = table("published", "wong_2021.csv").set_index("item")
    value = wong.value
    agree(
        "wong-2021",
        {
            "patients": value.patients,
            "stays": value.stays,
            "sepsis": value.stays_with_sepsis,
            "auc": value.auc,
            "claimed_auc_low": wong.low.auc_developer,
            "claimed_auc_high": wong.high.auc_developer,
            "missed": value.false_negative,
            "alerted": value.stays_with_alert,
        },
    )
    agree(
        "esm-counts",
        {
            "stays": value.stays,
            "sepsis": value.stays_with_sepsis,
            "alerts": value.stays_with_alert,
            "true_positives": value.true_positive,
            "false_positives": value.false_positive,
            "false_negatives": value.false_negative,
        },
    )


def test_what_the_register_rounds_or_works_out_of_wong(table: Table) -> None:
    value = table("published", "wong_2021.csv").set_index("item").value
    wong, counts = numbers("wong-2021"), numbers("esm-counts")
    alerted = value.stays_with_alert / value.stays
    assert wong["sepsis_percent"] == round(100 * value.stays_with_sepsis / value.stays)
    assert wong["missed_percent"] == round(100 * value.false_negative / value.stays_with_sepsis)
    assert wong["alerted_percent"] == counts["alerted_percent"] == round(100 * alerted)
    assert counts["not_alerted"] == value.true_negative + value.false_negative
    assert counts["sensitivity_percent"] == round(100 * value.true_positive / value.stays_with_sepsis, 1)
    healthy = value.true_negative + value.false_positive
    assert counts["specificity_percent"] == round(100 * value.true_negative / healthy, 1)
    assert counts["ppv_percent"] == round(100 * value.true_positive / value.stays_with_alert, 1)
    assert counts["alerts_per_true"] == round(value.stays_with_alert / value.true_positive, 1)


def test_zech(table: Table) -> None:
    places = table("published", "zech_2018.csv").set_index("hospital")
    areas = table("published", "zech_2018_auc.csv").set_index(["model", "tested_on"]).auc
    printed = {f"{place.lower()}_images": row.images for place, row in places.iterrows()}
    printed |= {f"{place.lower()}_percent": row.pneumonia_percent for place, row in places.iterrows()}
    printed["hospital_auc"] = areas["sorting_by_hospital", "MSH and NIH"]
    printed["joint_auc_inside"] = areas["image_model", "MSH and NIH"]
    printed["joint_auc_outside"] = areas["image_model", "IU"]
    agree("zech-2018", printed)


def test_gulshan(table: Table) -> None:
    points = table("published", "gulshan_2016.csv").set_index(["test_set", "operating_point"])
    printed = {}
    for number, name in enumerate(("EyePACS-1", "Messidor-2"), start=1):
        for point in ("specific", "sensitive"):
            row = points.loc[(name, point)]
            printed[f"set_{number}_{point}_point_sensitivity_percent"] = row.sensitivity_percent
            printed[f"set_{number}_{point}_point_specificity_percent"] = row.specificity_percent
    assert len(printed) == 2 * len(points)
    agree("gulshan-2016", printed)


def test_sjoding(table: Table) -> None:
    percent = table("published", "sjoding_2020.csv").set_index(["cohort", "race"]).percent
    agree(
        "sjoding-2020",
        {
            "black_percent": percent["michigan", "Black"],
            "white_percent": percent["michigan", "White"],
            "multicentre_black_percent": percent["multicentre", "Black"],
            "multicentre_white_percent": percent["multicentre", "White"],
        },
    )
    assert numbers("sjoding-2020")["ratio"] == pytest.approx(
        percent["michigan", "Black"] / percent["michigan", "White"], abs=0.005
    )


@pytest.mark.parametrize("year", [2009, 2021])
def test_ckd_epi(table: Table, year: int) -> None:
    rows = table("published", "ckd_epi.csv").query(f"year == {year}").set_index("sex")
    shared = rows[["scale", "beta", "age_base", "black_factor"]]
    assert (shared.nunique() == 1).all() and rows.sex_factor.male == 1
    women, men = rows.loc["female"], rows.loc["male"]
    printed = {
        "factor": women.scale,
        "power_above": women.beta,
        "age": women.age_base,
        "women": women.sex_factor,
        "k_women": women.kappa,
        "k_men": men.kappa,
        "a_women": women.alpha,
        "a_men": men.alpha,
    }
    if year == 2009:
        printed["recorded_black"] = women.black_factor
    else:
        assert women.black_factor == 1  # the equation of 2021 has no factor for race
    agree(f"ckd-epi-{year}", printed)


def test_obermeyer(table: Table) -> None:
    rows = table("published", "obermeyer_2019.csv").set_index("item")
    labels = table("published", "obermeyer_2019_labels.csv").set_index("training_label")
    agree(
        "obermeyer-2019",
        {
            "white_patients": rows.white.patients,
            "black_patients": rows.black.patients,
            "white_illnesses": rows.white.active_illnesses,
            "black_illnesses": rows.black.active_illnesses,
            "share_before_percent": rows.black.extra_help_as_it_is,
            "share_after_percent": rows.black.extra_help_without_the_gap,
            "cost_label_percent": 100 * labels.black_fraction.total_costs,
        },
    )
