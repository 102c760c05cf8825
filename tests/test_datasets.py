"""The datasets: bytes, records, datasheets, and every figure that a datasheet states."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from curriculum import datasets
from curriculum.datasets import croissant, datasheet, description

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "datasets"
NAMES = datasets.names_of(ROOT)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course folder with datasets only, which a test may break; its records are not validated (slow)."""
    monkeypatch.setattr(croissant, "validated", lambda folder: [])
    shutil.copytree(FOLDER, tmp_path / "datasets")
    shutil.copy(ROOT / "syllabus.yml", tmp_path)
    return tmp_path


def messages(problems: list) -> str:
    return "\n".join(map(str, problems))


# ---------------------------------------------------------------- bytes, records, tables


def test_every_dataset_is_in_order() -> None:
    """Checksums, Croissant records (no errors, no warnings), tables, sections and the list of all."""
    assert messages(datasets.verify(ROOT)) == ""


def test_recipes_make_the_committed_bytes(fetched: Callable[..., bytes]) -> None:
    """The whole rebuild from the published wheels. Skipped only when they cannot be fetched."""
    for name in NAMES:
        for source in datasets.recipe_of(ROOT, name).SOURCES.values():
            fetched(source)
    assert messages(datasets.rebuild(ROOT, check=True)) == ""


SYNTHETIC = [name for name in NAMES if hasattr(datasets.recipe_of(ROOT, name), "SEED")]


@pytest.mark.parametrize("name", SYNTHETIC)
def test_a_seed_makes_another_edition(name: str, tmp_path: Path, fetched: Callable[..., bytes]) -> None:
    """The recipe's own seed gives the committed bytes, another seed other bytes under the same names."""
    recipe = datasets.recipe_of(ROOT, name)
    for source in recipe.SOURCES.values():
        fetched(source)
    datasets.make(ROOT, name, recipe.SEED, tmp_path / "same")
    made = datasets.make(ROOT, name, recipe.SEED + 1, tmp_path / "other")
    files = description.files_of(datasets.about(FOLDER / name))
    assert sorted(path.relative_to(tmp_path / "other").as_posix() for path in made) == sorted(files)
    for file in files:
        assert (tmp_path / "same" / file).read_bytes() == (FOLDER / name / file).read_bytes()
    assert any(
        (tmp_path / "other" / file).read_bytes() != (FOLDER / name / file).read_bytes() for file in files
    )


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


def test_all_datasets_together_are_small() -> None:
    register = FOLDER / "standards"  # text to cite, and no dataset
    files = [path for path in FOLDER.rglob("*") if path.is_file() and register not in path.parents]
    sizes = {path: path.stat().st_size for path in files}
    assert sum(sizes.values()) < 6_000_000, max(sizes, key=sizes.get)
    assert max(sizes.values()) < 2_500_000


@pytest.mark.parametrize("name", NAMES)
def test_no_file_stands_about(name: str) -> None:
    """A dataset holds what its description names, its sources, and nothing else."""
    named = {*description.files_of(datasets.about(FOLDER / name)), "recipe.py", "dataset.yml", "datasheet.md"}
    found = {
        path.relative_to(FOLDER / name).as_posix() for path in (FOLDER / name).rglob("*") if path.is_file()
    }
    assert found == named | {"croissant.json"}


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
    info = description.about(FOLDER / name)
    for match in datasheet.TABLE.finditer(text):
        table = pd.read_csv(FOLDER / name / match["file"])
        rows = [
            re.split(r"(?<!\\)\|", line)[1:-1] for line in match[0].splitlines() if line.startswith("| `")
        ]
        assert [row[0].strip(" `") for row in rows] == list(table.columns)
        for cells, described in zip(
            rows, description.columns(FOLDER / name, info, match["file"]), strict=True
        ):
            column = table[described.name]
            assert int(cells[4].replace(",", "")) == column.isna().sum(), described.name
            unknown = (
                column.isin([float(code) for code in described.unknown]).sum() if described.unknown else None
            )
            assert cells[5].strip() == ("" if unknown is None else f"{unknown:,}"), described.name


def test_the_list_holds_every_dataset_and_its_lines_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of code in the list runs from the course folder; every table is among them, with its true size."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    tables = sorted(path.relative_to(ROOT).as_posix() for path in FOLDER.glob("*/*.csv"))
    assert sorted(re.findall(r'pd\.read_csv\("(datasets/[^"]+)"\)', text)) == tables
    for name in NAMES:
        assert f"| [{name}]({name}/datasheet.md) |" in text
    monkeypatch.chdir(ROOT)
    imports, lines = re.search(r"```python\n(.*?)\n\n(.*?)\n```", text, re.S).groups()
    there: dict[str, object] = {}
    exec(imports, there)
    for line in lines.splitlines():
        loaded = eval(line, there)
        if isinstance(loaded, pd.DataFrame):
            assert f"{loaded.shape[0]:,} x {loaded.shape[1]}" in text
        else:
            assert loaded is not None


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
    assert "mlcroissant says" in messages(croissant.validated(folder))
    record["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nowhere.csv"
    (folder / "croissant.json").write_text(json.dumps(record), encoding="utf-8")
    assert "mlcroissant refuses it" in messages(croissant.validated(folder))


def test_mlcroissant_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mlcroissant", None)
    assert "start.py prepare" in messages(croissant.validated(FOLDER / "hearts"))


def test_an_unknown_dataset_is_named() -> None:
    found = messages(datasets.rebuild(ROOT, ["pima"], check=True))
    assert "There is no dataset pima" in found and ", ".join(NAMES) in found


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
