"""The locked environment is what pyproject.toml asks for, and nothing in the tree reaches past the registries."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def pins(root, name):
    """Package -> set of pinned versions, and the names of packages without a hash."""
    found, bare = {}, []
    for block in re.split(r"\n(?=\S)", (root / name).read_text(encoding="utf-8")):
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)", block)
        if match:
            found.setdefault(canonicalize_name(match[1]), set()).add(match[2])
            if "--hash=sha256:" not in block:
                bare.append(match[1])
    return found, bare


def asked(root, *extras):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + [
        line for extra in extras for line in project["optional-dependencies"][extra]
    ]
    return [r for r in map(Requirement, lines) if r.name != project["name"]]


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.txt", ()), ("requirements-test.txt", ("author", "test"))]
)
def test_every_direct_dependency_is_pinned_within_its_bound_and_hashed(root, name, extras):
    found, bare = pins(root, name)
    assert bare == []
    for requirement in asked(root, *extras):
        versions = found.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {name}: compile it again (see CONTRIBUTING.md)"
        assert all(requirement.specifier.contains(v) for v in versions), f"{requirement} against {versions}"


def test_the_test_environment_adds_and_changes_nothing(root):
    learner, _ = pins(root, "requirements.txt")
    test, _ = pins(root, "requirements-test.txt")
    assert {name: test.get(name) for name in learner} == learner


def tracked(root):
    listing = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True
    )
    if listing.returncode:
        pytest.skip("not a git checkout: what is committed cannot be listed")
    return [root / line for line in listing.stdout.splitlines()]


def test_no_committed_file_names_a_package_index(root):
    index = re.compile(
        r"--(?:extra-)?index-url|--find-links|https?://(?!example\.org)\S+/simple\b|https?://\S+\.(?:whl|tgz|tar\.gz)\b"
    )
    tests = root / "tests"  # they show what installers print
    texts = [
        p
        for p in tracked(root)
        if p.suffix in {".txt", ".toml", ".json", ".yml", ".py", ".md", ".cfg", ""} and p.is_file()
    ]
    assert len(texts) > 20
    assert [
        p.name
        for p in texts
        if tests not in p.parents and index.search(p.read_text(encoding="utf-8", errors="ignore"))
    ] == []


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_code_and_notebooks_are_tidy(root, command):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "."], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
