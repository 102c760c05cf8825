"""vendor: what was planted in the log, found again for several seeds, and what the datasheet says of seed 2."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import chi2_contingency
from sklearn.metrics import roc_auc_score

from curriculum import datasets
from curriculum.generators import vendor

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [vendor.SEED, 4, 33]
HALVES = ((1, 6), (7, 12))
Says = Callable[..., None]


@dataclass
class Log:
    """The four tables; `once` is the log without repeats, `truth` every outcome by stay."""

    stays: pd.DataFrame
    rows: pd.DataFrame
    once: pd.DataFrame
    sent_again: pd.DataFrame
    outcomes: pd.DataFrame
    late: pd.DataFrame
    truth: pd.Series


@cache
def made(seed: int) -> dict[str, bytes]:
    return datasets.recipe_of(ROOT, "vendor").build({}, seed=seed)


@cache
def log(seed: int) -> Log:
    files = {name: io.BytesIO(content) for name, content in made(seed).items()}
    stays = pd.read_csv(files["stays.csv"], parse_dates=["admitted"])
    rows = pd.read_csv(files["predictions.csv"], parse_dates=["time"])
    outcomes = pd.read_csv(files["outcomes.csv"], parse_dates=["outcome_time", "label_available"])
    late = pd.read_csv(files["late_outcomes.csv"], parse_dates=["outcome_time", "label_available"])
    stays["month"] = stays.admitted.dt.month
    unique = rows.drop_duplicates()
    unique = unique.assign(month=unique.time.dt.month)
    gap = unique.sort_values("time").groupby("stay_id").time.diff().reindex(unique.index)
    again = gap <= pd.Timedelta(minutes=5)
    truth = pd.concat([outcomes.dropna(subset="outcome"), late]).set_index("stay_id").outcome
    return Log(stays, rows, unique[~again], unique[again], outcomes, late, truth)


def reached(scores: pd.DataFrame) -> pd.Series:
    return scores.score >= vendor.THRESHOLD


def shown(scores: pd.DataFrame) -> pd.DataFrame:
    return scores[scores.alert_shown == 1]


def at_night(scores: pd.DataFrame) -> pd.Series:
    return (scores.time.dt.hour >= 22) | (scores.time.dt.hour < 6)


def sensitivity(tables: Log, group: str) -> pd.DataFrame:
    """Bad outcomes and those with any score at the threshold, by a column of `stays.csv`."""
    warned = set(tables.once[reached(tables.once)].stay_id)
    bad = tables.stays[tables.stays.stay_id.map(tables.truth) == 1]
    return bad.assign(seen=bad.stay_id.isin(warned)).groupby(group).seen.agg(["sum", "size", "mean"])


def p_value(by: pd.DataFrame) -> float:
    """Chi-squared test that the share of seen outcomes is the same in every group of `sensitivity`."""
    return chi2_contingency([by["sum"], by["size"] - by["sum"]]).pvalue


def calibration(tables: Log, first: int, last: int) -> tuple[float, float, float]:
    """Observed, expected and the area under the curve, from the first score of each stay of these months."""
    scores = tables.once.drop_duplicates("stay_id")
    scores = scores[scores.month.between(first, last)]
    happened = scores.stay_id.map(tables.truth)
    return happened.sum(), scores.score.sum(), roc_auc_score(happened, scores.score)


def test_the_generator_makes_the_committed_bytes() -> None:
    files = made(vendor.SEED)
    assert len(files) == 4 and sum(map(len, files.values())) < 230_000
    for name, content in files.items():
        assert (ROOT / "datasets/vendor" / name).read_bytes() == content
    assert made(1)["predictions.csv"] != files["predictions.csv"]


@pytest.mark.parametrize("seed", SEEDS)
def test_stays_and_people(seed: int) -> None:
    tables = log(seed)
    stays = tables.stays
    assert len(stays) == 1200 and stays.stay_id.is_unique and stays.admitted.is_monotonic_increasing
    assert (stays.groupby(["month", "ward"]).size() == vendor.STAYS_PER_WARD).all()
    assert ((stays.language == "other").groupby(stays.month).sum() == vendor.STAYS_OTHER).all()
    assert stays.person_id.nunique() == 1101 and stays.person_id.value_counts().max() == 2
    second = stays[stays.person_id.duplicated()]
    assert (second.groupby("month").size() == vendor.SECOND_STAYS).all() and set(second.month) == set(
        range(2, 13)
    )
    assert (stays.groupby("person_id")[["sex", "age_group", "language"]].nunique() == 1).all(axis=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_repeats_and_keys(seed: int) -> None:
    tables = log(seed)
    repeated = tables.rows[tables.rows.duplicated()]
    assert (repeated.groupby(repeated.time.dt.month).size() == vendor.REPEATED_ROWS).all()
    assert len(tables.rows) == 2436 and len(repeated) == 24 == tables.rows.prediction_id.duplicated().sum()
    assert (tables.sent_again.groupby("month").size() == vendor.SENT_AGAIN).all()
    assert len(tables.sent_again) == 12 and len(tables.once) == 2400
    assert (tables.once.groupby("stay_id").size() == 2).all() and tables.rows.time.is_monotonic_increasing
    keys = tables.once.merge(tables.stays, on="stay_id", suffixes=("", "_stay"))
    assert len(keys) == len(tables.once) and (keys.ward == keys.ward_stay).all()
    assert (keys.month == keys.month_stay).all() and (keys.time > keys.admitted).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_alerts_answers_and_versions(seed: int) -> None:
    once = log(seed).once
    silent = once.month.isin(vendor.SILENT_MONTHS)
    assert ((once.alert_shown == 1) == (reached(once) & ~silent)).all()
    assert reached(once[silent]).sum() > 20
    assert once.response.notna().equals(once.alert_shown == 1)
    assert once.override_reason.notna().equals(once.response == "overridden")
    assert ((once.model_version == 3.0) == (once.month >= vendor.UPDATE_MONTH)).all()
    assert (once.model_version == 3.0).sum() == 1200
    monthly = shown(once).groupby("month").size()
    assert monthly.loc[7:].mean() > 1.6 * monthly.loc[:6].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_unit_and_feed(seed: int) -> None:
    once = log(seed).once
    fahrenheit = (once.ward == "C") & (once.month >= 9)
    assert fahrenheit.sum() == 200 and ((once.temperature > 50) == fahrenheit).all()
    assert (
        once.temperature[~fahrenheit].between(35, 41).all()
        and once.temperature[fahrenheit].between(95, 105).all()
    )
    lost = (once.ward == "D") & (once.month == 10)
    assert lost.sum() == 50 and once.lactate[lost].isna().all()
    assert once.lactate[~lost].isna().mean() == pytest.approx(0.2, abs=0.03)
    ward_c, others = once[once.ward == "C"], once[once.ward != "C"]
    rise = [reached(part[part.month >= 9]).mean() - reached(part[part.month.isin([7, 8])]).mean()
            for part in (ward_c, others)]  # fmt: skip
    assert rise[0] > rise[1] + 0.08
    other_months = (once.ward == "D") & (once.month >= 7) & ~lost
    assert reached(once[lost]).mean() < reached(once[other_months]).mean() - 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_outcomes_and_late_labels(seed: int) -> None:
    tables = log(seed)
    month = tables.stays.set_index("stay_id").month
    bad = tables.truth.groupby(month).sum()
    assert list(bad) == [15 - saved for saved in vendor.SAVED]
    empty = tables.outcomes[tables.outcomes.outcome.isna()]
    assert set(empty.stay_id) == set(tables.late.stay_id) and empty.label_available.isna().all()
    assert dict(empty.stay_id.map(month).value_counts()) == vendor.PENDING
    late_bad = tables.late[tables.late.outcome == 1].stay_id.map(month).value_counts()
    assert dict(late_bad) == vendor.PENDING_WORSE
    known = tables.outcomes.dropna(subset="outcome")
    assert (known.label_available < vendor.EXTRACTED).all()
    assert (tables.late.label_available > vendor.EXTRACTED).all()
    assert known.outcome_time.notna().equals(known.outcome == 1)
    last = tables.once.groupby("stay_id").time.max()
    happened = pd.concat([known, tables.late]).dropna(subset="outcome_time").set_index("stay_id").outcome_time
    assert (happened > last[happened.index]).all()  # every score came before what it predicts


@pytest.mark.parametrize("seed", SEEDS)
def test_calibration_breaks_and_ranking_stays(seed: int) -> None:
    tables = log(seed)
    before, after = calibration(tables, 1, 6), calibration(tables, 7, 12)
    assert before[0] == 87 and after[0] == 63
    assert before[0] / before[1] == pytest.approx(1.08, abs=0.15)
    assert after[0] / after[1] == pytest.approx(0.42, abs=0.08)
    assert abs(before[2] - after[2]) < 0.15 and min(before[2], after[2]) > 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_language_has_an_effect_and_sex_and_age_have_none(seed: int) -> None:
    tables = log(seed)
    by = sensitivity(tables, "language")
    assert dict(by["size"]) == {"english": 90, "other": 60}
    assert by["mean"]["english"] - by["mean"]["other"] > 0.25
    assert p_value(by) < 0.01
    for group in ("sex", "age_group"):
        assert p_value(sensitivity(tables, group)) > 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_nights(seed: int) -> None:
    alerts = shown(log(seed).once)
    night = at_night(alerts)
    overridden = alerts.response == "overridden"
    assert overridden[night].mean() == pytest.approx(0.63, abs=0.07)
    assert overridden[~night].mean() == pytest.approx(0.34, abs=0.06)
    hurried = alerts.override_reason == "no_time"
    assert hurried[night & overridden].mean() - hurried[~night & overridden].mean() > 0.3


def percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def test_the_datasheet_states_alerts_and_calibration(says: Says) -> None:
    tables = log(vendor.SEED)
    alerts = shown(tables.once)
    alerted = alerts.stay_id.unique()
    people = tables.stays.set_index("stay_id").person_id[alerted].nunique()
    bad = tables.truth[alerted].sum()
    monthly = alerts.groupby("month").size()
    (seen, expected, area), (seen2, expected2, area2) = (calibration(tables, *half) for half in HALVES)
    others = [calibration(log(seed), *half)[2] for seed in SEEDS[1:] for half in HALVES]
    says(
        "vendor",
        f"seed {vendor.SEED}",
        "With seed {} it goes from {:.2f} to {:.2f}, with seed {} from {:.2f} to {:.2f}".format(
            SEEDS[1], *others[:2], SEEDS[2], *others[2:]
        ).replace("0.", "."),
        f"{len(alerts):,} alerts were shown in {len(alerted)} stays of {people} people. "
        f"{percent(bad / len(alerted))} of the alerted stays ended badly; {len(alerts) / bad:.1f} alerts were shown "
        f"for each of these {bad:.0f} stays, but only {len(alerted) / bad:.1f} stays",
        f"{monthly.loc[2:6].mean():.0f} alerts a month from February to June, {monthly.loc[7:].mean():.0f} from July",
        f"{seen:.0f} bad outcomes where {expected:.1f} were predicted (O/E {seen / expected:.2f}), "
        f"July to December {seen2:.0f} where {expected2:.1f} were (O/E {seen2 / expected2:.2f})".replace(
            "E 0", "E "
        ),
        f"The area under the curve hardly moved: {area:.2f} and {area2:.2f}".replace("0.", "."),
    )


def test_the_datasheet_states_wards_groups_labels_and_nights(says: Says) -> None:
    tables = log(vendor.SEED)
    once = tables.once
    late, early = once.month >= 9, once.month.isin([7, 8])
    in_c, in_d, october = once.ward == "C", once.ward == "D", once.month == 10
    by = sensitivity(tables, "language")
    alerts = shown(once)
    night = at_night(alerts)
    response, hurried = alerts.response, alerts.override_reason == "no_time"
    overridden = response == "overridden"
    month = tables.stays.set_index("stay_id").month
    known = tables.outcomes.assign(month=tables.outcomes.stay_id.map(month))
    november, december = (known[known.month == number].outcome for number in (11, 12))
    says(
        "vendor",
        f"On ward C {percent(reached(once[in_c & late]).mean())} of scores reached the threshold from September on, "
        f"{percent(reached(once[in_c & early]).mean())} in July and August; on the other wards "
        f"{percent(reached(once[~in_c & late]).mean())} and {percent(reached(once[~in_c & early]).mean())}",
        f"In October 50 of 50 scores on ward D have no lactate, "
        f"{percent(once.lactate[~(in_d & october)].isna().mean())} of all others; "
        f"{percent(reached(once[in_d & october]).mean())} of the 50 reached the threshold, "
        f"{percent(reached(once[in_d & (once.month >= 7) & ~october]).mean())} on that ward",
        f"{by['sum']['english']} of {by['size']['english']} among people who speak English had a score of .20 or more "
        f"({percent(by['mean']['english'])}), {by['sum']['other']} of {by['size']['other']} among the others "
        f"({percent(by['mean']['other'])})",
        f"November: {november.sum():.0f} bad among the {november.count()} known ({percent(november.mean())}); taking "
        f'empty as "no" makes it {percent(november.fillna(0).mean())}. December: {december.sum():.0f} among '
        f"{december.count()} ({percent(december.mean())}), or {percent(december.fillna(0).mean())}",
        f"Of {night.sum()} alerts at night {percent(overridden[night].mean())} were overridden and "
        f"{percent((response == 'accepted')[night].mean())} accepted; by day {percent(overridden[~night].mean())} and "
        f"{percent((response == 'accepted')[~night].mean())}",
        f"is the reason of {percent(hurried[night & overridden].mean())} of overrides at night, "
        f"{percent(hurried[~night & overridden].mean())} by day",
        f"A temperature above 50 is found in {(once.temperature > 50).sum()} scores, all from ward C",
        f"with {min(calibration(tables, *half)[0] for half in HALVES):.0f} to "
        f"{max(calibration(tables, *half)[0] for half in HALVES):.0f} bad outcomes",
    )
    assert {tables.truth[month[month == number].index].mean() for number in (11, 12)} == {0.1}


def test_the_datasheet_states_the_plan(says: Says) -> None:
    tables = log(vendor.SEED)
    text = (ROOT / "datasets/vendor/datasheet.md").read_text(encoding="utf-8")
    assert text.splitlines()[0].count("SYNTHETIC") == 1
    people = tables.stays.person_id
    bad = {language: int(size) for language, size in sensitivity(tables, "language")["size"].items()}
    says(
        "vendor",
        f"{len(tables.stays):,} stays (100 each month, {vendor.STAYS_PER_WARD} on each ward) of "
        f"{people.nunique():,} people, of whom {people.duplicated().sum()} come a second time",
        f"{len(tables.once):,} scores in {len(tables.rows):,} rows",
        f"scores higher ({vendor.UPDATE_SHIFT} on the log-odds scale)",
        f"the score rises ({vendor.FAHRENHEIT_SHIFT})",
        f"the score falls ({-vendor.NO_LACTATE_SHIFT})",
        f"their score is too low ({vendor.LATE_OTHER}) when they get worse | {bad['other']} of {sum(bad.values())}",
        f"{vendor.STAYS_OTHER} of 100 stays are of people who speak another language",
        f"{sum(vendor.SAVED)} stays saved",
        f"{vendor.PENDING[11]} of 100 in November, {vendor.PENDING[12]} of 100 in December",
        f"{vendor.PENDING_WORSE[11]} of the {vendor.PENDING[11]} and {vendor.PENDING_WORSE[12]} of the "
        f"{vendor.PENDING[12]} are bad",
        f"{12 * vendor.REPEATED_ROWS} ({vendor.REPEATED_ROWS} a month)",
        f"{12 * vendor.SENT_AGAIN} ({vendor.SENT_AGAIN} a month)",
    )
