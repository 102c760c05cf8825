"""identifiers: what was planted, for several seeds; the datasheet's figures; and that nothing in it can be anybody's."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address, ip_network

import pandas as pd
import pytest

from curriculum.generators import identifiers as made

TEXT = {"zip": str, "zip3": str, "ssn": str}
TABLES = ("discharges.csv", "areas.csv", "register.csv", "truth.csv", "note_identifiers.csv")
SEEDS = (made.SEED, 0, 7, 2026)
Tables = dict[str, pd.DataFrame]


def _tables(seed: int) -> Tables:
    files = made.generate(seed)
    assert tuple(files) == TABLES
    return {name.removesuffix(".csv"): pd.read_csv(io.BytesIO(files[name]), dtype=TEXT) for name in TABLES}


@pytest.fixture(scope="module", params=SEEDS)
def tables(request: pytest.FixtureRequest) -> Tables:
    return _tables(request.param)


@pytest.fixture(scope="module")
def committed(table: Callable[..., pd.DataFrame]) -> Tables:
    return {name.removesuffix(".csv"): table("identifiers", name, dtype=TEXT) for name in TABLES}


def _people(tables: Tables) -> pd.DataFrame:
    """The first stay of each person, with the coarser columns that a release would hold."""
    people = tables["discharges"].drop_duplicates("mrn").copy()
    people["zip3"] = people.zip.str[:3]
    small = set(tables["areas"].query("population <= 20000").zip3)
    people["safe_zip"] = people.zip3.where(~people.zip3.isin(small), "000")
    people["safe_age"] = people.age.clip(upper=90)
    people["band"] = people.safe_age // 10 * 10
    people["year"] = people.birth_date.str[:4]
    return people


def _sizes(people: pd.DataFrame, columns: list[str]) -> pd.Series:
    """For each person, how many share these columns."""
    return people.groupby(columns).mrn.transform("size")


def _link(people: pd.DataFrame, register: pd.DataFrame, truth: pd.DataFrame, on: list[str]) -> dict[str, int]:
    """A linkage attack: people with one candidate who is right, or wrong; with several; with none."""
    pairs = people.merge(register, on=on, suffixes=("", "_register"))
    candidates = pairs.groupby("mrn").size()
    one = pairs[pairs.mrn.map(candidates) == 1]
    right = (one.mrn.map(truth.set_index("mrn").register_id) == one.register_id).sum()
    return {
        "right": int(right),
        "wrong": int(len(one) - right),
        "several": int((candidates > 1).sum()),
        "none": int(len(people) - len(candidates)),
    }


# ---------------------------------------------------------------- planted, for several seeds


def test_stays_people_and_their_order(tables: Tables) -> None:
    stays = tables["discharges"]
    per_person = stays.mrn.value_counts()
    assert len(stays) == 510 and len(per_person) == 420
    assert (per_person == 2).sum() == 70 and (per_person == 3).sum() == 10 and per_person.max() == 3
    assert stays.account_number.is_unique and stays.discharge_date.is_monotonic_increasing
    assert (stays.admission_date < stays.discharge_date).all()
    assert stays.discharge_date.between("2025-07-01", "2026-06-30").all()
    apart = stays.groupby("mrn").agg(lambda column: column.nunique(dropna=False))
    steady = ["birth_date", "sex", "ssn", "zip", "phone", "given_name", "family_name"]
    assert (apart[steady] == 1).all().all()  # a person keeps what is theirs
    for _, mine in stays[stays.mrn.isin(per_person[per_person > 1].index)].groupby("mrn"):
        assert (mine.admission_date.to_numpy()[1:] > mine.discharge_date.to_numpy()[:-1]).all()
    assert dict(made.CLASS_OF).keys() == dict.fromkeys(stays.columns).keys()


def test_all_18_classes_are_there(tables: Tables) -> None:
    stays, hidden = tables["discharges"], tables["note_identifiers"]
    classes = {kind for kind in made.CLASS_OF.values() if kind}
    assert len(classes) == 18 == len(made.IN_NOTES) and classes == set(made.IN_NOTES)
    for column, kind in made.CLASS_OF.items():
        assert kind is None or stays[column].notna().any(), column
    assert hidden["class"].value_counts().to_dict() == made.IN_NOTES
    notes = stays.set_index("account_number").note
    assert all(text in notes[number] for number, text in zip(hidden.account_number, hidden.text, strict=True))


def test_ages_around_the_limit(tables: Tables) -> None:
    stays = tables["discharges"]
    born, out = stays.birth_date.map(date.fromisoformat), stays.discharge_date.map(date.fromisoformat)
    computed = [made.age_on(a, b) for a, b in zip(born, out, strict=True)]
    assert list(stays.age) == computed and stays.age.min() >= 18
    old = stays[stays.age >= 88].age.value_counts().to_dict()
    assert {age: old[age] for age in (89, 90, 91, 103)} == {89: 6, 90: 4, 91: 3, 103: 1}
    assert set(old) <= {88, 89, 90, 91, 103}
    entered = [made.age_on(a, date.fromisoformat(b)) for a, b in zip(born, stays.admission_date, strict=True)]
    turned = [a for a, b in zip(entered, computed, strict=True) if a == 89 and b == 90]
    assert len(turned) == 1  # 89 on admission, 90 on discharge
    both = stays[stays.age.isin((89, 90))].groupby("mrn").age.agg(set)
    assert (both.map(len) == 2).sum() == 1  # 89 at one stay, 90 at the next
    by_years = out.map(lambda d: d.year) - born.map(lambda d: d.year)
    assert ((by_years >= 90) & (stays.age == 89)).sum() >= 2  # subtracting years calls them 90


def test_leap_days(tables: Tables) -> None:
    stays = tables["discharges"]
    leap = stays[stays.birth_date.str.endswith("-02-29")].set_index("birth_date")
    assert leap.discharge_date.to_dict() == {b.isoformat(): d.isoformat() for b, d in made.LEAP_DAYS}
    assert leap.age.to_dict() == {"1936-02-29": 89, "1960-02-29": 66, "1984-02-29": 41, "2004-02-29": 21}


def test_areas(tables: Tables) -> None:
    areas = tables["areas"].set_index("zip3").population
    assert areas.to_dict() == {
        "001": 412_380, "002": 96_204, "003": 20_001, "004": 20_000, "213": 19_999, "269": 3_480
    }  # fmt: skip
    stays = tables["discharges"]
    assert set(stays.zip.str[:3]) == set(areas.index) and (stays.zip.str.len() == 5).all()
    assert (tables["register"].zip.str[:3].isin(areas.index)).all()


def test_one_class_is_large_enough_and_tells_all(tables: Tables) -> None:
    people = _people(tables)
    classes = people.groupby(["sex", "band", "zip3"]).icd10.agg(["size", "nunique"])
    assert classes.loc[("male", 40, "003")].tolist() == [6, 1]
    mine = people.query("sex == 'male' and zip3 == '003' and band == 40")
    assert set(mine.icd10) == {"B24"}
    assert ((classes["size"] >= 5) & (classes["nunique"] == 1)).sum() >= 1
    assert (people.icd10 == "B24").sum() == 14 == (tables["discharges"].icd10 == "B24").sum()


def test_unique_people(tables: Tables) -> None:
    people = _people(tables)
    exact = _sizes(people, ["sex", "birth_date", "zip"])
    assert (exact == 1).sum() == 416 and (exact == 2).sum() == 4  # all but two pairs of twins
    twins = people[exact == 2]
    assert twins.street.nunique() == 2 and twins.given_name.nunique() >= 2
    assert (people.language == made.RARE_LANGUAGE).sum() == 1
    coarse = [_sizes(people, c) for c in (["sex", "age", "zip3"], ["sex", "band", "zip3"], ["sex", "band"])]
    unique = [(sizes == 1).sum() for sizes in coarse]
    assert 150 < unique[0] < 260 and 5 < unique[1] < 50 and unique[2] <= 2


def test_the_linkage_attack(tables: Tables) -> None:
    people, register, truth = _people(tables), tables["register"], tables["truth"]
    assert len(register) == 600 and register.register_id.is_unique and len(truth) == 190
    assert truth.mrn.is_unique and truth.register_id.is_unique and truth.mrn.isin(people.mrn).all()
    assert sorted(truth.how.value_counts()) == [8, 10, 30, 142]
    found = _link(people, register, truth, ["sex", "birth_date", "zip"])
    assert found == {"right": 142, "wrong": 25, "several": 8, "none": 245}
    both = register.merge(truth, on="register_id").merge(people, on="mrn", suffixes=("", "_hospital"))
    assert (both.given_name == both.given_name_hospital).all()
    assert (both.family_name == both.family_name_hospital).all()
    assert (both.zip != both.zip_hospital).sum() == 30 == (both.how == "moved").sum()
    assert (both.birth_date != both.birth_date_hospital).sum() == 10
    others = register[~register.register_id.isin(truth.register_id)]
    named = others.merge(people, on=["given_name", "family_name"], suffixes=("", "_hospital"))
    assert len(named) == 12 and (named.birth_date != named.birth_date_hospital).all()


def test_names_that_are_words(tables: Tables) -> None:
    stays, hidden = tables["discharges"].set_index("account_number"), tables["note_identifiers"]
    words = hidden[(hidden["class"] == "names") & hidden.text.isin(made.WORDS)]
    assert len(words) == 12
    for number, word in zip(words.account_number, words.text, strict=True):
        assert word in (stays.given_name[number], stays.family_name[number])
        assert made.WORDS[word] in stays.note[number]
    sentences = "|".join(map(re.escape, made.WORDS.values()))
    as_word = stays[stays.note.str.contains(sentences)]
    assert len(as_word) == 32 == 12 + 20
    assert stays.note.notna().all()
    stories = "|".join(re.escape(story) for story in made.KNOWN_BY_THE_STORY)
    assert stays.note.str.contains(stories).sum() == 2


def test_nobody_can_have_these_numbers(tables: Tables) -> None:
    stays = tables["discharges"]
    assert stays.ssn.str.fullmatch(
        r"(000|666|9\d\d)-[1-4]\d-\d{4}"
    ).all()  # below 50: no taxpayer number either
    for column in ("phone", "fax"):
        assert stays[column].dropna().str.fullmatch(r"[234]00-555-01\d\d").all()
    assert stays.email.dropna().str.fullmatch(r"[a-z.]+\d+@example\.(org|com|net)").all()
    assert stays.web_page.dropna().str.startswith("https://example.com/").all()
    for_documents = [
        ip_network(n) for n in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
    ]
    assert all(any(ip_address(a) in n for n in for_documents) for a in stays.ip_address)
    assert (stays.ip_address.map(lambda a: ip_address(a).version) == 6).any()
    assert stays.vehicle_id.dropna().str.fullmatch(r"[0-9A-Z]{17}").all()
    assert stays.vehicle_id.dropna().str.contains("Q").all()  # I, O and Q stand in no vehicle number
    assert stays.drop_duplicates("mrn").ssn.is_unique


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_people() -> None:
    assert made.generate(3) == made.generate(3)
    assert made.generate(3)["discharges.csv"] != made.generate(4)["discharges.csv"]


# ---------------------------------------------------------------- the datasheet's figures, from the committed files


def test_the_datasheet_says_what_the_files_hold(committed: Tables, says: Callable[..., None]) -> None:
    people, stays = _people(committed), committed["discharges"]
    figures = []
    for columns, words in (
        (["sex", "birth_date", "zip"], "sex, birth date and ZIP"),
        (["sex", "age", "zip3"], "sex, age and 3-digit ZIP"),
        (
            ["sex", "safe_age", "safe_zip"],
            "sex, age with 90 and over pooled, and ZIP as Safe Harbor keeps it",
        ),
        (["sex", "band", "zip3", "language"], "sex, 10-year band, 3-digit ZIP and language"),
        (["sex", "band", "zip3"], "sex, 10-year band and 3-digit ZIP"),
        (["sex", "band", "safe_zip"], "sex, 10-year band and ZIP as Safe Harbor keeps it"),
        (["sex", "band"], "sex and 10-year band"),
    ):
        sizes = _sizes(people, columns)
        unique, small = (sizes == 1).sum(), (sizes < 5).sum()
        figures.append(
            f"| {words} | {unique} ({unique / 4.2:.1f} %) | {small} ({small / 4.2:.1f} %) | {sizes.min()} |"
        )
    says("identifiers", *figures)
    for on, words in (
        (["sex", "birth_date", "zip"], "sex, birth date and ZIP"),
        (["sex", "year", "zip3"], "sex, year of birth and 3-digit ZIP"),
    ):
        register = committed["register"].assign(
            year=committed["register"].birth_date.str[:4], zip3=committed["register"].zip.str[:3]
        )
        found = _link(people, register, committed["truth"], on)
        shares = " | ".join(
            f"{found[k]} ({found[k] / 4.2:.1f} %)" for k in ("right", "wrong", "several", "none")
        )
        says("identifiers", f"| {words} | {shares} |")
    classes = people.groupby(["sex", "band", "zip3"]).icd10.agg(["size", "nunique"])
    large = classes[classes["size"] >= 5]
    assert (large["nunique"] == 1).sum() == 1
    says(
        "identifiers",
        f"{len(classes)} classes, {len(large)} of them with five people or more",
        f"{(people.sex == 'female').sum()} women and {(people.sex == 'male').sum()} men, aged "
        f"{people.age.min()} to {people.age.max()}",
        f"{committed['note_identifiers'].shape[0]} identifiers in "
        f"{committed['note_identifiers'].account_number.nunique()} of 510 notes",
        f"{people.phone.duplicated(keep=False).sum()} people share a telephone number",
    )
    lost = pd.read_csv(io.BytesIO(made.generate()["discharges.csv"])).zip
    assert lost.dtype.kind == "i"
    says("identifiers", f"{(lost < 10_000).sum()} of 510 rows")
    says("identifiers", f"{(people.icd10 == 'B24').sum()} people have `B24`")
    assert stays.shape == (510, 32)


def test_the_datasheet_has_the_class_of_each_column(says: Callable[..., None]) -> None:
    kinds: dict[str, list[str]] = {}
    for column, kind in made.CLASS_OF.items():
        if kind:
            kinds.setdefault(kind, []).append(f"`{column}`")
    says(
        "identifiers",
        *(f"| `{kind}` | {', '.join(columns)} | {made.IN_NOTES[kind]} |" for kind, columns in kinds.items()),
    )
