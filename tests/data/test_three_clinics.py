"""three_clinics: what was planted, counted in the finished file, for several seeds."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from curriculum import datasets
from curriculum.generators import three_clinics

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "datasets"
KG_PER_LB = 0.45359237


def _clinics(seed: int | None) -> pd.DataFrame:
    """The table that the recipe makes with this seed (None: its own)."""
    recipe = datasets.recipe_of(ROOT, "three_clinics")
    made = recipe.build({}) if seed is None else recipe.build({}, seed=seed)
    return pd.read_csv(io.BytesIO(made["three_clinics.csv"]), parse_dates=["visit_time"])


@pytest.mark.parametrize("seed", [None, 0, 1, 7, 2026])
def test_three_clinics_holds_what_was_planted(seed: int | None) -> None:
    rows = _clinics(seed)
    assert rows.shape == (240, 12) and rows.person_id.nunique() == 216
    assert rows.weight.notna().all() and set(rows.smoker) == {0, 1, 9}

    repeated = rows.duplicated()
    assert repeated.sum() == 3 == rows.visit_id.duplicated().sum()
    assert dict(rows[repeated].clinic.value_counts()) == {"A": 1, "B": 1, "C": 1}

    once = rows[~repeated].assign(day=lambda r: r.visit_time.dt.date)
    twice = once[once.duplicated(["person_id", "day"], keep=False)].sort_values(["person_id", "visit_id"])
    first, second = twice.iloc[::2].reset_index(), twice.iloc[1::2].reset_index()
    assert (first.person_id == second.person_id).all() and (first.visit_id != second.visit_id).all()
    assert (
        dict(second.clinic.value_counts()) == {"A": 3, "B": 3, "C": 3}
        and (first.weight_unit == second.weight_unit).all()
    )
    other_time, other_weight = first.visit_time != second.visit_time, first.weight != second.weight
    assert (
        (other_time & ~other_weight).sum()
        == (~other_time & other_weight).sum()
        == (other_time & other_weight).sum()
        == 3
    )
    most = first.weight_unit.map({"kg": 0.4001, "lb": 1.0001})
    assert ((first.weight - second.weight).abs() <= most).all()

    visits = once.drop_duplicates(["person_id", "day"])
    kg = visits.weight * visits.weight_unit.map({"kg": 1.0, "lb": KG_PER_LB})
    visits = visits.assign(kg=kg)
    later = visits[visits.duplicated("person_id")]
    assert dict(later.clinic.value_counts()) == {"A": 5, "B": 4, "C": 3}
    earlier = visits.drop_duplicates("person_id").set_index("person_id").loc[later.person_id]
    gap = (pd.to_datetime(later.day).to_numpy() - pd.to_datetime(earlier.day).to_numpy()) / np.timedelta64(
        1, "D"
    )
    assert gap.min() >= 14 and gap.max() <= 56
    assert np.abs(later.kg.to_numpy() - earlier.kg.to_numpy()).max() < 3.6
    other_unit = later.weight_unit.to_numpy() != earlier.weight_unit.to_numpy()
    assert (other_unit == (later.clinic == "C").to_numpy()).all()

    unit = visits.groupby("clinic").weight_unit.value_counts(normalize=True)
    assert unit["A", "kg"] == 1 and unit["B", "lb"] > 0.8 and 0.35 < unit["C", "lb"] < 0.65

    extreme = visits[visits.kg > 140]
    assert (
        list(extreme.weight) == [169.2, 168.5]
        and set(extreme.clinic) == {"A"}
        and set(extreme.weight_unit) == {"kg"}
    )
    assert extreme.person_id.nunique() == 1 and (extreme.day.iloc[1] - extreme.day.iloc[0]).days == 28
    light = visits[(visits.kg < 45) & (visits.weight > 0)]
    assert list(light.weight) == [98] and list(light.weight_unit) == ["lb"] and list(light.clinic) == ["B"]
    assert list(visits[visits.height_cm > 195].height_cm) == [201.0]

    assert list(visits[visits.height_cm < 100].height_cm) == [17.1]
    assert list(visits[visits.age > 120].age) == [214]
    assert (visits.weight == 0).sum() == 1 and (visits.weight < 0).sum() == 0
    assert sorted(visits[visits.dbp > visits.sbp].clinic) == ["B", "C"]

    assert rows.sbp.isna().sum() == 16 and rows.dbp.isna().sum() == 19
    assert dict(rows[rows.sbp.isna()].clinic.value_counts()) == {"A": 2, "B": 4, "C": 10}
    assert rows[rows.sbp.isna()].dbp.isna().all()
    assert dict(rows[rows.dbp.isna() & rows.sbp.notna()].clinic.value_counts()) == {"A": 1, "B": 1, "C": 1}
    assert dict(rows[rows.smoker == 9].clinic.value_counts()) == {"A": 4, "B": 7, "C": 13}

    ordinary = visits[visits.kg.between(44.9, 140) & visits.height_cm.between(100, 195) & (visits.age < 120)]
    assert ordinary.kg.between(45, 133).all() and ordinary.height_cm.between(145, 194).all()
    assert ordinary.age.between(18, 92).all()
    assert list(rows.drop_duplicates("visit_id").visit_time) == sorted(
        rows.drop_duplicates("visit_id").visit_time
    )


def test_another_seed_gives_other_people() -> None:
    recipe = datasets.recipe_of(ROOT, "three_clinics")
    assert recipe.build({}) == recipe.build({}, seed=recipe.SEED)
    one, other = _clinics(None), _clinics(7)
    assert one.age.sum() != other.age.sum() and not one.visit_time.equals(other.visit_time)


def test_three_clinics_datasheet_states_the_plan(says: Callable[..., None]) -> None:
    total = {
        name: sum(plan.values())
        for name, plan in vars(three_clinics).items()
        if name.isupper() and isinstance(plan, dict)
    }
    lacks = total["NO_PRESSURE"] + total["NO_LOWER_PRESSURE"]
    says(
        "three_clinics",
        f"seed {three_clinics.SEED}",
        f"They are {total['FIRST_VISITS']} first visits, {total['FOLLOW_UPS']} follow-up visits, "
        f"{total['ENTERED_TWICE']} visits entered twice and {total['REPEATED_ROWS']} rows repeated in full",
        f"{total['NO_PRESSURE']} (A 2, B 4, C 10)",
        f"{total['NOT_ASKED_SMOKING']} (A 4, B 7, C 13)",
        f"So {total['NO_PRESSURE']} of 240 rows lack `sbp` and {lacks} lack `dbp` ({lacks / 2.4:.1f} %)",
    )
    assert (FOLDER / "three_clinics/datasheet.md").read_text(encoding="utf-8").splitlines()[0].count(
        "SYNTHETIC"
    ) == 1
