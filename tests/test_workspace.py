"""my-work/: exercises are handed out whole, and nothing of the learner's is ever overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum import workspace

ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name == "nt", reason="links and modes of POSIX")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one released exercise: a notebook and a table."""
    root = tmp_path / "the course"
    release = root / "exercises/release/12_demo"
    (release / "data").mkdir(parents=True)
    (release / "12_demo.ipynb").write_text("first version")
    (release / "data/table.csv").write_bytes(b"a,b\n1,2\n")
    (release / ".ipynb_checkpoints").mkdir()
    (release / ".ipynb_checkpoints/12_demo-checkpoint.ipynb").write_text("no")
    return root


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_hands_out_everything_once(course: Path) -> None:
    assert workspace.prepare(course) == ["New in my-work/: 12_demo."]
    mine = course / "my-work/12_demo"
    assert snapshot(mine) == {"12_demo.ipynb": b"first version", "data/table.csv": b"a,b\n1,2\n"}
    assert workspace.prepare(course) == []


def test_never_overwrites(course: Path) -> None:
    workspace.prepare(course)
    mine = course / "my-work/12_demo"
    (mine / "12_demo.ipynb").write_text("three evenings of work")
    (mine / "data/table.csv").write_text("changed")
    (mine / "notes.txt").write_text("mine")
    before = snapshot(mine)
    assert workspace.prepare(course) == []
    assert snapshot(mine) == before


def test_missing_files_come_back(course: Path) -> None:
    workspace.prepare(course)
    (course / "my-work/12_demo/data/table.csv").unlink()
    (course / "my-work/12_demo/12_demo.ipynb").write_text("mine")
    assert workspace.prepare(course) == []
    assert (course / "my-work/12_demo/data/table.csv").read_text() == "a,b\n1,2\n"
    assert (course / "my-work/12_demo/12_demo.ipynb").read_text() == "mine"


def test_a_newer_version_is_told_and_not_copied(course: Path) -> None:
    workspace.prepare(course)
    mine = course / "my-work/12_demo/12_demo.ipynb"
    mine.write_text("my answers")
    (course / "exercises/release/12_demo/12_demo.ipynb").write_text("second version")
    messages = workspace.prepare(course)
    assert len(messages) == 1
    assert "newer version of 12_demo/12_demo.ipynb" in messages[0]
    assert "start.py fresh 12_demo" in messages[0]
    assert mine.read_text() == "my answers"
    assert not list(mine.parent.glob("*.new*"))


def test_fresh_copy_keeps_the_old_one(course: Path) -> None:
    workspace.prepare(course)
    mine = course / "my-work/12_demo/12_demo.ipynb"
    mine.write_text("my answers")
    (course / "exercises/release/12_demo/12_demo.ipynb").write_text("second version")
    for _ in range(2):  # twice within a second: two different names
        messages = workspace.fresh_copy(course, "12_demo")
        assert len(messages) == 2
    assert mine.read_text() == "second version"
    kept = [path.read_text() for path in (course / "my-work").glob("12_demo.*/12_demo.ipynb")]
    assert sorted(kept) == ["my answers", "second version"]
    assert workspace.prepare(course) == []


def test_fresh_copy_of_an_unknown_exercise_changes_nothing(course: Path) -> None:
    workspace.prepare(course)
    before = snapshot(course)
    with pytest.raises(workspace.WorkspaceError, match="There is: 12_demo"):
        workspace.fresh_copy(course, "../exercises")
    assert snapshot(course) == before


@pytest.mark.parametrize("content", ["{ half", "[]", "null", '{"12_demo": "text"}', "\x00"])
def test_a_broken_record_is_never_fatal(course: Path, content: str) -> None:
    workspace.prepare(course)
    record = course / "my-work/.released.json"
    record.write_text(content)
    assert workspace.prepare(course) == []
    (course / "exercises/release/12_demo/12_demo.ipynb").write_text("second version")
    (course / "my-work/12_demo/12_demo.ipynb").write_text("mine")
    assert len(workspace.prepare(course)) == 1
    json.loads(record.read_text())


def test_record_that_is_a_folder(course: Path) -> None:
    (course / "my-work/.released.json").mkdir(parents=True)
    assert workspace.prepare(course) == ["New in my-work/: 12_demo."]
    assert (course / "my-work/12_demo/12_demo.ipynb").is_file()


def test_a_partly_filled_folder_is_completed(course: Path) -> None:
    mine = course / "my-work/12_demo"
    mine.mkdir(parents=True)
    (mine / "12_demo.ipynb").write_text("mine")
    assert workspace.prepare(course) == []
    assert snapshot(mine) == {"12_demo.ipynb": b"mine", "data/table.csv": b"a,b\n1,2\n"}


def test_an_interrupted_copy_leaves_no_half_notebook(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(workspace, "put_in_place", cut)
        with pytest.raises(KeyboardInterrupt):
            workspace.prepare(course)
    assert list((course / "my-work/12_demo").iterdir()) == []
    workspace.prepare(course)
    assert (course / "my-work/12_demo/12_demo.ipynb").read_text() == "first version"


def test_a_file_that_appears_meanwhile_is_kept(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = workspace.put_in_place

    def race(part: Path, target: Path) -> None:
        target.write_text("somebody was faster")
        place(part, target)

    monkeypatch.setattr(workspace, "put_in_place", race)
    workspace.prepare(course)
    assert (course / "my-work/12_demo/12_demo.ipynb").read_text() == "somebody was faster"


@pytest.mark.parametrize("taken", [False, True])
def test_without_hard_links(course: Path, monkeypatch: pytest.MonkeyPatch, taken: bool) -> None:
    def no_links(*_):
        raise OSError("not here")

    monkeypatch.setattr(workspace.os, "link", no_links)
    target, part = course / "target", course / "part"
    part.write_text("new")
    if taken:
        target.write_text("mine")
    workspace.put_in_place(part, target)
    assert target.read_text() == ("mine" if taken else "new")


def test_a_file_named_my_work(course: Path) -> None:
    (course / "my-work").write_text("a list of things to do")
    messages = workspace.prepare(course)
    assert len(messages) == 1
    assert "should be a folder" in messages[0]
    assert (course / "my-work").read_text() == "a list of things to do"


def test_one_bad_folder_does_not_stop_the_others(course: Path) -> None:
    other = course / "exercises/release/13_other"
    other.mkdir()
    (other / "13_other.ipynb").write_text("x")
    (course / "my-work").mkdir()
    (course / "my-work/12_demo").write_text("a file")
    messages = workspace.prepare(course)
    assert any("should be a folder" in message for message in messages)
    assert (course / "my-work/13_other/13_other.ipynb").read_text() == "x"


@posix
def test_links(course: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (course / "my-work").mkdir()
    (course / "my-work/12_demo").symlink_to(elsewhere)  # a learner who keeps work on another disk
    assert workspace.prepare(course) == []
    assert (elsewhere / "12_demo.ipynb").read_text() == "first version"
    (elsewhere / "12_demo.ipynb").unlink()
    (elsewhere / "12_demo.ipynb").symlink_to(tmp_path / "gone.ipynb")  # a dangling link is the learner's too
    workspace.prepare(course)
    assert (elsewhere / "12_demo.ipynb").is_symlink()
    assert not (tmp_path / "gone.ipynb").exists()


@posix
def test_a_dangling_folder_link_is_said(course: Path, tmp_path: Path) -> None:
    (course / "my-work").mkdir()
    (course / "my-work/12_demo").symlink_to(tmp_path / "gone")
    messages = workspace.prepare(course)
    assert ["is a link to a folder that is not there" in message for message in messages] == [True]


@posix
def test_a_place_that_cannot_be_written(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.prepare(course)
    (course / "my-work/12_demo/data/table.csv").unlink()

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(workspace.os, "fsync", refuse)
    messages = workspace.prepare(course)
    assert len(messages) == 1
    assert "my-work/12_demo/data/table.csv cannot be written" in messages[0]


def test_nothing_released_yet(tmp_path: Path) -> None:
    assert workspace.prepare(tmp_path) == []
    assert not (tmp_path / "my-work").exists()


def test_standard_library_only() -> None:
    code = "import sys; import curriculum.workspace; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) - set(sys.stdlib_module_names) <= {"curriculum", "__main__"}
