"""Taking over what was handed in: no link is followed out of it, and one submission stops no other."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.plugins import ExtractorPlugin
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from curriculum.grading import collecting
from curriculum.grading.collecting import NOTE
from curriculum.grading.marking import inspection
from curriculum.grading.wording import State

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="nbgrader's exchange does not exist on Windows"
)
EXERCISE = "ward"
SECRET = "the solution"


def configuration(root: Path) -> Config:
    """The course's."""
    return PyFileConfigLoader("nbgrader_config.py", path=str(root / "exercises")).load_config()


class Room:
    """A course folder with an exchange, in which students have handed in."""

    def __init__(self, base: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NBGRADER_EXCHANGE", str(base / "exchange"))
        self.config = configuration(root)
        self.config.CourseDirectory.root = str(base / "course")
        self.config.CourseDirectory.db_url = f"sqlite:///{base / 'gradebook.db'}"
        self.config.CourseDirectory.assignment_id = EXERCISE
        self.config.ExchangeCollect.check_owner = False
        self.inbound = base / "exchange" / self.config.CourseDirectory.course_id / "inbound"
        self.submitted = base / "course" / "submitted"
        self.source = base / "course" / "source"
        self.inbound.mkdir(parents=True)
        self.source.mkdir(parents=True)
        (self.source / "key.ipynb").write_text(SECRET)

    def hand_in(self, student: str, day: int = 1) -> Path:
        """A folder in the exchange, as `nbgrader submit` makes it."""
        folder = self.inbound / f"{student}+{EXERCISE}+2026-03-{day:02} 10:00:00 UTC+x"
        (folder / "data").mkdir(parents=True)
        (folder / f"{EXERCISE}.ipynb").write_text("{}")
        (folder / "data" / "mine.csv").write_text("mine")
        (folder / "timestamp.txt").write_text(f"2026-03-{day:02} 10:00:00 UTC")
        return folder

    def collect(self, update: bool = False) -> None:
        """As `nbgrader collect` does with the course's configuration."""
        self.config.ExchangeCollect.update = update
        directory = CourseDirectory(config=self.config)
        factory = ExchangeFactory(config=self.config)
        collect = factory.Collect(
            coursedir=directory, authenticator=Authenticator(config=self.config), config=self.config
        )
        collect.start()

    def files(self, student: str) -> dict[str, str]:
        """What was collected."""
        folder = self.submitted / student / EXERCISE
        found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if not p.is_dir()}
        assert not any(path.is_symlink() for path in found.values())
        return {name: path.read_text() for name, path in sorted(found.items())}


USUAL = {"data/mine.csv": "mine", "ward.ipynb": "{}", "timestamp.txt": "2026-03-01 10:00:00 UTC"}


@pytest.fixture(scope="module")
def empty_gradebook(root, tmp_path_factory):
    """Made once: nbgrader takes seconds for it, and a command that the configuration sees to."""
    configuration(root)
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def room(root, tmp_path, monkeypatch, empty_gradebook):
    shutil.copy(empty_gradebook, tmp_path)
    return Room(tmp_path, root, monkeypatch)


def test_what_a_link_leads_to_is_not_collected(room, tmp_path):
    plain = room.hand_in("plain")
    os.utime(plain / "data" / "mine.csv", (1_000_000, 1_000_000))
    links = room.hand_in("links")
    (links / "solution.html").symlink_to(room.source / "key.ipynb")
    (links / "users").symlink_to("/etc/passwd")
    (links / "zeros").symlink_to("/dev/zero")
    (links / "source").symlink_to(room.source)
    (links / "data" / "loop").symlink_to(links)
    (links / "data" / "inside").symlink_to("mine.csv")
    (links / "nowhere").symlink_to("nowhere")
    os.mkfifo(links / "pipe")
    linked = room.hand_in("notebook")
    (linked / "ward.ipynb").unlink()
    (linked / "ward.ipynb").symlink_to(room.source / "key.ipynb")
    room.collect()
    assert room.files("plain") == USUAL
    assert (room.submitted / "plain" / EXERCISE / "data" / "mine.csv").stat().st_mtime == 1_000_000
    files = room.files("links")
    note = files.pop(NOTE).splitlines()
    assert files == USUAL and len(note) == 8
    assert {"users -> /etc/passwd", "pipe -> (no file)", "data/inside -> mine.csv"} <= set(note)
    assert set(collecting.noted_links(room.submitted / "links" / EXERCISE)) == {
        *("solution.html", "users", "zeros", "source", "data/loop", "data/inside", "nowhere", "pipe")
    }
    assert "ward.ipynb" not in room.files("notebook")
    assert SECRET not in str([room.files(student) for student in ("plain", "links", "notebook")])


def test_one_submission_that_cannot_be_collected_stops_no_other(room, monkeypatch):
    room.config.CourseDirectory.max_dir_size = 100  # kB
    room.hand_in("ann")
    (room.inbound / f"bea+{EXERCISE}+2026-03-01 10:00:00 UTC+x").symlink_to(room.source)
    (room.hand_in("cem") / "large.bin").write_bytes(bytes(200_000))
    changes = room.hand_in("dora") / "data" / "mine.csv"
    room.hand_in("emil")
    look, looked = os.stat, []

    def change_after_look(path, *words, **more):
        state = look(path, *words, **more)
        if path == "mine.csv" and os.path.samestat(state, changes.stat()) and not looked:
            looked.append(path)
            changes.unlink()
            changes.symlink_to(room.source / "key.ipynb")
        return state

    monkeypatch.setattr(collecting.os, "stat", change_after_look)
    with pytest.raises(ExchangeError, match="Not collected: bea, cem, dora"):
        room.collect()
    assert looked
    monkeypatch.undo()
    assert room.files("ann") == room.files("emil") == USUAL
    assert sorted(p.name for p in room.submitted.iterdir() if any(p.iterdir())) == ["ann", "emil"]


def test_a_newer_submission_takes_the_place_of_the_one_before(room):
    (room.hand_in("ann") / "old.txt").write_text("old")
    room.collect()
    room.hand_in("ann", day=2)
    room.collect()
    assert "old.txt" in room.files("ann")
    room.collect(update=True)
    assert room.files("ann") == {**USUAL, "timestamp.txt": "2026-03-02 10:00:00 UTC"}


def test_links_are_taken_out_before_autograde_copies(room, tmp_path):
    folder = room.submitted / "ann" / EXERCISE
    shutil.copytree(room.hand_in("ann"), folder)
    (folder / "key.html").symlink_to(room.source / "key.ipynb")
    (folder / "data" / "[a]").symlink_to(room.source)
    (folder / "within.csv").symlink_to("data/mine.csv")
    (folder / "circle").symlink_to("circle")
    (folder / NOTE).symlink_to(room.source / "key.ipynb")  # the note is not written through it
    (folder / "ward.ipynb").unlink()
    (folder / "ward.ipynb").symlink_to(room.source / "key.ipynb")
    assert room.config.Autograde.pre_convert_hook is collecting.before_autograde
    for _ in range(2):
        collecting.before_autograde(assignment=EXERCISE, student="*", notebooks=[str(folder / "ward.ipynb")])
        left = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_symlink()}
        assert left == {"ward.ipynb", "within.csv"}  # a notebook is refused by its name
        assert sorted(collecting.noted_links(folder)) == ["circle", "data/[a]", "key.html", NOTE]
    assert (room.source / "key.ipynb").read_text() == SECRET


def test_zip_collect_follows_no_link_either(room, tmp_path):
    archive, extracted = tmp_path / "archive", tmp_path / "extracted"
    archive.mkdir()
    extracted.mkdir()
    (archive / "ann.ipynb").symlink_to(room.source / "key.ipynb")
    (archive / "bea.ipynb").write_text("{}")
    with zipfile.ZipFile(archive / "cem.zip", "w") as packed:
        link = zipfile.ZipInfo("cem.ipynb")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, str(room.source / "key.ipynb"))
    plugin = room.config.ZipCollectApp.extractor_plugin
    assert issubclass(plugin, ExtractorPlugin)
    plugin().extract(str(archive), str(extracted))
    found = {p.relative_to(extracted).as_posix(): p for p in extracted.rglob("*") if not p.is_dir()}
    assert set(found) == {"bea.ipynb", "cem/cem.ipynb", NOTE}
    assert not any(p.is_symlink() or SECRET in p.read_text() for p in found.values())


def test_a_notebook_that_was_a_link_is_missing_and_the_class_is_told_why(tmp_path: Path) -> None:
    (tmp_path / NOTE).write_text("ward.ipynb -> /somewhere/else.ipynb\n", encoding="utf-8")
    found = inspection.inspect(tmp_path, "ada", {"ward": None})
    assert found.state is State.MISSING
    assert "ward.ipynb is not there. Links were handed in" in found.reason
