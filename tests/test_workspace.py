"""my-work/: exercises are handed out whole, and nothing of the learner's is ever overwritten."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from curriculum import changes, workspace

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


def notebook(*items: tuple[str, int, str, str]) -> bytes:
    """A released notebook: title, points, prompt and test of each item."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# Demo"}]
    for n, (title, points, prompt, test) in enumerate(items, start=1):
        heading = f"## {n}. {title} ({points} points)\n\n{prompt}"
        for name, mark, source in (
            (f"q{n}", {"solution": True, "grade": False}, "# Your answer goes here"),
            (f"q{n}_test", {"solution": False, "grade": True, "points": points}, test),
        ):
            cells += (
                [{"cell_type": "markdown", "metadata": {}, "source": heading}] if mark["solution"] else []
            )
            cells.append(
                {"cell_type": "code", "metadata": {"nbgrader": {**mark, "grade_id": name}}, "source": source}
            )
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode()


FIRST = notebook(("Count", 2, "Count them.", "assert n"), ("Tell", 3, "Tell the ward.", "assert told"))
SECOND = notebook(
    ("Count", 4, "Count them.", "assert n"),
    ("Tell", 3, "Tell the ward, and the patient.", "assert told"),
    ("Check", 1, "Check.", "assert checked"),
)


@pytest.fixture
def begun(course: Path) -> Path:
    """A learner has answered the first version."""
    release(course, FIRST)
    workspace.prepare(course)
    (course / "my-work/12_demo/12_demo.ipynb").write_text("my answers")
    return course


def release(course: Path, content: bytes, name: str = "12_demo") -> None:
    folder = course / "exercises/release" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.ipynb").write_bytes(content)


def visible(course: Path) -> list[str]:
    return sorted(path.name for path in (course / "my-work").iterdir() if not path.name.startswith("."))


def test_a_changed_exercise_is_told_and_both_are_kept(begun: Path) -> None:
    release(begun, SECOND)
    mine = snapshot(begun / "my-work/12_demo")
    (told,) = workspace.prepare(begun)
    for words in (
        "12_demo has changed",
        "item 3 (Check) is new",
        "item 1 gives 4 points instead of 2",
        "the text of item 2 changed",
        "my-work/12_demo-new",
        "start.py fresh 12_demo",
    ):
        assert words in told
    assert "data/table.csv" not in told and "tests of" not in told and "not changed yours" not in told
    assert snapshot(begun / "my-work/12_demo") == mine
    new = snapshot(begun / "my-work/12_demo-new")
    assert new.pop(workspace.EDITION) and new == {
        "12_demo.ipynb": SECOND,
        "data/table.csv": b"a,b\n1,2\n",
    }


def test_a_second_start_only_reminds(begun: Path) -> None:
    release(begun, SECOND)
    workspace.prepare(begun)
    (begun / "my-work/12_demo-new/12_demo.ipynb").write_text("I began the new one")
    before = snapshot(begun / "my-work")
    (told,) = workspace.prepare(begun)
    assert "The new version of 12_demo is in my-work/12_demo-new" in told and "has changed" not in told
    assert snapshot(begun / "my-work") == before
    (begun / "my-work/.released.json").unlink()  # and without the record nothing is put there twice
    workspace.prepare(begun)
    assert visible(begun) == ["12_demo", "12_demo-new"]
    assert (begun / "my-work/12_demo-new/12_demo.ipynb").read_text() == "I began the new one"


def test_who_deletes_the_new_one_is_left_in_peace(begun: Path) -> None:
    release(begun, SECOND)
    workspace.prepare(begun)
    shutil.rmtree(begun / "my-work/12_demo-new")
    assert workspace.prepare(begun) == []
    assert visible(begun) == ["12_demo"]


def test_a_second_update_keeps_all_three(begun: Path) -> None:
    release(begun, SECOND)
    workspace.prepare(begun)
    (begun / "my-work/12_demo-new/12_demo.ipynb").write_text("answers to the second")
    release(begun, FIRST.replace(b"Tell the ward", b"Tell everybody"))
    (told,) = workspace.prepare(begun)
    assert "my-work/12_demo-new-2" in told and "the text of item 2 changed" in told
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_text() == "my answers"
    assert (begun / "my-work/12_demo-new/12_demo.ipynb").read_text() == "answers to the second"


def test_changed_data_is_told_too(begun: Path) -> None:
    (begun / "exercises/release/12_demo/data/table.csv").write_bytes(b"a,b\n1,3\n")
    (told,) = workspace.prepare(begun)
    assert "12_demo has changed with this version of the course: data/table.csv changed." in told
    assert (begun / "my-work/12_demo/data/table.csv").read_bytes() == b"a,b\n1,2\n"
    assert (begun / "my-work/12_demo-new/data/table.csv").read_bytes() == b"a,b\n1,3\n"


def test_fresh_takes_the_new_version_with_what_was_written_in_it(begun: Path) -> None:
    release(begun, SECOND)
    workspace.prepare(begun)
    (begun / "my-work/12_demo-new/12_demo.ipynb").write_text("I began the new one")
    old, new = workspace.fresh_copy(begun, "12_demo")
    assert "Your old copy is now" in old and "it was in my-work/12_demo-new" in new
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_text() == "I began the new one"
    (kept,) = (begun / "my-work").glob("12_demo.*/12_demo.ipynb")
    assert kept.read_text() == "my answers" and not (begun / "my-work/12_demo-new").exists()
    assert workspace.prepare(begun) == []


def test_fresh_when_the_new_version_is_open_elsewhere(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename a folder with an open file in it."""
    release(begun, SECOND)
    workspace.prepare(begun)
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name == "12_demo-new":
            raise PermissionError(13, "The process cannot access the file")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert "A new copy is in my-work/12_demo." in workspace.fresh_copy(begun, "12_demo")
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_bytes() == SECOND
    assert (begun / "my-work/12_demo-new/12_demo.ipynb").read_bytes() == SECOND


@pytest.mark.parametrize("step", ["copy_whole", "rename", "write_record"])
def test_a_start_that_is_killed_half_way_is_made_good_by_the_next(
    begun: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    release(begun, SECOND)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path if step == "rename" else workspace, step, cut)
        if step != "write_record":  # a real kill leaves the half folder behind
            patched.setattr(workspace.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KeyboardInterrupt):
            workspace.prepare(begun)
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_text() == "my answers"
    workspace.prepare(begun)
    assert visible(begun) == ["12_demo", "12_demo-new"]
    assert (begun / "my-work/12_demo-new/12_demo.ipynb").read_bytes() == SECOND
    assert (begun / "my-work/12_demo-new/data/table.csv").is_file()


def test_leftovers_of_a_killed_start_go_after_an_hour(begun: Path) -> None:
    for name, age in (("old", 7200), ("young", 0)):
        part = begun / f"my-work/.{name}.1.part"
        part.mkdir()
        os.utime(part, (time.time() - age,) * 2)
    release(begun, SECOND)
    workspace.prepare(begun)
    assert [path.name for path in (begun / "my-work").glob(".*.part")] == [".young.1.part"]


def test_two_starts_at_once(begun: Path) -> None:
    release(begun, SECOND)
    for n in range(13, 25):
        release(begun, FIRST, f"{n}_more")
    code = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from curriculum import changes, workspace
while time.time() < {time.time() + 1.5}: pass
print(*workspace.prepare(Path({str(begun)!r})), sep="\\n")
"""
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert visible(begun) == ["12_demo", "12_demo-new", *(f"{n}_more" for n in range(13, 25))]
    assert sum(out.count("New in my-work/") for out, _ in said) == 1, said
    assert not list((begun / "my-work").rglob("*.part"))
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_text() == "my answers"


def test_a_lock_that_is_never_let_go_only_delays(begun: Path) -> None:
    with workspace.one_at_a_time(begun / "my-work"):
        started = time.monotonic()
        with workspace.one_at_a_time(begun / "my-work", patience=0.3):
            waited = time.monotonic() - started
    assert 0.25 < waited < 5


def test_an_exercise_that_is_no_longer_released_is_kept_and_told_once(begun: Path) -> None:
    release(begun, FIRST, "13_other")
    workspace.prepare(begun)
    shutil.rmtree(begun / "exercises/release/13_other")
    (told,) = workspace.prepare(begun)
    assert "13_other is not released any more" in told
    assert (begun / "my-work/13_other/13_other.ipynb").read_bytes() == FIRST
    assert workspace.prepare(begun) == []


def test_a_renamed_exercise_is_recognised_by_its_answers(begun: Path) -> None:
    shutil.move(begun / "exercises/release/12_demo", begun / "exercises/release/12_better")
    (begun / "exercises/release/12_better/12_demo.ipynb").rename(
        begun / "exercises/release/12_better/12_better.ipynb"
    )
    new, gone = workspace.prepare(begun)
    assert new == "New in my-work/: 12_better."
    assert "12_demo is not released any more. It is called 12_better now" in gone
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_text() == "my answers"


def test_a_folder_that_the_learner_deleted_comes_back_new(begun: Path) -> None:
    shutil.rmtree(begun / "my-work/12_demo")
    release(begun, SECOND)
    assert workspace.prepare(begun) == ["New in my-work/: 12_demo."]
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_bytes() == SECOND
    assert visible(begun) == ["12_demo"]


def test_an_untouched_copy_is_kept_as_well(course: Path) -> None:
    release(course, FIRST)
    workspace.prepare(course)
    release(course, SECOND)
    (told,) = workspace.prepare(course)
    assert "You have not changed yours yet." in told
    assert (course / "my-work/12_demo/12_demo.ipynb").read_bytes() == FIRST
    assert (course / "my-work/12_demo-new/12_demo.ipynb").read_bytes() == SECOND


@pytest.mark.parametrize("number", ["EROFS", "EACCES", "EPERM"])
def test_a_place_that_became_read_only(begun: Path, monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    release(begun, SECOND)
    before = snapshot(begun / "my-work")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(getattr(errno, number), "no")

    monkeypatch.setattr(workspace.os, "fsync", refuse)
    (told,) = workspace.prepare(begun)
    assert "cannot be written" in told
    monkeypatch.undo()
    after = snapshot(begun / "my-work")
    assert {name: after[name] for name in before if name != ".released.json"} == {
        name: data for name, data in before.items() if name != ".released.json"
    }
    assert visible(begun) == ["12_demo"]
    assert "has changed" in workspace.prepare(begun)[0]  # and it is made good later


def test_a_full_disk_loses_nothing(begun: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release(begun, SECOND)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(workspace.os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            workspace.prepare(begun)
    assert visible(begun) == ["12_demo"] and not list((begun / "my-work").rglob("*.part"))
    assert (begun / "my-work/12_demo/12_demo.ipynb").read_text() == "my answers"
    assert "has changed" in workspace.prepare(begun)[0]


def test_every_name_that_is_handed_out_is_one_that_windows_allows() -> None:
    release = ROOT / "exercises/release"
    names = [path.relative_to(release) for path in release.rglob("*")]
    assert len(names) > 20
    for name in names:
        for part in name.parts:
            assert not set(part) & set('<>:"/\\|?*') and not part.endswith((".", " ")), name
            assert part.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}, name
        # my-work/<id>-new-2/... has to fit into 260 characters in a usual home folder
        assert len(str(name)) < 100, name
    assert len({str(name).casefold() for name in names}) == len(names)


@pytest.mark.parametrize(
    ("old", "new", "files", "pristine", "said"),
    [
        (FIRST, FIRST.replace(b"assert n", b"assert n == 2"), [], True, "the tests of item 1 changed"),
        (FIRST, FIRST.replace(b"assert n", b"assert n == 2"), [], False, "small changes in the notebook"),
        (SECOND, FIRST, ["a.csv", "b.csv"], False,
         "the old item 3 (Check) is gone; item 1 gives 2 points instead of 4; a.csv and b.csv changed"),
        (None, FIRST, [], True, "the notebook changed"),
        (b"{ half", FIRST, [], False, "item 1 (Count) is new; item 2 (Tell) is new"),
        (FIRST.replace(b"# Demo", b"# Other"), FIRST, [], True, "the introduction changed"),
    ],
)  # fmt: skip
def test_what_changed_is_said_in_a_line(old, new, files, pristine, said) -> None:
    assert changes.describe(old, new, files, pristine) == said


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
    code = "import sys; import curriculum.workspace, curriculum.changes; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) - set(sys.stdlib_module_names) <= {"curriculum", "__main__"}
