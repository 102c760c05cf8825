"""The datasets: bytes, records, datasheets, and every figure that a datasheet states."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from curriculum import dataset_records as records
from curriculum import datasets

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "datasets"
NAMES = datasets.names_of(ROOT)
FIVE = ["hbp", "diabetes", "pica", "hbpmed", "boweltrouble"]
FINDINGS = [
    "age",
    "sex",
    "cp",
    "trestbps",
    "chol",
    "fbs",
    "restecg",
    "thalach",
    "exang",
    "oldpeak",
    "slope",
    "ca",
    "thal",
]
KG_PER_LB = 0.45359237


def sheet(name: str) -> str:
    """The text of a datasheet, on one line and without emphasis."""
    return " ".join((FOLDER / name / "datasheet.md").read_text(encoding="utf-8").replace("*", "").split())


def says(name: str, *fragments: str) -> None:
    """The datasheet states these fragments, which hold figures computed from the data."""
    missing = [fragment for fragment in fragments if fragment not in sheet(name)]
    assert not missing, f"datasets/{name}/datasheet.md does not say: {missing}"


def fetched(source: datasets.WheelMember) -> bytes:
    """A file out of a published wheel; skips the test when the only reason not to have it is the network."""
    try:
        return source.read(ROOT / datasets.WHEELS)
    except datasets.SourceError as error:
        if error.offline:
            pytest.skip(f"Not compared with its source: {error}")
        raise


@pytest.fixture(scope="module")
def nhefs() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "nhefs/nhefs.csv")


@pytest.fixture(scope="module")
def cleveland() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "hearts/cleveland.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def copy() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "hearts/hearts_copy.csv", dtype=str, keep_default_na=False)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with datasets only, which a test may break; its records are not validated (slow)."""
    monkeypatch.setattr(records, "_validated", lambda folder: [])
    shutil.copytree(FOLDER, tmp_path / "datasets")
    shutil.copy(ROOT / "syllabus.yml", tmp_path)
    return tmp_path


def messages(problems: list) -> str:
    return "\n".join(map(str, problems))


# ---------------------------------------------------------------- bytes, records, tables


def test_every_dataset_is_in_order() -> None:
    """Checksums, Croissant records (no errors, no warnings), tables, sections and the list of all."""
    assert messages(datasets.verify(ROOT)) == ""


def test_recipes_make_the_committed_bytes() -> None:
    """The whole rebuild from the published wheels. Skipped only when they cannot be fetched."""
    for name in NAMES:
        for source in datasets.recipe_of(ROOT, name).SOURCES.values():
            fetched(source)
    assert messages(datasets.rebuild(ROOT, check=True)) == ""


def test_synthetic_data_is_rebuilt_without_any_source() -> None:
    made = datasets.build(ROOT, "three_clinics", cache=Path("there is no such folder"))
    assert made["three_clinics.csv"] == (FOLDER / "three_clinics/three_clinics.csv").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_data_files_are_plain(name: str) -> None:
    """Unix line ends, ASCII, one line end at the end, no byte-order mark: the same bytes on every system."""
    for path in (FOLDER / name).glob("*.csv"):
        content = path.read_bytes()
        assert b"\r" not in content and content.isascii()
        assert content.endswith(b"\n") and not content.endswith(b"\n\n")
        assert len(content) < 1_000_000


@pytest.mark.parametrize("name", NAMES)
def test_croissant_loads_the_records(name: str) -> None:
    import mlcroissant

    path = FOLDER / name / "croissant.json"
    dataset = mlcroissant.Dataset(jsonld=path)
    for described in json.loads(path.read_text(encoding="utf-8"))["recordSet"]:
        table = pd.read_csv(FOLDER / name / f"{described['@id']}.csv")
        assert [field["name"] for field in described["field"]] == list(table.columns)
        loaded = pd.DataFrame(itertools.islice(dataset.records(described["@id"]), 40))
        assert [column.split("/")[1] for column in loaded.columns] == list(table.columns)
        for column in table.select_dtypes("number"):
            got = loaded[f"{described['@id']}/{column}"].astype(float)
            np.testing.assert_allclose(got, table[column].head(40).astype(float), err_msg=column)


@pytest.mark.parametrize("name", NAMES)
def test_column_tables_count_the_gaps(name: str) -> None:
    """The counts in a datasheet, against pandas instead of our own reader."""
    text = (FOLDER / name / "datasheet.md").read_text(encoding="utf-8")
    info = records.about(FOLDER / name)
    for match in records.TABLE.finditer(text):
        table = pd.read_csv(FOLDER / name / match["file"])
        rows = [
            re.split(r"(?<!\\)\|", line)[1:-1] for line in match[0].splitlines() if line.startswith("| `")
        ]
        assert [row[0].strip(" `") for row in rows] == list(table.columns)
        for cells, described in zip(rows, records.columns(FOLDER / name, info, match["file"]), strict=True):
            column = table[described.name]
            assert int(cells[4].replace(",", "")) == column.isna().sum(), described.name
            unknown = (
                column.isin([float(code) for code in described.unknown]).sum() if described.unknown else None
            )
            assert cells[5].strip() == ("" if unknown is None else f"{unknown:,}"), described.name


def test_the_list_holds_every_dataset_and_its_lines_load() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r'pd\.read_csv\("(datasets/[^"]+)"\)', text)
    files = sorted(path.relative_to(ROOT).as_posix() for path in FOLDER.glob("*/*.csv"))
    assert sorted(lines) == files
    for file in files:
        rows, columns = pd.read_csv(ROOT / file).shape
        assert f"{rows:,} x {columns}" in text


def test_who_is_in_it_is_counted(nhefs: pd.DataFrame, cleveland: pd.DataFrame) -> None:
    """The figures in the `who` lines of the list."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    women, men, other = (nhefs.sex == 1).sum(), (nhefs.sex == 0).sum(), (nhefs.race == 1).sum()
    assert f"{len(nhefs):,} US adults aged {nhefs.age.min()} to {nhefs.age.max()}" in text
    assert f"{women} women and {men} men, {other} recorded as black or other" in text
    sex, age = cleveland.sex.value_counts(), cleveland.age.astype(int)
    assert f"{sex['1']} men and {sex['0']} women, aged {age.min()} to {age.max()}" in text


# ---------------------------------------------------------------- nhefs


def test_nhefs_is_the_table_of_the_book(nhefs: pd.DataFrame) -> None:
    assert nhefs.shape == (1629, 64)
    assert nhefs.seqn.is_unique and not nhefs.drop(columns="seqn").duplicated().any()
    dead, stopped = nhefs.death.sum(), nhefs.qsmk.sum()
    sex, race = nhefs.sex.value_counts(), nhefs.race.value_counts()
    coded = [
        c.name
        for c in records.columns(FOLDER / "nhefs", records.about(FOLDER / "nhefs"), "nhefs.csv")
        if c.unknown
    ]
    assert len(coded) == 10
    says(
        "nhefs",
        f"{dead} people died, {stopped} stopped smoking. {(nhefs.isna().sum() == 0).sum()} columns are whole",
        "ten have a number that stands for",
        f"{sex[0]} men and {sex[1]} women, {nhefs.age.min()} to {nhefs.age.max()} years old",
        f'{race[0]:,} "white" and {race[1]} "black or other"',
        f"{nhefs.income.isna().sum()} people have none",
        f"The earliest year of death in the file is 19{nhefs.yrdth.min():.0f}",
    )


def test_nhefs_sentinel_2_is_the_same_791_people(nhefs: pd.DataFrame) -> None:
    unknown = nhefs[FIVE].eq(2)
    assert (unknown.any(axis=1) == unknown.all(axis=1)).all()
    without = unknown.all(axis=1)
    known = nhefs[~without]
    says(
        "nhefs",
        f"for the same {without.sum()} people in all five ({without.mean():.1%})".replace("%", " %"),
        f"The mean of `hbp` is {nhefs.hbp.mean():.2f} and the mean of `diabetes` {nhefs.diabetes.mean():.2f}",
        f"of the {len(known)} people with an answer {(known.diabetes == 1).sum()} said yes to diabetes: "
        f"{known.diabetes.mean() * 100:.1f} %",
    )


def test_nhefs_791_are_the_end_of_the_numbers(nhefs: pd.DataFrame) -> None:
    without = nhefs.hbp.eq(2)
    assert nhefs.seqn[~without].max() < nhefs.seqn[without].min()
    assert nhefs.seqn[~without].max() <= 23_808 - 3_059 < nhefs.seqn[without].min()
    says(
        "nhefs",
        f"a sequence number of {nhefs.seqn[without].min()} or more",
        "23,808 - 3,059 = 20,749",
        "We do not know.",
    )


def test_nhefs_791_are_not_a_random_half(nhefs: pd.DataFrame) -> None:
    age, died = nhefs.groupby("hbp").age.mean(), nhefs.groupby("hbp").death.mean() * 100
    without = nhefs.hbp.eq(2).groupby(nhefs.income).mean() * 100
    by_race = nhefs.hbp.eq(2).groupby(nhefs.race).mean() * 100
    says(
        "nhefs",
        f"(mean age {age[2]:.1f}, against {age[0]:.1f} for those who said no",
        f"and {age[1]:.1f} for those who said yes)",
        f"({died[2]:.1f} %, against {died[0]:.1f} % and {died[1]:.1f} %)",
        f"{without[22]:.1f} % of the families with $25,000 and more",
        f"{without[12]:.1f} % of those with $1,000 to $1,999",
        f"{by_race[1]:.1f} % of the {(nhefs.race == 1).sum()} people recorded as black or other lack the five answers, "
        f"{by_race[0]:.1f} % of the white",
    )


def test_nhefs_twos_that_are_answers(nhefs: pd.DataFrame) -> None:
    twos = nhefs.eq(2).sum()
    says(
        "nhefs",
        *(
            f"`{name}` ({twos[name]}"
            for name in ("active", "exercise", "alcoholfreq", "alcoholtype", "education")
        ),
    )
    says("nhefs", f"`marital` ({twos['marital']:,}, married)")


def test_nhefs_other_codes_for_unknown(nhefs: pd.DataFrame) -> None:
    assert (nhefs.alcoholpy.eq(2) == nhefs.alcoholfreq.eq(5)).all()
    four = nhefs[nhefs.alcoholtype == 4]
    kinds = four.alcoholpy.value_counts()
    rarely = four[four.alcoholpy == 1].alcoholfreq.eq(3).sum()
    assert four.alcoholhowmuch.isna().all()
    women = nhefs[nhefs.birthcontrol.eq(2) & nhefs.sex.eq(1)]
    assert nhefs[nhefs.sex == 0].birthcontrol.eq(2).all() and women.hbp.eq(2).all()
    says(
        "nhefs",
        f"(the same {nhefs.alcoholpy.eq(2).sum()} people)",
        f"`marital` 8 ({nhefs.marital.eq(8).sum()} person)",
        f"{len(four)} people: the {kinds[0]} who drank nothing, the {kinds[2]} unknown and {kinds[1]} who drink, "
        f"{rarely} of them less than 12 times a year",
        f"`birthcontrol` 2 ({nhefs.birthcontrol.eq(2).sum()}: all {(nhefs.sex == 0).sum()} men and {len(women)} women, "
        f"all {len(women)} among the 791)",
    )


def test_nhefs_blood_pressure_of_1982(nhefs: pd.DataFrame) -> None:
    empty = nhefs.sbp.isna().groupby(nhefs.death).mean() * 100
    says("nhefs", f"empty for {empty[1]:.1f} % of the people who died and {empty[0]:.1f} % of the others")
    for column in _columns("nhefs", "nhefs.csv"):
        if column.name in ("sbp", "dbp"):
            assert "in 1982" in column.says


def test_nhefs_dates_of_death_of_the_living(nhefs: pd.DataFrame) -> None:
    dated = nhefs[nhefs.modth.notna() & nhefs.dadth.notna()]
    alive = dated[dated.death == 0]
    assert alive.yrdth.isna().all() and nhefs[nhefs.death == 1][["yrdth", "modth", "dadth"]].notna().all(
        axis=None
    )
    days = [date(1993, int(month), int(day)) for month, day in zip(alive.modth, alive.dadth, strict=True)]
    assert min(days).month == 1 and date(1993, 3, 1) <= max(days) <= date(1993, 3, 10)
    says(
        "nhefs",
        f"{len(dated)} people have a month and a day of death, {nhefs.death.sum()} are recorded as dead. ",
    )
    says("nhefs", f"The other {len(alive)} have `death` 0")


def test_nhefs_smoking_before_school(nhefs: pd.DataFrame) -> None:
    began = nhefs.age - nhefs.smokeyrs
    assert sorted(set(began[began < 5])) == [3, 4]
    says("nhefs", f"is 3 or 4 for {(began < 5).sum()} people")


def test_nhefs_stopped_or_not(nhefs: pd.DataFrame) -> None:
    now = nhefs.smokeintensity + nhefs.smkintensity82_71
    assert (now >= 0).all() and now[nhefs.qsmk == 1].eq(0).all()
    says(
        "nhefs",
        f"All {nhefs.qsmk.sum()} people with `qsmk` 1 smoke 0 cigarettes in 1982",
        f"so do {now[nhefs.qsmk == 0].eq(0).sum()} of the {(nhefs.qsmk == 0).sum():,} with `qsmk` 0",
    )


def test_nhefs_prices_follow_the_place_of_birth(nhefs: pd.DataFrame) -> None:
    prices = ["hightax82", "price71", "price82", "tax71", "tax82", "price71_82", "tax71_82"]
    assert nhefs.groupby("birthplace")[prices].nunique().eq(1).all(axis=None)
    assert nhefs[prices].isna().eq(nhefs.birthplace.isna(), axis=0).all(axis=None)
    says("nhefs", f"each of the {nhefs.birthplace.nunique()} values of `birthplace` has exactly one price")
    says("nhefs", f"exactly the {nhefs.birthplace.isna().sum()} rows without a birthplace")


def test_nhefs_directions_of_difference(nhefs: pd.DataFrame) -> None:
    whole = nhefs.dropna(subset=["wt82", "price71"])
    np.testing.assert_allclose(whole.wt82 - whole.wt71, whole.wt82_71, atol=1e-4)
    np.testing.assert_allclose(whole.price71 - whole.price82, whole.price71_82, atol=1e-3)
    np.testing.assert_allclose(whole.tax71 - whole.tax82, whole.tax71_82, atol=1e-3)
    pounds = whole.wt82 / KG_PER_LB
    np.testing.assert_allclose(pounds, pounds.round(), atol=1e-3)


def test_nhefs_pregnancies_and_birth_control(nhefs: pd.DataFrame) -> None:
    women = nhefs[nhefs.sex == 1]
    assert nhefs.pregnancies.min() == 1 and nhefs[nhefs.sex == 0].pregnancies.isna().all()
    older = women[women.age >= 50]
    taking, others = older[older.birthcontrol == 1], older[older.hbp != 2]
    assert taking.hbp.eq(2).all() and others.birthcontrol.eq(0).all()
    says(
        "nhefs",
        f"all {(nhefs.sex == 0).sum()} men and for {women.pregnancies.isna().sum()} women",
        f"{len(taking)} women of 50 and over",
        f"the oldest of them {taking.age.max()}",
        f"of the {len(others)} women of that age outside them nobody is",
    )


def test_nhefs_rare_is_not_wrong(nhefs: pd.DataFrame) -> None:
    heaviest = nhefs.loc[nhefs.wt71.idxmax()]
    assert np.isnan(heaviest.wt82)
    says(
        "nhefs",
        f"One person weighs {heaviest.wt71:.2f} kg (body mass index {heaviest.wt71 / (heaviest.ht / 100) ** 2:.1f})",
        f"weight changes run from {nhefs.wt82_71.min():.1f} to {nhefs.wt82_71.max():.1f} kg",
    )


def test_nhefs_slips_of_the_codebook(nhefs: pd.DataFrame) -> None:
    """Read in the codebook that stands beside the data in the wheel."""
    content = fetched(
        datasets.WheelMember(
            package="causallib",
            version="0.10.0",
            member="causallib/datasets/data/nhefs/NHEFS_codebook.csv",
            sha256="a81bd088658e18c9d4a85be34b521d781f99267eee7278f57f94ec01d9d99ff0",
        )
    )
    codebook = pd.read_csv(io.BytesIO(content)).set_index("Variable name")["Description"]
    assert set(codebook.index) - set(nhefs.columns) == {"bithcontrol", "smkintensity 82_71"}
    assert "1971" in codebook["tax82"] and "1982" not in codebook["tax82"]
    assert "1: Under 17" in codebook["marital"] and "RESIDENCE" in codebook["price71"]
    assert "IN 1982" in codebook["sbp"] and "IN 1982" in codebook["dbp"]
    assert codebook["race"] == "0: WHITE 1: BLACK OR OTHER IN 1971"
    says_missing = {name.replace("bith", "birth") for name, text in codebook.items() if "MISSING" in text}
    assert says_missing == {*FIVE, "alcoholpy", "birthcontrol"}


def test_nhefs_reproduces_hernan_and_robins(nhefs: pd.DataFrame) -> None:
    """What If, 12.2: inverse probability weights, 3.4 kg (95 % CI 2.4 to 4.5) in 1,566 people."""
    seen = nhefs.dropna(subset=["wt82"])
    assert f"{len(seen):,}" == "1,566"
    model = (
        "qsmk ~ sex + race + age + I(age**2) + C(education) + smokeintensity + I(smokeintensity**2)"
        " + smokeyrs + I(smokeyrs**2) + C(exercise) + C(active) + wt71 + I(wt71**2)"
    )
    p = smf.logit(model, seen).fit(disp=0).predict(seen)
    weights = np.where(seen.qsmk == 1, 1 / p, 1 / (1 - p))
    fit = smf.wls("wt82_71 ~ qsmk", seen, weights=weights).fit(cov_type="HC0")
    low, high = fit.conf_int().loc["qsmk"]
    assert fit.params["qsmk"] == pytest.approx(3.4, abs=0.06)
    assert (low, high) == (pytest.approx(2.4, abs=0.06), pytest.approx(4.5, abs=0.06))
    says("nhefs", "in the 1,566 people with a weight in 1982", "3.4 kg (95 % CI 2.4 to 4.5)")


# ---------------------------------------------------------------- hearts

# The last column, `num`, of processed.cleveland.data in the UCI repository, row by row (Janosi et al. 1989,
# https://doi.org/10.24432/C52P4X, CC BY 4.0). Orange's file keeps only whether it is above 0.
UCI_GRADES = (
    "0210003021002000100000134000030210003130400014040000201111002010221021031110100300030000000300012300"
    "0000302123110220003234031033000000004310010101400000043111200400000010301041010032001002120312030001"
    "0000033301040310000000031000320210032100000202213001000000010300422210102010001020302420001022103112310"
)


def _columns(name: str, file: str) -> list[records.Column]:
    return records.columns(FOLDER / name, records.about(FOLDER / name), file)


def test_cleveland_is_the_published_table(cleveland: pd.DataFrame) -> None:
    assert cleveland.shape == (303, 14) and list(cleveland.columns) == [*FINDINGS, "target"]
    grades = pd.Series([int(digit) for digit in UCI_GRADES])
    assert list(grades.value_counts().sort_index()) == [
        164,
        55,
        36,
        35,
        13,
    ]  # as UCI's description counts them
    assert (grades.gt(0).astype(int).astype(str) == cleveland.target).all()
    says(
        "hearts",
        f"{(cleveland.target == '1').sum()} of 303 patients in `cleveland.csv` have the disease ({(cleveland.target == '1').mean() * 100:.1f} %)",
    )


def test_the_copy_moved_the_threshold(cleveland: pd.DataFrame, copy: pd.DataFrame) -> None:
    assert not cleveland.duplicated(FINDINGS).any() and not copy.duplicated(FINDINGS).any()
    both = cleveland.assign(grade=list(UCI_GRADES)).merge(copy, on=FINDINGS, suffixes=("", "_copy"))
    changed = both[both.target != both.target_copy]
    ill = both[both.target == "1"]
    assert set(changed.target) == {"1"}
    assert (both.target_copy == both.grade.astype(int).ge(2).astype(int).astype(str)).all()
    assert set(changed.grade) == {"1"} == set(ill[ill.target_copy == "0"].grade)
    says(
        "hearts",
        f"{len(changed)} labels changed. {len(both)} rows stand in both files. {len(ill)} of them have the disease",
        f"{len(changed)} of these {len(ill)} are labelled 0 in the copy, {(ill.target_copy == '1').sum()} are labelled 1",
        f"in `hearts_copy.csv` it is {(copy.target == '1').sum()} of 303 ({(copy.target == '1').mean() * 100:.1f} %)",
    )


def test_the_copy_left_out_the_gaps(cleveland: pd.DataFrame, copy: pd.DataFrame) -> None:
    matched = cleveland.merge(copy[FINDINGS], on=FINDINGS, how="left", indicator=True)
    gone = matched[matched["_merge"] == "left_only"]
    gap = gone.eq("")
    assert gap.any(axis=1).all() and cleveland.eq("").any(axis=1).sum() == len(gone) == 6
    assert (gone.target == "1").sum() == 2 and not copy.eq("").any(axis=None)
    says(
        "hearts",
        f"the 6 with a gap: {gap.ca.sum()} without `ca`, {gap.thal.sum()} without `thal`. Two of them have",
    )


def test_the_copy_counts_six_patients_twice(cleveland: pd.DataFrame, copy: pd.DataFrame) -> None:
    matched = copy.merge(cleveland[FINDINGS], on=FINDINGS, how="left", indicator=True)
    added = matched[matched["_merge"] == "left_only"].drop(columns="_merge")
    nine = [name for name in FINDINGS if name not in ("cp", "restecg", "slope", "thal")]
    assert not cleveland.duplicated(nine).any() and copy.duplicated(nine).sum() == len(added) == 6
    twins = added.merge(cleveland, on=nine, suffixes=("_copy", ""))
    assert len(twins) == 6 and set(twins.target) == {"1"} and set(twins.target_copy) == {"0"}
    assert len(twins.merge(copy, on=FINDINGS)) == 6  # each twin stands in the copy under its own codes too
    for name in ("cp", "restecg", "slope", "thal"):
        assert (twins[name] != twins[f"{name}_copy"]).all()
    assert "0" in set(added.cp) and {"1", "2"} < set(added.thal)
    says(
        "hearts", "6 patients counted twice", "All 6 have the disease and carry the label 0", "makes 60 rows"
    )


def test_the_copy_has_another_order(cleveland: pd.DataFrame, copy: pd.DataFrame) -> None:
    same_place = (cleveland[FINDINGS] == copy[FINDINGS]).all(axis=1).sum()
    says("hearts", f"Both files have 303 rows and 14 columns, and {same_place} rows stand in the same place")


# ---------------------------------------------------------------- three_clinics


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


def test_the_seed_switch_of_the_recipe() -> None:
    recipe = FOLDER / "three_clinics/recipe.py"
    run = subprocess.run([sys.executable, recipe, "7"], capture_output=True, timeout=60, check=True)
    assert run.stdout == datasets.recipe_of(ROOT, "three_clinics").build({}, seed=7)["three_clinics.csv"]


def test_three_clinics_datasheet_states_the_plan() -> None:
    recipe = datasets.recipe_of(ROOT, "three_clinics")
    total = {
        name: sum(plan.values())
        for name, plan in vars(recipe).items()
        if name.isupper() and isinstance(plan, dict)
    }
    lacks = total["NO_PRESSURE"] + total["NO_LOWER_PRESSURE"]
    says(
        "three_clinics",
        f"seed {recipe.SEED}",
        f"They are {total['FIRST_VISITS']} first visits, {total['FOLLOW_UPS']} follow-up visits, "
        f"{total['ENTERED_TWICE']} visits entered twice and {total['REPEATED_ROWS']} rows repeated in full",
        f"{total['NO_PRESSURE']} (A 2, B 4, C 10)",
        f"{total['NOT_ASKED_SMOKING']} (A 4, B 7, C 13)",
        f"So {total['NO_PRESSURE']} of 240 rows lack `sbp` and {lacks} lack `dbp` ({lacks / 2.4:.1f} %)",
    )
    assert (FOLDER / "three_clinics/datasheet.md").read_text(encoding="utf-8").splitlines()[0].count(
        "SYNTHETIC"
    ) == 1


# ---------------------------------------------------------------- what people are told when something is wrong


def test_a_changed_value_is_reported(course: Path) -> None:
    path = course / "datasets/nhefs/nhefs.csv"
    path.write_bytes(path.read_bytes().replace(b"\n235,0,0,", b"\n235,0,1,", 1))
    found = messages(datasets.verify(course))
    assert "datasets/nhefs/nhefs.csv: Is not the file that croissant.json records" in found
    assert "git checkout" in found and len(found.splitlines()) == 1


def test_the_first_differing_line_is_shown(course: Path) -> None:
    path = course / "datasets/three_clinics/three_clinics.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    before, lines[4] = lines[4], b"V0004,somebody else\n"
    path.write_bytes(b"".join(lines))
    found = datasets.rebuild(course, ["three_clinics"], check=True)
    assert [problem.where for problem in found] == ["line 5"]
    assert "'V0004,somebody else'" in found[0].what and before.decode().strip()[:40] in found[0].what
    assert datasets.rebuild(course, ["three_clinics"]) == []  # writes it again
    assert messages(datasets.verify(course)) == ""


def test_windows_line_ends_are_named(course: Path) -> None:
    path = course / "datasets/hearts/cleveland.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "Has Windows line ends" in messages(datasets.verify(course))


def test_refresh_follows_the_descriptions_and_never_blesses_a_damaged_file(course: Path) -> None:
    described = course / "datasets/three_clinics/dataset.yml"
    described.write_text(
        described.read_text(encoding="utf-8").replace("says: Smokes", "says: Smokes today"), encoding="utf-8"
    )
    found = messages(datasets.verify(course))
    assert "datasets/three_clinics/croissant.json" in found and "datasets/three_clinics/datasheet.md" in found
    assert datasets.refresh(course) == [] and messages(datasets.verify(course)) == ""
    assert "Smokes today" in (course / "datasets/three_clinics/datasheet.md").read_text(encoding="utf-8")

    data, record = course / "datasets/nhefs/nhefs.csv", course / "datasets/nhefs/croissant.json"
    before = record.read_bytes()
    data.write_bytes(data.read_bytes() + b"\n")
    assert "Is not the file" in messages(datasets.refresh(course)) and record.read_bytes() == before


def test_a_datasheet_without_a_section_is_reported(course: Path) -> None:
    path = course / "datasets/nhefs/datasheet.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("## Known pitfalls", "## Pitfalls") + "\nTODO\n", encoding="utf-8")
    found = messages(datasets.verify(course))
    assert "[Known pitfalls]: The section is missing." in found and "TODO" in found


def test_an_edited_count_is_reported(course: Path) -> None:
    path = course / "datasets/nhefs/datasheet.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("| mmHg |  | 77 |", "| mmHg |  | 76 |"), encoding="utf-8")
    assert "datasets/nhefs/datasheet.md [line" in messages(datasets.verify(course))


def test_a_value_without_a_code_is_reported(course: Path) -> None:
    path = course / "datasets/nhefs/dataset.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("5: divorced, ", ""), encoding="utf-8")
    assert "[nhefs.csv: marital]: The data holds 5, which no code explains." in messages(
        datasets.verify(course)
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("who: ", "whom: "), "[who]: Is not given."),
        (("unit: kg", "units: kg"), "Cannot be used"),
        (("      seqn:", "      number:"), "Its columns are not those of the data"),
        (("title: ", "title: 'x\n"), "Is not readable YAML"),
    ],
)
def test_a_wrong_description_is_reported(course: Path, change: tuple[str, str], said: str) -> None:
    path = course / "datasets/nhefs/dataset.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    assert said in messages(datasets.verify(course))


def test_a_record_that_mlcroissant_warns_about_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "hearts"
    shutil.copytree(FOLDER / "hearts", folder)
    record = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    del record["license"]
    (folder / "croissant.json").write_text(json.dumps(record), encoding="utf-8")
    assert "mlcroissant says" in messages(records._validated(folder))
    record["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nowhere.csv"
    (folder / "croissant.json").write_text(json.dumps(record), encoding="utf-8")
    assert "mlcroissant refuses it" in messages(records._validated(folder))


def test_mlcroissant_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mlcroissant", None)
    assert "Install the author extra" in messages(records._validated(FOLDER / "hearts"))


def test_an_unknown_dataset_is_named() -> None:
    found = messages(datasets.rebuild(ROOT, ["pima"], check=True))
    assert "There is no dataset pima" in found and ", ".join(NAMES) in found


def _wheel(cache: Path, content: bytes, member: str = "small/data.csv") -> datasets.WheelMember:
    cache.mkdir(exist_ok=True)
    with zipfile.ZipFile(cache / "small_package-1.2-py3-none-any.whl", "w") as archive:
        archive.writestr("small/data.csv", content)
    digest = "fb7ff1b5e1f1e1d1d6a5d3b3b0d1c1e1" * 2
    return datasets.WheelMember("Small.Package", "1.2", member, digest)


def test_a_source_with_a_wrong_checksum(tmp_path: Path) -> None:
    with pytest.raises(datasets.SourceError) as error:
        _wheel(tmp_path, b"a\n1\n").read(tmp_path)
    assert (
        "small/data.csv of Small.Package 1.2 is not the file" in error.value.what and not error.value.offline
    )


def test_a_wheel_that_is_no_wheel_or_holds_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(datasets.SourceError, match=r"holds no file small/other\.csv"):
        _wheel(tmp_path, b"", "small/other.csv").read(tmp_path)
    (tmp_path / "small_package-1.2-py3-none-any.whl").write_bytes(b"half a downl")
    with pytest.raises(datasets.SourceError, match=r"cannot be read.*Delete"):
        _source().read(tmp_path)


def _source() -> datasets.WheelMember:
    return datasets.WheelMember("small-package", "1.2", "small/data.csv", "0" * 64)


@pytest.mark.parametrize(
    ("stderr", "offline", "said"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: No match",
            True,
            "cannot be reached",
        ),
        (
            "ERROR: No matching distribution found for small-package==1.2",
            False,
            "No matching distribution found",
        ),
    ],
)
def test_a_wheel_that_cannot_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stderr: str, offline: bool, said: str
) -> None:
    def pip(command: list[str], **_: object) -> subprocess.CompletedProcess:
        assert "--no-deps" in command and "--only-binary=:all:" in command and "small-package==1.2" in command
        return subprocess.CompletedProcess(command, 1, "", stderr)

    monkeypatch.setattr(datasets.subprocess, "run", pip)
    with pytest.raises(datasets.SourceError) as error:
        _source().read(tmp_path)
    assert error.value.offline is offline and said in error.value.what
    assert "small-package 1.2" in error.value.what and "pip download small-package==1.2" in error.value.fix


def test_neither_pip_nor_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(datasets.shutil, "which", lambda name: None)
    with pytest.raises(datasets.SourceError, match=r"neither pip nor uv.*ensurepip"):
        _source().read(tmp_path)


def test_offline_rebuild_says_what_is_missing_and_does_the_rest(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: datasets.WheelMember, cache: Path) -> Path:
        raise datasets.SourceError(
            f"The data of {self.package} {self.version} is not here.", "Fetch it.", offline=True
        )

    monkeypatch.setattr(datasets.WheelMember, "_fetch", broken)
    (course / "datasets/three_clinics/three_clinics.csv").unlink()
    found = messages(datasets.rebuild(course))
    assert "causallib 0.10.0" in found and "Orange3 3.40.0" in found and "three_clinics" not in found
    assert (course / "datasets/three_clinics/three_clinics.csv").is_file()
