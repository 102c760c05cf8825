"""What Binder would do with this folder, without a Docker engine.

    python binder/simulate.py --cheap     only the configuration, in about two seconds
    python binder/simulate.py             the same steps as the generated Dockerfile, in a clean environment

The cheap part asks repo2docker for the Dockerfile and checks it and the scripts. The whole simulation makes
an environment of the image's Python with the server packages of repo2docker's lock file (from the package
index; the image takes them from conda-forge), copies the course to a new home folder, and then, as an
unprivileged user with an empty environment, installs, runs `postBuild`, and launches JupyterLab through
`start`, as a hub does. It prints sizes and times. Linux only; run it with the course's test environment.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pwd
import re
import secrets
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
START_PAGE = "notebooks/00_start_here.ipynb"
SCRIPTS = ("postBuild", "start")
PANELS = ("formgrader", "validate_assignment", "assignment_list", "course_list")
# Not part of a clone, so not part of the image.
LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv*",
    ".grading",
    "my-work",
    "__pycache__",
    ".*_cache",
    ".cache",
    ".ipynb_checkpoints",
    "*.egg-info",
)
# How this machine reaches the package index; everything else starts from an empty environment.
NETWORK = re.compile(
    r"(https?_proxy|no_proxy|all_proxy|ssl_cert_(file|dir)|pip_cert|pip_default_timeout)$", re.I
)
STAND_INS = (
    "ipywidgets", "jupyter-offlinenotebook", "jupyter-resource-usage", "jupyter_server", "jupyterhub",
    "jupyterlab", "notebook",
)  # fmt: skip


class SimulationError(Exception):
    """A step failed; the message says which, with the end of its output."""


@dataclass
class Report:
    """Figures of a simulation: megabytes, seconds, and what has to be known to read them."""

    python: str = ""
    user: str = ""
    environment_mb: float = 0.0
    repository_mb: float = 0.0
    install_seconds: float = 0.0
    post_build_seconds: float = 0.0
    launch_seconds: float = 0.0
    load_before: float = 0.0
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            f"Python               {self.python}, as user {self.user}",
            f"installed packages   {self.environment_mb:6.0f} MB",
            f"course files         {self.repository_mb:6.0f} MB",
            f"pip install          {self.install_seconds:6.0f} s",
            f"postBuild            {self.post_build_seconds:6.0f} s",
            f"launch to start page {self.launch_seconds:6.1f} s",
            f"load before          {self.load_before:6.1f} (processes waiting, {os.cpu_count()} cores)",
        ]
        return "\n".join([*lines, *(f"note: {note}" for note in self.notes)])


# ------------------------------------------------------------------------------------------- the cheap part


def dockerfile(root: Path = ROOT) -> str:
    """The Dockerfile that repo2docker generates, after its own messages.

    Raises
    ------
    SimulationError
        When repo2docker refuses the configuration or is not installed.
    """
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id", "1000",
         "--user-name", "jovyan", str(root)],
        capture_output=True, text=True, timeout=120, check=False, cwd=root,
    )  # fmt: skip
    output = done.stdout + done.stderr
    if done.returncode != 0 or "FROM " not in output:
        raise SimulationError(f"repo2docker does not accept this folder:\n{output[-1500:]}")
    return output


def python_of(text: str) -> str:
    """The Python version that the Dockerfile builds with, such as `3.12`.

    Raises
    ------
    SimulationError
        When none is named.
    """
    found = re.search(r"environment(?:-2e|\.)py-2d?(\d)(?:-2e|\.)(\d+)", text) or re.search(
        r"environment for python=(\d)\.(\d+)", text
    )
    if not found:
        raise SimulationError("The Dockerfile names no Python version; look at python_of() in simulate.py.")
    return f"{found[1]}.{found[2]}"


def server_versions(python: str) -> dict[str, str]:
    """Name -> version of the server packages in repo2docker's lock file for this Python."""
    spec = find_spec("repo2docker")
    if spec is None or spec.origin is None:
        raise SimulationError("repo2docker is not installed: run `python3 start.py test` once.")
    lock = Path(spec.origin).parent / f"buildpacks/conda/environment.py-{python}-linux-64.lock"
    if not lock.is_file():
        raise SimulationError(f"repo2docker has no lock file for Python {python}; change binder/runtime.txt.")
    versions = {}
    for name, version in re.findall(
        r"/([A-Za-z0-9._-]+?)-(\d[^-/]*)-[^-/]+\.(?:conda|tar\.bz2)", lock.read_text()
    ):
        versions[name.lower()] = version
    return {
        name: version
        for name in STAND_INS
        if (
            version := versions.get(name)
            or versions.get(name.replace("_", "-"))
            or versions.get(f"{name}-base")
        )
    }


def check(root: Path = ROOT) -> list[str]:
    """Everything that can be checked without installing: one sentence for each problem, none when all is well."""
    problems = []
    if (root / ".binder").exists():
        problems.append("There are both binder/ and .binder/: remove .binder/, repo2docker reads only one.")
    try:
        text = dockerfile(root)
    except SimulationError as error:
        return [*problems, str(error)]
    wanted = (root / "binder" / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    if python_of(text) != wanted:
        problems.append(
            f"The image would have Python {python_of(text)} and binder/runtime.txt asks for {wanted}."
        )
    for part in ('pip install --no-cache-dir -r "binder/requirements.txt"', "./binder/postBuild",
                 'R2D_ENTRYPOINT="${REPO_DIR}/binder/start"'):  # fmt: skip
        if part not in text:
            problems.append(f"The Dockerfile does not hold `{part}`.")
    for name in SCRIPTS:
        script = root / "binder" / name
        if not script.read_text(encoding="utf-8").startswith("#!"):
            problems.append(f"binder/{name} does not begin with #!: the image could not run it.")
        if b"\r" in script.read_bytes():
            problems.append(f"binder/{name} has Windows line ends: the image could not run it.")
        bash = shutil.which("bash")
        if bash:
            done = subprocess.run(
                [bash, "-n", str(script)], capture_output=True, text=True, check=False, timeout=30
            )
            if done.returncode != 0:
                problems.append(f"binder/{name}: {done.stderr.strip()}")
    for file in sorted((root / "jupyter").rglob("*.json")):
        try:
            json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            problems.append(f"{file.relative_to(root).as_posix()}: {error}")
    config = (root / "jupyter" / "binder" / "jupyter_server_config.json").read_text(encoding="utf-8")
    if f"/lab/tree/{START_PAGE}" not in config:
        problems.append(f"jupyter/binder/jupyter_server_config.json does not open {START_PAGE}.")
    return problems


# --------------------------------------------------------------------------------------- the whole simulation


def unprivileged() -> tuple[int, int, str]:
    """User id, group id and a description of who runs the steps: uid 1000, or this user when not root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid(), f"{os.geteuid()} (this user)"
    for uid in (1000, 65534):
        with contextlib.suppress(KeyError):
            return uid, pwd.getpwuid(uid).pw_gid, str(uid)
    return 65534, 65534, "65534"


def megabytes(folder: Path) -> float:
    """Room taken by the files of a folder in MB (10^6 bytes); a file with several names counts once."""
    seen, total = set(), 0
    for path in folder.rglob("*"):
        info = path.lstat()
        if stat.S_ISREG(info.st_mode) and (info.st_dev, info.st_ino) not in seen:
            seen.add((info.st_dev, info.st_ino))
            total += info.st_size
    return total / 1e6


def find_python(version: str, report: Report) -> Path:
    """An interpreter of this version: through uv, else from the PATH, else the current one (then a note says so)."""
    uv = shutil.which("uv")
    if uv:
        done = subprocess.run([uv, "python", "find", "--no-project", "--system", version],
                              capture_output=True, text=True, check=False, timeout=120)  # fmt: skip
        if done.returncode == 0:
            return Path(done.stdout.strip()).resolve()
    found = shutil.which(f"python{version}")
    if found and subprocess.run([found, "-c", "pass"], capture_output=True, check=False).returncode == 0:
        where = subprocess.check_output([found, "-c", "import sys; print(sys.executable)"], text=True)
        return Path(where.strip()).resolve()
    report.notes.append(f"no Python {version} here, so this ran with {sys.version.split()[0]}")
    return Path(getattr(sys, "_base_executable", sys.executable)).resolve()


def readable_python(python: Path, base: Path) -> Path:
    """The interpreter itself, or a copy of its installation when other users cannot reach it."""
    parents = [python, *python.parents]
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in parents):
        return python
    prefix = python.parent.parent
    skip = shutil.ignore_patterns("site-packages", "__pycache__", "idlelib", "*.a")
    shutil.copytree(prefix, base / "python", symlinks=True, ignore=skip)
    (base / "python/lib" / f"python{'.'.join(version_of(python).split('.')[:2])}" / "site-packages").mkdir()
    return base / "python/bin" / python.name


def version_of(python: Path) -> str:
    """Such as `3.12.1`."""
    return subprocess.check_output([str(python), "-c", "import platform; print(platform.python_version())"],
                                   text=True).strip()  # fmt: skip


def simulate(root: Path = ROOT, keep: bool = False, python: Path | None = None) -> Report:
    """Run every step; return the figures. `python` is an interpreter to use instead of looking for one.

    Raises
    ------
    SimulationError
        When a step fails.
    """
    report = Report(load_before=os.getloadavg()[0])
    text = dockerfile(root)
    python_version = python_of(text)
    uid, gid, report.user = unprivileged()
    base = Path(tempfile.mkdtemp(prefix="binder-"))
    base.chmod(0o755)
    try:
        python = readable_python(python or find_python(python_version, report), base)
        report.python = version_of(python)
        home = base / "home" / "jovyan"
        shutil.copytree(root, home, ignore=LEFT_OUT, symlinks=True)
        (base / "env").mkdir()
        (base / "tmp").mkdir()
        for folder in (base / "home", base / "env", base / "tmp"):
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, uid, gid, follow_symlinks=False)
        report.repository_mb = megabytes(home)
        env = {
            "PATH": f"{base}/env/bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(home), "USER": "jovyan",
            "NB_USER": "jovyan", "NB_UID": "1000", "REPO_DIR": str(home), "SHELL": "/bin/bash",
            "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1", "TMPDIR": str(base / "tmp"),
            "R2D_ENTRYPOINT": str(home / "binder/start"), "DEBIAN_FRONTEND": "noninteractive",
        }  # fmt: skip
        if base in python.parents:
            env["LD_LIBRARY_PATH"] = str(base / "python/lib")  # the copy still looks in its old place
        build = env | {name: value for name, value in os.environ.items() if NETWORK.match(name)}
        who = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() == 0 else {}

        def step(name: str, command: list[str]) -> float:
            print(f"{name} ...", flush=True)
            begin = time.monotonic()
            done = subprocess.run(command, cwd=home, env=build, capture_output=True, text=True, check=False,
                                  timeout=1800, **who)  # fmt: skip
            if done.returncode != 0:
                raise SimulationError(f"{name} failed:\n{(done.stdout + done.stderr)[-3000:]}")
            return time.monotonic() - begin

        pip = f"{base}/env/bin/pip"
        step("clean environment", [str(python), "-m", "venv", f"{base}/env"])
        servers = server_versions(python_version)
        step(
            "server packages of the image: " + ", ".join(f"{n} {v}" for n, v in servers.items()),
            [pip, "install", "-q", "--no-cache-dir", *(f"{n}=={v}" for n, v in servers.items())],
        )
        report.install_seconds = step(
            "pip install -r binder/requirements.txt",
            [pip, "install", "--no-cache-dir", "-r", "binder/requirements.txt"],
        )
        for name in SCRIPTS:
            (home / "binder" / name).chmod(0o755)
        report.post_build_seconds = step("postBuild", ["./binder/postBuild"])
        report.environment_mb = megabytes(base / "env")
        report.launch_seconds = launch(home, env, who)
        report.notes += [
            "the size leaves out Ubuntu with its compilers, conda itself, Python, Node and the git history",
            "the hub pulls the image to its node before the launch; that time is not in here",
        ]
        return report
    finally:
        if keep:
            print(f"kept: {base}")
        else:
            shutil.rmtree(base, ignore_errors=True)


def get(url: str, token: str) -> tuple[int, str, str]:
    """Status, final address and body of a page."""
    request = urllib.request.Request(url, headers={"Authorization": f"token {token}"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, answer.url, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, url, ""


def launch(home: Path, env: dict[str, str], who: dict) -> float:
    """Start JupyterLab as a hub does, check what a visitor gets, and return the seconds to the start page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    prefix = "/user/visitor-abc123/"
    env = env | {"JUPYTERHUB_USER": "visitor-abc123"}
    entry = str(home / "binder/start")
    seen = subprocess.run(
        [entry, "env"], cwd=home, env=env, capture_output=True, text=True, check=True, **who
    )
    if "OMP_NUM_THREADS=1" not in seen.stdout or "jupyter/binder" not in seen.stdout:
        raise SimulationError("binder/start does not limit threads or does not name the settings folder.")
    log = home.parent / "lab.log"
    begin = time.monotonic()
    with log.open("wb") as out:
        server = subprocess.Popen(
            [entry, "jupyter-lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}",
             f"--ServerApp.base_url={prefix}", f"--IdentityProvider.token={token}"],
            cwd=home, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True, **who,
        )  # fmt: skip
    root_url = f"http://127.0.0.1:{port}{prefix}"
    try:
        while True:
            with contextlib.suppress(OSError):
                if get(f"{root_url}lab/tree/{START_PAGE}", token)[0] == 200:
                    break
            if server.poll() is not None or time.monotonic() - begin > 180:
                raise SimulationError(f"JupyterLab did not start:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        seconds = time.monotonic() - begin
        problems = []
        if get(f"{root_url}api/contents/{START_PAGE}?content=0", token)[0] != 200:
            problems.append(f"{START_PAGE} is not in the image")
        if START_PAGE not in get(root_url, token)[1]:
            problems.append("the address without a page does not lead to the start page")
        if '"python3"' not in get(f"{root_url}api/kernelspecs", token)[2]:
            problems.append("there is no Python kernel")
        status, _, body = get(f"{root_url}formgrader/api/assignments", token)
        source = home / "exercises" / "source"
        expected = [folder.name for folder in source.iterdir() if folder.is_dir()] if source.is_dir() else []
        if status != 200 or not all(name in body for name in expected):
            problems.append(
                f"the formgrader does not list {', '.join(expected) or 'anything'} (status {status})"
            )
        for name in PANELS:
            if (
                f"nbgrader.server_extensions.{name} | extension was successfully loaded"
                not in log.read_text()
            ):
                problems.append(f"nbgrader's {name} is not loaded")
        if problems:
            raise SimulationError("It starts, but " + "; ".join(problems) + f"\n{log.read_text()[-3000:]}")
        return seconds
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


def main() -> int:
    """The command line; see the top of the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cheap", action="store_true", help="only check the configuration")
    parser.add_argument("--keep", action="store_true", help="keep the simulated image, and say where it is")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file as well")
    parser.add_argument(
        "--python", type=Path, metavar="FILE", help="the Python to use, of the image's version"
    )
    options = parser.parse_args()
    problems = check()
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    print("The configuration is accepted by repo2docker, and the scripts are well-formed.")
    if options.cheap:
        return 0
    try:
        report = simulate(keep=options.keep, python=options.python and options.python.resolve())
    except SimulationError as error:
        print(error, file=sys.stderr)
        return 1
    print(report)
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(vars(report), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
