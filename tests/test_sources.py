"""Sources of the datasets: files inside wheels and Debian packages, and what is said when one cannot be had."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from curriculum import datasets
from curriculum.datasets import lazyload, sources
from curriculum.datasets.text import csv_bytes


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

    monkeypatch.setattr(sources.subprocess, "run", pip)
    with pytest.raises(datasets.SourceError) as error:
        _source().read(tmp_path)
    assert error.value.offline is offline and said in error.value.what
    assert "small-package 1.2" in error.value.what and "pip download small-package==1.2" in error.value.fix


def test_neither_pip_nor_uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sources.shutil, "which", lambda name: None)
    with pytest.raises(datasets.SourceError, match=r"neither pip nor uv.*ensurepip"):
        _source().read(tmp_path)


# ---------------------------------------------------------------- Debian's packages


def _debian(cache: Path, files: dict[str, bytes]) -> None:
    """A package of Debian by hand: an ar archive of a version, a control part and a data part."""
    parts = {"debian-binary": b"2.0\n"}
    for part, content in {
        "control.tar.gz": {"./control": b"Package: r-small\n"},
        "data.tar.gz": files,
    }.items():
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as tar:
            for name, data in content.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
        parts[part] = out.getvalue()
    cache.mkdir(exist_ok=True)
    with (cache / "r-small_1.2-1_all.deb").open("wb") as package:
        package.write(b"!<arch>\n")
        for name, data in parts.items():
            package.write(f"{name:16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode())
            package.write(data + b"\n" * (len(data) % 2))


def _member(content: bytes, member: str = "usr/lib/small.rdb") -> datasets.DebianMember:
    return datasets.DebianMember("r-small", "1.2-1", member, hashlib.sha256(content).hexdigest())


def test_a_file_out_of_a_debian_package(tmp_path: Path) -> None:
    _debian(tmp_path, {"./usr/lib/small.rdb": b"some bytes"})
    assert _member(b"some bytes").read(tmp_path) == b"some bytes"
    with pytest.raises(datasets.SourceError, match=r"small.rdb of r-small 1.2-1 is not the file"):
        _member(b"other bytes").read(tmp_path)
    with pytest.raises(datasets.SourceError, match=r"holds no file usr/lib/other"):
        _member(b"", "usr/lib/other").read(tmp_path)
    (tmp_path / "r-small_1.2-1_all.deb").write_bytes(b"half a downl")
    with pytest.raises(datasets.SourceError, match=r"cannot be read.*Delete"):
        _member(b"").read(tmp_path)


def test_a_debian_package_without_the_tool_to_open_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _debian(tmp_path, {"./usr/lib/small.rdb": b"some bytes"})
    monkeypatch.setitem(sys.modules, "debian.debfile", None)
    with pytest.raises(datasets.SourceError, match=r"python-debian is not installed.*\.\[data\]"):
        _member(b"some bytes").read(tmp_path)


def test_a_system_without_debians_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources.shutil, "which", lambda name: None)
    with pytest.raises(datasets.SourceError, match="no apt-get") as error:
        _member(b"").read(tmp_path)
    assert error.value.offline and "apt-get download r-small=1.2-1" in error.value.fix


@pytest.mark.parametrize(
    ("stderr", "offline", "said"),
    [
        ("E: Unable to locate package r-small", True, "does not know that version"),
        ("E: Version '1.2-1' for 'r-small' was not found", True, "does not know that version"),
        ("E: Failed to fetch x  Could not resolve 'example'", True, "cannot be reached"),
        ("E: No space left on device", False, "No space left on device"),
    ],
)
def test_a_debian_package_that_cannot_be_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stderr: str, offline: bool, said: str
) -> None:
    def apt(command: list[str], **_: object) -> subprocess.CompletedProcess:
        assert command[1:] == ["download", "--quiet", "r-small=1.2-1"]
        return subprocess.CompletedProcess(command, 100, "", stderr)

    monkeypatch.setattr(sources.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(sources.subprocess, "run", apt)
    with pytest.raises(datasets.SourceError) as error:
        _member(b"").read(tmp_path)
    assert error.value.offline is offline and said in error.value.what


def test_a_table_of_r(fetched) -> None:
    """R's own object, read without R: the shape that the survival package documents, and a name that is not there."""
    index, database = (fetched(lazyload.SURVIVAL[part]) for part in ("rdx", "rdb"))
    frame = lazyload.read_table(index, database, "transplant")
    assert frame.shape == (815, 6) and set(frame.abo) == {"A", "B", "AB", "O"}
    with pytest.raises(datasets.SourceError, match=r"no table pima.*transplant"):
        lazyload.read_table(index, database, "pima")


# ---------------------------------------------------------------- text


def test_csv_that_is_the_same_everywhere() -> None:
    frame = pd.DataFrame(
        {
            "whole": [1.0, None, 3.0],
            "count": pd.array([1, None, 3], dtype="Int32"),
            "part": [0.1, 2.5, 1e-7],
            "yes": [True, False, True],
            "word": pd.Categorical(["a", None, 'b, "c"']),
        }
    )
    assert csv_bytes(frame) == (b'whole,count,part,yes,word\n1,1,0.1,1,a\n,,2.5,0,\n3,3,1e-07,1,"b, ""c"""\n')
    with pytest.raises(ValueError, match="Not plain ASCII"):
        csv_bytes(pd.DataFrame({"word": ["\u00b5mol/L"]}))
