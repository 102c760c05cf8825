"""binder/: what repo2docker makes of it. The cheap part of binder/simulate.py; the rest is run by hand."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from traitlets.config import PyFileConfigLoader

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Binder images are Linux")


def load_simulate():
    """binder/simulate.py as a module."""
    spec = importlib.util.spec_from_file_location("binder_simulate", ROOT / "binder/simulate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def simulate():
    return load_simulate()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Only what repo2docker looks at."""
    for name in ("binder", "jupyter"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_configuration_is_accepted(simulate) -> None:
    assert simulate.check(ROOT) == []


def test_python_is_one_that_the_course_supports(simulate) -> None:
    text = simulate.dockerfile(ROOT)
    assert simulate.python_of(text) == "3.12"
    servers = simulate.server_versions("3.12")
    assert {"jupyterlab", "notebook", "jupyter_server", "jupyterhub"} <= set(servers)


def test_faults_are_found(simulate, course: Path) -> None:
    (course / "binder/runtime.txt").write_text("python-3.13\n")
    (course / "binder/start").write_text("#!/bin/bash\nif true\n")
    (course / "jupyter/common/labconfig/default_setting_overrides.json").write_text("{")
    problems = "\n".join(simulate.check(course))
    assert "binder/start" in problems
    assert "default_setting_overrides.json" in problems


def test_scripts_can_be_executed() -> None:
    for name in ("postBuild", "start"):
        assert os.access(ROOT / "binder" / name, os.X_OK), f"chmod +x binder/{name}"


def test_start_limits_threads_and_runs_what_it_is_given() -> None:
    done = subprocess.run(
        [str(ROOT / "binder/start"), "env"],
        env={"PATH": os.environ["PATH"], "JUPYTER_CONFIG_PATH": "/also"},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )
    seen = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    assert seen["OMP_NUM_THREADS"] == seen["OPENBLAS_NUM_THREADS"] == "1"
    folders = seen["JUPYTER_CONFIG_PATH"].split(":")
    assert folders == [str(ROOT / "jupyter/binder"), str(ROOT / "jupyter/common"), "/also"]


def test_nbgrader_finds_the_course_from_the_start_folder(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("NBGRADER_EXCHANGE", str(tmp_path / "exchange"))
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT / "jupyter/binder")).load_config()
    assert config.CourseDirectory.root == str(ROOT / "exercises")
    assert config.CourseDirectory.course_id == "ai-healthcare-specialist"
