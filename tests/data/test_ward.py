"""ward: what was planted, found again in the finished tables, for several seeds; and what the datasheet says."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pandas as pd
import pytest

from curriculum.generators import pathways, ward
from curriculum.generators.codesets import DIAGNOSES, DRUGS, TESTS

SEEDS = [ward.SEED, 0, 7, 2026]
HOUR = timedelta(hours=1)


class Log:
    """The tables of one seed, with times read, and the pairs that the tests look at."""

    def __init__(self, files: dict[str, bytes]) -> None:
        def read(name: str) -> pd.DataFrame:
            return pd.read_csv(io.BytesIO(files[name]), dtype=str, keep_default_na=False)

        self.file = files["events.csv"]

        names = ("events", "stays", "codes", "abbreviations")
        self.events, self.stays, self.codes, self.words = (read(f"{name}.csv") for name in names)
        self.events["display"] = self.events.code.map(
            dict(zip(self.codes.code, self.codes.display, strict=True))
        )
        self.events["time"] = pd.to_datetime(self.events.time)
        for column in ("arrival_time", "ward_time", "discharge_time", "coded_time"):
            self.stays[column] = pd.to_datetime(self.stays[column])

    def of(self, *kinds: str) -> pd.DataFrame:
        return self.events[self.events.event_type.isin(kinds)]

    @property
    def orders(self) -> pd.DataFrame:
        """Each drug order with the time of its first dose and the minutes between."""
        first = self.of("drug_given").groupby("order_id").time.min().rename("given")
        orders = self.of("drug_order").set_index("order_id").join(first)
        return orders.assign(minutes=(orders.given - orders.time).dt.total_seconds() / 60)

    @property
    def alerts(self) -> pd.DataFrame:
        answered = self.of("alert_acknowledged").set_index("order_id").time.rename("answered")
        alerts = self.of("alert").set_index("order_id").join(answered)
        return alerts.assign(minutes=(alerts.answered - alerts.time).dt.total_seconds() / 60)

    @property
    def specimens(self) -> pd.DataFrame:
        """One row for each order of blood tests: ordered, collected, received, first result."""
        kinds = ("lab_order", "collected", "received", "result")
        return pd.concat(
            [self.of(kind).groupby("order_id").time.min().rename(kind) for kind in kinds], axis=1
        )

    @property
    def corrected(self) -> pd.DataFrame:
        keys = ["stay_id", "order_id", "code", "unit", "display"]
        both = self.of("result").merge(self.of("result_corrected"), on=keys, suffixes=("", "_new"))
        return both.assign(value=both.value.astype(float), value_new=both.value_new.astype(float))

    @property
    def numbers(self) -> pd.DataFrame:
        rows = self.of("vital", "result", "result_corrected")
        rows = rows[rows.code != pathways.CULTURE]
        return rows.assign(value=rows.value.astype(float))


def shift_of(time: pd.Timestamp) -> str:
    """What a learner computes from the time: `day` from 07:00 to 18:59, else `night`."""
    start, end = ward.SHIFTS
    return "day" if start <= time.hour < end else "night"


@pytest.fixture(scope="module", params=SEEDS)
def log(request: pytest.FixtureRequest) -> Log:
    return Log(ward.generate(request.param))


@pytest.fixture(scope="module")
def ours() -> Log:
    """The tables of the course."""
    return Log(ward.generate())


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert ward.generate(5) == ward.generate(5) != ward.generate(6)


def test_stays_and_people(log: Log) -> None:
    stays = log.stays
    assert len(stays) == 54 == sum(ward.STAYS.values()) and stays.person_id.nunique() == 48
    assert (
        stays.stay_id.is_unique
        and set(log.events.stay_id) == set(stays.stay_id)
        and log.events.time.is_monotonic_increasing
    )
    assert (stays.arrival_time < stays.ward_time).all() and (stays.ward_time < stays.discharge_time).all()
    before = stays.groupby("person_id").discharge_time.shift()
    assert (stays.arrival_time > before)[before.notna()].all() and before.notna().sum() == 6
    assert stays.age.astype(int).between(18, 100).all()
    for _, rows in stays.groupby("person_id"):
        assert rows[["age", "sex"]].drop_duplicates().shape[0] == 1
    for kind, number in {"arrival": 54, "triage": 54, "discharge": 54, "code_assigned": 59}.items():
        assert len(log.of(kind)) == number
    late = log.events.time.max()
    assert late < pd.Timestamp("2025-03-30"), "the clocks change on that day"


def test_the_log_is_short(log: Log) -> None:
    """Routine observations must not fill it: full rounds on the first day, then what the alert reads, once a day."""
    assert len(log.file) < 260_000
    rounds = log.of("vital").merge(log.stays[["stay_id", "arrival_time"]], on="stay_id")
    rounds = rounds.groupby(["stay_id", "time", "arrival_time"]).code.agg(set).reset_index()
    hours = (rounds.time - rounds.arrival_time) / HOUR
    early = rounds[hours <= ward.WATCHED_FOR]
    assert all(codes >= set(ward.WARD_SIGNS) for codes in early.code)
    late = rounds[(hours > ward.WATCHED_FOR) & rounds.time.dt.hour.isin([9, 10])]
    assert len(late) > 100 and all(codes == set(ward.ALERT_SIGNS) for codes in late.code)
    others = rounds[(hours > ward.WATCHED_FOR) & ~rounds.time.dt.hour.isin([9, 10])]
    assert len(others) <= 10 and all(codes == set(ward.WARD_SIGNS) for codes in others.code)  # worse: alerts
    doses = log.of("drug_given").groupby("order_id").time.agg(lambda times: times.max() - times.min())
    assert doses.max() < ward.DOSES_FOR * HOUR and doses.max() > 12 * HOUR


def test_each_stay_goes_in_order(log: Log) -> None:
    order = [
        "arrival", "triage", "seen_by_doctor", "working_diagnosis", "bed_requested", "ward_arrival",
        "discharge_decision", "discharge", "code_assigned",
    ]  # fmt: skip
    first = log.of(*order).groupby(["stay_id", "event_type"]).time.min().unstack()[order]
    for earlier, later in pairwise(order):
        assert (first[earlier] <= first[later]).all(), (earlier, later)
    chain = log.specimens
    assert chain.notna().all().all()
    for earlier, later in pairwise(chain.columns):
        assert (chain[earlier] < chain[later]).all(), (earlier, later)
    only_after = {"result", "code_assigned"}
    joined = log.events.merge(log.stays[["stay_id", "discharge_time"]], on="stay_id")
    assert set(joined[joined.time > joined.discharge_time].event_type) == only_after


def test_place_and_actor(log: Log) -> None:
    assert set(log.of("handover").time.dt.strftime("%H:%M")) == {"07:00", "19:00"}
    late = log.of("handover").merge(log.stays, on="stay_id").eval("time - arrival_time")
    assert late.max() < ward.HANDOVERS_FOR * HOUR
    actors = {
        "arrival": {"clerk"},
        "drug_given": {"nurse"},
        "drug_order": {"doctor"},
        "lab_order": {"doctor", "nurse"},
        "collected": {"nurse", "phlebotomist"},
        "alert": {"system"},
        "alert_acknowledged": {"nurse"},
        "medical_review": {"doctor"},
        "code_assigned": {"coder"},
    }
    for kind, roles in actors.items():
        assert set(log.of(kind).actor) == roles, kind
    joined = log.events.merge(log.stays, on="stay_id")
    there = joined[~joined.place.str.startswith("LAB") & (joined.place != "COD")]
    before = there.time < there.ward_time
    assert set(there[before].place) == {"EDE", "EDM"} and (there.place == there.ward)[~before].all()
    assert set(joined.place) == {"EDE", "EDM", "LABE", "LABM", "W1", "W2", "W3", "W4", "COD"}


def test_codes_and_units_are_those_that_are_known(log: Log) -> None:
    events, codes = log.events, log.codes
    assert codes.code.is_unique and (codes != "").all().all()
    system = dict(zip(codes.code, codes.code_system, strict=True))
    coded = events[events.code != ""]
    assert (coded.code.map(system) == coded.event_type.map(ward.CODE_SYSTEMS)).all()
    assert set(coded.event_type) == set(ward.CODE_SYSTEMS) and set(coded.code) == set(codes.code)
    assert (events[events.event_type.isin(ward.CODE_SYSTEMS)].code != "").all()
    known = {
        "LOINC": {code: test.short for code, test in TESTS.items()},
        "RxNorm": DRUGS,
        "ICD-10": DIAGNOSES,
    }
    for _, row in codes.iterrows():
        assert row.display == known[row.code_system][row.code]
    assert set(coded[coded.event_type == "code_assigned"].code) == set(log.stays.discharge_icd10) | {"N17.9"}
    for code, unit in set(zip(log.numbers.code, log.numbers.unit, strict=True)):
        assert unit in TESTS[code].units, (code, unit)


def test_nothing_is_lost_that_another_table_says(log: Log) -> None:
    """What the log leaves out is found in the other tables: the person, the text of the working diagnosis."""
    written = log.of("working_diagnosis").set_index("stay_id").note
    assert (written == log.stays.set_index("stay_id").admission_text[written.index]).all()
    assigned = log.of("code_assigned").pivot(index="stay_id", columns="note", values="code").fillna("")
    stays = log.stays.set_index("stay_id").loc[assigned.index]
    assert (assigned["main"] == stays.discharge_icd10).all()
    assert (assigned["second"] == stays.second_icd10).all()
    assert set(log.of("triage").value) <= set("12345") and len(set(log.of("triage").value)) > 1


def test_two_systems_of_units(log: Log) -> None:
    results = log.numbers
    east = results.place == "LABE"
    assert set(results[east & results.code.isin(["2160-0", "14682-9"])].unit) == {"mg/dL"}
    assert set(results[east & (results.code == "718-7")].unit) == {"g/dL"}
    assert set(results[~east & (results.code == "718-7")].unit) == {"g/L"}
    assert set(results[results.code == "2345-7"].unit) == {"mg/dL"}
    first = log.of("arrival")
    assert (first.place == "EDE").sum() == 18
    both = results[results.code.isin(["2160-0", "14682-9"])].groupby("stay_id").unit.nunique()
    assert (both == 2).sum() >= 10  # people whose creatinine changes unit during the stay


def test_values_are_possible(log: Log) -> None:
    limits = dict(pathways.LIMITS)
    limits["2160-0"] = tuple(edge / pathways.UMOL_PER_MG_CREATININE for edge in limits["14682-9"])
    limits["2345-7"] = tuple(edge * pathways.MG_PER_MMOL_GLUCOSE for edge in limits["14749-6"])
    for (code, unit), rows in log.numbers.groupby(["code", "unit"]):
        low, high = limits[code]
        scale = 0.1 if (code, unit) == ("718-7", "g/dL") else 1
        assert rows.value.min() >= low * scale - 0.51 and rows.value.max() <= high * scale + 0.51, (
            code,
            unit,
        )
    wide = log.of("vital").pivot_table(
        index=["stay_id", "time"], columns="code", values="value", aggfunc="first"
    )
    both = wide[["8480-6", "8462-4"]].dropna().astype(float)
    assert (both["8480-6"] > both["8462-4"]).all()


def test_orders_and_doses(log: Log) -> None:
    orders = log.orders
    antibiotics = orders[orders.code.isin(pathways.ANTIBIOTICS)]
    assert orders.given.isna().sum() == 5 == antibiotics.given.isna().sum()
    assert len(log.of("drug_omitted")) == 2 and (log.of("drug_omitted").note != "").all()
    verbal = orders[orders.note.str.contains("verbal order")]
    assert len(verbal) == 5 and (verbal.minutes <= -14).all() and (verbal.minutes >= -55).all()
    assert (orders.minutes < 0).sum() == 5 and (orders.minutes == 0).sum() == 0
    later = antibiotics[antibiotics.minutes > 0]
    assert len(later) == 24 - 5 and later.minutes.between(20, 190).all() and later.minutes.median() > 45
    lost = antibiotics[antibiotics.given.isna()]
    for _, row in lost.iterrows():  # another order follows and is given
        again = antibiotics[(antibiotics.stay_id == row.stay_id) & antibiotics.given.notna()]
        assert len(again) == 1 and again.time.iloc[0] > row.time
    example = antibiotics[antibiotics.time.dt.strftime("%H:%M") == "09:10"]
    assert (example.given.dt.strftime("%H:%M") == "11:40").sum() == 1


def test_alerts_and_handovers(log: Log) -> None:
    alerts = log.alerts
    assert alerts.answered.isna().sum() == 2
    late = alerts[alerts.minutes > 60]
    assert len(late) == 8 and late.minutes.between(75, 205).all()
    assert (late.time.map(shift_of) != late.answered.map(shift_of)).all()
    assert alerts[alerts.minutes <= 60].minutes.max() <= 35
    assert (alerts.note != "").all() and set(log.of("medical_review").order_id) <= set(alerts.index)
    for _, rows in alerts.groupby("stay_id"):
        assert (rows.time.sort_values().diff().dropna() > 12 * HOUR - timedelta(minutes=5)).all()


def test_the_alert_keeps_its_rule(log: Log) -> None:
    """On the ward each round that breaks the rule has its alert, unless one fired in the 12 hours before."""
    values = log.of("vital").assign(value=lambda rows: rows.value.astype(float))
    rounds = values[values.place.str.startswith("W")].pivot(
        index=["stay_id", "time"], columns="code", values="value"
    )
    broken = (rounds["9279-1"] >= 25) | (rounds["8480-6"] <= 90) | (rounds["59408-5"] <= 85)
    fired = log.alerts.groupby("stay_id").time.agg(list).to_dict()
    answered = 0
    for (stay, time), breaks in broken.items():
        times = [alert - time for alert in fired.get(stay, [])]
        now = any(timedelta(0) < gap < timedelta(minutes=4) for gap in times)
        before = any(timedelta(0) <= -gap <= 12 * HOUR for gap in times)
        assert now <= breaks <= (now or before), (stay, time)
        answered += now
    assert answered == len(log.alerts) and (log.alerts.minutes <= 60).sum() >= 5


def test_results_come_late_and_some_are_corrected(log: Log) -> None:
    corrected = log.corrected
    assert (
        len(corrected) == 6 == len(log.of("result_corrected")) and (corrected.time_new > corrected.time).all()
    )
    potassium = corrected[corrected.display == "potassium"]
    assert len(potassium) == 4 and (potassium.value >= 6.2).all() and (potassium.value_new < 5.5).all()
    creatinine = corrected[corrected.display == "creatinine"]
    assert len(creatinine) == 2 and (creatinine.value / creatinine.value_new).between(2.2, 3).all()
    waited = (log.specimens.received - log.specimens.collected).dt.total_seconds() / 60
    assert (waited > 180).sum() == 4 and (waited.between(61, 180)).sum() == 0
    cultures = log.of("result").query("code == '600-7'").merge(log.stays, on="stay_id")
    after = cultures[cultures.time > cultures.discharge_time]
    assert len(cultures) == 20 and len(after) == 3 and (after.value != "no growth").all()


def test_codes_come_after_discharge(log: Log) -> None:
    stays = log.stays
    days = (stays.coded_time - stays.discharge_time) / timedelta(days=1)
    assert days.min() > 0.5 and days.max() < 10
    injured = stays[stays.second_icd10 == "N17.9"]
    assert len(injured) == 5 and set(stays.second_icd10) == {"", "N17.9"}
    for _, stay in injured.iterrows():
        rows = log.numbers[
            (log.numbers.stay_id == stay.stay_id) & log.numbers.code.isin(["2160-0", "14682-9"])
        ]
        umol = rows.value.where(rows.unit == "umol/L", rows.value * pathways.UMOL_PER_MG_CREATININE)
        assert umol.max() / umol.iloc[0] > 1.4, "normal at arrival, worse on the ward"
    changed = {text for texts in ward.CHANGED.values() for text in texts.values()}
    written = stays.admission_text.str.replace(r"sats \d+", "sats {oxygen}", regex=True)
    usual = {code: set(p.texts) for p in pathways.PATHWAYS.values() for code in [p.code]}
    odd = [
        text in changed and text not in usual[code]
        for text, code in zip(written, stays.discharge_icd10, strict=True)
    ]
    assert sum(odd) == 10


def test_abbreviations(log: Log) -> None:
    words = log.words
    assert not words.duplicated(["abbreviation", "meaning"]).any() and (words != "").all().all()
    meanings = words.groupby("abbreviation").size()
    assert meanings[["MS", "RA", "PT", "CP", "PE"]].min() >= 3 and (meanings == 1).sum() >= 5
    texts = log.stays.admission_text
    assert texts.str.contains(r"sats \d+ RA").sum() == 3  # room air
    assert texts.str.contains(r"\bRA\b(?!,? known COPD)", regex=True).sum() - 2 == 2  # and two with arthritis
    assert texts.str.contains(r"\bMS\b").sum() == 2 and texts.str.contains("CP since birth").sum() == 1
    for _, stay in log.stays[texts.str.contains("sats")].iterrows():
        triage = log.of("vital").query(f"stay_id == '{stay.stay_id}' and code == '59408-5'").value.iloc[0]
        assert f"sats {triage} RA" in stay.admission_text


def test_the_committed_files_are_those_of_the_generator(table: Callable[..., pd.DataFrame]) -> None:
    for name, content in ward.generate().items():
        committed = table("ward", name, dtype=str, keep_default_na=False)
        assert committed.equals(pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)), name


CALLED = {name: name for name in ("pneumonia", "urosepsis", "cellulitis", "heart failure", "heart attack")}
CALLED |= {"chest pain": "chest pain", "COPD flare": "flare of COPD", "hip fracture": "hip fracture"}
CALLED["gut bleeding"] = "bleeding from the gut"


def _day(time: pd.Timestamp) -> str:
    return f"{time.day} {time:%B}"


def _clock(time: pd.Timestamp) -> str:
    return f"{time:%H:%M}"


def test_the_datasheet_counts_right(ours: Log, says: Callable[..., None]) -> None:
    orders, alerts, waited = ours.orders, ours.alerts, ours.specimens
    antibiotics = orders[orders.code.isin(pathways.ANTIBIOTICS)]
    later = antibiotics[antibiotics.minutes > 0].minutes
    verbal = antibiotics[antibiotics.minutes < 0].minutes
    people = ours.stays.set_index("stay_id").person_id[alerts.stay_id]
    returns = ours.stays.groupby("person_id").arrival_time.agg(lambda times: times.max() - times.min())
    assert returns.max() <= timedelta(weeks=3) and set(CALLED) == set(ward.STAYS)
    quick = alerts[alerts.minutes <= 60].minutes
    slow = alerts[alerts.minutes > 60].minutes
    result = (waited.result - waited.collected).dt.total_seconds() / 60
    blood = result[~result.index.isin(ours.of("lab_order").query("note == 'blood culture'").order_id)]
    days = (ours.stays.coded_time - ours.stays.discharge_time) / timedelta(days=1)
    meanings = ours.words.groupby("abbreviation").size()
    says(
        "ward",
        f"{len(ours.events):,} events",
        f"{(ours.stays.sex == 'female').sum()} stays of women and {(ours.stays.sex == 'male').sum()} of men",
        f"{ours.stays.age.astype(int).min()} to {ours.stays.age.astype(int).max()} years",
        f"median of {later.median():.0f} minutes ({later.min():.0f} to {later.max():.0f})",
        f"typed in {-verbal.max():.0f} to {-verbal.min():.0f} minutes after the dose",
        f"8 of {len(alerts)} alerts",
        f"2 of {len(alerts)} alerts",
        f"{len(alerts)} alerts belong to {people.nunique()} people",
        f"{len(later)} first doses",
        f"{len(ours.stays)} stays of {ours.stays.person_id.nunique()} people",
        f"all {len(ours.stays)} stays, {len(ours.of('code_assigned'))} codes",
        f"3 of {len(ours.of('result').query('code == @pathways.CULTURE'))}",
        f"{(ours.of('arrival').place == 'EDE').sum()} stays begin East",
        f"between {_day(ours.stays.arrival_time.min())} and {_day(ours.stays.arrival_time.max())} 2025",
        f"Seed {ward.SEED}.",
        *(f"{called} ({ward.STAYS[reason]})" for reason, called in CALLED.items()),
        f"for the first {ward.WATCHED_FOR} hours, on arrival",
        f"those of the first {ward.DOSES_FOR} hours are there; handovers for the first {ward.HANDOVERS_FOR} hours",
        f"{quick.min():.0f} to {quick.max():.0f} minutes",
        f"{slow.min():.0f} to {slow.max():.0f} minutes",
        f"median of {blood.median():.0f} minutes from the needle to the first result",
        f"{days.min():.1f} to {days.max():.1f} days after discharge",
        f"{(meanings > 1).sum()} abbreviations with several meanings and {(meanings == 1).sum()} with one",
    )


def test_the_stories_of_the_datasheet(ours: Log, says: Callable[..., None]) -> None:
    orders = ours.orders
    example = orders[
        (orders.time.dt.strftime("%H:%M") == "09:10") & (orders.given.dt.strftime("%H:%M") == "11:40")
    ]
    stay = ours.stays.set_index("stay_id").loc[example.stay_id.iloc[0]]
    rows = ours.events[ours.events.stay_id == example.stay_id.iloc[0]]
    first = rows[rows.event_type == "vital"].set_index("display").value
    crp = rows[rows.code == "1988-5"].iloc[0]
    says(
        "ward",
        f"({example.stay_id.iloc[0]})",
        f"A {'man' if stay.sex == 'male' else 'woman'} of {stay.age} arrives at {_clock(stay.arrival_time)}",
        f"temperature {first['temperature'].iloc[0]}, {first['respiratory rate'].iloc[0]} breaths a minute, "
        f"oxygen saturation {first['oxygen saturation'].iloc[0]} %",
        f"CRP of {crp.value} mg/L at {_clock(crp.time)}",
        f"on {stay.coded_time.day} {stay.coded_time:%B} as {stay.discharge_icd10}",
    )
    creatinine = ours.numbers[
        (ours.numbers.stay_id == example.stay_id.iloc[0]) & (ours.numbers.display == "creatinine")
    ]
    assert list(creatinine.place.iloc[:2]) == ["LABE", "LABM"]
    doctor = rows[rows.event_type == "seen_by_doctor"].time.iloc[0]
    back = ours.stays[ours.stays.person_id == stay.person_id].arrival_time.iloc[1]
    nights = (stay.discharge_time - stay.arrival_time).days
    assert (nights, stay.sex) == (5, "female")
    says(
        "ward",
        f'The doctor sees her at {_clock(doctor)}, writes "{stay.admission_text}" and orders amoxicillin',
        f"{creatinine.value.iloc[0]} in the laboratory East and {creatinine.value.iloc[1]:.0f} in the",
        "She goes home after five days",
        f"on {back.day} {back:%B} she is back",
    )
    late, hurt = "S017", "S038"
    alert = ours.alerts.query("stay_id == @late and minutes > 60").iloc[0]
    review = ours.of("medical_review").query("stay_id == @late").time.iloc[0]
    signs = ours.of("vital").query("stay_id == @late and time <= @alert.time").groupby("code").last()
    stay = ours.stays.set_index("stay_id").loc[late]
    says(
        "ward",
        f"({late})",
        f"A woman of {stay.age} with sepsis",
        f"At {_clock(signs.time['8480-6'])} she has a systolic pressure of {signs.value['8480-6']} "
        f"and a heart rate of {signs.value['8867-4']}",
        f"the alert fires at {_clock(alert.time)}",
        f"acknowledges it at {_clock(alert.answered)}, {alert.minutes:.0f} minutes later",
        f"the doctor comes at {_clock(review)}",
    )
    assert (stay.sex, stay.discharge_icd10) == ("female", "A41.9")
    assert timedelta(hours=12) < alert.time - stay.ward_time < timedelta(hours=24), "her first evening there"
    kidney = ours.numbers.query("stay_id == @hurt and display == 'creatinine'")
    stay = ours.stays.set_index("stay_id").loc[hurt]
    says(
        "ward",
        f"({hurt})",
        f"A woman of {stay.age} breaks her hip",
        f"{', '.join(f'{v:.0f}' for v in kidney.value[:-1])} and {kidney.value.iloc[-1]:.0f} umol/L",
        f"discharged on {stay.discharge_time.day} {stay.discharge_time:%B}",
        f"written on {stay.coded_time.day} {stay.coded_time:%B}",
        f"knows on {stay.arrival_time.day} {stay.arrival_time:%B} what began on the {kidney.time.iloc[1].day}th",
    )
    assert (stay.sex, stay.second_icd10, set(kidney.unit)) == ("female", "N17.9", {"umol/L"})
    assert kidney.value.idxmax() == kidney.index[2]
    assert (kidney.time.iloc[2].normalize() - stay.arrival_time.normalize()).days == 2, "the third day"
