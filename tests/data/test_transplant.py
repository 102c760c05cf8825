"""transplant: every figure that its datasheet states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter

from curriculum import datasets

FOLDER = Path(__file__).resolve().parents[2] / "datasets/transplant"
Says = Callable[..., None]
ENDS = {"censored": 0, "ltx": 1, "death": 2, "withdraw": 3}
THREE_YEARS = 1095  # days


@pytest.fixture(scope="module")
def waiting(table: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    return table("transplant")


def incidence(frame: pd.DataFrame, event: str, day: float) -> tuple[float, float, float]:
    """Cumulative incidence of one way to end by a day, after Aalen and Johansen, with its 95 % interval.

    The variance is the delta-method one (Marubini and Valsecchi); written out because lifelines moves tied
    times apart at random.
    """
    steps = []  # days on which a wait ended: at risk, ends of any kind, ends of this kind, still waiting before
    free, share = 1.0, 0.0
    for time in np.unique(frame.futime[frame.event != "censored"]):
        if time > day:
            break
        at_risk = (frame.futime >= time).sum()
        ended = ((frame.futime == time) & (frame.event != "censored")).sum()
        this = ((frame.futime == time) & (frame.event == event)).sum()
        share += free * this / at_risk
        steps.append((at_risk, ended, this, free, share))
        free *= 1 - ended / at_risk
    variance = sum(
        (share - so_far) ** 2 * (ended / (n * (n - ended)) if n > ended else 0)
        + before**2 * this * (n - this) / n**3
        - 2 * (share - so_far) * before * this / n**2
        for n, ended, this, before, so_far in steps
    )
    half = 1.96 * float(np.sqrt(variance))
    return share, share - half, share + half


def median_wait(frame: pd.DataFrame) -> float:
    """The first day by which half of the people had a liver."""
    times = np.unique(frame.futime[frame.event == "ltx"])
    return next(time for time in times if incidence(frame, "ltx", time)[0] >= 0.5)


def one_minus_kaplan_meier(frame: pd.DataFrame, event: str, day: float) -> float:
    """What comes out when every other end is called censored."""
    return float(1 - KaplanMeierFitter().fit(frame.futime, frame.event == event).predict(day))


@pytest.mark.filterwarnings("ignore:Tied event times")
def test_our_incidence_is_that_of_lifelines(waiting: pd.DataFrame) -> None:
    for blood in ("A", "O"):
        group = waiting[waiting.abo == blood]
        fit = AalenJohansenFitter(seed=0).fit(group.futime, group.event.map(ENDS), event_of_interest=1)
        expected = fit.cumulative_density_.loc[:180].iloc[-1].item()
        low, high = fit.confidence_interval_.loc[:180].iloc[-1]
        assert incidence(group, "ltx", 180) == pytest.approx((expected, low, high), abs=0.012)


def test_who_is_in_it(waiting: pd.DataFrame, says: Says) -> None:
    assert waiting.shape == (815, 6)
    assert list(waiting.columns[waiting.isna().any()]) == ["age"]
    ends, sex, blood = (waiting[column].value_counts() for column in ("event", "sex", "abo"))
    share = ends / len(waiting) * 100
    youngest, oldest = waiting.age.min(), waiting.age.max()
    twins = waiting[waiting.duplicated(keep=False)]
    assert len(twins) == 2
    twin = twins.iloc[0]
    assert (twin.sex, twin.abo, twin.event) == ("m", "A", "ltx") and (waiting.age < 18).sum() == 1
    says(
        "transplant",
        f"{len(waiting)} rows, {waiting.shape[1]} columns",
        f"two men of {twin.age:.0f} with type A, listed in {twin.year}, who both received a liver after {twin.futime} days",
        f"{ends['ltx']} people received a liver ({share['ltx']:.1f} %), {ends['death']} died waiting "
        f"({share['death']:.1f} %), {ends['withdraw']} withdrew ({share['withdraw']:.1f} %) and {ends['censored']} were "
        f"still waiting when last known ({share['censored']:.1f} %)",
        f"Only `age` has gaps ({waiting.age.isna().sum()} people)",
        f"{sex['m']} men and {sex['f']} women, {youngest:.0f} to {oldest:.0f} years old",
        f"Blood type A {blood['A']}, O {blood['O']}, B {blood['B']}, AB {blood['AB']}",
    )
    who = datasets.about(FOLDER)["who"]
    assert f"{len(waiting)} people" in who
    assert f"{sex['m']} men and {sex['f']} women aged {youngest:.0f} to {oldest:.0f}" in who


def test_who_waits(waiting: pd.DataFrame, says: Says) -> None:
    groups = dict(list(waiting.groupby("abo")))
    by_180 = {blood: incidence(group, "ltx", 180) for blood, group in groups.items()}
    assert by_180["A"][0] == pytest.approx(0.70, abs=0.01) and by_180["O"][0] == pytest.approx(0.39, abs=0.01)
    told = {blood: f"{share:.2f} ({low:.2f} to {high:.2f})" for blood, (share, low, high) in by_180.items()}
    died = {blood: incidence(groups[blood], "death", THREE_YEARS)[0] for blood in ("A", "O")}
    says(
        "transplant",
        f"{told['A']} of the {len(groups['A'])} people with type A, {told['AB']} of {len(groups['AB'])} with AB, "
        f"{told['B']} of {len(groups['B'])} with B and {told['O']} of {len(groups['O'])} with O",
        f"By three years {died['A']:.2f} of the people with type A and {died['O']:.2f} of those with O",
    )


def test_the_gap_opened(waiting: pd.DataFrame, says: Says) -> None:
    early, late = waiting[waiting.year <= 1994], waiting[waiting.year >= 1995]
    share, n = {}, {}
    for period, frame in (("early", early), ("late", late)):
        for blood in ("A", "O"):
            group = frame[frame.abo == blood]
            share[period, blood], n[period, blood] = incidence(group, "ltx", 180)[0], len(group)
    says(
        "transplant",
        f"{share['early', 'A']:.2f} of type A ({n['early', 'A']} people) and {share['early', 'O']:.2f} of type O "
        f"({n['early', 'O']}) had a liver by day 180",
        f"{share['late', 'A']:.2f} ({n['late', 'A']}) and {share['late', 'O']:.2f} ({n['late', 'O']})",
    )


def test_waiting_time(waiting: pd.DataFrame, says: Says) -> None:
    first, last = waiting[waiting.year == 1990], waiting[waiting.year == 1999]
    mixed = [frame.futime.median() for frame in (first, last)]
    received = [frame.futime[frame.event == "ltx"].median() for frame in (first, last)]
    assert mixed == [35, 348]
    says(
        "transplant",
        f"from {mixed[0]:.0f} days (1990) to {mixed[1]:.0f} (1999)",
        f"{(last.event == 'censored').sum()} of the {len(last)} of 1999",
        f"Among those who received one it is {received[0]:.0f} and {received[1]:.0f}",
        f"had a liver by day {median_wait(first)}, half of those listed in 1999 by day {median_wait(last)}",
    )


def test_censoring_a_competing_event(waiting: pd.DataFrame, says: Says) -> None:
    events = ("ltx", "death", "withdraw")
    wrong = {event: one_minus_kaplan_meier(waiting, event, THREE_YEARS) for event in events}
    right = {event: incidence(waiting, event, THREE_YEARS)[0] for event in events}
    assert sum(wrong.values()) > 1 > sum(right.values())
    says(
        "transplant",
        f"says that {wrong['death'] * 100:.1f} % die within three years. {right['death'] * 100:.1f} % did",
        f"the shares add up to {sum(wrong.values()):.2f}: {wrong['ltx']:.2f} transplanted, {wrong['death']:.2f} dead, "
        f"{wrong['withdraw']:.2f} withdrawn",
        f"The cumulative incidences are {right['ltx']:.2f}, {right['death']:.2f} and {right['withdraw']:.2f}",
        f"{(waiting.event == 'withdraw').sum()} people withdrew",
    )


def test_a_blank_age_gives_the_outcome_away(waiting: pd.DataFrame, says: Says) -> None:
    blank = waiting[waiting.age.isna()]
    years = waiting[waiting.year.between(blank.year.min(), blank.year.max())]
    assert blank.event.eq("ltx").all() and (waiting.event == "ltx").mean() ** len(blank) == pytest.approx(
        0.01, abs=0.003
    )
    everybody, complete = (
        (frame.event == "ltx").mean() * 100 for frame in (years, years.dropna(subset=["age"]))
    )
    says(
        "transplant",
        f"All {len(blank)} people without an age received a liver; all were listed from {blank.year.min()} to "
        f"{blank.year.max()}",
        f"from {everybody:.1f} to {complete:.1f} %",
    )


def test_day_zero(waiting: pd.DataFrame, says: Says) -> None:
    same_day = waiting[waiting.futime == 0].event.value_counts()
    assert same_day.to_dict() == {"ltx": 1, "death": 1, "censored": 2}
    says(
        "transplant",
        "Four people have `futime` 0: one received a liver on the day of listing, one died that day, two",
    )


def test_still_waiting_means_listed_late(waiting: pd.DataFrame, says: Says) -> None:
    still = waiting[waiting.event == "censored"]
    says(
        "transplant",
        f"{(still.year >= 1997).sum()} of the {len(still)} people still waiting were listed from 1997 on",
        f"listed in 1999 is {waiting[waiting.year == 1999].futime.max()} days",
    )


def test_women_and_men(waiting: pd.DataFrame, says: Says) -> None:
    women, men = waiting[waiting.sex == "f"], waiting[waiting.sex == "m"]
    by_180 = {f"{incidence(frame, 'ltx', 180)[0]:.2f}" for frame in (women, men)}
    assert len(by_180) == 1
    says(
        "transplant",
        f"by day 180 is {by_180.pop()} for both; by three years {incidence(women, 'death', THREE_YEARS)[0]:.2f} of the "
        f"women and {incidence(men, 'death', THREE_YEARS)[0]:.2f} of the men",
        f"one centre with {(waiting.event == 'death').sum()} deaths",
    )


def test_against_kim_2006(waiting: pd.DataFrame, says: Says) -> None:
    """861 people: 657 transplanted, 82 dead, 41 withdrawn, 81 waiting; 10 % dead at three years; 45 to 517 days."""
    ends = waiting.event.value_counts()
    printed = {"ltx": 657, "death": 82, "withdraw": 41, "censored": 81}
    assert sum(printed.values()) == 861
    for event, count in printed.items():  # an early version: fewer people, much the same shares
        assert ends[event] < count and ends[event] / len(waiting) == pytest.approx(count / 861, abs=0.025)
    died = incidence(waiting, "death", THREE_YEARS)[0]
    assert died == pytest.approx(0.10, abs=0.02)
    first = median_wait(waiting[waiting.year <= 1992])
    last = median_wait(waiting[waiting.year == 1999])
    assert first == pytest.approx(45, abs=5) and last == pytest.approx(517, abs=20)
    says(
        "transplant",
        "861 people: 657 transplanted (76 %), 82 dead (10 %), 41 withdrawn (5 %), 81 waiting in February 2002 (9 %)",
        "risk of death at three years is 10 %",
        "goes from 45 to 517 days",
        f"Here {len(waiting)}, {ends['ltx']}, {ends['death']}, {ends['withdraw']} and {ends['censored']}",
        f"{861 - len(waiting)} of the paper's 861 people",
        f"ours {died * 100:.1f} %",
        f"ours from {first} for those listed 1990 to 1992 to {last} for those of 1999",
    )


def test_who_could_be_found(waiting: pd.DataFrame, says: Says) -> None:
    alone = (waiting.groupby(["age", "sex", "abo", "year"], dropna=False).size() == 1).sum()
    says(
        "transplant",
        f"{alone} of the {len(waiting)} are the only ones of their age, sex, blood type and year",
    )
